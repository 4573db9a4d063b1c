"""A document's text -> blocks: headings, paragraphs, list items, cells; from a reader's marks, else from the lines themselves."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from auditor import lexicon
from auditor.model import Document, Mark, PassageKind

_KIND_OF_MARK = {
    "heading": PassageKind.HEADLINE,
    "paragraph": PassageKind.SENTENCE,
    "list_item": PassageKind.LIST_ITEM,
    "table_cell": PassageKind.TABLE_CELL,
    "caption": PassageKind.CAPTION,
    "footnote": PassageKind.FOOTNOTE,
    "boilerplate": PassageKind.BOILERPLATE,
}
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-*•‣▪·–][ \t]+|\d{1,3}[.)][ \t]+|\([a-z0-9]{1,3}\)[ \t]+)(?=\S)")
_WORD = re.compile(r"[^\W_]")
_STOPPED = re.compile(r"[.!?…:;][\"'”’)\]]{0,3}$")
_WRAP = range(50, 141)  # widths that text is wrapped at
_HEADING_WORDS = 14
_LONGEST_HEADING = 110  # characters; a longer line that stops mid-sentence was wrapped
_TITLE_WORDS = 30


@dataclass(frozen=True, slots=True)
class Block:
    """Half-open span of one block.  ``marked`` where a reader of the format said what it is."""

    start: int
    end: int
    kind: PassageKind
    paragraph: int = 0
    marked: bool = False


def blocks(document: Document, text: str) -> list[Block]:
    """The blocks of ``text`` (the document's text with markup blanked, of the same length), in order, none overlapping."""
    found: list[Block] = []
    at = 0
    for mark in sorted((m for m in document.marks if m.kind in _KIND_OF_MARK), key=lambda m: (m.start, m.end)):
        if mark.start < at:
            continue
        found.extend(_plain(text, at, mark.start))
        found.append(Block(mark.start, mark.end, _KIND_OF_MARK[mark.kind], marked=True))
        at = mark.end
    found.extend(_plain(text, at, len(text)))
    found = [b for b in (_trimmed(b, text) for b in found) if b.start < b.end]
    return [b for b in _rejoined(found, text) if _WORD.search(text, b.start, b.end)]


def _trimmed(block: Block, text: str) -> Block:
    inner = text[block.start : block.end]
    if inner and not inner[0].isspace() and not inner[-1].isspace():
        return block
    start = block.start + len(inner) - len(inner.lstrip())
    return replace(block, start=start, end=max(start, block.start + len(inner.rstrip())))


def _plain(text: str, start: int, end: int) -> Iterator[Block]:
    """Blocks of text that no mark covers: lines, with those joined that only a narrow page parted."""
    lines = [Block(m.start(), m.end(), PassageKind.SENTENCE) for m in _LINE.finditer(text, start, end)]
    lines = [line for line in (_trimmed(line, text) for line in lines) if line.start < line.end]
    width = _wrap_width(lines, text)
    current: Block | None = None
    table = _table_lines(lines, text)
    for n, line in enumerate(lines):
        if current and n not in table and _continues(current, line, text, width):
            current = replace(current, end=line.end)
            continue
        if current:
            yield current
        current = None
        if n in table:
            yield from _cells(line, text)
        else:
            bullet = _BULLET.match(text, line.start, line.end)
            kind = PassageKind.LIST_ITEM if bullet else PassageKind.SENTENCE
            current = Block(bullet.end() if bullet else line.start, line.end, kind)
    if current:
        yield current


def _blank_between(left: Block, right: Block, text: str) -> bool:
    gap = text[left.end : right.start]
    return max(gap.count("\n"), gap.count("\r"), gap.count("\u2029") + 1 if "\u2029" in gap else 0) > 1


def _last_line(block: Block, text: str) -> str:
    return text[max(block.start, block.end - 200) : block.end].splitlines()[-1]


def _first_word(block: Block, text: str) -> str:
    return text[block.start : min(block.end, block.start + 40)].split()[0]


def _wrap_width(lines: Sequence[Block], text: str) -> int | None:
    """The width at which the text was wrapped; None where its lines are whole paragraphs."""
    pairs = [
        (a, b) for a, b in itertools.pairwise(lines) if not _blank_between(a, b, text) and not _BULLET.match(text, b.start, b.end)
    ]
    lengths = [a.end - a.start for a, _ in pairs]
    width = max(lengths, default=0)
    if len(pairs) < 3 or width not in _WRAP:
        return None
    full = sum(a.end - a.start + 1 + len(_first_word(b, text)) > width for a, b in pairs)
    return width if full >= 0.7 * len(pairs) else None


def _continues(block: Block, line: Block, text: str, width: int | None) -> bool:
    """Whether the line goes on with the block's sentence or, in wrapped text, with its paragraph."""
    if _BULLET.match(text, line.start, line.end):
        return False
    blank = _blank_between(block, line, text)
    last = _last_line(block, text)
    if width and not blank and len(last) + 1 + len(_first_word(line, text)) > width:
        return True
    if _STOPPED.search(last):
        return False
    first = text[line.start]
    if not blank:
        return (
            first.islower()
            or (last.rstrip().endswith(",") and len(last) > 40)
            or (len(last) > _LONGEST_HEADING and not first.isupper())
        )
    return first.islower() and (len(last) > 40 or block.start < text.rfind("\n", 0, block.end))


def _table_lines(lines: Sequence[Block], text: str) -> set[int]:
    """Indices of lines that are rows: neighbours that are parted alike, by tabs or bars, into two cells or more."""

    def parts(line: Block) -> int:
        inside = text[line.start : line.end]
        return max(inside.count("\t"), inside.count("|") if inside.count("|") > 1 else 0)

    counts = [parts(line) for line in lines]
    rows: set[int] = set()
    for n in range(1, len(lines)):
        if counts[n] and counts[n] == counts[n - 1]:
            rows.update((n - 1, n))
    return rows


def _cells(line: Block, text: str) -> Iterator[Block]:
    for match in re.finditer(r"[^\t|]+", text[line.start : line.end]):
        if re.search(r"\w", match.group()):
            yield Block(line.start + match.start(), line.start + match.end(), PassageKind.TABLE_CELL)


def _rejoined(found: Sequence[Block], text: str) -> list[Block]:
    """Marked paragraphs that a stray blank line parted mid-sentence are one."""
    joined: list[Block] = []
    for block in found:
        before = joined[-1] if joined else None
        if (
            before
            and (before.marked or block.marked)
            and before.kind is PassageKind.SENTENCE is block.kind
            and not _STOPPED.search(text[max(before.start, before.end - 8) : before.end])
            and text[block.start].islower()
            and before.end - before.start > 40
        ):
            joined[-1] = replace(before, end=block.end)
        else:
            joined.append(block)
    return joined


def named(found: Sequence[Block], spurned: Sequence[bool], text: str) -> list[Block]:
    """The blocks with their paragraph numbers, the kind of short lines that stand over or between paragraphs, boilerplate
    as such, and what repeats the headline or gives the date at the head of a paragraph parted from it."""
    result: list[Block] = []
    headline: str | None = None
    prose = sum(not spurn for spurn in spurned)
    seen = 0
    for n, (block, spurn) in enumerate(zip(found, spurned, strict=True)):
        kind, line = block.kind, text[block.start : block.end]
        seen += not spurn
        if spurn and kind is not PassageKind.TABLE_CELL:
            kind = PassageKind.BOILERPLATE
        elif kind is PassageKind.SENTENCE and _is_caption(line):
            kind = PassageKind.CAPTION
        elif kind is PassageKind.SENTENCE and not block.marked and prose > 1:
            kind = _kind_of_line(line, first=seen == 1, last=seen == prose)
        paragraph = result[-1].paragraph if result and _same_row(result[-1], block, text) else n
        block = Block(block.start, block.end, kind, paragraph, block.marked)
        head = lead(line, headline) if kind is PassageKind.SENTENCE else 0
        if head:
            result.append(replace(block, end=block.start + head, kind=PassageKind.HEADLINE))
            block = _trimmed(replace(block, start=block.start + head), text)
        result.append(block)
        if kind is PassageKind.HEADLINE and headline is None:
            headline = line
    return result


def lead(line: str, headline: str | None) -> int:
    """How many characters at the start of a paragraph are no part of its first sentence: they repeat the headline, name an
    agency, give a date or a place ("Reuters Tuesday 14 November 2017 The toll …", "OSLO, Norway (AP) - The toll …").

    0 where it begins with none of them, or where nothing that begins a sentence follows.
    """
    at, told, repeated = 0, False, headline.casefold() if headline else None
    for _ in range(4):
        at += len(line[at:]) - len(line[at:].lstrip())
        dated = _DATE.match(line, at)
        agency = dated or _agencies().match(line, at)
        if repeated and line[at : at + len(repeated)].casefold() == repeated:
            at, told, repeated = at + len(repeated), True, None
        elif agency:
            at, told = agency.end(), told or bool(dated)
        else:
            break
    place = _PLACE.match(line, at)
    if place:
        at, told = place.end(), True
    at += bool(told and line[at : at + 1] in {".", "!", "?"})
    begins = re.match(r"\s*[\"'“‘(]?[A-Z0-9]", line[at : at + 8])
    return at if told and begins else 0


_PLACE = re.compile(  # with an agency in brackets, a dash, or both; in capitals, but for its country
    r"\s*[A-Z][A-Z.'’/-]{2,20}(?: [A-Z][A-Z.'’/-]{1,20}){0,4}(?:, [A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,2})?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"(?: ?\([A-Z][\w.,/ -]{1,40}\)(?:,? ?(?:--|[—–-]))?| ?(?:--|[—–])| -) *(?=[\"'“‘]?[A-Z0-9])|"
    r"\s*\((?:[A-Z]{2,8}|Reuters|Xinhua|Yonhap|Bloomberg)\) ?(?:--|[—–-]) *"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    r"\s*(?:(?:Published|Posted|Updated|Last updated|Date of publication)(?: on| at)?:? )?"
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
    rf"(?:\d{{1,2}} {_MONTH},? \d{{4}}|\d{{2}}\.\d{{2}}\.\d{{4}}|"
    rf"{_MONTH} \d{{1,2}},? \d{{4}})\b(?!,)(?: by(?: [A-Z][\w.-]{{1,20}}){{1,2}}(?= [A-Z]))?"
)


@cache
def _agencies() -> re.Pattern[str]:
    names = sorted((n for group in lexicon.load("agencies")["agencies"] for n in group), key=len, reverse=True)
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, names))})\b(?! (?:said|says|reported|reports|that|has|had|is|was))")


def _same_row(before: Block, block: Block, text: str) -> bool:
    both_cells = before.kind is PassageKind.TABLE_CELL is block.kind
    return both_cells and "\n" not in text[before.end : block.start]


def _kind_of_line(line: str, first: bool, last: bool) -> PassageKind:
    words = line.split()
    stopped = bool(_STOPPED.search(line)) or line.endswith(",")
    if first and len(words) <= _TITLE_WORDS and (not stopped or _is_title_case(words)):
        return PassageKind.HEADLINE
    if not last and len(words) <= _HEADING_WORDS and not stopped and not line[0].islower():
        return PassageKind.HEADLINE
    return PassageKind.SENTENCE


def _is_caption(line: str) -> bool:
    start = line[:40].lower().lstrip("([ ")
    return start.startswith(_captions())


@cache
def _captions() -> tuple[str, ...]:
    return tuple(lexicon.load("boilerplate")["captions"])


def _is_title_case(words: Sequence[str]) -> bool:
    long = [w for w in words if len(w) > 3 and w[0].isalpha()]
    return len(long) > 3 and sum(w[0].isupper() for w in long) >= 0.8 * len(long)


def blanked(text: str, marks: Sequence[Mark], more: re.Pattern[str]) -> str:
    """``text`` with markup, reference marks, and what ``more`` matches, as blanks; of the same length."""
    characters = list(text)
    for start, end in [(m.start, m.end) for m in marks if m.kind in {"markup", "reference"}] + [
        m.span() for m in more.finditer(text)
    ]:
        for at in range(start, min(end, len(characters))):
            if not _LINE_BREAK.match(characters[at]):
                characters[at] = " "
    return "".join(characters)


_LINE_BREAK = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
