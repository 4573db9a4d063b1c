"""The whole flow, once, in order: read, segment, extract, enrich, align, compare, expect."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import InputError
from auditor.globs import matches
from auditor.model import Audit, Document, Group, Level, Origins, Reading, Rule, RuleOutcome, Settings, Status

if TYPE_CHECKING:
    import pandas as pd

    from auditor.cache import Cache
    from auditor.config import Override, RuleSetting
    from auditor.decisions import Decision

Progress = Callable[[Document], None]

_PATIENCE, _PATIENCE_PER_CHARACTER = 120.0, 0.0002  # seconds that a process may take for one document

_SURROGATES = re.compile("[\ud800-\udfff]")


def audit(
    paths: Sequence[str | Path],
    *,
    settings: Settings | None = None,
    expectations: str | Path | None = None,
    rules: Mapping[str, RuleSetting] | None = None,
    overrides: Sequence[Override] = (),
    decisions: Sequence[Decision] = (),
    allow_comments: bool = True,
    today: datetime.date | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Audit:
    """Audit the documents below ``paths``.

    ``expectations`` is a folder of suites (default: ``./expectations`` if there, else those shipped); ``rules`` changes the
    severity and thresholds of some of their rules, ``overrides`` does so for some documents.  ``decisions`` say which findings
    do not count, up to the day that each names (``today`` is the day to hold it against), and so do comments in the documents
    unless ``allow_comments`` is False.  ``cache`` keeps what is read of a document for the next run; ``progress`` is told of
    every document read.

    Raises InputError where there is nothing to audit, SuiteError where a suite cannot be used.
    """
    from auditor import allow, compare, expect, origins, tables
    from auditor import decisions as decisions_

    settings = settings or Settings()
    suites = expect.load(expectations)
    in_force = expect.in_force(suites, rules or {}, overrides)
    readings = read_all(paths, settings, cache, progress)
    readings = origins.name_sources(readings, settings)
    origin, groups = _lined_up(readings, settings, cache)
    quantities, measurands = compare.compare(*tables.frames(readings, groups, origin))
    findings, outcomes, validation = expect.expect(suites, quantities, measurands, rules, overrides)
    findings, warnings = decisions_.decided(findings, decisions, today or datetime.date.today())
    if allow_comments:
        findings, more = allow.allowed(findings, readings, expect.rules(suites), _paragraphs(readings))
        warnings += more
    return Audit(
        readings=readings,
        quantities=quantities,
        measurands=measurands,
        findings=findings,
        rules=in_force,
        outcomes=_with_rules_off(outcomes, expect.rules(suites)),
        origins=origin,
        groups=groups,
        not_compared=compare.not_compared(quantities),
        paths=tuple(map(str, paths)),
        warnings=warnings,
        validation=validation,
    )


def _lined_up(readings: Sequence[Reading], settings: Settings, cache: Cache | None) -> tuple[Origins, tuple[Group, ...]]:
    """Origins and groups of a corpus; those of an unchanged one are read from the cache."""
    from auditor import align, origins

    known = cache.get_aligned(readings, settings) if cache else None
    if known is not None:
        return known
    origin = origins.origins(readings, settings)
    groups = align.align(readings, origin, settings)
    if cache:
        cache.put_aligned(readings, settings, origin, groups)
    return origin, groups


def _paragraphs(readings: Sequence[Reading]) -> dict[str, tuple[int, int]]:
    """The reading and paragraph of every figure, by the id that the tables give it."""
    from auditor.tables import ID_OF_QUANTITY

    places = ((n, r.passages[claim.quantity.passage].paragraph) for n, r in enumerate(readings) for claim in r.claims)
    return {ID_OF_QUANTITY.format(n + 1): place for n, place in enumerate(places)}


def _with_rules_off(outcomes: Sequence[RuleOutcome], rules: Sequence[Rule]) -> tuple[RuleOutcome, ...]:
    """The outcomes, and a line "off" for every rule that the configuration leaves out: it was not checked."""
    judged = {outcome.rule for outcome in outcomes}
    off = [RuleOutcome(rule.code, 0, 0, "off") for rule in rules if rule.code not in judged]
    return tuple(sorted([*outcomes, *off], key=lambda outcome: outcome.rule))


def read_all(
    paths: Sequence[str | Path], settings: Settings, cache: Cache | None = None, progress: Progress | None = None
) -> tuple[Reading, ...]:
    """A Reading of every document below ``paths``.  Raises InputError where there is nothing that can be read."""
    readings = tuple(read(paths, settings, cache, progress))
    _require_readable(readings, paths)
    return readings


def _require_readable(readings: Sequence[Reading], paths: Sequence[str | Path]) -> None:
    """Nothing to read is no pass: raise InputError, naming the reason where every document failed."""
    where = ", ".join(map(str, paths))
    if not readings:
        raise InputError(f"no document in {where}: no file has a suffix that can be read")
    if all(r.document.status is Status.UNREADABLE for r in readings):
        first = readings[0].document
        others = f" (and {len(readings) - 1} more)" if len(readings) > 1 else ""
        raise InputError(f"no readable document in {where}: {first.name}: {first.reason}{others}")


def read(
    paths: Sequence[str | Path], settings: Settings, cache: Cache | None = None, progress: Progress | None = None
) -> Iterator[Reading]:
    """A Reading of every document below ``paths``, in their order, by ``settings.jobs`` processes."""
    from auditor import workers

    readings = workers.in_order(
        _documents(paths, settings),
        functools.partial(_read_and_keep, settings=settings, cache=cache),
        jobs=settings.jobs,
        known=lambda document: cache.get(document, settings) if cache else None,
        failed=_unreadable,
        seconds=lambda document: _PATIENCE + len(document.text) * _PATIENCE_PER_CHARACTER,
    )
    for reading in readings:
        yield reading
        if progress:
            progress(reading.document)


def _read_and_keep(document: Document, settings: Settings, cache: Cache | None) -> Reading:
    """Read one document and keep what was read; a text that exhausts the machine is unreadable, not the end of the run."""
    if document.status is Status.UNREADABLE:
        return Reading(document)
    try:
        reading = read_one(document, settings)
    except (RecursionError, MemoryError) as error:
        return _unreadable(document, f"too deep or too large ({type(error).__name__})")
    if cache:
        cache.put(reading, settings)
    return reading


def _unreadable(document: Document, reason: str) -> Reading:
    return Reading(dataclasses.replace(document, status=Status.UNREADABLE, reason=reason))


def given_up(reading: Reading) -> bool:
    """Whether the machine, and not the document, is why nothing was read: another run may fare otherwise."""
    return reading.document.status is Status.UNREADABLE and reading.document.text != ""


def _documents(paths: Sequence[str | Path], settings: Settings) -> Iterator[Document]:
    """The documents that the settings let in, with printable names, each marked if it speaks in its own voice."""
    from auditor.read import documents

    for document in map(_printable, documents(list(map(str, paths)), settings)):
        if settings.include and not matches(document.name, settings.include):
            continue
        if matches(document.name, settings.exclude):
            continue
        if matches(document.name, settings.own_voice):
            document = dataclasses.replace(document, own_voice=True)
        yield document


def _printable(document: Document) -> Document:
    """The document with a name of one line and a text that UTF-8 can hold: file systems and JSON allow more."""
    name = "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in _decoded(document.name)
    )
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", document.text)
    if (name, text) == (document.name, document.text):
        return document
    return dataclasses.replace(document, name=name, text=text)


def _decoded(name: str) -> str:
    """Bytes of a file name that are no UTF-8 (lone surrogates in Python) as ``\\xff``."""
    return _SURROGATES.sub(lambda m: f"\\x{ord(m.group()) & 0xFF:02x}", name)


def read_one(document: Document, settings: Settings) -> Reading:
    """Segment, extract and enrich one document: a pure function, so that it can run in any process."""
    from auditor import enrich, extraction, segment
    from auditor.parse import Parses

    passages = segment.segment(document)
    parses = Parses(passages)
    quantities = extraction.quantities(document, passages, parses, settings)
    return Reading(document, passages, enrich.claims(document, passages, quantities, parses, settings))


def compare_pair(
    readings: Sequence[Reading], left: tuple[int, int], right: tuple[int, int], settings: Settings
) -> tuple[float, tuple[Level, ...], bool]:
    """How an audit of these readings compares two claims, each (reading index, claim index): the probability that they measure
    the same thing, its levels, and whether the audit puts them together."""
    from auditor import align, origins

    readings = origins.name_sources(readings, settings)
    groups = align.align(readings, origins.origins(readings, settings), settings)
    together = any(left in group.members and right in group.members for group in groups)
    return *align.explain(readings, left, right), together


def quantities(readings: Sequence[Reading]) -> pd.DataFrame:
    """The quantities of readings as written, a change in one row; nothing is aligned."""
    from auditor import tables
    from auditor.model import Origins

    return tables.changes(tables.frames(readings, (), Origins(of=tuple("" for _ in readings)))[0], readings)


def pages(audit: Audit) -> dict[str, bytes]:
    """The HTML report and the Data Docs by their paths below the folder of reports: same audit, same bytes."""
    from auditor.expect import docs
    from auditor.report import html
    from auditor.report.places import Places
    from auditor.report.view import View

    places = Places(View(audit))
    found = html.pages(places, f"data-docs/{docs.INDEX}")
    return found | {f"data-docs/{name}": content for name, content in docs.render(audit, places.links()).items()}


def reports(audit: Audit) -> dict[str, bytes]:
    """Every report and table of an audit by its path below the folder of reports: same audit, same bytes."""
    from auditor.report import json, table

    found = pages(audit)
    found["audit.json"] = json.render(audit).encode("utf-8", "backslashreplace")
    for name, frame in (("quantities", audit.quantities), ("measurands", audit.measurands)):
        found[f"{name}.csv"] = table.csv(frame).encode("utf-8", "backslashreplace")
        found[f"{name}.parquet"] = table.parquet(frame)
    return found


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files by their paths below ``folder``."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def extract(text: str, reference_date: datetime.date | None = None) -> pd.DataFrame:
    """The quantities of a text as written, with the columns of ``auditor.tables.QUANTITIES``: a row each, one for a change ("fell
    from 5 to 3"), which is two figures to an audit; nothing is aligned."""
    from auditor import tables
    from auditor.model import Origins

    settings = Settings(reference_date=reference_date)
    reading = read_one(Document(name="text", text=text, published=reference_date), settings)
    return tables.changes(tables.frames([reading], (), Origins(of=("o1",)))[0], [reading])
