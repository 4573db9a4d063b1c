"""Quotations: who opened which mark where, by characters, paragraph by paragraph."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from auditor.model import Document, Passage

LONGEST_UNCLOSED = (
    1_500  # characters; beyond, and where the next paragraph opens none, a mark without its partner closes with its passage
)
LEAST_WORDS = 4  # shorter quotations are titles and scare quotes: they attribute nothing

_OPENING = {"“": "”", "«": "»", "„": "“", "「": "」"}
_CLOSING = {"”", "»", "」"}
_DOUBLED = re.compile(r"(?:''|``)(?=\S)")  # two strokes for one mark, as typewriters and newswires have it
_DOUBLED_CLOSING = re.compile(r"''|``")
_SINGLE = "'‘’"
_DOUBLE = '"“”'
_MARKS = frozenset("\"“”«»„「」'‘’")


@dataclass(frozen=True, slots=True)
class Quote:
    """``start:end`` of the quoted words with their marks; ``continued`` where the speech of the quote before goes on."""

    start: int
    end: int
    words: int
    continued: bool = False

    @property
    def speech(self) -> bool:
        return self.words >= LEAST_WORDS


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of passages that belong together, as a slice of the document's passages and of its characters."""

    first: int  # position of its first passage in the sequence of passages
    last: int  # position of its last, included
    start: int
    end: int


def paragraphs(passages: Sequence[Passage]) -> tuple[Paragraph, ...]:
    """Neighbouring passages with one paragraph number, in order."""
    found: list[Paragraph] = []
    for at, passage in enumerate(passages):
        if found and passages[found[-1].last].paragraph == passage.paragraph:
            found[-1] = replace(found[-1], last=at, end=max(found[-1].end, passage.end))
        else:
            found.append(Paragraph(at, at, passage.start, passage.end))
    return tuple(found)


def quotes(document: Document, passages: Sequence[Passage], among: Iterable[Paragraph]) -> tuple[Quote, ...]:
    """The outermost quotations in order, none overlapping another; each lies within one paragraph."""
    found: list[Quote] = []
    open_at_end = False
    listed = tuple(among)
    for paragraph, after in itertools.zip_longest(listed, listed[1:]):
        text = document.text[paragraph.start : paragraph.end]
        spans, left_open = _paired(text)
        if left_open is not None:
            goes_on = after is not None and document.text[after.start] in _DOUBLE + _SINGLE  # in the next paragraph
            whole = goes_on and len(text) - left_open <= LONGEST_UNCLOSED
            spans.append((left_open, len(text) if whole else _passage_end(passages, paragraph, left_open)))
        for n, (start, end) in enumerate(spans):
            continued = open_at_end and n == 0 and not text[:start].strip()
            words = len(text[start:end].split())
            found.append(Quote(paragraph.start + start, paragraph.start + end, words, continued))
        open_at_end = left_open is not None
    return tuple(found)


def _passage_end(passages: Sequence[Passage], paragraph: Paragraph, at: int) -> int:
    """End, within the paragraph, of the passage that holds its character ``at``."""
    absolute = paragraph.start + at
    for passage in passages[paragraph.first : paragraph.last + 1]:
        if passage.start <= absolute < passage.end:
            return passage.end - paragraph.start
    return paragraph.end - paragraph.start


def _paired(text: str) -> tuple[list[tuple[int, int]], int | None]:
    """Spans between marks and the position of one left open.  An opening mark inside an open quotation of its kind closes the
    old one: a forgotten mark is commoner than the same mark nested."""
    text = _DOUBLED_CLOSING.sub('" ', _DOUBLED.sub(' "', text))  # equal length: offsets hold
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    closer = ""
    for at, character in enumerate(text):
        if character not in _MARKS:
            continue
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        role = _role(character, before, after, opened is not None)
        if opened is None:
            if role == "open":
                opened, closer = at, _closer(character)
        elif role == "close" and (character == closer or (character in _DOUBLE and closer in _DOUBLE)):
            spans.append((opened, at + 1))
            opened = None
        elif role == "open" and character in _DOUBLE and closer in _DOUBLE:
            spans.append((opened, at))
            opened = at
            closer = _closer(character)
    if opened is not None and closer in _SINGLE:
        opened = None  # an apostrophe that looked like a mark
    return spans, opened


def _closer(character: str) -> str:
    return _OPENING.get(character, "’" if character == "‘" else character)


def _role(character: str, before: str, after: str, inside: bool) -> str:
    """``open``, ``close`` or nothing."""
    if character in _OPENING and not (character == "“" and inside and before.isalnum()):
        return "open"
    if character in _CLOSING:
        return "close"
    if character == '"':
        if before.isdigit() and not inside:
            return ""  # inches
        if inside:
            return "open" if before.isspace() and not after.isspace() and after.isalnum() else "close"
        return "open" if not after.isspace() else ""
    if character in ("'", "‘", "’"):
        if not inside and character != "’":
            return "open" if (before.isspace() or before in "([—–") and after.isalpha() else ""
        return "close" if before in ",.!?…" and not after.isalnum() else ""
    return ""
