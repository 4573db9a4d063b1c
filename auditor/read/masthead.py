"""What a text says of itself before its story begins: front matter, title, byline, date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.model import Document, Mark
from auditor.read.dates import DATE, date_of, parse_date

_TOP_LINES = 15
_TOP_CHARACTERS = 3_000
_LONG_LINE = 120  # characters; a longer line is prose, of which only the beginning is looked at

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

_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_TIME = r"(?:,? (?:at )?\d{1,2}[:.h]?\d{0,2}(?: ?[ap]\.?m\.?)?(?: ?\(?[A-Z]{2,4}\)?)?)?"
_WORDS = (
    r"(?:(?:first |last )?(?:published|posted|updated|modified|issued|date|created|filed|released|date of publication)"
    r"(?: on| at| in)?:? ?)?"
)
_WHOLE_LINE = re.compile(rf"{_WORDS}{_WEEKDAY}{DATE}{_TIME}\W{{0,3}}", re.IGNORECASE)
_BEGINNING = re.compile(rf"{_WORDS}{_WEEKDAY}{DATE}", re.IGNORECASE)
_PLACE = r"[A-Z][A-Z .'/-]{1,30}(?:, [A-Z][\w.]{1,20}){0,2}"
_DATELINE = re.compile(
    rf"(?:{_PLACE}|\([A-Z][\w ]{{1,20}}\))[,:]? (?:\([A-Za-z ]{{2,20}}\),? )?(?:(?:[A-Z][a-z]{{2,8}}), )?{DATE}"
)
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[—–]\s+")
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
        document = _with_date(document, lines)
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
    characters = list(document.text[: start + _TOP_CHARACTERS])
    for mark in document.marks:
        if mark.kind == "markup" and mark.start < len(characters):
            characters[mark.start : mark.end] = " " * (min(mark.end, len(characters)) - mark.start)
    text = "".join(characters)
    found = 0
    for match in re.finditer(r"[^\r\n]+", text[start:]):
        line = match.group().strip()
        if line:
            yield _Line(start + match.start(), line)
            found += 1
        if found == _TOP_LINES:
            return


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
        for part in _PARTS.split(line.text):
            match = _BYLINE.fullmatch(part) if len(part) <= _LONG_LINE else None
            if match:
                return match["name"]
    for line in lines:  # "Ann Holt | 6 November 2024"
        parts = [part for part in _PARTS.split(line.text) if part]
        if len(line.text) <= _LONG_LINE and len(parts) > 1 and any(_WHOLE_LINE.fullmatch(part) for part in parts):
            return next((part for part in parts if _NAME.fullmatch(part)), None)
    return None


def _with_date(document: Document, lines: Sequence[_Line]) -> Document:
    for method, confidence, dates in (
        ("date line", 0.9, (_of_line(line.text) for line in lines)),
        ("dateline", 0.8, (_of_dateline(line.text) for line in lines[:6])),
        ("beginning of a line", 0.7, (_of_beginning(line.text) for line in lines[:4])),
    ):
        found = next(filter(None, dates), None)
        if found:
            return replace(document, published=found, published_method=method, published_confidence=confidence)
    return document


def _of_line(line: str) -> datetime.date | None:
    """A line, or a part of one between bars, that is a date and no more."""
    if len(line) > _LONG_LINE:
        return None
    for part in [line, *_PARTS.split(line)]:
        part = _BYLINE_BEFORE.sub("", part)
        match = _WHOLE_LINE.fullmatch(part.strip())
        if match:
            return date_of(match)
    return None


_BYLINE_BEFORE = re.compile(r"^(?:By|BY) [^\d|]{2,60}?,? (?=(?:\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))")


def _of_dateline(line: str) -> datetime.date | None:
    match = _DATELINE.match(line[:_LONG_LINE])
    return date_of(match) if match else None


def _of_beginning(line: str) -> datetime.date | None:
    """A date at which a line begins and which no sentence goes on from ("14 Nov 2017 The toll …", not "On 14 Nov 2017 …")."""
    match = _BEGINNING.match(line[:_LONG_LINE])
    if match and re.match(r"\W{0,4}(?:$|\s\(?[A-Z]|\()", line[match.end() : match.end() + 8]):
        return date_of(match)
    return None
