"""Where everything stands in the report: permanent anchors, and which page holds what.

Anchors identify content, not lines: a finding's is its fingerprint, a figure's is made of its document, sentence and text, so
both survive edits elsewhere.  One page holds all that fits; what does not goes to pages beside it: documents first, then the
table of figures, then the least findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from auditor.model import Document, Finding
from auditor.packs import packs
from auditor.report.view import View, anchor, slug
from auditor.report.words import Row

INDEX = "index.html"
FOLDER = "pages"
SMALL_CORPUS = 100  # documents up to which a report stays below SMALL_LIMIT
SMALL_LIMIT = 2_000_000  # bytes of index.html
LIMIT = 5_000_000
MOST_FINDINGS = 1_000  # on index.html: more would make it slow to open
MOST_MEASURANDS = 1_000
MOST_PICTURES = 100  # of findings: each takes about 25 ms and 5 kB
PAGE = 1_500_000  # bytes that a page beside index.html aims at

MOST_AGREEING = 20  # pictures of things with several values and no finding

# Upper estimates of the bytes of one of each, beside its texts; a test holds them against real pages.
_CHROME = 85_000  # style, script, the strip of the corpus
_CARD, _SIDE, _CONTEXT = 1_500, 1_000, 750
_PICTURE, _POINT = 1_700, 420
_NOTE, _BRIEF = 750, 400
_FIGURE, _LINE, _DOCUMENT = 270, 50, 600
_ROW = 270
_MEASURAND, _VALUE = 450, 95
_LISTED = 300

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Page:
    """A page beside index.html and what it holds."""

    name: str
    documents: tuple[Document, ...] = ()
    figures: tuple[Row, ...] = ()
    measurands: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()
    number: int = 1
    of: int = 1


class Places:
    """The pages of a report of ``view.audit`` and the address of everything in it.

    ``limit`` is the most bytes that index.html may take (default: by the number of documents).
    """

    def __init__(self, view: View, limit: int | None = None) -> None:
        self.view = view
        audit = view.audit
        self.limit = limit or (SMALL_LIMIT if len(audit.documents) <= SMALL_CORPUS else LIMIT)
        measurands = tuple(view.measurands.values())
        self.measurands_inline = len(measurands) <= MOST_MEASURANDS
        self.agreeing = view.agreeing[:MOST_AGREEING] if self.measurands_inline else ()
        budget = self.limit - _CHROME - _LISTED * len(audit.documents)
        budget -= sum(2 * _bytes(rule.notes + rule.description)[0] + 300 for rule in audit.rules)
        budget -= sum(map(self._measurand_size, measurands)) if self.measurands_inline else 0
        documents = sum(map(self._document_size, audit.documents))
        figures = sum(map(self._row_size, view.rows.values()))
        budget -= sum(_PICTURE + _POINT * min(14, len(row["quantities"])) + 300 for row in self.agreeing)
        for_findings = max(budget // 2, budget - documents - figures)
        self.findings, rest = _fitting(view.findings[:MOST_FINDINGS], self._finding_size, for_findings)
        rest += view.findings[MOST_FINDINGS:]
        budget -= sum(map(self._finding_size, self.findings))
        self.documents_inline = documents <= budget
        budget -= documents if self.documents_inline else 0
        self.figures_inline = figures <= budget
        self.pages = (
            *self._paged("documents", () if self.documents_inline else audit.documents, self._document_size),
            *self._paged("figures", () if self.figures_inline else tuple(view.rows.values()), self._row_size),
            *self._paged("measurands", () if self.measurands_inline else measurands, self._measurand_size),
            *self._paged("findings", rest, self._finding_size),
        )

    # ---- sizes

    def _finding_size(self, finding: Finding) -> int:
        rows = [self.view.rows[q] for q in finding.quantities if q in self.view.rows]
        text = sum(5 * _bytes(row["sentence"])[0] // 4 for row in rows[:12]) + 100 * max(0, len(rows) - 12)
        message = 2 * _bytes(finding.message)[0]
        if not finding.sides:
            return _NOTE + message + text + _BRIEF * min(12, len(rows))
        sides = _CONTEXT * len(finding.sides) + _SIDE * min(12 * len(finding.sides), len(rows))
        picture = _PICTURE + _POINT * min(14, len(rows)) if finding.fingerprint in self._pictured else 0
        return _CARD + picture + message + text + sides

    @cached_property
    def _pictured(self) -> frozenset[str]:
        """The findings that may have a picture, by fingerprint."""
        return frozenset([f.fingerprint for f in self.view.findings if f.sides][:MOST_PICTURES])

    def _document_size(self, document: Document) -> int:
        size, lines = _bytes(document.text)
        rows = self.view.of_document[document.name]
        return _DOCUMENT + size + _LINE * lines + sum(_FIGURE + self._said(row) for row in rows)

    def _row_size(self, row: Row) -> int:
        return _ROW + len(row["text"]) + len(row["counted"] or "") + len(row["document"]) + self._said(row)

    @staticmethod
    def _measurand_size(row: Row) -> int:
        return _MEASURAND + _VALUE * min(12, len(row["quantities"])) + 2 * len(row["label"] or "")

    def _said(self, row: Row) -> int:
        measurand = self.view.measurands.get(row["group"] or "")
        what = measurand["label"] if measurand else f"{row['entity'] or ''}{row['property'] or ''}"
        return sum(_bytes(text or "")[0] for text in (what, row["source"], row["cue"]))

    def _paged(self, kind: str, things: Sequence[Thing], size: Callable[[Thing], int]) -> Iterator[Page]:
        parts = list(packs(things, size, PAGE))
        for n, part in enumerate(parts, 1):
            yield Page(f"{FOLDER}/{kind}-{n}.html", **{kind: tuple(part)}, number=n, of=len(parts))  # type: ignore[arg-type]

    # ---- anchors

    @cached_property
    def document_anchor(self) -> Mapping[str, str]:
        """An anchor for each document: its name in ASCII, and a hash where two would share it."""
        found: dict[str, str] = {}
        taken: set[str] = set()
        for document in self.view.audit.documents:
            name = f"d-{slug(document.name)}"
            while name in taken:
                name = f"d-{slug(document.name)}-{anchor(document.name, len(taken))[:6]}"
            taken.add(name)
            found[document.name] = name
        return found

    @cached_property
    def figure_anchor(self) -> Mapping[str, str]:
        seen: dict[str, int] = {}
        found = {}
        for row in self.view.rows.values():
            name = anchor(row["document"], row["sentence"], row["text"])
            seen[name] = n = seen.get(name, 0) + 1
            found[row["id"]] = f"q-{name}" if n == 1 else f"q-{name}-{n}"
        return found

    @cached_property
    def measurand_anchor(self) -> Mapping[str, str]:
        seen: dict[str, int] = {}
        found = {}
        for key, row in self.view.measurands.items():
            name = anchor(row["label"], row["kind"], row["unit"])
            seen[name] = n = seen.get(name, 0) + 1
            found[key] = f"m-{name}" if n == 1 else f"m-{name}-{n}"
        return found

    @cached_property
    def page_of(self) -> Mapping[str, str]:
        """The page of each document, finding (by fingerprint) and row of the table (by id) that is not on index.html."""
        found: dict[str, str] = {}
        for page in self.pages:
            found |= {document.name: page.name for document in page.documents}
            found |= {finding.fingerprint: page.name for finding in page.findings}
            found |= {row["id"]: page.name for row in page.figures + page.measurands}
        return found

    def links(self) -> dict[str, str]:
        """For every quantity id and fingerprint its address from the folder of index.html: what other reports link to."""
        here = Links(self, INDEX, absolute=True)
        return {key: here.figure(row) for key, row in self.view.rows.items()} | {
            f.fingerprint: here.finding(f) for f in self.view.findings
        }


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses as they are written on ``page``; ``absolute``: with the page's name even on the page itself."""

    places: Places
    page: str
    absolute: bool = False

    def to(self, page: str, anchor: str) -> str:
        if page == self.page and not self.absolute:
            return f"#{anchor}"
        if self.page.startswith(FOLDER):
            page = page.removeprefix(f"{FOLDER}/") if page.startswith(FOLDER) else f"../{page}"
        return f"{page}#{anchor}"

    def top(self, anchor: str = "top") -> str:
        return self.to(INDEX, anchor)

    def figure(self, row: Row) -> str:
        return self.to(self.places.page_of.get(row["document"], INDEX), self.places.figure_anchor[row["id"]])

    def document(self, name: str) -> str:
        return self.to(self.places.page_of.get(name, INDEX), self.places.document_anchor[name])

    def finding(self, finding: Finding) -> str:
        return self.to(self.places.page_of.get(finding.fingerprint, INDEX), finding.fingerprint)

    def measurand(self, key: str) -> str:
        return self.to(self.places.page_of.get(key, INDEX), self.places.measurand_anchor[key])

    def rule(self, code: str) -> str:
        return self.to(INDEX, f"rule-{slug(code)}")


def _bytes(text: str) -> tuple[int, int]:
    """How many bytes a text takes as escaped HTML, and how many lines it has."""
    size = len(text.encode("utf-8", "replace")) + 4 * sum(map(text.count, "&<>\"'")) + 2 * text.count("\x00")
    return size, text.count("\n") + 1


def _fitting(things: Sequence[Thing], size: Callable[[Thing], int], budget: int) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
    used = 0
    for n, thing in enumerate(things):
        used += size(thing)
        if used > budget:
            return tuple(things[:n]), tuple(things[n:])
    return tuple(things), ()
