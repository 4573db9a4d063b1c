"""Web pages: trafilatura finds the main text, htmldate the date; offsets are into the text written here.

What trafilatura is known to lose, tables and captions, is read from the page besides and put back; the figures of the page are
counted, so that a page of which much was dropped is called partial.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.model import Document, Mark, Status
from auditor.read.decode import UndecodableError, decode, printable
from auditor.read.lines import lines_of
from auditor.read.masthead import described
from auditor.read.page import Page, Table, page_of
from auditor.read.signature import signed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_DEEPEST = 200  # nested elements; beyond, the parser gives up and the page is read without its structure
_MANY = 1_500  # blocks of a page
_LOST = 0.5  # share of the page's figures that may be missing from the text before the page is called partial
_FROM, _TO = "1990-01-01", "2100-12-31"  # fixed, so that the date of a page does not depend on the day of the run


def read_html(file: Path, name: str) -> Iterator[Document]:
    """The one document of a page."""
    try:
        data = file.read_bytes()
        charset = _CHARSET.search(data[:4096])
        decoded = decode(data, charset[1].decode("ascii") if charset else None)
    except UndecodableError as error:
        yield Document(name=name, text="", status=Status.UNREADABLE, reason=str(error))
        return
    yield document_of(decoded.text, name, decoded.doubt)


def document_of(html: str, name: str, doubt: str | None = None) -> Document:
    """The document of a page's source; ``doubt`` is what is already known to be lost of it."""
    html = signed(html)
    page = page_of(html)
    extracted = _extracted(html, fast=len(page.blocks) > _MANY) if page.depth <= _DEEPEST else None
    writer = _Writer(page)
    if extracted is not None:
        writer.body(extracted.body)
    doubts = [doubt]
    if not writer.text.strip():
        writer = _Writer(page)
        for block in page.blocks:
            writer.block("heading" if block.heading else "paragraph", block.text)
        doubts.append("no main text was found: all text of the page is read")
    present = set(_NUMBER.findall(writer.text))
    for table in page.tables:
        if _is_missing(table, present):
            writer.table(table)
    text = writer.text
    whole = page.numbers()
    lost = whole - set(_NUMBER.findall(text))
    if len(lost) >= 5 and len(lost) > _LOST * len(whole):
        doubts.append(f"{len(lost)} of {len(whole)} figures of the page are not in its main text")
    if not text.strip():
        return Document(name=name, text="", status=Status.UNREADABLE, reason="no text in the page")
    reason = "; ".join(filter(None, doubts)) or None
    lines = lines_of(html, text, writer.blocks())
    document = Document(name=name, text=text, status=Status.PARTIAL if reason else Status.OK, reason=reason, lines=lines)
    return described(_with_metadata(document, html, extracted), writer.marks)


def _extracted(html: str, *, fast: bool) -> Any:
    """What trafilatura finds: a tree in ``body`` and the page's metadata; None where it finds nothing.  ``fast`` leaves out its
    second opinion, whose time grows with the square of the number of blocks."""
    import trafilatura
    from lxml.etree import LxmlError

    try:
        return trafilatura.bare_extraction(
            html,
            fast=fast,
            include_tables=True,
            include_links=True,
            include_images=True,
            include_formatting=True,
            include_comments=False,
            with_metadata=True,
        )
    except (LxmlError, RecursionError, ValueError, TypeError, AttributeError):
        return None


def _with_metadata(document: Document, html: str, extracted: Any) -> Document:
    if extracted is not None:
        document = replace(
            document,
            title=_word(extracted.title),
            byline=_word(extracted.author),
            outlet=_word(extracted.sitename),
            url=_word(extracted.url),
        )
    for extensive, method, confidence in (
        (False, "htmldate, markup of the page", 0.9),
        (True, "htmldate, search of the page", 0.5),
    ):
        found = _page_date(html, extensive)
        if found:
            return replace(document, published=found, published_method=method, published_confidence=confidence)
        document = described(document, ())  # a line of the text goes before a search of the whole page
        if document.published:
            return document
    return document


def _page_date(html: str, extensive: bool) -> datetime.date | None:
    import htmldate

    try:
        found = htmldate.find_date(html, extensive_search=extensive, original_date=True, min_date=_FROM, max_date=_TO)
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None
    date = datetime.date.fromisoformat(found) if found else None
    if extensive and date and (date.month, date.day) == (1, 1):  # a bare year, of a copyright line say
        return None
    return date


def _word(value: str | None) -> str | None:
    return printable(" ".join(value.split()))[:500] or None if value else None


def _is_missing(table: Table, present: set[str]) -> bool:
    """Whether a page's table of figures is not in the text."""
    numbers = {n for row in table.rows for cell in row for n in _NUMBER.findall(cell)}
    wide = [row for row in table.rows if len(row) > 1]
    return len(wide) > 1 and bool(numbers) and len(numbers - present) >= 0.5 * len(numbers)


@dataclass
class _Writer:
    """Builds the text and the marks into it."""

    page: Page
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def blocks(self) -> list[Mark]:
        """The marks that hold all text, in order."""
        return [mark for mark in self.marks if mark.kind not in ("link", "reference")]

    def put(self, text: str) -> None:
        text = printable(text)
        self.pieces.append(text)
        self.length += len(text)

    def block(self, kind: str, text: str, end: str = "\n\n", target: str | None = None) -> None:
        """A block of plain text with its mark."""
        text = " ".join(text.split())
        if text:
            start = self.length
            self.put(text)
            self.marks.append(Mark(kind, start, self.length, target))
            self.put(end)

    def table(self, table: Table) -> None:
        """A table that the extraction lost, cell by cell."""
        if table.caption:
            self.block("caption", table.caption)
        self._rows(table.rows)

    def _rows(self, rows: Sequence[Sequence[str]]) -> None:
        head = next((row for row in rows if len([c for c in row if c.strip()]) > 1), ())
        for row in rows:
            filled = [cell for cell in row if cell.strip()]
            if len(filled) == 1 and len(row) > 1 and row is rows[0]:
                self.block("caption", filled[0], "\n")
                continue
            for at, cell in enumerate(row):
                heads = [row[0]] * (at > 0) + [head[at]] * (at < len(head)) if row is not head else []
                target = "; ".join(" ".join(h.split()) for h in heads if h.strip())
                self.block("table_cell", cell, "\t", target or None)
            self.put("\n")
        self.put("\n")

    def body(self, body: Element) -> None:
        """The tree that trafilatura gives, in the order of the page."""
        for element in body:
            self._element(element)

    def _element(self, element: Element) -> None:
        tag = str(element.tag)
        if tag == "head":
            self._inline_block("heading", element)
        elif tag == "list":
            for item in element.iter("item"):
                self._inline_block("list_item", item, "\n")
            self.put("\n")
        elif tag == "table":
            self._rows([["".join(map(str, cell.itertext())) for cell in row.iter("cell")] for row in element.iter("row")])
        elif tag == "graphic":
            self.block("caption", self.page.captions.get(element.get("src") or "", ""))
        elif tag == "quote":
            self._quote(element)
        elif tag in {"p", "code", "ab", "hi", "ref", "del"}:
            self._inline_block("paragraph", element)
        else:
            for child in element:
                self._element(child)
        if element.tail and element.tail.strip():
            self.block("paragraph", element.tail)

    def _quote(self, element: Element) -> None:
        """A quotation: its paragraphs, the signature among them, and what stands between them are blocks of their own."""
        loose = element.makeelement("p")
        loose.text = element.text
        for child in list(element):
            if str(child.tag) == "p":
                self._inline_block("paragraph", loose)
                self._inline_block("paragraph", child)
                loose = element.makeelement("p")
                loose.text = child.tail
            else:
                loose.append(child)
        self._inline_block("paragraph", loose)

    def _inline_block(self, kind: str, element: Element, end: str = "\n\n") -> None:
        start = self.length
        before = len(self.pieces), self.length, len(self.marks)
        self._inline(element)
        written = "".join(self.pieces[before[0] :])
        if not written.strip():
            del self.pieces[before[0] :], self.marks[before[2] :]
            self.length = before[1]
            return
        self.marks.append(Mark(kind, start, self.length))
        self.put(end)

    def _inline(self, element: Element) -> None:
        """An element's text; runs of blanks are one, a nested list's items are left to themselves."""
        self._folded(element.text)
        for child in element:
            tag = str(child.tag)
            if tag == "lb":
                self.put("\n")
            elif tag == "ref":
                start, first = self.length, len(self.pieces)
                self._inline(child)
                self._link(start, "".join(self.pieces[first:]), child.get("target") or "")
            elif tag == "hi" and child.get("rend") == "#sup" and self._is_note(child.text or ""):
                start = self.length
                self._inline(child)
                self.marks.append(Mark("reference", start, self.length))
            elif tag not in {"list", "table", "graphic"}:
                self._inline(child)
            self._folded(child.tail)

    def _is_note(self, raised: str) -> bool:
        """Whether a raised number stands behind a word or a mark: "m2" and "10 to the 6th" are none."""
        before = "".join(self.pieces[-3:])
        return bool(re.fullmatch(r"\s*\d{1,3}\s*", raised) and re.search(r"(?:[^\W\d_]{3}|[.,;:!?)”\"])$", before))

    def _folded(self, text: str | None) -> None:
        text = re.sub(r"\s+", " ", text or "")
        if text.startswith(" ") and (not self.pieces or self.pieces[-1][-1:].isspace()):
            text = text[1:]
        if text:
            self.put(text)

    def _link(self, start: int, text: str, target: str) -> None:
        """A link, or a reference mark where it is a number that leads to a note of the page."""
        note = self.page.notes.get(target.rpartition("#")[2]) if "#" in target else None
        if self.length > start:
            if re.fullmatch(r"\s*[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?\s*", text):
                self.marks.append(Mark("reference", start, self.length, note))
            else:
                self.marks.append(Mark("link", start, self.length, target or None))
