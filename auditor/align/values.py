"""How near two values are to each other, for counts, ages and measures: levels of the attribute ``value``."""

from __future__ import annotations

from functools import cache

from auditor import units
from auditor.align.items import Item
from auditor.align.lookups import relations
from auditor.model import Modifier

_POINT = 1.0  # percentage points


def _ratio(a: Item, b: Item) -> float:
    x, y = a.point, b.point
    if x == y:
        return 1.0
    if x <= 0 or y <= 0:
        return 99.0
    return max(x, y) / min(x, y)


def equal(a: Item, b: Item) -> bool:
    """Whether two figures allow the same values, or are written as the same."""
    return (a.low == b.low and a.high == b.high) or (a.value is not None and a.value == b.value)


def overlap(a: Item, b: Item) -> bool:
    """Whether some value satisfies both wordings."""
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


def value_of_count(a: Item, b: Item) -> str:
    """The level of two counts."""
    if equal(a, b):
        return _sameness(a)
    ratio = _ratio(a, b)
    if overlap(a, b) and ((_bounded(a) and _bounded(b)) or ratio < 1.5):
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
    if a.event != b.event or a.event not in relations().growing:
        return False
    left, right = (x.published.isoformat() if x.published else x.period[1] if x.period else None for x in (a, b))
    return left is not None and right is not None and left != right and (left < right) == (a.point < b.point)


def value_of_age(a: Item, b: Item) -> str:
    """The level of two ages."""
    if equal(a, b):
        return "equal"
    tolerance = 0.5 * max(_grain(a), _grain(b))
    if overlap(a, b) or abs(a.point - b.point) <= tolerance:
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


def value_of_measure(a: Item, b: Item) -> str:
    """The level of two measures, sums of money or shares."""
    if equal(a, b):
        return _sameness(a)
    ratio = _ratio(a, b)
    if overlap(a, b) and ratio < 3:
        return "overlap"
    if _scaled(a, b):
        return "scaled"
    if _swapped(a, b):
        return "swapped"
    if a.wall[1] == "percentage" and abs(a.point - b.point) <= _POINT:
        return "close"  # growth of 1.2 and of 1.5 percent
    return "close" if ratio < 1.15 else "apart" if ratio < 1.5 else "middling" if ratio < 3 else "far"
