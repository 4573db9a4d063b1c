"""Sources that a document gives beside its sentences: notes, reference marks, links, "(Smith 2021)", a "Source:" line."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from auditor import lexicon
from auditor.enrich.attribution.cues import cues
from auditor.enrich.attribution.sources import LONGEST
from auditor.model import Attribution, Document, Mark, Passage, PassageKind, Quantity, SourceType

_NUMBERED = re.compile(r"[\[(]\d{1,3}(?:[,;–-] ?\d{1,3}){0,9}[\])]")
_SIGN = re.compile(r"(?<=[\w.,;:!?%)\"”’])(?:[⁰¹²³⁴-⁹]{1,3}|\*{1,3}|[†‡]{1,2})(?=[\s.,;:)]|$)")
_NOTE_LINE = re.compile(
    r"^[ \t]{0,4}(?P<sign>\[\d{1,3}\]|\(\d{1,3}\)|[⁰¹²³⁴-⁹]{1,3}|\\?\*{1,3}|[†‡]{1,2})[:.]?[ \t]*(?P<note>[^\s*\d][^\n]{0,400})",
    re.MULTILINE,
)
_AUTHOR_YEAR = re.compile(
    r"[(\[](?:(?:see|cf\.|e\.g\.,?|from|after) )?"
    r"(?P<author>[A-Z][\w'’.-]{1,40}(?:,? (?:and|&|et|al\.?|of|for|the|in|[A-Z][\w'’.-]{0,40})){0,8})"
    r",? (?:19|20)\d\d[a-z]?(?:[,;:] ?[^()\[\]\n]{0,120})?[)\]]"
)
_BRACKETED = re.compile(r"\((?P<source>[^()\[\]\n]{3,120})\)")
_AT_END = re.compile(r"(?:,? (?:of )?(?:(?:19|20)\d\d|pp?\. ?\d[\d–-]{0,9}))+$")  # the year or page that closes a citation
_SOURCE_LINE = re.compile(r"\s*(?:data )?sources?\s?[:–—]\s*(?P<source>\S[^\n]{0,400})", re.IGNORECASE)
_INLINE_SOURCE = re.compile(r"[(\[](?:data )?sources?: ?(?P<source>[^()\[\]\n]{2,200})[)\]]", re.IGNORECASE)
_SOURCE_COLUMN = re.compile(r"(?:^|; )(?:data )?sources?$", re.IGNORECASE)
_AFTER_CITATION = re.compile(r"\s*(?:[.,;:)]|$)")
_RAISED = re.compile(r"(?:<sup>)?\s?(\d{1,3})\s?(?:</sup>)?")
_BEHIND_PASSAGE = 12  # characters behind the full stop in which a reference mark still belongs to the sentence
_BEHIND_STOP = 2  # characters behind it in which a sign does
_WHOLE = 0.9  # of a passage, from which a link is the passage itself
_REACH = 400  # characters behind a figure in which a citation is sought
_BEHIND_TABLE = 2  # passages behind a table among which its source line is sought
_ROW = 5_000  # characters of a table's row
_MOST_WORDS = 9  # of a document's name in brackets


class References:
    """The sources of one document's marks and citations, asked figure by figure."""

    def __init__(self, document: Document, passages: Sequence[Passage]) -> None:
        self.document, self.passages = document, passages
        self.notes = [m for m in document.marks if m.kind == "reference"]
        self.links = [m for m in document.marks if m.kind == "link" and (m.target or "").startswith(("http://", "https://"))]
        self.note_starts = [m.start for m in self.notes]
        self.link_starts = [m.start for m in self.links]

    def of(self, quantity: Quantity) -> Attribution | None:
        """The source that a mark beside the figure gives, None where there is none."""
        passage = self.passages[quantity.passage]
        if passage.kind is PassageKind.TABLE_CELL:
            row = self._row_sources and self._row_sources.get(self._line(passage.start))
            return self._noted(quantity, passage) or row or self._table_sources.get(quantity.passage)
        links = list(self._links(passage))
        over = next((link for link in links if link.start < quantity.end and quantity.start < link.end), None)
        if over is not None:
            return self._of_link(over)
        behind = next((link for link in links if link.start >= quantity.end and self._names_source(link)), None)
        return (
            self._noted(quantity, passage)
            or (self._of_link(behind) if behind else None)
            or self._cited(quantity, passage)
            or self._closing_line(passage)
        )

    def _noted(self, quantity: Quantity, passage: Passage) -> Attribution | None:
        """The next reference mark behind the figure, in its passage or right behind its full stop."""
        at = bisect.bisect_left(self.note_starts, quantity.end)
        if at == len(self.notes):
            return None
        mark = self.notes[at]
        if mark.start > passage.end + _BEHIND_PASSAGE or self.document.text[passage.end : mark.start].strip():
            return None
        text = self.document.text[mark.start : mark.end]
        raised = _RAISED.fullmatch(text)
        return _reference(mark.target or (f"note {raised[1]}" if raised else text), text, mark.start, mark.end, "note")

    # --- links

    def _links(self, passage: Passage) -> Iterator[Mark]:
        """The links in a passage; one over the whole of it is a teaser, not a source."""
        at = bisect.bisect_left(self.link_starts, passage.start)
        for link in self.links[at : at + 50]:
            if link.start >= passage.end:
                return
            if link.end - link.start < _WHOLE * (passage.end - passage.start):
                yield link

    def _of_link(self, link: Mark) -> Attribution:
        """The address, or the words of a link in brackets: ``([Harbour Board](...))``."""
        text = " ".join(self.document.text[link.start : link.end].split())
        if self._bracketed(link) and text.lower() not in _words("link") and not text.startswith(("http", "www.")):
            return _reference(text, text, link.start, link.end, "link", link.start)
        return _reference(link.target or text, text, link.start, link.end, "link")

    def _bracketed(self, link: Mark) -> bool:
        return "(" in self.document.text[max(0, link.start - 2) : link.start]

    def _names_source(self, link: Mark) -> bool:
        words = self.document.text[link.start : link.end].lower().split()
        return self._bracketed(link) or " ".join(words) in _words("link")

    # --- citations in the text

    def _cited(self, quantity: Quantity, passage: Passage) -> Attribution | None:
        """``[3]``, ``(Smith 2021)`` or ``(source: ...)`` behind the figure in its passage or right behind its full stop."""
        first = min(max(quantity.end, passage.start), passage.end)
        text = passage.text[first - passage.start : first - passage.start + _REACH]
        if passage.end - first <= _REACH:
            text += self._behind(passage)
        return self._named(text, first) or self._pointed(text, first, passage)

    def _named(self, text: str, first: int) -> Attribution | None:
        match = _INLINE_SOURCE.search(text)
        if match:
            return _matched(match, first, match.span("source"), "source_line")
        match = _AUTHOR_YEAR.search(text)
        if match and match["author"].split()[0].strip(".") not in _words("months"):
            return _matched(match, first, (match.start() + 1, match.end() - 1), "citation")
        match = next((m for m in _BRACKETED.finditer(text) if _is_document(m["source"])), None)
        return _matched(match, first, match.span("source"), "citation") if match else None

    def _pointed(self, text: str, first: int, passage: Passage) -> Attribution | None:
        """A number in brackets, or a sign that a note begins with."""
        for match in _NUMBERED.finditer(text):
            number = re.findall(r"\d+", match[0])[0]
            square = match[0].startswith("[")
            note = self._note_lines.get(f"[{number}]" if square else f"({number})")
            glued = match.start() > 0 and not text[match.start() - 1].isspace()
            if note or (square and (glued or _AFTER_CITATION.match(text, match.end()))):
                return _reference(note or match[0], match[0], first + match.start(), first + match.end(), "note")
        written = self.document.text[passage.start : passage.end + _BEHIND_STOP]
        for match in _SIGN.finditer(self.document.text[first : passage.end + _BEHIND_STOP]):
            note = self._note_lines.get(match[0])
            if note and (match[0][0] != "*" or written.count("*") == len(match[0])):  # else it is emphasis
                return _reference(note, match[0], first + match.start(), first + match.end(), "note")
        return None

    def _behind(self, passage: Passage) -> str:
        """A citation that stands between the passage's full stop and the next sentence."""
        behind = self.document.text[passage.end : passage.end + _BEHIND_PASSAGE]
        match = _NUMBERED.match(behind)
        return match[0] if match else ""

    @cached_property
    def _note_lines(self) -> dict[str, str]:
        """Sign -> its note; a sign that begins several lines is a bullet."""
        found: dict[str, str] = {}
        several: set[str] = set()
        for match in _NOTE_LINE.finditer(self.document.text):
            sign = match["sign"].lstrip("\\")
            if sign in found and sign[0] == "*":
                several.add(sign)
            found.setdefault(sign, match["note"])
        return {sign: note for sign, note in found.items() if sign not in several}

    # --- lines and columns of sources

    def _closing_line(self, passage: Passage) -> Attribution | None:
        """``Source: ...`` at the end of the passage's paragraph or behind its caption."""
        for after in self.passages[passage.index + 1 : passage.index + 1 + 2 * _BEHIND_TABLE]:
            captioned = passage.kind is PassageKind.CAPTION and after.index == passage.index + 1
            if after.paragraph != passage.paragraph and not captioned:
                return None
            match = _SOURCE_LINE.match(after.text)
            if match:
                return _matched(match, after.start, match.span("source"), "source_line", match.start("source"))
        return None

    def _line(self, offset: int) -> int:
        """Where the line that holds the offset begins; in a line longer than any row, the offset itself."""
        start = self.document.text.rfind("\n", max(0, offset - _ROW), offset) + 1
        return start if start or offset <= _ROW else offset

    @cached_property
    def _row_sources(self) -> dict[int, Attribution]:
        """Start of a table's row -> what its cell of a column "Source" says."""
        cells = [m for m in self.document.marks if m.kind == "table_cell" and _SOURCE_COLUMN.search(m.target or "")]
        found = {}
        for cell in cells:
            text = self.document.text[cell.start : cell.end].strip()
            if text:
                start = self.document.text.index(text, cell.start)
                found[self._line(cell.start)] = _reference(text, text, start, start + len(text), "source_line", start)
        return found

    @cached_property
    def _table_sources(self) -> dict[int, Attribution]:
        """Passage index of every cell -> the source line behind its table."""
        found: dict[int, Attribution] = {}
        table: list[int] = []
        behind = 0
        for passage in self.passages:
            if passage.kind is PassageKind.TABLE_CELL:
                if behind:
                    table, behind = [], 0
                table.append(passage.index)
            elif table:
                behind += 1
            match = _SOURCE_LINE.match(passage.text) if table else None
            if match:
                said = _matched(match, passage.start, match.span("source"), "source_line", match.start("source"))
                found.update(dict.fromkeys(table, said))
            if match or behind >= _BEHIND_TABLE:
                table, behind = [], 0
        return found


def _is_document(words: str) -> bool:
    """Whether words in brackets name a document: ``Harbour Board data``, ``Board, annual report 2020``."""
    bare = _AT_END.sub("", words)
    last = re.sub(r"\W+$", "", bare).rpartition(" ")[2].lower()
    dated = bare != words and words[:1].isupper()
    return len(words.split()) <= _MOST_WORDS and (bool({last, last.removesuffix("s")} & cues().cited) or (dated and "," in bare))


def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon.load("cues")["references"][name])


def _matched(match: re.Match[str], first: int, source: tuple[int, int], route: str, cue_end: int | None = None) -> Attribution:
    """The source at ``source`` of the text that was searched, which begins at offset ``first``; the whole match is its cue."""
    end = match.end() if cue_end is None else cue_end
    text = match.string
    return _reference(
        text[slice(*source)], text[match.start() : end], first + match.start(), first + end, route, first + source[0]
    )


def _reference(source: str, cue: str, cue_start: int, cue_end: int, route: str, start: int | None = None) -> Attribution:
    """A document as source; ``start`` is where its words stand, None where only a mark points to them."""
    source, cue = source[:LONGEST].strip(), cue.strip()
    return Attribution(
        attributed=True,
        source=" ".join(source.split()),
        source_type=SourceType.DOCUMENT,
        source_start=start,
        source_end=None if start is None else start + len(source),
        cue=" ".join(cue[:LONGEST].split()),
        cue_start=cue_start,
        cue_end=cue_end,
        route=route,
    )
