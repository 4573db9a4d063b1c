"""What a figure allows as an editor reads it, not literally.

"At least 56" is a source's count of 56, "more than 120" is a rounding that 126 satisfies, 1.2 million agrees with 1,214,000.
Two figures differ where these readings are disjoint.
"""

from __future__ import annotations

import math

from auditor.model import Kind, Modifier

_ROUNDED_FROM = 1000.0  # below, a round number is a count
_ROUNDED_BY = 0.2  # a rounding is at most this share of the value


def as_read(
    kind: str, modifier: str, value: float | None, low: float | None, high: float | None, granularity: float | None
) -> tuple[float, float]:
    """``low, high`` that the figure is compared by; infinite where unbounded."""
    least = -math.inf if low is None else low
    most = math.inf if high is None else high
    if value is None or modifier in (Modifier.ABOUT, Modifier.RANGE, Modifier.VAGUE):
        return least, most
    step = own_precision(value, granularity)
    if modifier == Modifier.MORE_THAN:
        return value, value + step
    if modifier in (Modifier.LESS_THAN, Modifier.AT_MOST):
        return max(min(least, value), value - step), value
    if kind in (Kind.AGE, Kind.SCORE, Kind.MAGNITUDE):
        return value, value
    rounded = abs(value) >= _ROUNDED_FROM and 1 < step < _ROUNDED_BY * abs(value)
    tolerance = step / 2 if rounded else 0.0
    return value - tolerance, value + tolerance


def own_precision(value: float, granularity: float | None) -> float:
    """The size of the last digit that was meant: trailing zeros count as rounding."""
    step = float(granularity) if granularity else 1.0
    if value == 0 or step <= 0:
        return step
    whole = round(abs(value) / step)
    while whole and whole % 10 == 0:
        whole //= 10
        step *= 10
    return step
