"""As of when a figure holds: the expression of time nearest to it in its sentence, else the document's date."""

from __future__ import annotations

import math
from collections.abc import Sequence

from auditor.enrich.classes import compared_by
from auditor.enrich.dates import Expression, expressions
from auditor.model import Document, Passage, Period, Quantity, Settings

_FARTHEST = 160  # characters between a figure and the expression of time that dates it


def as_of(
    document: Document, passages: Sequence[Passage], quantities: Sequence[Quantity], settings: Settings
) -> tuple[Period | None, ...]:
    """A period for every quantity, in the same order; None where neither the text nor the document gives a day."""
    now = document.published or settings.reference_date
    found: dict[int, list[Expression]] = {}
    periods = []
    for quantity, following in zip(quantities, (*quantities[1:], None), strict=True) if quantities else ():
        if quantity.passage not in found:
            found[quantity.passage] = [e for e in expressions(passages[quantity.passage].text, now) if not e.reporting]
        end = _reach(document.text, quantity, following)
        own = [e for e in found[quantity.passage] if passages[quantity.passage].start + e.start < end]
        periods.append(_nearest(quantity, passages[quantity.passage], own) or _published(document, settings))
    return tuple(periods)


def _reach(text: str, quantity: Quantity, following: Quantity | None) -> float:
    """Where the words end that may date a figure: what stands behind one that it is compared with is the other's.

    "54 percent, up from 47 percent in the vote of 2027"
    """
    if following is None or following.passage != quantity.passage or following.start - quantity.end > _FARTHEST:
        return math.inf
    return following.start if compared_by(text[quantity.end : following.start]) else math.inf


def _nearest(quantity: Quantity, passage: Passage, candidates: Sequence[Expression]) -> Period | None:
    at = quantity.start - passage.start
    to = quantity.end - passage.start
    best = min(candidates, key=lambda e: (_distance(e, at, to), e.start), default=None)
    if best is None or _distance(best, at, to) > _FARTHEST:
        return None
    if best.operator == "since":
        return Period(best.period.start, None, text=best.period.text, method="text")
    return best.period


def _distance(expression: Expression, start: int, end: int) -> int:
    return max(expression.start - end, start - expression.end, 0)


def _published(document: Document, settings: Settings) -> Period | None:
    day = document.published or settings.reference_date
    return Period(day, day, text=None, method="published") if day else None
