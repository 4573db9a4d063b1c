"""Markdown: what is heading, item, cell, footnote, link; and which characters are no prose.

markdown-it says where the blocks are; inside a block, and in plain text that only holds signs of Markdown, bounded patterns do.
The text itself stays as it is: marks point into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.model import Document, Mark, Status
from auditor.read.decode import document_in

if TYPE_CHECKING:
    from markdown_it.token import Token

_SIGNS = re.compile(
    r"^ {0,3}#{1,6} \S|\[[^\[\]\n]{1,300}\]\([^()\s]{0,500}\)|\*\*\S[^*\n]{0,300}\*\*|"
    r"^\|(?:[^|\n]{0,200}\|){2,40}[ \t]*$|^ {0,3}\[\^?\w{1,20}\]: ",
    re.MULTILINE,
)
_LONGEST_LINE = 100_000  # characters; Markdown is not looked for in lines beyond, which no one wrote by hand

_LINK = re.compile(
    r"(?P<open>!?\[)(?P<text>[^\[\]]{0,500})(?P<close>\](?:\(\s?<?(?P<url>[^()\s<>]{0,1500}(?:\([^()\s]{0,200}\)[^()\s<>]{0,500})?)>?"
    r"(?:\s{1,3}[\"'][^\"'\n]{0,300}[\"'])?\s?\)|\[(?P<label>[^\[\]\n]{0,100})\]))"
)
_IMAGE_IN_LINK = re.compile(r"\[!\[[^\[\]\n]{0,300}\]\([^()\s]{0,1000}\)\]\([^()\s]{0,1000}\)")
_DEFINITION = re.compile(r"^ {0,3}\[(?P<label>[^\[\]\n]{1,100})\]:[ \t]*(?P<rest>\S[^\n]{0,2000})$", re.MULTILINE)
_REFERENCE = re.compile(
    r"\[\^(?P<note>[^\]\s]{1,40})\](?!:)|(?<=[\w.,;:!?\"”’)%])\[(?P<number>\d{1,3}(?:[,–-] ?\d{1,3}){0,5})\](?![(\[:])"
    r"|(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?)\"”]))<sup>\s?(?P<raised>\d{1,3})\s?</sup>"
)
_NOTE_LINE = re.compile(r"^[ \t]{0,3}\[(?P<number>\d{1,3})\](?!:)[ \t]+(?P<rest>\S[^\n]{0,2000})$", re.MULTILINE)
_ADDRESS = re.compile(r"<(?:https?://|mailto:)[^<>\s]{1,2000}>")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])\*{1,3}(?=[^\s*])|(?<=[^\s*\\])\*{1,3}(?![\w*])|(?<![\w\\])_{1,3}(?=[^\W_])|(?<=[^\W_])_{1,3}(?!\w)|(?<=[.,;:!?\"”’)])_{1,3}(?!\w)|~~|`{1,3}"
)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>|<!--[^<>]{0,2000}-->|&(?:nbsp|thinsp|ensp|emsp);")
_HEADING = re.compile(r"(?P<open> {0,3}#{1,6}[ \t]+)(?P<text>[^\r\n]*?)(?P<close>[ \t]*#*[ \t]*)$", re.MULTILINE)
_QUOTE_SIGN = re.compile(r"^[ \t]{0,12}(?:>[ \t]?){1,12}", re.MULTILINE)
_BULLET = re.compile(r"[ \t]*(?:>[ \t]?){0,5}[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_CELL = re.compile(r"(?:[^|\\\n]|\\.)+")


def read_markdown(file: Path, name: str) -> Iterator[Document]:
    """The one document of a ``.md`` file."""
    from auditor.read.masthead import described

    document = document_in(file, name)
    readable = document.status is not Status.UNREADABLE
    yield described(document, marks(document.text, paragraphs=True)) if readable else document


def looks_so(text: str) -> bool:
    """Whether a plain text holds signs of Markdown."""
    return bool(_SIGNS.search(text)) and not re.search(rf"[^\n]{{{_LONGEST_LINE}}}", text)


def marks(text: str, *, paragraphs: bool = False) -> tuple[Mark, ...]:
    """The marks of a Markdown text; with ``paragraphs``, also of the paragraphs that a blank line ends (a plain text's lines may
    be paragraphs of their own)."""
    if re.search(rf"[^\n]{{{_LONGEST_LINE}}}", text):
        return ()
    found = list(_blocks(text, paragraphs))
    code = [m for m in found if m.kind == "code"]
    found = [replace(m, kind="markup") if m.kind == "code" else m for m in found]
    inline = (m for m in _inline(text) if not any(c.start <= m.start < c.end for c in code))
    found.extend(inline)
    return tuple(sorted(set(found), key=lambda m: (m.start, m.end, m.kind, m.target or "")))


def _blocks(text: str, paragraphs: bool) -> Iterator[Mark]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").disable(["inline", "reference", "html_block"])
    if not paragraphs:
        parser.disable("code")  # an indented line of plain text is no code
        parser.disable("lheading")  # nor is a line over a row of dashes always a heading
    starts = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", text)), len(text)]
    notes = {m.start(): m for m in _DEFINITION.finditer(text)} | {m.start(): m for m in _NOTE_LINE.finditer(text)}
    for match in notes.values():
        yield from _note(match)
    inside: list[str] = []
    rows: list[Sequence[tuple[int, int]]] = []
    for token in parser.parse(text):
        if token.nesting:
            inside = [*inside, token.type] if token.nesting > 0 else inside[:-1]
        if token.map is None:
            continue
        start, end = starts[min(token.map[0], len(starts) - 1)], starts[min(token.map[1], len(starts) - 1)]
        if token.type == "tr_open":
            yield from _row(text, start, end, rows)
        elif token.type == "table_open":
            rows = []
            yield from _rule_of_table(text, start, end)
        elif not any(start <= at < end for at in notes if start <= at):
            yield from _block(token, text, start, end, inside, paragraphs)


def _block(token: Token, text: str, start: int, end: int, inside: Sequence[str], paragraphs: bool) -> Iterator[Mark]:
    if token.type == "heading_open":
        match = _HEADING.match(text, start)
        if match and match.end() <= end:
            yield Mark("markup", match.start("open"), match.end("open"))
            yield Mark("heading", match.start("text"), match.end("text"))
            if match["close"]:
                yield Mark("markup", match.start("close"), match.end("close"))
        else:  # underlined
            line = text.rfind("\n", start, len(text[:end].rstrip())) + 1
            yield Mark("heading", start, line)
            yield Mark("markup", line, end)
    elif token.type == "paragraph_open":
        for quote in _QUOTE_SIGN.finditer(text, start, end) if "blockquote_open" in inside else ():
            yield Mark("markup", *quote.span())
        if "list_item_open" in inside:
            bullet = _BULLET.match(text, start, end)
            if bullet:
                yield Mark("markup", *bullet.span())
            yield Mark("list_item", bullet.end() if bullet else start, end)
        elif paragraphs:
            yield Mark("paragraph", start, end)
    elif token.type in {"fence", "code_block"}:
        yield Mark("code", start, end)
    elif token.type == "hr":
        yield Mark("markup", start, end)


def _note(match: re.Match[str]) -> Iterator[Mark]:
    """A footnote, or the definition of a link's address, which is no prose."""
    groups = match.groupdict()
    label = groups.get("label") or groups["number"]
    if not label.startswith("^") and re.match(r"<?(?:https?://|www\.|/|#|mailto:)\S*(?:\s+[\"'(][^\n]*)?$", match["rest"]):
        yield Mark("markup", *match.span())
    else:
        yield Mark("markup", match.start(), match.start("rest"))
        yield Mark("footnote", match.start("rest"), match.end("rest"), label.lstrip("^"))


def _rule_of_table(text: str, start: int, end: int) -> Iterator[Mark]:
    for match in re.finditer(r"^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|?)+[ \t]*\r?$", text[start:end], re.MULTILINE):
        if match.group().strip():
            yield Mark("markup", start + match.start(), start + match.end())


def _row(text: str, start: int, end: int, rows: list[Sequence[tuple[int, int]]]) -> Iterator[Mark]:
    """The cells of a row; the target of a cell names the row's and the column's first cell: what a figure in it counts."""
    line = text[start:end].rstrip("\r\n")
    cells = [(start + m.start(), start + m.end()) for m in _CELL.finditer(line) if m.group().strip()]
    for at, (left, right) in enumerate(cells):
        heads = []
        if rows and at:
            heads.append(text[slice(*cells[0])].strip())
        if rows and at < len(rows[0]):
            heads.append(text[slice(*rows[0][at])].strip())
        yield Mark("table_cell", left, right, "; ".join(heads) or None)
    rows.append(cells)


def _inline(text: str) -> Iterator[Mark]:
    addresses = {m["label"].lower(): m["rest"].split()[0].strip("<>") for m in _DEFINITION.finditer(text)}
    notes = {m["label"].lstrip("^"): m["rest"] for m in _DEFINITION.finditer(text)}
    notes |= {m["number"]: m["rest"] for m in _NOTE_LINE.finditer(text)}
    for match in _IMAGE_IN_LINK.finditer(text):
        yield Mark("markup", *match.span())
    for match in _LINK.finditer(text):
        if match["open"] == "![":
            yield Mark("markup", *match.span())
            continue
        target = match["url"] if match["url"] is not None else addresses.get((match["label"] or match["text"]).lower())
        if target is None:
            continue
        yield Mark("markup", match.start("open"), match.end("open"))
        yield Mark("markup", match.start("close"), match.end("close"))
        yield Mark("link", match.start("text"), match.end("text"), target)
    for match in _REFERENCE.finditer(text):
        yield Mark("reference", *match.span(), notes.get(match["note"] or match["number"] or match["raised"]))
    for pattern in (_ADDRESS, _EMPHASIS, _ESCAPE, _TAG):
        for match in pattern.finditer(text):
            yield Mark("markup", *match.span())
