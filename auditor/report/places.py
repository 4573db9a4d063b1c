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

from auditor.model import Audit, Document, Finding
from auditor.report.view import View, anchor, slug
from auditor.report.words import Row

INDEX = "index.html"
FOLDER = "pages"
SMALL_CORPUS = 100  # documents up to which a report stays below SMALL_LIMIT
SMALL_LIMIT = 2_000_000  # bytes of index.html
LIMIT = 5_000_000
PAGE = 1_500_000  # bytes that a page beside index.html aims at

# Upper estimates of what one of each takes on a page, beside its texts; a test holds them against real pages.
_CHROME = 140_000
_CARD, _SIDE, _NOTE = 2_400, 1_700, 900
_PLOT = 9_000
_FIGURE, _LINE, _ROW, _DOCUMENT, _MEASURAND = 330, 48, 420, 900, 420

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Page:
    """A page beside index.html and what it holds."""

    name: str
    documents: tuple[Document, ...] = ()
    figures: tuple[Row, ...] = ()
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
        budget = self.limit - _CHROME - _DOCUMENT * len(audit.documents) - _MEASURAND * len(view.measurands)
        self.findings, rest = _fitting(view.findings, self._finding_size, budget // 2)
        budget -= sum(map(self._finding_size, self.findings))
        documents = sum(map(self._document_size, audit.documents))
        figures = sum(map(self._row_size, view.rows.values()))
        self.documents_inline = documents <= budget
        budget -= documents if self.documents_inline else 0
        self.figures_inline = figures <= budget
        self.pages = (
            *self._paged("documents", () if self.documents_inline else audit.documents, self._document_size),
            *self._paged("figures", () if self.figures_inline else tuple(view.rows.values()), self._row_size),
            *self._paged("findings", rest, self._finding_size),
        )

    # ---- sizes

    def _finding_size(self, finding: Finding) -> int:
        rows = [self.view.rows[q] for q in finding.quantities if q in self.view.rows]
        text = sum(2 * _bytes(row["sentence"])[0] + _SIDE for row in rows[:12]) + 120 * max(0, len(rows) - 12)
        return (_CARD + _PLOT if finding.sides else _NOTE) + text + 2 * _bytes(finding.message)[0]

    def _document_size(self, document: Document) -> int:
        rows = self.view.of_document[document.name]
        size, lines = _bytes(document.text)
        words = sum(len(row["source"] or "") + len(row["entity"] or "") + len(row["property"] or "") for row in rows)
        return _DOCUMENT + size + _LINE * lines + _FIGURE * len(rows) + 3 * words

    @staticmethod
    def _row_size(row: Row) -> int:
        return _ROW + 2 * len(row["text"]) + 2 * sum(len(row[key] or "") for key in ("entity", "source", "counted", "document"))

    def _paged(self, kind: str, things: Sequence[Thing], size: Callable[[Thing], int]) -> Iterator[Page]:
        packs = list(_packed(things, size, PAGE))
        for n, pack in enumerate(packs, 1):
            yield Page(f"{FOLDER}/{kind}-{n}.html", **{kind: tuple(pack)}, number=n, of=len(packs))  # type: ignore[arg-type]

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
            found |= {row["id"]: page.name for row in page.figures}
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
        return self.to(INDEX, self.places.measurand_anchor[key])

    def rule(self, code: str) -> str:
        return self.to(INDEX, f"rule-{slug(code)}")


def links(audit: Audit) -> dict[str, str]:
    """For every quantity id and fingerprint of an audit its address in the HTML report, from the folder of index.html."""
    return Places(View(audit)).links()


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


def _packed(things: Sequence[Thing], size: Callable[[Thing], int], budget: int) -> Iterator[list[Thing]]:
    pack: list[Thing] = []
    used = 0
    for thing in things:
        if pack and used + size(thing) > budget:
            yield pack
            pack, used = [], 0
        pack.append(thing)
        used += size(thing)
    if pack:
        yield pack
