"""Claims of several documents -> Groups that measure the same thing."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Group, Origins, Reading, Settings


def align(readings: Sequence[Reading], origins: Origins, settings: Settings) -> tuple[Group, ...]:
    """Groups of two or more claims on one measurand, ordered by their first member; no claim is in two groups."""
    return ()
