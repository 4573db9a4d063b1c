"""Fact columns over the tables.  Facts only: thresholds are the suites'.

Figures are compared as an editor reads them (``auditor.intervals``): they differ where these readings are disjoint.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditor import intervals, lexicon, units

_UNIT_TWIN = 0.08  # two units of one length, each rounded in its own: "60 km" and "35 miles"
_SAME_DAY = 1.1  # one day's reports that differ by more than this contradict each other
_ODD = 0.2
_DISPUTED = 0.5  # no finding on a disputed reading is surer than this


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as it is compared: its reading ``low..high`` in a common unit, when it was said, and how."""

    id: str
    document: str
    text: str
    low: float
    high: float
    point: float
    sharp: bool
    day: datetime.date | None
    planned: bool
    denied: bool
    initial: bool
    source: str | None
    row: Mapping[str, Any]


def compare(quantities: pd.DataFrame, measurands: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both frames with their fact columns filled (``auditor.tables`` names them); null where a fact cannot be said."""
    quantities, measurands = quantities.copy(), measurands.copy()
    quantities["unsourced"] = quantities["needs_source"] & ~quantities["attributed"] & (quantities["source_type"] != "vague")
    quantities["vague_source"] = quantities["needs_source"] & (quantities["source_type"] == "vague")
    quantities["copy_gap"] = _copy_gaps(quantities)
    if measurands.empty:
        return quantities, measurands
    rows: dict[str, Mapping[str, Any]] = {
        row["id"]: {str(k): v for k, v in row.items()} for row in quantities[quantities["group"].notna()].to_dict("records")
    }
    _date_copies(rows)
    facts = [_facts([rows[q] for q in ids]) for ids in measurands["quantities"]]
    for name in {key for fact in facts for key in fact}:
        values = [fact.get(name) for fact in facts]
        measurands[name] = pd.Series(values, index=measurands.index, dtype=measurands[name].dtype)
    asked = pd.Series([any(rows[q]["needs_source"] for q in ids) for ids in measurands["quantities"]], index=measurands.index)
    measurands["single_origin"] = (measurands["origins"] == 1).where((measurands["documents"] > 1) & asked)
    disputed = pd.Series([_disputed(rows, ids) for ids in measurands["quantities"]], index=measurands.index)
    measurands["confidence"] = measurands["confidence"].where(~disputed, measurands["confidence"].clip(upper=_DISPUTED))
    return quantities, measurands


def _date_copies(rows: dict[str, Mapping[str, Any]]) -> None:
    """A copy without a date was written when its origin was: give it the origin's first day."""
    first: dict[str, str] = {}
    for row in rows.values():
        if (day := _or_none(row["published"])) is not None:
            first[row["origin"]] = min(first.get(row["origin"], day), day)
    for key, row in rows.items():
        if _or_none(row["published"]) is None and row["origin"] in first:
            rows[key] = {**row, "published": first[row["origin"]]}


def not_compared(quantities: pd.DataFrame) -> dict[str, int]:
    """How many figures were compared with nothing, by reason."""
    alone = quantities[quantities["group"].isna()]
    open_reading = alone["uncertain"].notna()
    nameless = ~open_reading & alone["entity"].isna() & alone["event"].isna() & alone["property"].isna()
    reasons = {
        "the number itself can be read in two ways": int(open_reading.sum()),
        "the text does not say what it measures": int(nameless.sum()),
        "no other document measures the same thing": int((~open_reading & ~nameless).sum()),
    }
    return {reason: count for reason, count in reasons.items() if count}


def _disputed(rows: Mapping[str, Mapping[str, Any]], ids: Sequence[str]) -> bool:
    return any(not pd.isna(rows[q]["uncertain"]) or not pd.isna(rows[q]["second_reading"]) for q in ids)


# --- what a figure allows -------------------------------------------------------------------------------------------------


def _value(row: Mapping[str, Any], ruler: units.Base | None) -> Value:
    low, high = _reading(row)
    scale = ruler or units.Base("", 1.0)
    low, high = (bound if math.isinf(bound) else scale.of(bound) for bound in (low, high))
    qualifiers = set((_or_none(row["qualifiers"]) or "").split("; "))
    written = _or_none(row["value"])
    point = (
        scale.of(written) if written is not None else low if math.isinf(high) else high if math.isinf(low) else (low + high) / 2
    )
    return Value(
        id=row["id"],
        document=row["document"],
        text=row["text"],
        low=low,
        high=high,
        point=point,
        sharp=row["modifier"] not in ("vague", "range") and not math.isinf(low) and not math.isinf(high),
        day=_day(row),
        planned=row["factuality"] in ("planned", "hypothetical"),
        denied=row["factuality"] == "denied",
        initial="initial" in qualifiers,
        source=_or_none(row["source_entity"]) or _or_none(row["source"]),
        row=row,
    )


def _reading(row: Mapping[str, Any]) -> tuple[float, float]:
    numbers = (_or_none(row[name]) for name in ("value", "low", "high", "granularity"))
    return intervals.as_read(row["kind"], row["modifier"], *(None if n is None else float(n) for n in numbers))


def _day(row: Mapping[str, Any]) -> datetime.date | None:
    """The day on which the value was said, else the day it holds for."""
    day = _or_none(row["published"]) or _or_none(row["as_of"])
    return datetime.date.fromisoformat(day) if day else None


def _or_none(value: Any) -> Any:
    return None if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)) else value


# --- sides ----------------------------------------------------------------------------------------------------------------


def _copy_gaps(quantities: pd.DataFrame) -> pd.Series[float]:
    """How far each copied figure is from the one it copies, relative to the larger; 0 where it is the same or its rounding."""
    copies = quantities[quantities["copy_of"].notna()]
    originals = quantities.set_index("id").loc[copies["copy_of"]]
    gaps = [_copy_gap(a, b) for a, b in zip(_rows(copies), _rows(originals), strict=True)]
    return pd.Series(gaps, index=copies.index, dtype="Float64").reindex(quantities.index)


def _rows(frame: pd.DataFrame) -> list[Mapping[str, Any]]:
    wanted = frame[["text", "value", "low", "high", "granularity"]].astype(object)
    return [{str(k): v for k, v in row.items()} for row in wanted.where(wanted.notna(), None).to_dict("records")]


def _copy_gap(copy: Mapping[str, Any], original: Mapping[str, Any]) -> float:
    if copy["text"].split() == original["text"].split():
        return 0.0
    if copy["value"] is not None and original["value"] is not None:
        fine, coarse = sorted((copy["granularity"] or 0.0, original["granularity"] or 0.0))
        gap = abs(copy["value"] - original["value"])
        return 0.0 if gap <= (coarse / 2 if fine < coarse else 0.0) else _relative(copy["value"], original["value"])
    if copy["value"] is None and original["value"] is None:
        return max(_relative(copy[end] or 0.0, original[end] or 0.0) for end in ("low", "high"))
    lows = [-math.inf if row["low"] is None else row["low"] for row in (copy, original)]
    highs = [math.inf if row["high"] is None else row["high"] for row in (copy, original)]
    apart = max(lows) - min(highs)  # a number for a range or for "dozens" that holds it is another wording, not another number
    return _relative(max(lows), min(highs)) if apart > 0 else 0.0


def _relative(a: float, b: float) -> float:
    return abs(a - b) / max(abs(a), abs(b)) if a != b else 0.0


def _facts(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    values = _in_one_unit(rows)
    actual, planned = [v for v in values if not v.planned], [v for v in values if v.planned]
    facts: dict[str, Any] = {"relation": "agree", "gap": 0.0}
    for of in (actual, planned):
        sides = _sides(of)
        if len(sides) > 1:
            facts |= _difference(sides, _relation(sides, rows))
            break
    if actual and planned:
        facts |= _plan(actual, planned)
    return facts


def _unit(row: Mapping[str, Any]) -> str | None:
    """The unit that values are compared in; of a price the currency alone, since its "per" may stand elsewhere in the text."""
    name = _or_none(row["unit"])
    return str(name).split(" per ")[0] if name and row["kind"] == "money" else name


def _in_one_unit(rows: Sequence[Mapping[str, Any]]) -> list[Value]:
    names = [_unit(row) for row in rows]
    convert = len(set(names)) > 1
    values = [_value(row, units.base(_or_none(row["unit"])) if convert else None) for row in rows]
    if not convert:
        return values
    import dataclasses

    common = max(sorted(set(map(str, names))), key=[str(n) for n in names].count)
    return [
        v if str(name) == common else dataclasses.replace(v, low=v.low * (1 - _UNIT_TWIN), high=v.high * (1 + _UNIT_TWIN))
        for v, name in zip(values, names, strict=True)
    ]


def _sides(values: Sequence[Value]) -> list[list[Value]]:
    """Sharp values make sides, by overlap; a soft value joins the side it fits and makes its own if it fits none.  One that fits
    several joins that which most documents give, unless it agrees with more of the other sides than it contradicts."""
    sides: list[list[Value]] = []
    for value in sorted((v for v in values if v.sharp), key=lambda v: (v.point, v.low, v.high)):
        if sides and all(_overlap(value, other) for other in sides[-1]):
            sides[-1].append(value)
        else:
            sides.append([value])
    soft = sorted((v for v in values if not v.sharp), key=lambda v: (v.point, v.low, v.high))
    own: list[list[Value]] = []
    for value in soft:
        fitting = [side for side in sides if any(_overlap(value, other) for other in side if other.sharp)]
        if fitting and len(fitting) - 1 <= len(sides) - len(fitting):
            max(fitting, key=lambda side: len({v.document for v in side if v.sharp})).append(value)
        elif not fitting:
            home = next((side for side in own if all(_overlap(value, other) for other in side)), None)
            if home is None:
                own.append([value])
            else:
                home.append(value)
    return sorted(sides + own, key=lambda side: min(v.point for v in side))


def _overlap(a: Value, b: Value) -> bool:
    return a.low <= b.high and b.low <= a.high


def _difference(sides: Sequence[Sequence[Value]], relation: str) -> dict[str, Any]:
    least, most = sides[0], sides[-1]
    a, b = min(least, key=lambda v: v.point), max(most, key=lambda v: v.point)
    gap = max(0.0, min(v.low for v in most) - max(v.high for v in least)) if all(not math.isinf(v.low) for v in most) else 0.0
    gap = gap or abs(b.point - a.point)
    larger = max(abs(a.point), abs(b.point))
    relative = gap / larger if larger else 0.0
    older, newer = (_of_one_day(sides) if relation == "conflict" else None) or _in_time(sides)
    inside = len({v.document for side in sides for v in side}) == 1
    days = [v.day for side in sides for v in side if v.day]
    facts: dict[str, Any] = {
        "sides": [[v.id for v in side] for side in sides],
        "relation": "within_document" if inside else relation,
        "gap": gap,
        "relative_gap": relative,
        "ratio": larger / min(abs(a.point), abs(b.point)) if a.point and b.point else None,
        "days_apart": float((max(days) - min(days)).days) if len(days) > 1 else None,
        "older": _written(older),
        "newer": _written(newer),
        "older_document": older[0].document,
        "newer_document": newer[0].document,
        "difference": _in_words(*sorted((older[0], newer[0]), key=lambda v: v.point)),
    }
    key = {"conflict": "conflict_gap", "superseded": "superseded_gap"}[relation]
    if not inside:
        facts[key] = relative
    elif _contradicts_itself(sides):
        facts["within_gap"] = relative
    else:
        return {}  # two numbers of one document are two things, unless its headline or an age says otherwise
    if _slip(a, b):
        facts |= {"scale_slip": True}
    return facts


def _contradicts_itself(sides: Sequence[Sequence[Value]]) -> bool:
    """Whether a headline's value is nowhere in the text, which has another; or one person has two ages."""
    if sides[0][0].row["kind"] == "age":
        return True
    headlines = [all(v.row["passage_kind"] in ("headline", "caption") for v in side) for side in sides]
    return any(headlines) and not all(headlines)


def _of_one_day(sides: Sequence[Sequence[Value]]) -> tuple[Sequence[Value], Sequence[Value]] | None:
    """The two sides farthest apart that were both told on the latest day on which two sides were; None without such a day."""
    told: dict[datetime.date, list[Sequence[Value]]] = {}
    for side in sides:
        for day in {v.day for v in side if v.day}:
            told.setdefault(day, []).append(side)
    latest = max((day for day, of_day in told.items() if len(of_day) > 1), default=None)
    return None if latest is None else (told[latest][0], told[latest][-1])


def _in_time(sides: Sequence[Sequence[Value]]) -> tuple[Sequence[Value], Sequence[Value]]:
    """The side of the earliest and the side of the latest day; without days, the smallest and the largest value."""
    dated = [side for side in sides if any(v.day for v in side)]
    if len(dated) > 1:
        first = min(dated, key=lambda side: (min(v.day for v in side if v.day), sides.index(side)))
        last = max((s for s in dated if s is not first), key=lambda side: (max(v.day for v in side if v.day), sides.index(side)))
        return first, last
    return sides[0], sides[-1]


def _written(side: Sequence[Value]) -> str:
    """The value as most figures of the side write it, with its hedge."""
    texts = [_hedged(v.row) for v in side]
    return max(sorted(set(texts)), key=texts.count)


_HEDGES = {"about": "about ", "more_than": "more than ", "at_least": "at least ", "less_than": "less than ", "at_most": "up to "}


def _hedged(row: Mapping[str, Any]) -> str:
    unit = _or_none(row["unit"]) or ""
    text = str(row["text"])
    if row["kind"] == "share":
        unit = "%"
    shown = unit if row["kind"] in ("measure", "age", "share") and unit.lower() not in text.lower() else ""
    return f"{_HEDGES.get(row['modifier'], '')}{text}{' ' + shown if shown else ''}"


def _in_words(a: Value, b: Value) -> str:
    if not a.point or not b.point:
        return "one of them is zero"
    ratio = abs(b.point / a.point)
    return f"{ratio:.3g} times as much" if ratio >= 2 else f"{100 * (ratio - 1):.2g} % more"


def _slip(a: Value, b: Value) -> bool:
    """Whether two exact values have the same digits and differ by a power of ten."""
    if a.point <= 0 or b.point <= 0 or not (a.sharp and b.sharp):
        return False
    power = math.log10(b.point / a.point)
    return (
        power >= 1
        and abs(power - round(power)) < 1e-9
        and (round(power) in (3, 6) or float(f"{a.point:.9e}".split("e")[0]) % 1 != 0)
    )


# --- conflict or update ---------------------------------------------------------------------------------------------------


def _relation(sides: Sequence[Sequence[Value]], rows: Sequence[Mapping[str, Any]]) -> str:
    """``superseded`` where a later report overtook the earlier, else ``conflict``; decided for the whole group."""
    values = [v for side in sides for v in side]
    standing = [[v for v in side if not (v.initial or v.denied)] for side in sides]
    if sum(map(bool, standing)) < 2:
        return "superseded"  # all but one of the values were given up
    days = {v.day for v in values if v.day}
    dated = all(any(v.day for v in side) for side in sides)
    if rows[0]["kind"] == "age":
        return "conflict" if (dated and len(days) == 1) or _printed_together(standing) else "superseded"
    background = sum("background" in (_or_none(row["qualifiers"]) or "") for row in rows)
    if 2 * background > len(rows) or not _growing(rows):
        return "conflict"
    if not dated:
        return "superseded"
    return "superseded" if _rising(values) else "conflict"


def _printed_together(sides: Sequence[Sequence[Value]]) -> bool:
    """Whether one document prints two of the values."""
    documents = [{v.document for v in side} for side in sides]
    return any(a & b for a, b in itertools.combinations(documents, 2))


def _growing(rows: Sequence[Mapping[str, Any]]) -> bool:
    events = lexicon.load("events")
    kinds = [row["kind"] == "count" and events.get(_or_none(row["event"]) or "", {}).get("growing", False) for row in rows]
    return 2 * sum(map(bool, kinds)) >= len(kinds)


def _rising(values: Sequence[Value]) -> bool:
    """Whether the values by day never fall and end above where they began; all on one day is no rise.

    Reports of one day that differ contradict each other, unless the last day has settled on the largest and no two sources
    stand behind the difference.
    """
    by_day: dict[datetime.date, list[Value]] = {}
    for value in [v for v in values if v.sharp] or values:
        if value.day:
            by_day.setdefault(value.day, []).append(value)
    days = [_held([v.point for v in by_day[day]]) for day in sorted(by_day)]
    if len(days) < 2:
        return False
    minima, maxima = [min(day) for day in days], [max(day) for day in days]
    if any(x > y for x, y in itertools.pairwise(maxima)) or minima[0] > minima[-1]:
        return False
    if all(least * _SAME_DAY >= most for least, most in zip(minima, maxima, strict=True)):
        return maxima[-1] > maxima[0]
    return minima[0] < minima[-1] == maxima[-1] and not any(map(_disputed_by_sources, by_day.values()))


def _disputed_by_sources(values: Sequence[Value]) -> bool:
    """Whether the least and the most of one day's values each have sources, none of them both's."""
    points = [v.point for v in values]
    low, high = ({v.source for v in values if v.source and v.point == end} for end in (min(points), max(points)))
    return bool(low and high and not low & high)


def _held(points: Sequence[float]) -> list[float]:
    """The values of one day without the odd ones: those that a fifth of its figures give."""
    return [p for p in points if points.count(p) >= _ODD * len(points)] or list(points)


def _plan(actual: Sequence[Value], planned: Sequence[Value]) -> dict[str, Any]:
    """The gap between what was planned and what came of it by the latest day that is told, where no outcome meets a plan."""
    actual, planned = ([v for v in values if v.sharp] or values for values in (actual, planned))
    if any(_overlap(a, p) for a in actual for p in planned):
        return {"plan_gap": 0.0}
    pairs = [(plan, outcome) for plan in planned for outcome in actual if not _is_for_later(plan, outcome)]
    if not pairs:
        return {}
    latest = max(_or_none(outcome.row["as_of"]) or "" for _, outcome in pairs)
    last = [(plan, outcome) for plan, outcome in pairs if (_or_none(outcome.row["as_of"]) or "") == latest]
    plan, outcome = min(last, key=lambda pair: (abs(pair[0].point - pair[1].point), pair[0].id, pair[1].id))
    larger = max(abs(plan.point), abs(outcome.point)) or 1.0
    return {
        "plan_gap": abs(plan.point - outcome.point) / larger,
        "plan_sides": [[v.id for v in planned if _overlap(v, plan)], [v.id for v in actual if _overlap(v, outcome)]],
        "planned": _written([plan]),
        "outcome": _written([outcome]),
    }


def _is_for_later(plan: Value, outcome: Value) -> bool:
    """Whether a plan is for a time that begins after that of the outcome: 900 homes this year, 850 last year."""
    start, end = _or_none(plan.row["as_of_start"]), _or_none(outcome.row["as_of"])
    return plan.row["as_of_method"] == "text" and start is not None and end is not None and start > end
