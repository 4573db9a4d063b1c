"""What a text says of itself before its story begins: front matter, title, byline, date."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.model import Document, Mark
from auditor.read.dateline import LONG_LINE, PARTS, is_date_line, published
from auditor.read.dates import parse_date

_TOP_LINES = 15
_TOP_CHARACTERS = 3_000
_FOOT_LINES = 3
_FOOT_CHARACTERS = 2_000
_LISTED = frozenset({"list_item", "table_cell", "footnote"})  # a date there is of what is listed

_FRONT = re.compile(r"\A\s{0,100}---[ \t]*\r?\n(?P<body>(?:[^\r\n]{0,1000}\r?\n){1,60}?)---[ \t]*(?:\r?\n|\Z)")
_FIELD = re.compile(r"^(?P<key>[A-Za-z][\w -]{0,30}?)[ \t]*:[ \t]*(?P<value>[^\r\n]*?)[ \t]*\r?$", re.MULTILINE)
_KEYS = {
    "title": ("title", "headline"),
    "published": ("published", "date", "publication_date", "date_published", "pubdate", "publish_date"),
    "byline": ("author", "authors", "byline", "by", "writer"),
    "outlet": ("outlet", "source", "publisher", "site", "newspaper", "publication"),
    "url": ("url", "original_url", "source_url", "link", "permalink"),
    "own_voice": ("own_voice",),
}

_BYLINE = re.compile(
    r"(?:By|BY|Written by|Reporting by|Author:|From)[: ]\s*(?P<name>[A-Z][^\W\d_]*"
    r"(?:[ .,'’/&-]{1,3}(?:and|for|of|in|the|de|van|von|al|[A-Z][^\W\d_]*)){0,11})\.?"
)
_NAME = re.compile(r"(?:[A-Z][^\W\d_]{1,20}[ .'’-]{1,2}){1,3}[A-Z][^\W\d_]{1,20}")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str


def described(document: Document, marks: Sequence[Mark]) -> Document:
    """The document with ``marks`` and with those of title, date, byline, outlet, address and own voice that it lacks and its text
    shows.  Front matter is no prose: its characters are marked as markup."""
    front = _FRONT.match(document.text)
    body = front.end() if front else 0
    if front:
        document = _with_front_matter(document, front["body"])
        marks = (Mark("markup", front.start(), front.end()), *(m for m in marks if m.start >= body))
    document = replace(document, marks=tuple(sorted(marks, key=lambda m: (m.start, m.end, m.kind))))
    lines = list(_top(document, body))
    if document.title is None:
        document = replace(document, title=_title(document, lines, body))
    if document.byline is None:
        document = replace(document, byline=_byline(lines))
    if document.published is None:
        document = _with_date(document, lines, _foot(document, lines[-1].start if lines else body))
    return document


def _with_front_matter(document: Document, body: str) -> Document:
    fields = {
        m["key"].strip().lower().replace(" ", "_").replace("-", "_"): m["value"].strip("\"' ") for m in _FIELD.finditer(body)
    }
    found = {name: next((fields[key] for key in keys if fields.get(key)), None) for name, keys in _KEYS.items()}
    published = parse_date(found["published"]) if found["published"] else None
    if published and document.published is None:
        document = replace(document, published=published, published_method="front matter", published_confidence=1.0)
    return replace(
        document,
        title=document.title or found["title"],
        byline=document.byline or found["byline"],
        outlet=document.outlet or found["outlet"],
        url=document.url or found["url"],
        own_voice=document.own_voice or (found["own_voice"] or "").lower() in {"true", "yes", "1"},
    )


def _top(document: Document, start: int) -> Iterator[_Line]:
    """The first lines that are not empty, with markup blanked."""
    return itertools.islice(_lines(document, start, start + _TOP_CHARACTERS), _TOP_LINES)


def _foot(document: Document, head: int) -> list[str]:
    """The last lines that are not empty, with markup and what is listed blanked, behind the last line of the head."""
    start = max(len(document.text) - _FOOT_CHARACTERS, 0)
    lines = [line.text for line in _lines(document, start, len(document.text), _LISTED) if line.start > head]
    return lines[-_FOOT_LINES:]


def _lines(document: Document, start: int, end: int, blanked: frozenset[str] = frozenset()) -> Iterator[_Line]:
    """The lines between two places that are not empty, with markup and marks of the kinds ``blanked`` as blanks."""
    characters = list(document.text[start:end])
    for mark in document.marks:
        if mark.kind == "markup" or mark.kind in blanked:
            left, right = max(mark.start - start, 0), min(mark.end - start, len(characters))
            if left < right:
                characters[left:right] = " " * (right - left)
    for match in re.finditer(r"[^\r\n]+", "".join(characters)):
        line = match.group().strip()
        if line:
            yield _Line(start + match.start(), line)


def _title(document: Document, lines: Sequence[_Line], body: int) -> str | None:
    """A first heading near the top, else a short first line without a stop that others follow."""
    heading = next((m for m in document.marks if m.kind == "heading" and m.start < body + _TOP_CHARACTERS), None)
    if heading:
        return " ".join(re.sub(r"[*_`#]", "", document.text[heading.start : heading.end]).split()) or None
    titles = []
    for line in lines[:3]:  # a site's name may stand over the title: the first line of four words and more goes before
        if len(line.text) > 200 or re.search(r"[.!?:;,][\"'”’)]?$", line.text) or not re.search(r"[^\W\d_]", line.text):
            break
        titles.append(line.text)
    long = (title for title in titles if len(title.split()) > 3)
    return next(long, titles[0]) if titles and len(lines) > 1 else None


def _byline(lines: Sequence[_Line]) -> str | None:
    for line in lines:
        for part in PARTS.split(line.text):
            match = _BYLINE.fullmatch(part) if len(part) <= LONG_LINE else None
            if match:
                return match["name"]
    for line in lines:  # "Ann Holt | 6 November 2024"
        parts = [part for part in PARTS.split(line.text) if part]
        if len(line.text) <= LONG_LINE and len(parts) > 1 and any(map(is_date_line, parts)):
            return next((part for part in parts if _NAME.fullmatch(part)), None)
    return None


def _with_date(document: Document, head: Sequence[_Line], foot: Sequence[str]) -> Document:
    found = published([line.text for line in head], foot, document.title)
    if found is None:
        return document
    return replace(document, published=found.day, published_method=found.method, published_confidence=found.confidence)
