"""Quantities in context -> Claims.  One file an attribute."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.enrich.as_of import as_of
from auditor.enrich.attribution import attributions
from auditor.enrich.factuality import factuality
from auditor.enrich.frame import frames
from auditor.enrich.lead import lead
from auditor.enrich.needs_source import needs
from auditor.model import Claim, Document, Passage, Quantity, Settings
from auditor.parse import Parses


def claims(
    document: Document, passages: Sequence[Passage], quantities: Sequence[Quantity], parses: Parses, settings: Settings
) -> tuple[Claim, ...]:
    """A claim for every quantity, in the same order."""
    parses.prefetch({quantity.passage for quantity in quantities})
    periods = as_of(document, passages, quantities, settings)
    framed = frames(document, passages, quantities, parses, periods, lead(document, passages, settings))
    said = attributions(document, passages, quantities, parses, settings)
    needed = needs(document, passages, quantities, said, parses)
    return tuple(
        Claim(
            quantity,
            frame=frame,
            attribution=attribution,
            as_of=period,
            factuality=factuality(quantity, parses[quantity.passage]),
            needs_source=need.needed,
            needs_source_why=need.why,
            query_weight=need.weight,
        )
        for quantity, frame, attribution, need, period in zip(quantities, framed, said, needed, periods, strict=True)
    )
