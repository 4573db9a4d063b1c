"""Documents that tell one agency's story in other words: translations and rewrites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model import Reading


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Two documents (indices of readings) and, in words, what they have in common."""

    left: int
    right: int
    evidence: tuple[str, ...]


def rewrites(readings: Sequence[Reading]) -> list[Rewrite]:
    return []
