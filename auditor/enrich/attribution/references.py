"""Sources that a document gives beside its sentences: notes, reference marks, links, "(Smith 2021)", a table's "Source:" line."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from functools import cached_property

from auditor import lexicon
from auditor.enrich.attribution.sources import LONGEST
from auditor.model import Attribution, Document, Mark, Passage, PassageKind, Quantity, SourceType

_NUMBERED = re.compile(r"\[\d{1,3}(?:[,;–-] ?\d{1,3}){0,9}\]")
_NOTE_LINE = re.compile(r"^[ \t]{0,4}\[(\d{1,3})\][:.]?[ \t]+(\S[^\n]{0,400})", re.MULTILINE)
_AUTHOR_YEAR = re.compile(
    r"\((?:(?:see|cf\.|e\.g\.,?|from|after) )?"
    r"(?P<author>[A-Z][\w'’.-]{1,40}(?:,? (?:and|&|et|al\.?|of|for|the|in|[A-Z][\w'’.-]{0,40})){0,8})"
    r",? (?:19|20)\d\d[a-z]?(?:[,;:] ?[^()\n]{0,120})?\)"
)
_SOURCE_LINE = re.compile(r"\s*(?:data )?sources?\s?[:–—]\s*(?P<source>\S[^\n]{0,400})", re.IGNORECASE)
_INLINE_SOURCE = re.compile(r"[(\[](?:data )?sources?: ?(?P<source>[^()\[\]\n]{2,200})[)\]]", re.IGNORECASE)
_AFTER_CITATION = re.compile(r"\s*(?:[.,;:)]|$)")
_BEHIND_PASSAGE = 12  # characters behind the full stop in which a reference mark still belongs to the sentence
_WHOLE = 0.9  # of a passage, from which a link is the passage itself
_REACH = 400  # characters behind a figure in which a citation is sought
_BEHIND_TABLE = 2  # passages behind a table among which its source line is sought


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
            return self._noted(quantity, passage) or self._table_sources.get(quantity.passage)
        return self._noted(quantity, passage) or self._linked(quantity, passage) or self._cited(quantity, passage)

    def _noted(self, quantity: Quantity, passage: Passage) -> Attribution | None:
        """The next reference mark behind the figure, in its passage or right behind its full stop."""
        at = bisect.bisect_left(self.note_starts, quantity.end)
        if at == len(self.notes):
            return None
        mark = self.notes[at]
        if mark.start > passage.end + _BEHIND_PASSAGE or self.document.text[passage.end : mark.start].strip():
            return None
        text = self.document.text[mark.start : mark.end]
        return _reference(mark.target or text, text, mark.start, mark.end, "note")

    def _linked(self, quantity: Quantity, passage: Passage) -> Attribution | None:
        """A link whose words hold the figure, or stand in brackets or name a source behind it.  A link over the whole passage is
        a teaser, not a source."""
        at = bisect.bisect_left(self.link_starts, passage.start)
        for link in self.links[at : at + 50]:
            if link.start >= passage.end:
                break
            if link.end - link.start >= _WHOLE * (passage.end - passage.start):
                continue
            over = link.start < quantity.end and quantity.start < link.end
            if over or (link.start >= quantity.end and self._names_source(link)):
                text = " ".join(self.document.text[link.start : link.end].split())
                return _reference(link.target or text, text, link.start, link.end, "link")
        return None

    def _names_source(self, link: Mark) -> bool:
        text = self.document.text
        before = text[max(0, link.start - 2) : link.start]
        words = text[link.start : link.end].lower().split()
        return "(" in before or " ".join(words) in lexicon.load("cues")["references"]["link"]

    def _cited(self, quantity: Quantity, passage: Passage) -> Attribution | None:
        """``[3]``, ``(Smith 2021)`` or ``(source: ...)`` behind the figure in its passage or right behind its full stop."""
        first = min(max(quantity.end, passage.start), passage.end)
        text = passage.text[first - passage.start : first - passage.start + _REACH]
        if passage.end - first <= _REACH:
            text += self._behind(passage)
        for pattern, route in ((_INLINE_SOURCE, "source_line"), (_AUTHOR_YEAR, "citation")):
            match = pattern.search(text)
            if match and not (route == "citation" and match["author"].split()[0].strip(".") in _months()):
                name = "source" if route == "source_line" else 0
                source = match[name] if name else match[0].strip("()")
                start = first + match.start(name) + (0 if name else 1)
                return _reference(source, match[0], first + match.start(), first + match.end(), route, start)
        for match in _NUMBERED.finditer(text):
            note = self._note_lines.get(re.findall(r"\d+", match[0])[0])
            if note or (match.start() and not text[match.start() - 1].isspace()) or _AFTER_CITATION.match(text, match.end()):
                return _reference(note or match[0], match[0], first + match.start(), first + match.end(), "note")
        return None

    def _behind(self, passage: Passage) -> str:
        """A citation that stands between the passage's full stop and the next sentence."""
        behind = self.document.text[passage.end : passage.end + _BEHIND_PASSAGE]
        match = _NUMBERED.match(behind)
        return match[0] if match else ""

    @cached_property
    def _note_lines(self) -> dict[str, str]:
        return {m[1]: m[2] for m in _NOTE_LINE.finditer(self.document.text)}

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
                start = passage.start + match.start("source")
                cue_end = passage.start + match.start("source")
                said = _reference(
                    match["source"], match[0][: match.start("source")], passage.start, cue_end, "source_line", start
                )
                found.update(dict.fromkeys(table, said))
            if match or behind >= _BEHIND_TABLE:
                table, behind = [], 0
        return found


def _months() -> frozenset[str]:
    return frozenset(lexicon.load("cues")["references"]["months"])


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
