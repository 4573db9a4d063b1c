"""A claim as alignment sees it: its frame unpacked, its values as floats in a base unit."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from functools import lru_cache

from auditor import intervals, lexicon, units
from auditor.align.lookups import relations
from auditor.model import Claim, Factuality, Kind, Modifier, PassageKind, Quantity, Reading

_MANY = 10  # numbers that are the same by chance are smaller
_LONG_SPAN = 31  # days of a period that is no event
_TABLES = {Kind.COUNT: "count", Kind.AGE: "age", Kind.SCORE: "score", Kind.MAGNITUDE: "magnitude"}
_FLAGS = ("subset", "rest", "whole", "composite", "background", "past", "before", "per_day", "initial", "former", "severe")


@dataclass(frozen=True, slots=True)
class Item:
    """A claim as alignment sees it: its frame's features unpacked, its values as floats in a base unit."""

    reading: int
    claim: int
    kind: Kind
    table: str
    wall: tuple[str | None, ...]  # figures behind different walls are never compared
    low: float
    high: float
    value: float | None
    read: tuple[float, float]  # the interval as an editor reads it
    modifier: Modifier
    head: str | None
    head_class: str | None
    elided: bool
    event: str | None
    role: str | None
    about: tuple[str, ...]
    modifiers: frozenset[str]
    places: frozenset[str]
    lead_places: frozenset[str]
    countries: frozenset[str]
    owner: frozenset[str]
    whose: frozenset[str]
    description: frozenset[str]
    position: str | None
    cause: str | None
    survey: frozenset[str]
    group: frozenset[str]
    flags: frozenset[str]
    words: frozenset[str]
    near: frozenset[str]
    day: str | None
    period: tuple[str, ...]
    lead_day: str | None
    published: datetime.date | None
    planned: bool
    per: str | None
    trend: str | None
    source: str | None
    sentence: str
    headline: bool  # stands in a headline, and nowhere in the text
    digits: str  # the digits of its value that say something
    point: float  # one number for its value
    number: tuple[float, str] | None  # as written, with its unit; None where it is too small to tell anything
    of_persons: bool  # of what happens to people, or an age
    lasting: bool  # of months or years: "this year 64 people have been killed"
    signature: Signature


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """What ``comparable`` looks at; figures of the same words share one, which hashes by its identity."""

    table: str
    head: str | None
    head_class: str | None
    event: str | None
    about: str | None


_SHARED_KIND = {"percentage point": Kind.SHARE}  # whether "points" or "percentage points" was written


def item(r: int, c: int, reading: Reading) -> Item:
    """Claim ``c`` of the reading (number ``r``) unpacked for comparison."""
    claim = reading.claims[c]
    passage = reading.passages[claim.quantity.passage]
    features = dict(claim.frame.features)
    quantity = claim.quantity
    written = "percentage point" if quantity.unit == "point" and "survey" in features else quantity.unit  # "an error of 3 points"
    unit = units.amount(written, quantity.per)
    unit_base = units.base(unit) if quantity.kind in (Kind.MEASURE, Kind.AGE) else None
    ruler = unit_base or units.Base("", 1.0)

    def one(name: str) -> str | None:
        values = features.get(name)
        return values[0] if values else None

    dimension = unit_base.dimension if unit_base else unit
    table = _TABLES.get(quantity.kind, "measure")
    low = -math.inf if quantity.low is None else ruler.of(quantity.low)
    high = math.inf if quantity.high is None else ruler.of(quantity.high)
    value = None if quantity.value is None else ruler.of(quantity.value)
    period = features.get("period", ()) or 2 * features.get("day", ())
    return Item(
        reading=r,
        claim=c,
        kind=quantity.kind,
        table=table,
        wall=(
            _SHARED_KIND.get(written or "", quantity.kind).value,
            None if quantity.kind in (Kind.COUNT, Kind.AGE, Kind.SCORE, Kind.MAGNITUDE) else dimension,
        ),
        low=low,
        high=high,
        value=value,
        read=_as_read(quantity, ruler),
        modifier=quantity.modifier,
        head=one("head"),
        head_class=one("head_class"),
        elided="head_class" not in features,
        event=one("event"),
        role=one("role"),
        about=features.get("about", ()),
        modifiers=_set(features.get("modifiers", ())),
        owner=_set(features.get("owner", ())),
        places=_set(features.get("places", ())),
        lead_places=_set(features.get("lead_places", ())),
        countries=_set(features.get("countries", ())),
        whose=_set(features.get("whose", ())),
        description=_set(features.get("description", ())),
        position=one("position"),
        cause=one("cause"),
        survey=_set(features.get("survey", ())),
        group=_set(features.get("group", ())),
        flags=_set(tuple(flag for flag in _FLAGS if flag in features)),
        words=_set(features.get("words", ())),
        near=_set(features.get("near", ())),
        day=one("day"),
        period=period,
        lead_day=one("lead_day"),
        published=reading.document.published,
        planned=claim.factuality in (Factuality.PLANNED, Factuality.HYPOTHETICAL),
        per=quantity.per,
        trend=quantity.trend.value if quantity.trend else None,
        source=_source(claim),
        sentence=_sentence(passage.text),
        headline=passage.kind is PassageKind.HEADLINE,
        digits=_digits(quantity, ruler),
        point=_point(low, high, value),
        number=_number(quantity, unit),
        of_persons=table == "age" or one("event") in relations().persons,
        lasting=bool(period) and days_between(*period) > _LONG_SPAN,
        signature=_signature(table, one("head"), one("head_class"), one("event"), one("about")),
    )


@lru_cache(maxsize=1 << 12)
def _signature(*words: str | None) -> Signature:
    return Signature(*words)  # type: ignore[arg-type]


@lru_cache(maxsize=1 << 10)
def _set(values: tuple[str, ...]) -> frozenset[str]:
    """The values as a set, one and the same for figures that stand together: most sets are empty or a sentence's."""
    return frozenset(values)


@lru_cache(maxsize=1 << 4)
def _sentence(text: str) -> str:
    return " ".join(text.split())


def _number(quantity: Quantity, unit: str | None) -> tuple[float, str] | None:
    return None if quantity.value is None or unit is None or quantity.value < _MANY else (float(quantity.value), unit)


def _digits(quantity: Quantity, ruler: units.Base) -> str:
    bounds = [ruler.of(n) for n in (quantity.value, quantity.low, quantity.high) if n is not None]
    return f"{bounds[0]:.6g}".split("e")[0].replace(".", "").lstrip("-").strip("0") if bounds else ""


def _as_read(quantity: Quantity, ruler: units.Base) -> tuple[float, float]:
    numbers = (quantity.value, quantity.low, quantity.high, quantity.granularity)
    low, high = intervals.as_read(quantity.kind, quantity.modifier, *(None if n is None else float(n) for n in numbers))
    return low if math.isinf(low) else ruler.of(low), high if math.isinf(high) else ruler.of(high)


def apart(a: Item, b: Item) -> bool:
    """Whether two figures cannot both be right, if they measure the same thing."""
    return a.read[0] > b.read[1] or b.read[0] > a.read[1]


def complete(x: Item) -> bool:
    """Whether it was read what the figure counts or measures: a noun, people that an event befell, or a property, and of that the
    owner where it says nothing without (votes for whom, an error of which poll)."""
    if x.event in relations().owned and not x.whose:
        return False
    if x.table == "measure":
        return bool(x.about) or x.event in lexicon.load("properties")
    return x.table != "count" or x.head_class is not None or x.event in relations().persons


def _source(claim: Claim) -> str | None:
    said = claim.attribution
    name = said.source_entity or said.source
    return " ".join(name.lower().split()) if said.attributed and name else None


def _point(low: float, high: float, value: float | None) -> float:
    if value is not None:
        return value
    if low == -math.inf:
        return high
    return low if high == math.inf else (low + high) / 2


@lru_cache(maxsize=1 << 16)
def days_between(left: str, right: str) -> int:
    """Days between two ISO dates."""
    return abs((datetime.date.fromisoformat(left) - datetime.date.fromisoformat(right)).days)
