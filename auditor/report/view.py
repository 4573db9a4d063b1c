"""What reports for people show of an audit, looked up once: figures in their paragraphs, sides of findings, states.

Nothing is judged here; every statement is a column of a frame, or follows from two of them by subtraction.
"""

from __future__ import annotations

import bisect
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.model import Audit, Document, Finding, Group, Passage, Reading, Rule, Severity
from auditor.report import words
from auditor.report.table import records
from auditor.report.words import Row
from auditor.tables import ID_OF_QUANTITY

_CONTEXT = 320  # characters of the paragraph shown before and after the sentence
_SOURCE_RANK = {"named": 4, "document": 3, "outlet": 3, "anonymous": 2, "own": 2, "vague": 1}


@dataclass(frozen=True, slots=True)
class Quote:
    """A figure in its paragraph: ``before`` and ``after`` belong to its sentence, ``earlier`` and ``later`` to its paragraph."""

    earlier: str
    before: str
    figure: str
    after: str
    later: str


@dataclass(frozen=True, slots=True)
class Side:
    """One value that stands against others: its figures, the one to show first; ``documents`` and ``origins`` agree with it."""

    figures: tuple[Row, ...]
    documents: int
    origins: int
    newest: bool = False
    best: bool = False

    @property
    def also(self) -> tuple[str, ...]:
        """The side's other values, as written, the first one's left out."""
        found = dict.fromkeys(words.written(row) for row in self.figures)
        found.pop(words.written(self.figures[0]))
        return tuple(found)


class View:
    """Look-ups over one audit, each made on first use."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit

    @cached_property
    def rows(self) -> dict[str, Row]:
        return {row["id"]: row for row in records(self.audit.quantities)}

    @cached_property
    def measurands(self) -> dict[str, Row]:
        return {row["id"]: row for row in records(self.audit.measurands)}

    @cached_property
    def group_of(self) -> dict[str, Group]:
        return {f"m{n + 1}": group for n, group in enumerate(self.audit.groups)}

    @cached_property
    def rule(self) -> dict[str, Rule]:
        return {rule.code: rule for rule in self.audit.rules}

    @cached_property
    def reading(self) -> dict[str, Reading]:
        return {reading.document.name: reading for reading in self.audit.readings}

    @cached_property
    def _nouns(self) -> dict[str, str]:
        """The noun that each count counts, as written, by the id of the figure."""
        claims = ((reading.document.text, claim.quantity) for reading in self.audit.readings for claim in reading.claims)
        return {
            ID_OF_QUANTITY.format(n): text[quantity.counted_start : quantity.counted_end]
            for n, (text, quantity) in enumerate(claims, 1)
            if quantity.counted_start is not None
        }

    def counted(self, row: Row) -> str:
        """What a figure counts, as the text has it, or its unit."""
        return words.counted(row, self._nouns.get(row["id"]))

    def several_units(self, measurand: Row) -> bool:
        """Whether the figures of a thing measured are in different units."""
        return len({self.rows[q]["unit"] for q in measurand["quantities"] if q in self.rows}) > 1

    @cached_property
    def short(self) -> dict[str, str]:
        """The documents' names without the folders that all share."""
        names = [words.line(document.name) for document in self.audit.documents]
        folders = [name.split("/")[:-1] for name in names]
        shared = os.path.commonprefix(folders)  # noqa: RUF071 — of lists: by folder, not by character
        return {
            document.name: "/".join(name.split("/")[len(shared) :])
            for document, name in zip(self.audit.documents, names, strict=True)
        }

    @cached_property
    def of_document(self) -> dict[str, list[Row]]:
        """The figures of each document in the order of its text."""
        found: dict[str, list[Row]] = {document.name: [] for document in self.audit.documents}
        for row in self.rows.values():
            found[row["document"]].append(row)
        for rows in found.values():
            rows.sort(key=lambda row: (row["start"], row["end"]))
        return found

    @cached_property
    def findings_of(self) -> dict[str, list[Finding]]:
        """The findings that name a figure, by its id, worst first."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for quantity in finding.quantities:
                found.setdefault(quantity, []).append(finding)
        return found

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Worst first: undecided before decided, by severity, sides against each other first, then the widest gap."""
        order = list(Severity)

        def rank(finding: Finding) -> tuple[bool, int, bool, str, float]:
            gap = self.measurands[finding.measurand]["relative_gap"] if finding.measurand in self.measurands else None
            return finding.decision is not None, order.index(finding.severity), not finding.sides, finding.rule, -(gap or 0)

        return tuple(sorted(self.audit.findings, key=rank))

    @cached_property
    def origin_name(self) -> dict[str, str]:
        """Origins by letters in the order of the documents: A, B, ... Z, AA."""
        return {origin: _letters(n) for n, origin in enumerate(dict.fromkeys(self.audit.origins.of))}

    @cached_property
    def origin_number(self) -> dict[str, int]:
        """Origins by numbers from 0 in the order of the documents: their colours."""
        return {origin: n for n, origin in enumerate(self.origin_name)}

    @cached_property
    def origin_documents(self) -> dict[str, list[Document]]:
        found: dict[str, list[Document]] = {}
        for document, origin in zip(self.audit.documents, self.audit.origins.of, strict=True):
            found.setdefault(origin, []).append(document)
        return found

    @cached_property
    def agreeing(self) -> tuple[Row, ...]:
        """The measurands with several values that no finding sets against each other."""
        against = {finding.measurand for finding in self.findings if finding.sides}
        found = []
        for key, row in self.measurands.items():
            values = {middle(self.rows[q]) for q in row["quantities"] if q in self.rows}
            if key not in against and len(values - {None}) > 1:
                found.append(row)
        return tuple(found)

    def state(self, row: Row) -> str:
        """One of ``words.STATES``: the worst that is known of a figure."""
        open_ = [f for f in self.findings_of.get(row["id"], ()) if f.decision is None]
        if any(f.sides and f.severity is Severity.CRITICAL for f in open_):
            return "conflict"
        if any(f.sides for f in open_):
            return "differs"
        if any((row["id"] in f.quantities and f.measurand != row["group"]) or not f.measurand for f in open_):
            return "unsourced"
        if row["unsourced"] or row["vague_source"]:
            return "unsourced"
        return "agreed" if row["group"] else "alone"

    def sides(self, finding: Finding) -> tuple[Side, ...]:
        """The sides of a discrepancy; the newest and the best sourced are marked where one alone is."""
        named = self._named(finding)
        sides = [
            sorted((self.rows[q] for q in side if q in self.rows), key=lambda row: (_not_named(row, named), *_source_rank(row)))
            for side in finding.sides
        ]
        sides = [side for side in sides if side]
        dates = [max((row["as_of"] or row["published"] or "" for row in side), default="") for side in sides]
        ranks = [_best(side) for side in sides]
        return tuple(
            Side(
                tuple(side),
                len({row["document"] for row in side if _meet(row, side[0])}),
                len({row["origin"] for row in side if _meet(row, side[0])}),
                newest=bool(dates[n]) and dates.count(dates[n]) == 1 and dates[n] == max(dates),
                best=ranks[n][0] > 1 and ranks.count(ranks[n]) == 1 and ranks[n] == max(ranks),
            )
            for n, side in enumerate(sides)
        )

    def _named(self, finding: Finding) -> list[str]:
        """The values, as written, that the finding's message names: those stand for their sides."""
        measurand = self.measurands.get(finding.measurand or "", {})
        facts = [measurand.get(name) for name in ("planned", "outcome", "older", "newer", "superseded", "superseded_by")]
        return [fact for fact in facts if fact and fact in finding.message]

    def quote(self, row: Row) -> Quote:
        """The figure in its sentence in its paragraph, in the document's own characters."""
        reading = self.reading[row["document"]]
        passages = reading.passages
        passage = passages[row["passage"]]
        text = reading.document.text

        def part(start: int, end: int) -> str:
            return _prose(passages, text, start, end)

        first, last = self._paragraph(passages, passage)
        earlier, later = part(first, passage.start), part(passage.end, last)
        start, end = max(passage.start, row["start"] - 4 * _CONTEXT), min(passage.end, row["end"] + 4 * _CONTEXT)
        return Quote(
            _cut_left(earlier) if start == passage.start else "",
            ("… " if start > passage.start else "") + part(start, row["start"]).lstrip(),
            words.line(row["text"]),
            part(row["end"], end).rstrip() + (" …" if end < passage.end else ""),
            _cut_right(later) if end == passage.end else "",
        )

    @staticmethod
    def _paragraph(passages: Sequence[Passage], passage: Passage) -> tuple[int, int]:
        first, last = passage, passage
        while first.index > 0 and passages[first.index - 1].paragraph == passage.paragraph:
            first = passages[first.index - 1]
        while last.index + 1 < len(passages) and passages[last.index + 1].paragraph == passage.paragraph:
            last = passages[last.index + 1]
        return first.start, last.end

    def place(self, row: Row) -> str:
        """document:line:column, the document without the folders that all share."""
        return f"{self.short[row['document']]}:{row['line']}:{row['column']}"

    def explained(self, finding: Finding) -> list[str]:
        """Plain sentences on a finding: how far apart, from when, on whose word."""
        sides = self.sides(finding)
        if len(sides) < 2:
            return self._alone(finding)
        said = [*_arithmetic(sides), *_dates(sides), *_support(sides)]
        return [words.line(s[:1].upper() + s[1:]) for s in said]

    def _alone(self, finding: Finding) -> list[str]:
        if finding.measurand in self.measurands and len(finding.quantities) > 1:
            row = self.measurands[finding.measurand]
            why = self.audit.origins.why.get(self.rows[finding.quantities[0]]["origin"])
            support = f"{words.count(row['documents'], 'document')}, {words.count(row['origins'], 'origin')}"
            return [f"{support}{f': {self.evidence(why)}' if why else ''}."]
        return []

    def evidence(self, why: str) -> str:
        """Evidence of a shared origin, with short names for the documents."""
        for name, short in sorted(self.short.items(), key=lambda item: -len(item[0])):
            why = why.replace(name, short)
        return words.line(why)


def anchor(*parts: object) -> str:
    """A short stable name for what ``parts`` identify."""
    text = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=5).hexdigest()


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits and single hyphens of a text; at most 40 characters, never empty."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()[-60:]).strip("-")[-40:].strip("-") or "document"


def _prose(passages: Sequence[Passage], text: str, start: int, end: int) -> str:
    """``text[start:end]`` in one line, with markup blanked where a passage blanks it."""
    if start >= end:
        return ""
    characters: list[str] = []
    at = start
    first = max(0, bisect.bisect_right([p.start for p in passages], start) - 1)
    for passage in passages[first:]:
        if passage.start >= end:
            break
        characters.append(text[at : max(at, passage.start)])
        at = max(at, passage.start)
        stop = min(end, passage.end)
        characters.append(passage.text[at - passage.start : max(0, stop - passage.start)])
        at = max(at, stop)
    characters.append(text[at:end])
    return re.sub(r"\s+", " ", words.clean("".join(characters)))


def _cut_left(text: str) -> str:
    return text if len(text) <= _CONTEXT else "… " + text[-_CONTEXT:].partition(" ")[2]


def _cut_right(text: str) -> str:
    return text if len(text) <= _CONTEXT else text[:_CONTEXT].rpartition(" ")[0] + " …"


def _not_named(row: Row, named: Sequence[str]) -> bool:
    return not any(words.line(row["text"]) in fact for fact in named)


def _source_rank(row: Row) -> tuple[int, str, int]:
    return -_SOURCE_RANK.get(row["source_type"], 0), row["published"] or "9", row["start"]


def _meet(a: Row, b: Row) -> bool:
    """Whether what two figures allow overlaps."""
    return not any(x["high"] is not None and y["low"] is not None and x["high"] < y["low"] for x, y in ((a, b), (b, a)))


def _best(side: Sequence[Row]) -> tuple[int, int, int]:
    """How well a side is sourced: its best kind of source, how many sources, how many origins."""
    ranks = [_SOURCE_RANK.get(row["source_type"], 0) for row in side]
    sources = {row["source_entity"] or row["source"] for row in side if row["attributed"]}
    return max(ranks), len(sources), len({row["origin"] for row in side})


def _arithmetic(sides: Sequence[Side]) -> Iterator[str]:
    """The two values farthest apart, subtracted and divided."""
    ends = sorted((middle(side.figures[0]), n) for n, side in enumerate(sides) if middle(side.figures[0]) is not None)
    if len(ends) < 2:
        return
    (least, a), (most, b) = ends[0], ends[-1]
    if least is None or most is None or least == most:
        return
    low, high = sides[a].figures[0], sides[b].figures[0]
    text = "farthest apart: " if len(ends) > 2 else ""  # the message may name two others: those of one day
    text += f"{words.number(most)} − {words.number(least)} = {words.number(most - least)}"
    if low["kind"] == "share":
        text += " percentage points"
    elif least > 0:
        ratio = most / least
        text += f": {'a factor of ' + words.number(round(ratio, 1)) if ratio >= 2 else f'{(ratio - 1) * 100:.0f}% more'}"
    yield text + "."
    if high["low"] is not None and low["high"] is not None and (high["low"], low["high"]) != (most, least):
        gap = high["low"] - low["high"]
        if gap > 0:
            allowed = f"{words.interval(low)} and {words.interval(high)}"
            yield f"Their wording allows {allowed}: at least {words.number(gap)} lie between them."


def middle(row: Row) -> float | None:
    """The number to draw or subtract: the value as written, else the middle of the interval, else its only end."""
    if row["value"] is not None:
        return float(row["value"])
    if row["low"] is not None and row["high"] is not None:
        return (float(row["low"]) + float(row["high"])) / 2
    found = row["low"] if row["low"] is not None else row["high"]
    return None if found is None else float(found)


def _dates(sides: Sequence[Side]) -> Iterator[str]:
    dated = sorted((row["as_of"], words.written(row)) for side in sides for row in side.figures[:1] if row["as_of"])
    if len(dated) < 2:
        return
    (first, older), (last, newer) = dated[0], dated[-1]
    if first != last:
        yield f"{older} holds as of {words.day(first)}, {newer} as of {words.day(last)}."
    else:
        yield f"All hold as of {words.day(first)}."


def _support(sides: Sequence[Side]) -> Iterator[str]:
    for side in sides:
        if side.documents > 1:
            yield (
                f"{words.written(side.figures[0])} stands in {words.count(side.documents, 'document')} "
                f"of {words.count(side.origins, 'origin')}."
            )


def _letters(n: int) -> str:
    return (_letters(n // 26 - 1) if n >= 26 else "") + chr(ord("A") + n % 26)
