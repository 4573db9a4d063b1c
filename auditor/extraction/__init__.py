"""Passages -> Quantities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from auditor.model import Document, Passage, Quantity, Settings
from auditor.parse import Parses

_DIGITS = re.compile(r"\b\d{1,3}(?:,\d{3})+(?:\.\d+)?\b|\b\d{1,12}(?:\.\d+)?\b")


def quantities(document: Document, passages: Sequence[Passage], parses: Parses, settings: Settings) -> tuple[Quantity, ...]:
    """Every quantity of the audited passages, ordered by start, none overlapping another."""
    found = []
    for passage in passages:
        if not passage.audited:
            continue
        for match in _DIGITS.finditer(passage.text):
            value = Decimal(match.group().replace(",", ""))
            if 1900 <= value <= 2100 and "," not in match.group():
                continue
            found.append(
                Quantity(
                    passage.start + match.start(),
                    passage.start + match.end(),
                    match.group(),
                    passage.index,
                    low=value,
                    high=value,
                    value=value,
                )
            )
    return tuple(found)
