"""Quantities in context -> Claims.  One file an attribute."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Attribution, Claim, Document, Passage, Quantity, Settings
from auditor.parse import Parses


def claims(
    document: Document, passages: Sequence[Passage], quantities: Sequence[Quantity], parses: Parses, settings: Settings
) -> tuple[Claim, ...]:
    """A claim for every quantity, in the same order."""
    return tuple(Claim(quantity, attribution=Attribution()) for quantity in quantities)
