"""Quantities in context -> Claims.  One file an attribute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from auditor.enrich.as_of import as_of
from auditor.enrich.attribution import attributions
from auditor.enrich.factuality import factuality
from auditor.enrich.frame import frames
from auditor.enrich.lead import lead
from auditor.enrich.needs_source import needs
from auditor.enrich.stage import stages
from auditor.model import Claim, Document, Factuality, Frame, Kind, Passage, Quantity, Settings
from auditor.parse import Parses

_DENSE = 40  # figures of a passage of at most 2,000 characters


def claims(
    document: Document, passages: Sequence[Passage], quantities: Sequence[Quantity], parses: Parses, settings: Settings
) -> tuple[Claim, ...]:
    """A claim for every quantity, in the same order.

    A passage with more than ``_DENSE`` figures is no sentence (a list of numbers, a table without marks): its figures come
    without frame, source or factuality, which only the parse of a sentence can tell.
    """
    count = Counter(quantity.passage for quantity in quantities)
    told = [quantity for quantity in quantities if count[quantity.passage] <= _DENSE]
    known = iter(_claims(document, passages, told, parses, settings))
    return tuple(next(known) if count[quantity.passage] <= _DENSE else Claim(quantity) for quantity in quantities)


def _claims(
    document: Document, passages: Sequence[Passage], quantities: Sequence[Quantity], parses: Parses, settings: Settings
) -> Iterator[Claim]:
    parses.prefetch({quantity.passage for quantity in quantities})
    periods = as_of(document, passages, quantities, settings)
    framed = frames(document, passages, quantities, parses, periods, lead(document, passages, settings))
    said = attributions(document, passages, quantities, parses, settings)
    needed = needs(document, passages, quantities, said, parses)
    staged = stages(passages, quantities, said, parses)
    return (
        Claim(
            quantity,
            frame=frame,
            attribution=attribution,
            as_of=period,
            factuality=_factuality(quantity, frame, parses),
            stage=stage,
            needs_source=need.needed,
            needs_source_why=need.why,
            query_weight=need.weight,
            source_elsewhere=need.elsewhere,
        )
        for quantity, frame, attribution, need, period, stage in zip(
            quantities, framed, said, needed, periods, staged, strict=True
        )
    )


def _factuality(quantity: Quantity, frame: Frame, parses: Parses) -> Factuality:
    """Of a survey, "52 percent would vote for her" is what was answered, no plan."""
    answered = quantity.kind is Kind.SHARE and any(name == "survey" for name, _ in frame.features)
    return Factuality.ACTUAL if answered else factuality(quantity, parses[quantity.passage])
