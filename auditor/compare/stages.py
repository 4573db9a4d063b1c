"""Conflict or update."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from auditor import lexicon
from auditor.compare.values import Value, or_none

_SAME_DAY = 1.1  # one day's reports that differ by more than this contradict each other
_ODD = 0.2


def relation(sides: Sequence[Sequence[Value]], rows: Sequence[Mapping[str, Any]]) -> str:
    """``superseded`` where a later report overtook the earlier, else ``conflict``; decided for the whole group."""
    values = [v for side in sides for v in side]
    standing = [[v for v in side if not (v.initial or v.denied)] for side in sides]
    if sum(map(bool, standing)) < 2:
        return "superseded"  # all but one of the values were given up
    days = {v.day for v in values if v.day}
    dated = all(any(v.day for v in side) for side in sides)
    if rows[0]["kind"] == "age":
        return "conflict" if (dated and len(days) == 1) or _printed_together(standing) else "superseded"
    background = sum("background" in (or_none(row["qualifiers"]) or "") for row in rows)
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
    kinds = [row["kind"] == "count" and events.get(or_none(row["event"]) or "", {}).get("growing", False) for row in rows]
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
