"""Conflict or update: the stages that the values of one thing fall into.

A verdict is taken for every pair of values: the later report overtook the earlier, or the two contradict each other.  Values that
contradict each other, be it through a third, are one stage; what stands in different stages was overtaken.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from auditor import lexicon
from auditor.compare.values import Side, Value, or_none

Stage = Sequence[Side]

_SAME_DAY = 1.1  # one day's reports that differ by more than this contradict each other
_ODD = 0.2


def stages(sides: Sequence[Side], rows: Sequence[Mapping[str, Any]]) -> list[Stage]:
    """The sides by stage, the earliest first; the sides of one stage contradict each other."""
    judge = _Judge(sides, rows)
    found: list[list[int]] = []  # indices of sides
    for n, side in enumerate(sides):
        apart, one = [], [n]
        for stage in found:
            if judge.uncontested or all(judge.overtaken(side, sides[m]) for m in stage):
                apart.append(stage)
            else:
                one += stage
        found = [*apart, sorted(one)]
    in_order = [[sides[n] for n in stage] for stage in found]
    by_day = all(any(map(_dated, stage)) for stage in in_order)
    return sorted(in_order, key=lambda stage: (max(map(_standing, stage)), _first_day(stage) if by_day else 0, stage[0][0].point))


def _first_day(stage: Stage) -> int:
    return min(v.day.toordinal() for side in stage for v in side if v.day)


def _standing(side: Side) -> int:
    """How far a value counts: 0 where all who give it have given it up, 1 where it is of an early count alone, else 2."""
    return max(0 if v.given_up else 1 if v.stage == "early" else 2 for v in side)


class _Judge:
    """Verdicts on pairs of sides, in the light of all of them."""

    def __init__(self, sides: Sequence[Side], rows: Sequence[Mapping[str, Any]]) -> None:
        background = sum("background" in (or_none(row["qualifiers"]) or "") for row in rows)
        self._age = rows[0]["kind"] == "age"
        self._grows = 2 * background <= len(rows) and _growing(rows)
        standing = [side for side in sides if _standing(side) == 2]
        self._rises = self._grows and all(map(_dated, standing)) and _rising(standing)
        self.uncontested = self._rises

    def overtaken(self, a: Side, b: Side) -> bool:
        """Whether one of two values, whichever it is, was overtaken by the other."""
        if _standing(a) != _standing(b) or not _standing(a):
            return True
        if _replaced(a, b) or _replaced(b, a):
            return True
        if self._age:
            return not (_on_one_day(a, b) or _printed_together(a, b))
        if not self._grows:
            return False
        if not (_dated(a) and _dated(b)):
            return not _told_by_others(a, b)
        return self._rises or _rising([a, b])


def _replaced(older: Side, newer: Side) -> bool:
    """Whether the later value itself says that it replaces what was said before, or is the official one of an estimate."""
    before = max((v.day for v in older if v.day), default=None)
    later = {v.stage for v in newer if before and v.day and v.day > before}
    return "revised" in later or ("final" in later and all(v.stage == "estimate" for v in older))


def _dated(side: Side) -> bool:
    """Whether most of its figures bear a day; some undated texts date one by what they look back on."""
    return 2 * sum(v.day is not None for v in side) >= len(side)


def _on_one_day(a: Side, b: Side) -> bool:
    return _dated(a) and _dated(b) and len({v.day for v in (*a, *b) if v.day}) == 1


def _printed_together(a: Side, b: Side) -> bool:
    """Whether one document prints both values, neither as what was said at first."""
    first, second = ({v.document for v in side if not v.given_up} for side in (a, b))
    return bool(first & second)


def _growing(rows: Sequence[Mapping[str, Any]]) -> bool:
    events = lexicon.load("events")
    kinds = [row["kind"] == "count" and events.get(or_none(row["event"]) or "", {}).get("growing", False) for row in rows]
    return 2 * sum(map(bool, kinds)) >= len(kinds)


def _rising(sides: Sequence[Side]) -> bool:
    """Whether the values by day never fall and end above where they began; all on one day is no rise.

    Reports of one day that differ contradict each other, unless the last day has settled on the largest and no two sources
    stand behind the difference.
    """
    by_day: dict[datetime.date, list[Value]] = {}
    values = list(itertools.chain.from_iterable(sides))
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


def _told_by_others(a: Side, b: Side) -> bool:
    """Whether each value has sources, none of them both's: without days, nothing says that one came later."""
    first, second = ({v.source for v in side if v.source} for side in (a, b))
    return bool(first and second and not first & second)


def _held(points: Sequence[float]) -> list[float]:
    """The values of one day without the odd ones: those that a fifth of its figures give."""
    return [p for p in points if points.count(p) >= _ODD * len(points)] or list(points)
