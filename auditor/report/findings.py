"""Findings with the places that they speak of, for formats that point at a line of a file."""

from __future__ import annotations

import bisect
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pandas as pd

from auditor.model import Audit, Document, Finding, Rule, Status
from auditor.report.table import records

UNREADABLE = "unreadable-document"  # how formats that know findings alone name a document that could not be read
_CORPUS_LINE = re.compile(r"(?P<file>.+\.(?:jsonl|ndjson))#(?P<id>.*)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """One figure: where it stands and what is said of it.

    ``row`` is its row of ``quantities``; the end is in lines and columns of its text, as those in the row.
    """

    row: Mapping[str, Any]
    end_line: int
    end_column: int
    line_of_file: int | None  # None where it cannot be told
    has_columns: bool  # whether lines and columns of its text are those of the file

    @property
    def file(self) -> str:
        """The file that holds it: a corpus holds many documents."""
        return file_of(self.row["document"])

    def __str__(self) -> str:
        return f"{self.row['document']}:{self.row['line']}:{self.row['column']}"


def file_of(document: str) -> str:
    """The name of the file of a document: "news.jsonl" for "news.jsonl#7"."""
    corpus = _CORPUS_LINE.fullmatch(document)
    return corpus["file"] if corpus else document


def uri_of(document: str) -> str:
    """The file of a document as a relative or file: URI."""
    path = file_of(document).replace(os.sep, "/").removeprefix("./")
    return f"file://{quote(path)}" if path.startswith("/") else quote(path)


class Places:
    """Places of all figures that the findings of an audit name, looked up once."""

    def __init__(self, audit: Audit) -> None:
        named = {q for finding in audit.findings for q in finding.quantities}
        rows = records(audit.quantities[audit.quantities["id"].isin(named)])
        documents = {document.name: document for document in audit.documents}
        lines: dict[str, list[int]] = {}
        self._places: dict[str, Place] = {}
        for row in rows:
            name = row["document"]
            if name not in lines:
                lines[name] = _line_starts(documents[name].text)
            starts = lines[name]
            end_line = bisect.bisect_right(starts, row["end"] - 1)
            own = not documents[name].lines
            line = row["line"] if own else documents[name].line_of_file(row["start"])
            self._places[row["id"]] = Place(row, end_line, row["end"] - starts[end_line - 1] + 1, line, own)
        self._measurands = {row["id"]: row for row in records(audit.measurands)}

    def of(self, finding: Finding) -> list[Place]:
        """The finding's figures; the first is the one to point at, for a discrepancy one of its last side."""
        found = [self._places[q] for q in finding.quantities]
        if len(finding.sides) > 1:
            last = set(finding.sides[-1])
            found.sort(key=lambda place: place.row["id"] not in last)
        return found

    def label(self, finding: Finding) -> str | None:
        """What is measured, in words."""
        row = self._measurands.get(finding.measurand or "")
        return str(row["label"]) if row else None


def _line_starts(text: str) -> list[int]:
    return [0, *(m.end() for m in re.finditer("\n", text))]


def said(place: Place) -> str:
    """One side in words: the figure, who says so, as of when."""
    row = place.row
    who = f", says {row['source']}" if row["attributed"] and row["source"] else ""
    when = f", as of {row['as_of']}" if row["as_of"] else ""
    return f"“{row['text']}”{who}{when}"


def unreadable(audit: Audit) -> Iterator[Document]:
    """The documents that could not be read, or not wholly."""
    return (d for d in audit.documents if d.status is not Status.OK)


def by_code(audit: Audit) -> dict[str, Rule]:
    """The rules of an audit by their codes."""
    return {rule.code: rule for rule in audit.rules}


COLUMNS = (
    *("rule", "name", "severity", "message", "document", "line", "column", "text", "sentence", "source", "as_of"),
    *("measurand", "label", "others", "quantities", "fingerprint", "decision", "decision_reason"),
)


def rows(audit: Audit) -> list[dict[str, Any]]:
    """A plain row a finding, with the keys ``COLUMNS``, and one for every document that could not be read whole."""
    places = Places(audit)
    found = [_row(finding, places) for finding in audit.findings]
    return found + [
        {**dict.fromkeys(COLUMNS), "name": UNREADABLE, "severity": "warning", "message": reason(d), "document": d.name}
        for d in unreadable(audit)
    ]


def reason(document: Document) -> str:
    """Why a document could not be read, or not wholly, on one line."""
    how = "could not be read" if document.status is Status.UNREADABLE else "was read in part"
    return f"{how}: {' '.join((document.reason or 'no reason given').split())}"


def _row(finding: Finding, places: Places) -> dict[str, Any]:
    first, *others = places.of(finding)
    shown = {key: first.row[key] for key in ("document", "line", "column", "text", "sentence", "source", "as_of")}
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        **shown,
        "measurand": finding.measurand,
        "label": places.label(finding),
        "others": "; ".join(f"{place} {said(place)}" for place in others) or None,
        "quantities": list(finding.quantities),
        "fingerprint": finding.fingerprint,
        "decision": finding.decision,
        "decision_reason": finding.decision_reason,
    }


def frame(audit: Audit) -> pd.DataFrame:
    """``rows`` as a frame."""
    return pd.DataFrame(rows(audit), columns=list(COLUMNS)).astype(dict.fromkeys(("line", "column"), "Int64"))


def undecided(findings: Sequence[Finding]) -> list[Finding]:
    """Findings that no decision covers, in the order of the audit (worst first)."""
    return [finding for finding in findings if finding.decision is None]
