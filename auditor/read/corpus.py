"""Corpora: a JSON object a line, ``{"id", "text", "title", "published", "source", "url"}``; all but ``text`` may be missing."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor.model import Document, Status
from auditor.read.dates import parse_date
from auditor.read.decode import LARGEST, printable
from auditor.read.names import shown
from auditor.read.text import plain

_WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_corpus(file: Path, name: str) -> Iterator[Document]:
    """The documents of a ``.jsonl`` file, one line in memory at a time, named ``FILE#id``.

    A line that cannot be read becomes an unreadable document ``FILE#line-N``.
    """
    taken: dict[str, int] = {}
    empty = True
    for number, line in _lines(file):
        if not line.strip():
            continue
        empty = False
        document = _document(line, number, name)
        first = taken.setdefault(document.name, number)
        if first != number:
            unique = f"{document.name}-line-{number}"
            while unique in taken:
                unique += "'"
            taken[unique] = number
            reason = f"its id is that of line {first}, too"
            document = replace(
                document,
                name=unique,
                status=Status.UNREADABLE if document.status is Status.UNREADABLE else Status.PARTIAL,
                reason="; ".join(filter(None, (document.reason, reason))),
            )
        yield document
    if empty:
        yield Document(name=name, text="", status=Status.UNREADABLE, reason="empty")


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    with file.open("rb") as stream:
        start = stream.read(4)
    for mark, encoding in _WIDE:
        if start.startswith(mark):
            with file.open(encoding=encoding, errors="replace", newline="\n") as text:
                for number, row in enumerate(text, 1):
                    yield number, row.encode("utf-8", errors="replace")
            return
    with file.open("rb") as stream:
        number = 0
        while line := stream.readline(LARGEST):
            number += 1
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if len(line) == LARGEST and not line.endswith(b"\n"):
                while (rest := stream.readline(LARGEST)) and not rest.endswith(b"\n"):
                    pass
                line = b"too long"
            yield number, line


def _document(line: bytes, number: int, name: str) -> Document:
    """The document of one line."""
    numbered = f"{name}#line-{number}"
    try:
        row = json.loads(line.strip().decode("utf-8"))
    except UnicodeDecodeError as error:
        return _bad(numbered, f"not UTF-8 at byte {error.start + 1} of the line")
    except json.JSONDecodeError as error:
        return _bad(numbered, f"not JSON: {error.msg} at column {error.colno}")
    except (ValueError, RecursionError):
        return _bad(numbered, "not JSON that can be read: nested too deep or a number too long")
    if not isinstance(row, dict):
        return _bad(numbered, f"not a JSON object but {type(row).__name__}")
    named = f"{name}#{shown(printable(str(row['id'])))}" if isinstance(row.get("id"), str | int) else numbered
    text = row.get("text")
    at = ((0, number),)
    if not isinstance(text, str):
        return _bad(named, "no field 'text' with a string")
    if not text.strip():
        return _bad(named, "empty")
    return _described(row, Document(name=named, text=printable(text), lines=at))


def _bad(name: str, reason: str) -> Document:
    return Document(name=name, text="", status=Status.UNREADABLE, reason=reason)


def _described(row: dict[str, Any], document: Document) -> Document:
    """The document with the fields of its line, which go before what its text says."""
    given = row.get("published") or row.get("date")
    published = parse_date(str(given)) if given else None
    own = row.get("own_voice")
    document = replace(
        document,
        title=_word(row.get("title")),
        published=published,
        published_method="corpus" if published else None,
        published_confidence=1.0 if published else None,
        outlet=_word(row.get("source") or row.get("outlet")),
        byline=_word(row.get("author") or row.get("byline")),
        url=_word(row.get("url")),
        own_voice=own is True or own == "true",
    )
    if given and not published:
        reason = f"field 'published' is no date: {str(given)[:40]!r}"
        document = replace(document, status=Status.PARTIAL, reason=printable(reason))
    return plain(document)


def _word(value: Any) -> str | None:
    text = printable(" ".join(str(value).split()))[:500] if isinstance(value, str | int | float) else ""
    return text or None
