"""The whole flow, once, in order: read, segment, extract, enrich, align, compare, expect."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import InputError
from auditor.model import Audit, Document, Reading, Settings, Status

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[Document], None]


def audit(
    paths: Sequence[str | Path],
    *,
    settings: Settings | None = None,
    expectations: str | Path | None = None,
    progress: Progress | None = None,
) -> Audit:
    """Audit the documents below ``paths``.

    ``expectations`` is a folder of suites (default: ``./expectations`` if there, else those shipped).  Raises InputError where
    there is nothing to audit, SuiteError where a suite cannot be used.
    """
    from auditor import align, compare, expect, origins, tables

    settings = settings or Settings()
    suites = expect.load(expectations)
    readings = tuple(read(paths, settings, progress))
    if not any(r.document.status is not Status.UNREADABLE for r in readings):
        raise InputError(f"no readable document in {', '.join(map(str, paths))}")
    readings = origins.name_sources(readings, settings)
    origin = origins.origins(readings, settings)
    groups = align.align(readings, origin, settings)
    quantities, measurands = compare.compare(*tables.frames(readings, groups, origin))
    findings, outcomes, validation = expect.expect(suites, quantities, measurands)
    return Audit(
        readings=readings,
        quantities=quantities,
        measurands=measurands,
        findings=findings,
        rules=expect.rules(suites),
        outcomes=outcomes,
        origins=origin,
        groups=groups,
        paths=tuple(map(str, paths)),
        validation=validation,
    )


def read(paths: Sequence[str | Path], settings: Settings, progress: Progress | None = None) -> Iterable[Reading]:
    """A Reading of every document below ``paths``, in their order."""
    from auditor.read import documents

    for document in documents(list(map(str, paths)), settings):
        yield read_one(document, settings)
        if progress:
            progress(document)


def read_one(document: Document, settings: Settings) -> Reading:
    """Segment, extract and enrich one document: a pure function, so that it can run in any process."""
    from auditor import enrich, extraction, segment
    from auditor.parse import Parses

    passages = segment.segment(document)
    parses = Parses(passages)
    quantities = extraction.quantities(document, passages, parses, settings)
    return Reading(document, passages, enrich.claims(document, passages, quantities, parses, settings))


def extract(text: str, reference_date: datetime.date | None = None) -> pd.DataFrame:
    """The quantities of a text as a frame with the columns of ``auditor.tables.QUANTITIES``; nothing is aligned."""
    from auditor import tables
    from auditor.model import Origins

    settings = Settings(reference_date=reference_date)
    reading = read_one(Document(name="text", text=text, published=reference_date), settings)
    return tables.frames([reading], (), Origins(of=("o1",)))[0]
