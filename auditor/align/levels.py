"""Comparing two figures by declared, ordered levels, attribute by attribute ("cannot say" first); points are data.

The method is that of Fellegi and Sunter, with declared levels as in splink: every attribute has a level, every level has points,
and the sum of the points is the log-odds that both figures measure the same thing.
"""

from __future__ import annotations

import bisect
import datetime
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from auditor import intervals, lexicon, units
from auditor.align.documents import Corpus, Pair
from auditor.model import Claim, Factuality, Kind, Level, Modifier, PassageKind, Quantity, Reading

_FAR_DAYS = 3
_SMALL = 3
_MANY = 10  # numbers that are the same by chance are smaller
_LONG_SPAN = 31  # days of a period that is no event
_SERIES = 180  # days between two editions of one report
_PAST = 75  # days after which a period is past, yearly figures included
_TELLING = 2.5  # idf of a thing that few documents count or measure
_POINT = 1.0  # percentage points
_SPELT = 5  # letters of a name that may be spelt in two ways
_SHORT = 5  # content words of a sentence that says little
_LONG_DAYS = 9
_SENTENCE = (0.02, 0.1, 0.2, 0.4, 0.7)
_WINDOW = (0.01, 0.1, 0.25, 0.5)
_DOCUMENT = (0.05, 0.1, 0.15, 0.25, 0.4)
_PUBLISHED = (10, 31)  # days after which a level or a count has moved on
_TABLES = {Kind.COUNT: "count", Kind.AGE: "age", Kind.SCORE: "score", Kind.MAGNITUDE: "magnitude"}


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


_FLAGS = ("subset", "rest", "whole", "composite", "background", "past", "before", "per_day", "initial", "former", "severe")


def item(r: int, c: int, reading: Reading) -> Item:
    """Claim ``c`` of the reading (number ``r``) unpacked for comparison."""
    claim = reading.claims[c]
    passage = reading.passages[claim.quantity.passage]
    features = dict(claim.frame.features)
    quantity = claim.quantity
    unit = units.amount(quantity.unit, quantity.per)
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
        wall=(quantity.kind.value, None if quantity.kind in (Kind.COUNT, Kind.AGE, Kind.SCORE, Kind.MAGNITUDE) else dimension),
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
        of_persons=table == "age" or one("event") in _lexicon()[4],
        lasting=bool(period) and _days_between(*period) > _LONG_SPAN,
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


def comparable(a: Item, b: Item) -> bool:
    """Whether two figures behind one wall are worth comparing: other things counted by other events with other values are not."""
    return a.table not in ("count", "measure") or a.digits == b.digits or _related(a.signature, b.signature)


@lru_cache(maxsize=1 << 16)
def _related(a: Signature, b: Signature) -> bool:
    if _event_classes(a.event, b.event) not in ("different", "hard"):
        return True
    if a.table == "measure":
        return a.about == b.about
    if a.head_class is None or b.head_class is None:
        return True
    return _noun_classes(a.head, a.head_class, b.head, b.head_class) not in ("other_word", "other_class", "persons")


def apart(a: Item, b: Item) -> bool:
    """Whether two figures cannot both be right, if they measure the same thing."""
    return a.read[0] > b.read[1] or b.read[0] > a.read[1]


def complete(x: Item) -> bool:
    """Whether it was read what the figure counts or measures: a noun, people that an event befell, or a property, and of that the
    owner where it says nothing without (votes for whom, an error of which poll)."""
    if x.event in _owned() and not x.whose:
        return False
    if x.table == "measure":
        return bool(x.about) or x.event in lexicon.load("properties")
    return x.table != "count" or x.head_class is not None or x.event in _lexicon()[4]


@cache
def _owned() -> frozenset[str]:
    return frozenset(lexicon.load("relations")["owned"])


def _source(claim: Claim) -> str | None:
    said = claim.attribution
    name = said.source_entity or said.source
    return " ".join(name.lower().split()) if said.attributed and name else None


# --- points ---------------------------------------------------------------------------------------------------------------


@cache
def points() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """table -> attribute -> level -> points, the learned weights multiplied in."""
    folder = resources.files("auditor.align")
    table = tomllib.loads((folder / "points.toml").read_text(encoding="utf-8"))
    weights = tomllib.loads((folder / "weights.toml").read_text(encoding="utf-8"))
    return {
        name: {
            attribute: {level: p * weights.get(name, {}).get(attribute, 1.0) for level, p in levels.items()}
            for attribute, levels in attributes.items()
        }
        for name, attributes in table.items()
    }


def score(a: Item, b: Item, start: float, corpus: Corpus, enough: float = -math.inf) -> float:
    """The log-odds that two figures measure the same thing, ``start`` being those of their documents; -inf as soon as they cannot
    reach ``enough``."""
    table = points()
    own, context = table[a.table], table["context"]
    beside_values, beside_own, words = _most_left(a.table)
    total = start
    for attribute, level in _own(a, b):
        total += own.get(attribute, _NO_POINTS).get(level, 0.0)
        if attribute == "value" and total + beside_values < enough:
            return -math.inf
    if total + beside_own < enough:
        return -math.inf
    for attribute, level in _circumstances(a, b, corpus):
        total += context[attribute].get(level, 0.0)
    if total + words < enough:
        return -math.inf
    for attribute, level in _words(a, b, corpus):
        total += context[attribute].get(level, 0.0)
    return total


_NO_POINTS: Mapping[str, float] = {}
# a pair has one level of a bracket
_CIRCUMSTANCES = (("thing",), ("period", "event_day"), ("values",), ("published",), ("place", "lead_place"))
_WORDS = (("sentence",), ("near",))
_UP_TO_VALUE = ("bias", "head", "event", "value")  # what is compared first


def points_of_documents(pair: Pair) -> float:
    """The log-odds that any two figures of two documents start from."""
    context = points()["context"]
    return sum(context[attribute].get(level, 0.0) for attribute, level in _of_documents(pair))


@cache
def _most_left(table: str) -> tuple[float, float, float]:
    """The most points that a pair can win once its values, all of its own attributes, and the circumstances are compared."""
    others = [(attribute,) for attribute in points()[table] if attribute not in _UP_TO_VALUE]
    own, circumstances, words = _most(table, others), _most("context", _CIRCUMSTANCES), _most("context", _WORDS)
    return own + circumstances + words, circumstances + words, words


def _most(table: str, brackets: Iterable[tuple[str, ...]]) -> float:
    """The most points that these attributes can add."""
    own = points()[table]
    return sum(max(0.0, *(p for attribute in bracket for p in own[attribute].values())) for bracket in brackets)


def explained(a: Item, b: Item, pair: Pair, corpus: Corpus) -> tuple[Level, ...]:
    """The levels with their points and both values, in the order in which they are compared."""
    table = points()
    found = [Level(name, level, table[a.table].get(name, {}).get(level, 0.0), *_shown(a, b, name)) for name, level in _own(a, b)]
    found += [
        Level(name, level, table["context"][name].get(level, 0.0), *_shown(a, b, name))
        for name, level in (*_of_documents(pair), *_circumstances(a, b, corpus), *_words(a, b, corpus))
    ]
    return tuple(found)


def probability(log_odds: float) -> float:
    return 0.0 if log_odds < -30 else 1.0 if log_odds > 30 else 1 / (1 + math.exp(-log_odds))


def _shown(a: Item, b: Item, name: str) -> tuple[str | None, str | None]:
    def of(x: Item) -> str | None:
        shown: dict[str, str | None] = {
            "head": x.head_class or (x.about[0] if x.about else None),
            "event": x.event,
            "role": x.role,
            "value": f"{x.low:g}..{x.high:g}",
            "owner": " ".join(sorted(x.owner)) or None,
            "modifiers": ", ".join(sorted(x.modifiers)) or None,
            "event_day": x.day or x.lead_day,
            "far_date": x.published.isoformat() if x.published else None,
            "per": x.per,
            "cause": x.cause,
        }
        return shown.get(name)

    return of(a), of(b)


def _own(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    yield "bias", "always"
    if a.table == "count":
        yield "head", _head(a, b)
        yield "event", _event_classes(a.event, b.event)
        yield "value", _value_of_count(a, b)
        if a.modifiers and b.modifiers:
            yield "modifiers", "shared" if a.modifiers & b.modifiers else "disjoint"
        yield from _whose(a, b)
        if a.event == b.event and a.event and a.role != b.role:
            yield "role", "different"
        yield from _flags(a, b)
        if a.value is not None and b.value is not None:
            if max(a.value, b.value) <= _SMALL:
                yield "small", "both"
            elif min(a.value, b.value) == 1:
                yield "small", "one"  # "one" is mostly a part
        if a.cause and b.cause:
            yield "cause", "same" if a.cause == b.cause else "different"
        yield from _far_date(a, b)
    elif a.table == "age":
        yield "owner", _owner(a, b)
        yield "value", _value_of_age(a, b)
        if a.description and b.description:
            yield "description", _described(a, b)
    elif a.table == "score":
        yield "value", "equal" if a.low == b.low and a.high == b.high else "different"
        if a.position and b.position:
            yield "position", "same" if a.position == b.position else "other"
    elif a.table == "magnitude":
        yield "value", "equal" if a.low == b.low else "close" if abs(a.low - b.low) <= 0.35 else "far"
        yield from _flags(a, b)
    else:
        yield "head", _about(a, b)
        yield "event", _event_classes(a.event, b.event)
        yield "value", _value_of_measure(a, b)
        if a.modifiers and b.modifiers:
            yield "modifiers", "shared" if a.modifiers & b.modifiers else "disjoint"
        yield from _whose(a, b)
        if a.per != b.per:
            yield "per", "different" if a.per and b.per else "one"
        if a.trend and b.trend and a.trend != b.trend:
            yield "trend", "different"
        yield from _flags(a, b)


def _whose(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    if a.whose and b.whose:
        yield "whose", "share" if a.whose & b.whose else "disjoint" if _overlap(a, b) else "disjoint_apart"


def _flags(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    if a.flags != b.flags:
        yield from _differing(a, b)
    if a.lasting != b.lasting and a.table == "count" and a.of_persons and b.of_persons:
        yield "span", "one"
    if a.planned != b.planned:
        yield "planned", "one"


def _differing(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    """The flags that one figure has and the other has not."""
    of_event = _of_event(a) and _of_event(b)
    for name, flag in (
        ("subset", "subset"),
        ("rest", "rest"),
        ("whole", "whole"),
        ("former", "former"),
        ("composite", "composite"),
        ("background", "background"),
        ("past", "past" if of_event else "before"),  # levels and rates are of some past period, more often than not
        ("rate", "per_day"),
    ):
        if (flag in a.flags) != (flag in b.flags):
            yield name, "one_apart" if name in ("subset", "rest", "whole", "former") and apart(a, b) else "one"
    if a.event == b.event == "wounded" and ("severe" in a.flags) != ("severe" in b.flags):
        yield "severe", "one"


@cache
def _lexicon() -> tuple[
    Mapping[str, str | None], Mapping[str, frozenset[str]], frozenset[str], Mapping[str, frozenset[str]], frozenset[str]
]:
    nouns, events, relations = lexicon.load("nouns"), lexicon.load("events"), lexicon.load("relations")
    parent = {name: entry.get("parent") for name, entry in nouns.items()}
    akin = {name: frozenset(entry.get("akin", ())) for name, entry in nouns.items()}
    near: dict[str, set[str]] = {}
    for group in relations["near"]:
        for one in group:
            near.setdefault(one, set()).update(x for x in group if x != one)
    sudden = frozenset(name for name, entry in events.items() if entry.get("persons"))
    return parent, akin, frozenset(relations["hard"]), {k: frozenset(v) for k, v in near.items()}, sudden


def _head(a: Item, b: Item) -> str:
    if a.elided and b.elided:
        return "elided" if a.event == b.event else "other_elided"
    if a.head_class is None or b.head_class is None:
        return _elided(a, b)
    return _noun_classes(a.head, a.head_class, b.head, b.head_class)


@lru_cache(maxsize=1 << 16)
def _noun_classes(left: str | None, left_class: str, right: str | None, right_class: str) -> str:
    if left is not None and left == right:
        return "same"
    if left_class == right_class:
        return "class"
    parent, akin, _, _, _ = _lexicon()
    if parent.get(left_class) == right_class or parent.get(right_class) == left_class:
        return "parent"
    if right_class in akin.get(left_class, ()) or left_class in akin.get(right_class, ()):
        return "akin"
    if parent.get(left_class) == "person" and parent.get(right_class) == "person":
        return "persons"
    return "other_class" if left_class in parent and right_class in parent else "other_word"


def _elided(a: Item, b: Item) -> str:
    """One noun is left out: of an event of persons it is a person."""
    given = a.head_class or b.head_class
    event = a.event if a.head_class is None else b.event
    parent, _, _, _, sudden = _lexicon()
    if event in sudden:
        if given == "person":
            return "class"
        if parent.get(given or "") == "person":
            return "parent"
        return "unknown"
    return "unknown"


@lru_cache(maxsize=1 << 16)
def _event_classes(left: str | None, right: str | None) -> str:
    if left is None and right is None:
        return "both_unknown"
    if left is None or right is None:
        return "unknown"
    if left == right:
        return "same"
    _, _, hard, near, _ = _lexicon()
    if right in near.get(left, ()):
        return "near"
    if left in hard and right in hard:
        return "hard"
    known = _events()
    if left in known and right in known:
        return "different"
    return "unclassed" if left in known or right in known else "other_word"


@cache
def _events() -> frozenset[str]:
    return frozenset([*lexicon.load("events"), *lexicon.load("properties")])


def _ratio(a: Item, b: Item) -> float:
    x, y = a.point, b.point
    if x == y:
        return 1.0
    if x <= 0 or y <= 0:
        return 99.0
    return max(x, y) / min(x, y)


def _point(low: float, high: float, value: float | None) -> float:
    if value is not None:
        return value
    if low == -math.inf:
        return high
    return low if high == math.inf else (low + high) / 2


def _equal(a: Item, b: Item) -> bool:
    return (a.low == b.low and a.high == b.high) or (a.value is not None and a.value == b.value)


def _overlap(a: Item, b: Item) -> bool:
    return a.low <= b.high and b.low <= a.high


def _sameness(x: Item) -> str:
    """How much equality with it says, by the digits that were meant: 5,020 says more than 300,000, and that more than 20."""
    digits, value = len(x.digits), abs(x.point)
    if digits >= 3 or (digits == 2 and value >= 1000):
        return "identical"
    return "telling" if digits == 2 or value >= 1000 else "equal"


def _scaled(a: Item, b: Item) -> bool:
    """The same digits, at least two of them, at another power of ten ("3.1 million" and "3.1 billion"), or in another unit."""
    if a.number and b.number and a.number[0] == b.number[0] and a.number[1] != b.number[1]:
        return True
    return a.digits == b.digits and len(a.digits) > 1 and _ratio(a, b) > 9


def _swapped(a: Item, b: Item) -> bool:
    """The same digits in another order, as fingers swap them: 3,200 and 2,300."""
    if len(a.digits) != len(b.digits) or len(a.digits) < 2 or a.digits == b.digits:
        return False
    return sorted(a.digits) == sorted(b.digits) and _ratio(a, b) < 10


def _bounded(x: Item) -> bool:
    return x.modifier in (Modifier.EXACT, Modifier.ABOUT, Modifier.RANGE, Modifier.VAGUE)


def _value_of_count(a: Item, b: Item) -> str:
    if _equal(a, b):
        return _sameness(a)
    ratio = _ratio(a, b)
    if _overlap(a, b) and ((_bounded(a) and _bounded(b)) or ratio < 1.5):
        return "overlap"
    if _scaled(a, b):
        return "scaled"
    if _swapped(a, b):
        return "swapped"
    if ratio > 40 and max(a.point, b.point) >= 1000:
        return "slip"
    if ratio >= 10 and min(a.point, b.point) <= 2 and not a.of_persons:
        return "tiny"  # "two stations opened late" is no count of the 80 stations
    if ratio >= 1.5 and _grown(a, b):
        return "grown"
    return "close" if ratio < 1.5 else "apart" if ratio < 3 else "far"


def _grown(a: Item, b: Item) -> bool:
    """Whether a running total was larger when it was told later."""
    if a.event != b.event or a.event not in _growing():
        return False
    left, right = (x.published.isoformat() if x.published else x.period[1] if x.period else None for x in (a, b))
    return left is not None and right is not None and left != right and (left < right) == (a.point < b.point)


@cache
def _growing() -> frozenset[str]:
    return frozenset(name for name, entry in lexicon.load("events").items() if entry.get("growing"))


@cache
def _happenings() -> frozenset[str]:
    return frozenset(name for name, entry in lexicon.load("events").items() if entry.get("happening"))


def _described(a: Item, b: Item) -> str:
    if a.description & b.description:
        return "share"
    parent, akin, _, _, _ = _lexicon()
    for x in a.description:
        for y in b.description:
            if y in (parent.get(x), "person") or x in (parent.get(y), "person") or y in akin.get(x, ()) or x in akin.get(y, ()):
                return "akin"
    return "disjoint"


def _value_of_age(a: Item, b: Item) -> str:
    if _equal(a, b):
        return "equal"
    tolerance = 0.5 * max(_grain(a), _grain(b))
    if _overlap(a, b) or abs(a.point - b.point) <= tolerance:
        return "overlap"
    ratio = _ratio(a, b)
    return "close" if ratio < 1.15 else "apart" if ratio < 1.5 else "far"


def _grain(x: Item) -> float:
    """Seconds to which an age is told: a year, of infants a tenth of it."""
    year = _year()
    return year if x.value is None or x.value >= 2 * year else 0.1 * year


@cache
def _year() -> float:
    year = units.base("year")
    return year.factor if year else 1.0


def _value_of_measure(a: Item, b: Item) -> str:
    if _equal(a, b):
        return _sameness(a)
    ratio = _ratio(a, b)
    if _overlap(a, b) and ratio < 3:
        return "overlap"
    if _scaled(a, b):
        return "scaled"
    if _swapped(a, b):
        return "swapped"
    if a.wall[1] == "percentage" and abs(a.point - b.point) <= _POINT:
        return "close"  # growth of 1.2 and of 1.5 percent
    return "close" if ratio < 1.15 else "apart" if ratio < 1.5 else "middling" if ratio < 3 else "far"


def _about(a: Item, b: Item) -> str:
    if not a.about or not b.about:
        return "unknown"
    if a.about[0] == b.about[0]:
        return "same"
    if a.event == b.event and a.event in _events():
        return "class"  # "turnout was 71 %" and "71 % of voters went to the polls"
    return "shared" if set(a.about) & set(b.about) else "different"


def _owner(a: Item, b: Item) -> str:
    if not a.owner or not b.owner:
        return "unknown"
    shared = a.owner & b.owner
    if not shared:
        return "disjoint"
    return "share" if len(shared) > 1 or a.owner <= b.owner or b.owner <= a.owner else "family"


def _far_date(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    """Sudden events that were published days apart are rarely one event, the less so if the numbers differ."""
    if not (_sudden(a) and _sudden(b)) or a.published is None or b.published is None:
        return
    if abs((a.published - b.published).days) > _FAR_DAYS and _event_classes(a.event, b.event) in ("same", "near"):
        days = abs((a.published - b.published).days)
        level = ("equal" if days <= _SERIES else "equal_long") if _equal(a, b) else "different" if days <= _LONG_DAYS else "long"
        yield "far_date", f"{level}_there" if (a.places or a.lead_places) & (b.places or b.lead_places) else level


def _of_documents(pair: Pair) -> Iterator[tuple[str, str]]:
    """What the documents say of whether they tell one story: the same for all their figures."""
    if pair.left == pair.right:
        return
    yield "document", str(_step(_DOCUMENT, pair.cosine))
    if not pair.rare_name:
        yield "rare_name", "none"
    else:
        yield "rare_name", "shared"
    if pair.key_names >= 0:
        yield "key_names", str(round(4 * pair.key_names))


def _circumstances(a: Item, b: Item, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Rare things, when and where."""
    shared = {a.head} & {b.head} - _people() if a.table == "count" else set(a.about) & set(b.about)
    if any(corpus.rarity(thing) >= _TELLING for thing in shared if thing):
        yield "thing", "rare"
    if a.table in ("measure", "magnitude") or not (_sudden(a) and _sudden(b)):
        yield from _period(a, b)
    elif a.table == "count":
        yield from _event_day(a, b)
    if a.reading != b.reading:
        if apart(a, b):
            yield "values", "apart"
            if a.published and b.published and a.table != "age" and not (_of_event(a) and _of_event(b)):
                yield "published", str(_step(_PUBLISHED, abs((a.published - b.published).days)))
        yield from _where(a, b, corpus)


@cache
def _people() -> frozenset[str]:
    """The nouns for persons of any kind, which are never rare, few as the documents may be that count them."""
    return frozenset(lexicon.load("nouns")["person"]["words"])


def _words(a: Item, b: Item, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The words of the sentences, and those beside the figures; two short sentences say nothing by sharing none."""
    level = _step(_SENTENCE, _cosine(a.words, b.words, corpus))
    if level or min(len(a.words), len(b.words)) >= _SHORT:
        yield "sentence", str(level)
        yield "near", str(_step(_WINDOW, _cosine(a.near, b.near, corpus)))


def _where(a: Item, b: Item, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The place of the sentence; of the lead, where a sentence names none."""
    if a.places and b.places:
        yield "place", _place(a, b, a.places, b.places, corpus)
    elif (a.places or a.lead_places) and (b.places or b.lead_places):
        yield "lead_place", _place(a, b, a.places or a.lead_places, b.places or b.lead_places, corpus)


def _place(a: Item, b: Item, left: frozenset[str], right: frozenset[str], corpus: Corpus) -> str:
    """Whether the places beside the figures are known to the other's document: a town and its province are."""
    if left & right:
        return "shared"
    if any(_spelt_alike(x, y) for x in left for y in right):
        return "shared"
    words = corpus.vectors[a.reading].weights, corpus.vectors[b.reading].weights
    known = any(name in words[1] for name in left), any(name in words[0] for name in right)
    where = "known" if all(known) else "half" if any(known) or a.countries & b.countries else "elsewhere"
    return where if where == "known" or _overlap(a, b) else f"{where}_apart"


@lru_cache(maxsize=1 << 16)
def _spelt_alike(left: str, right: str) -> bool:
    """Two spellings of one foreign name, which differ in vowels and doubled letters: "Sarmaliya", "Sarmalya"."""
    if left[0] != right[0] or min(len(left), len(right)) < _SPELT:
        return False
    return len(_skeleton(left)) > 2 and _skeleton(left) == _skeleton(right)


def _skeleton(name: str) -> str:
    consonants = [c for c in name if c not in "aeiouy'’-"]
    return "".join(c for i, c in enumerate(consonants) if i == 0 or c != consonants[i - 1])


def _sudden(x: Item) -> bool:
    """Whether the figure is of something that has a day: what befell people, strikes, explosions."""
    return x.of_persons or x.event in _happenings()


def _of_event(x: Item) -> bool:
    """Whether the figure is of something that happens, to people or things, and is told while it goes on."""
    return x.of_persons or (x.table == "count" and x.event in _growing())


def _period(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    """The time that a level or a rate is of: "in 2027", "next year"; what has none is of the days of its publication."""
    if not a.period or not b.period:
        if a.published and b.published and abs((a.published - b.published).days) > _SERIES and not (a.period or b.period):
            yield "period", "edition"  # the same report a year later
        elif (a.period and b.published and _over(a.period, b.published)) or (
            b.period and a.published and _over(b.period, a.published)
        ):
            yield "period", "past_one"
        return
    overlap = a.period[0] <= b.period[1] and b.period[0] <= a.period[1]
    days = a.period[0] == a.period[1] and b.period[0] == b.period[1] and _days_between(a.period[0], b.period[0]) <= _LONG_DAYS
    disjoint = "disjoint_amounts" if a.table == "measure" else "disjoint"  # growth in two years is two things
    yield "period", "same" if a.period == b.period else "overlap" if overlap else "days_apart" if days else disjoint


@lru_cache(maxsize=1 << 16)
def _days_between(left: str, right: str) -> int:
    return abs((datetime.date.fromisoformat(left) - datetime.date.fromisoformat(right)).days)


def _over(period: tuple[str, ...], now: datetime.date) -> bool:
    """Whether a period had ended well before the day on which the other figure was published."""
    return (now - datetime.date.fromisoformat(period[1])).days > _PAST


def _event_day(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    left, right = a.day or a.lead_day, b.day or b.lead_day
    if left is None or right is None:
        return
    both = "_both" if a.day and b.day else ""
    days = _days_between(left, right)
    yield "event_day", ("same" if days == 0 else "next" if days == 1 else "different" if days <= _FAR_DAYS else "far") + both


def _step(edges: tuple[float, ...], x: float) -> int:
    return bisect.bisect_right(edges, x)


def _cosine(a: frozenset[str], b: frozenset[str], corpus: Corpus) -> float:
    shared = a & b
    if not shared:
        return 0.0
    weight = corpus.weight
    return sum(weight(w) for w in shared) / math.sqrt(corpus.norm(a) * corpus.norm(b))
