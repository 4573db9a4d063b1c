"""Figures as they are compared: what each allows, in one unit, and the sides that differing values make.

Figures are compared as an editor reads them (``auditor.intervals``): they differ where these readings are disjoint.
"""

from __future__ import annotations

import dataclasses
import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditor import intervals, units

_TELLING = 10
_UNIT_TWIN = 0.08  # two units of one length, each rounded in its own: "60 km" and "35 miles"
_HEDGES = {"about": "about ", "more_than": "more than ", "at_least": "at least ", "less_than": "less than ", "at_most": "up to "}


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as it is compared: its reading ``low..high`` in a common unit, when it was said, and how.

    ``given_up`` is a value that its text denies, or tells as what was said at first.
    """

    id: str
    document: str
    text: str
    low: float
    high: float
    point: float
    sharp: bool
    day: datetime.date | None
    planned: bool
    given_up: bool
    stage: str | None
    source: str | None
    row: Mapping[str, Any]


Side = Sequence[Value]  # the figures of one value, which stands against others


def in_one_unit(rows: Sequence[Mapping[str, Any]]) -> list[Value]:
    """The figures of one thing as values; where they are in several units, by these units' common base."""
    names = [units.amount(or_none(row["unit"]), or_none(row["per"])) for row in rows]
    convert = len(set(names)) > 1
    values = [_value(row, units.base(name) if convert else None) for row, name in zip(rows, names, strict=True)]
    if not convert:
        return values
    common = max(sorted(set(map(str, names))), key=[str(n) for n in names].count)
    return [
        v if str(name) == common else dataclasses.replace(v, low=v.low * (1 - _UNIT_TWIN), high=v.high * (1 + _UNIT_TWIN))
        for v, name in zip(values, names, strict=True)
    ]


def _value(row: Mapping[str, Any], ruler: units.Base | None) -> Value:
    low, high = _reading(row)
    scale = ruler or units.Base("", 1.0)
    low, high = (bound if math.isinf(bound) else scale.of(bound) for bound in (low, high))
    qualifiers = set((or_none(row["qualifiers"]) or "").split("; "))
    stage = or_none(row["stage"])
    written = or_none(row["value"])
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
        planned=row["factuality"] in ("planned", "hypothetical") and stage != "early",  # those polled have voted
        given_up=row["factuality"] == "denied" or ("initial" in qualifiers and stage not in ("final", "revised")),
        stage=stage,
        source=or_none(row["source_entity"]) or or_none(row["source"]),
        row=row,
    )


def _reading(row: Mapping[str, Any]) -> tuple[float, float]:
    numbers = (or_none(row[name]) for name in ("value", "low", "high", "granularity"))
    return intervals.as_read(row["kind"], row["modifier"], *(None if n is None else float(n) for n in numbers))


def _day(row: Mapping[str, Any]) -> datetime.date | None:
    """The day on which the value was said, else the day it holds for."""
    day = or_none(row["published"]) or or_none(row["as_of"])
    return datetime.date.fromisoformat(day) if day else None


def or_none(value: Any) -> Any:
    """A cell of a frame, None for every kind of null."""
    return None if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)) else value


def sides_of(values: Sequence[Value]) -> list[list[Value]]:
    """Sharp values make sides, by overlap; a soft value joins the side it fits and makes its own if it fits none.  One that fits
    several joins that which most documents give, unless it agrees with more of the other sides than it contradicts."""
    sides: list[list[Value]] = []
    for value in sorted((v for v in values if v.sharp), key=lambda v: (v.point, v.low, v.high)):
        if sides and all(overlap(value, other) for other in sides[-1]):
            sides[-1].append(value)
        else:
            sides.append([value])
    soft = sorted((v for v in values if not v.sharp), key=lambda v: (v.point, v.low, v.high))
    own: list[list[Value]] = []
    for value in soft:
        fitting = [side for side in sides if any(overlap(value, other) for other in side if other.sharp)]
        if fitting and len(fitting) - 1 <= len(sides) - len(fitting):
            max(fitting, key=lambda side: len({v.document for v in side if v.sharp})).append(value)
        elif not fitting:
            home = next((side for side in own if all(overlap(value, other) for other in side)), None)
            if home is None:
                own.append([value])
            else:
                home.append(value)
    return sorted(sides + own, key=lambda side: min(v.point for v in side))


def overlap(a: Value, b: Value) -> bool:
    """Whether some number is allowed by both."""
    return a.low <= b.high and b.low <= a.high


def written(side: Side) -> str:
    """The value as most figures of the side write it, with its hedge."""
    texts = [_hedged(v.row) for v in side]
    return max(sorted(set(texts)), key=texts.count)


def _hedged(row: Mapping[str, Any]) -> str:
    text, unit = str(row["text"]), _unit(row)
    shown = unit if unit.lower() not in text.lower() else ""
    return f"{_HEDGES.get(row['modifier'], '')}{text}{' ' + shown if shown else ''}"


def _unit(row: Mapping[str, Any]) -> str:
    """The unit to show behind a value: none for a count, for money, which has its sign, and for an age in years."""
    unit = (or_none(row["unit"]) or "").removesuffix(" of age")
    shown = {"measure": unit, "age": unit if unit != "year" else "", "share": "%"}
    return shown.get(row["kind"], "")


def either(texts: Sequence[str]) -> str:
    """One value, or several that are told at once, the smallest first: "14", "14 or 17", "14 to 20"."""
    return texts[0] if len(texts) == 1 else f"{texts[0]} {'or' if len(texts) == 2 else 'to'} {texts[-1]}"


def in_words(a: Value, b: Value, *, at_least: bool = False) -> str:
    """How much larger the larger of two values is."""
    low, high = sorted((a.point, b.point))
    if not low or not high:
        return "one of them is zero"
    ratio = abs(high / low)
    return ("at least " if at_least else "") + (f"{ratio:.3g} times as much" if ratio >= 2 else f"{100 * (ratio - 1):.2g} % more")


def slip(a: Value, b: Value) -> bool:
    """Whether two exact values, the smaller first, have the same digits and differ by a power of ten, or by their unit."""
    if a.point <= 0 or b.point <= 0 or not (a.sharp and b.sharp):
        return False
    power = math.log10(b.point / a.point)
    tenfold = power >= 1 and abs(power - round(power)) < 1e-9
    return _other_unit(a, b) or (tenfold and (round(power) in (3, 6) or float(f"{a.point:.9e}".split("e")[0]) % 1 != 0))


def _other_unit(a: Value, b: Value) -> bool:
    """Whether one number, larger than those of which a text has many, stands with two units: 200 feet and 200 metres."""
    number, other = (or_none(v.row["value"]) for v in (a, b))
    if number is None or number != other or number < _TELLING:
        return False
    return b.point > a.point and or_none(a.row["unit"]) != or_none(b.row["unit"])
