"""A page's source, read once without building a tree: how deep it goes, its tables, captions, notes and blocks of text.

The scanner is linear in the source whatever its tags are; it is the yardstick for what an extraction kept, and the fallback where
none is possible.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:-]{0,40})(?P<attributes>[^<>]{0,20000})>")
_ATTRIBUTE = re.compile(
    r"(?P<name>id|src|data-src)\s{0,5}=\s{0,5}(?:\"(?P<a>[^\"]{0,5000})\"|'(?P<b>[^']{0,5000})'|(?P<c>[^\s\"'>]{1,5000}))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "textarea", "select", "button"}
)
_RAW = frozenset({"script", "style", "textarea", "title"})  # their content is no markup
_ASIDE = frozenset({"nav", "header", "footer", "aside", "form", "menu"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {"p", "div", "section", "article", "main", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th"}
_BLOCKS |= {"caption", "blockquote", "figure", "figcaption", "pre", "hr", "br", "body"}
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cell texts as they stand in the source."""

    rows: tuple[tuple[str, ...], ...]
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    text: str
    heading: bool = False


@dataclass
class Page:
    """``depth`` of nesting; ``captions`` by the address of the picture; ``notes``: texts of elements by their id."""

    depth: int = 0
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    captions: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def numbers(self) -> set[str]:
        """The figures in the blocks of the page."""
        return {number for block in self.blocks for number in _NUMBER.findall(block.text)}


def page_of(source: str) -> Page:
    """Scan a page's source."""
    scanner = _Scanner()
    for kind, name, content, _ in events(source):
        if kind == "text":
            scanner.text(content)
        elif kind == "open":
            scanner.open(name, content)
        else:
            scanner.close(name)
    scanner.flush()
    return scanner.page


def texts_of(source: str) -> Iterator[tuple[int, str]]:
    """The texts between the tags of a page, entities and all, each with its offset in the source."""
    return ((at, content) for kind, _, content, at in events(source) if kind == "text")


def events(source: str) -> Iterator[tuple[str, str, str, int]]:
    """("open", tag, attributes), ("close", tag, attributes) and ("text", "", text) with offsets, in order.

    Comments, declarations and what scripts and styles hold are left out.
    """
    at, lower = 0, source.lower()
    while at < len(source):
        start = source.find("<", at)
        if start < 0:
            yield "text", "", source[at:], at
            return
        if start > at:
            yield "text", "", source[at:start], at
        if source.startswith(("<!", "<?"), start):
            closing = "-->" if source.startswith("<!--", start) else ">"
            end = source.find(closing, start + 2)
            at = end + len(closing) if end >= 0 else len(source)
            continue
        match = _TAG.match(source, start)
        if not match:
            yield "text", "", "<", start
            at = start + 1
            continue
        name, at = match["name"].lower(), match.end()
        yield ("close" if match["close"] else "open"), name, match["attributes"], start
        if name in _RAW and not match["close"]:
            end = lower.find(f"</{name}", at)
            at = end if end >= 0 else len(source)


@dataclass
class _Scanner:
    page: Page = field(default_factory=Page)
    depth: int = 0
    skipped: int = 0
    aside: int = 0
    heading: bool = False
    buffer: list[str] = field(default_factory=list)
    rows: list[list[str]] | None = None
    nested: int = 0
    table_caption: str | None = None
    cell: list[str] | None = None
    caption: list[str] | None = None
    picture: str | None = None
    note: str | None = None

    def text(self, raw: str) -> None:
        if self.skipped:
            return
        text = entities.unescape(raw)
        if self.cell is not None:
            self.cell.append(text)
        if self.caption is not None:
            self.caption.append(text)
        if not self.aside:
            self.buffer.append(text)

    def open(self, name: str, attributes: str) -> None:
        if name not in _VOID and not attributes.endswith("/"):
            self.depth += 1
            self.page.depth = max(self.page.depth, self.depth)
            self.skipped += name in _SKIPPED
            self.aside += name in _ASIDE
        if self.skipped:
            return
        if name in _BLOCKS:
            self.flush()
            if self.cell is not None:
                self.cell.append(" ")
        self.heading = name in _HEADINGS or (self.heading and name not in _BLOCKS)
        found = (
            {m["name"].lower(): m["a"] or m["b"] or m["c"] or "" for m in _ATTRIBUTE.finditer(attributes)} if attributes else {}
        )
        if found.get("id") and name in {"li", "p", "dd", "span", "div", "aside", "cite"}:
            self.note = found["id"]
        self._open_table(name)
        if name == "img":
            self.picture = found.get("src") or found.get("data-src")
        elif name == "figcaption":
            self.caption = []

    def _open_table(self, name: str) -> None:
        if name == "table":
            self.nested += 1
            if self.nested == 1 and not self.aside:
                self.rows, self.table_caption = [], None
        elif self.rows is not None and self.nested == 1:
            if name == "tr":
                self._end_cell()
                self.rows.append([])
            elif name in {"td", "th", "caption"}:
                self._end_cell()
                if name == "caption" or not self.rows:
                    self.rows.append([])
                self.cell = []

    def _end_cell(self) -> None:
        if self.cell is not None and self.rows:
            self.rows[-1].append(" ".join("".join(self.cell).split()))
        self.cell = None

    def close(self, name: str) -> None:
        if name not in _VOID:
            self.depth = max(0, self.depth - 1)
            self.skipped = max(0, self.skipped - (name in _SKIPPED))
            self.aside = max(0, self.aside - (name in _ASIDE))
        if self.skipped:
            return
        if name in {"td", "th"} and self.nested == 1:
            self._end_cell()
        elif name == "caption" and self.nested == 1 and self.rows:
            self._end_cell()
            self.table_caption = " ".join(self.rows.pop()) or None
        elif name == "table":
            self.nested = max(0, self.nested - 1)
            if self.nested == 0 and self.rows is not None:
                self._end_cell()
                self.page.tables.append(Table(tuple(tuple(row) for row in self.rows if row), self.table_caption))
                self.rows = None
        elif name == "figcaption" and self.caption is not None:
            if self.picture:
                self.page.captions.setdefault(self.picture, " ".join("".join(self.caption).split()))
            self.caption = None
        if name in _BLOCKS:
            self.flush()

    def flush(self) -> None:
        """Ends the block of text that is being gathered."""
        text = " ".join("".join(self.buffer).split())
        self.buffer = []
        if text:
            self.page.blocks.append(Block(text, self.heading))
            if self.note:
                self.page.notes.setdefault(self.note, text[:500])
        self.note = None if text else self.note
        self.heading = False
