"""Paths -> Documents.  One file a format; ``READERS`` says which."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from auditor.errors import InputError
from auditor.model import Document, Settings, Status


def documents(paths: list[str], settings: Settings) -> Iterator[Document]:
    """Every document below the paths in a stable order; unreadable ones come with their status and reason."""
    for path in map(Path, paths):
        if not path.exists():
            raise InputError(f"no such file or folder: {path}")
        files = sorted(p for p in path.rglob("*") if p.suffix in READERS) if path.is_dir() else [path]
        for file in files:
            yield from READERS.get(file.suffix, read_text)(file, str(file))


def read_text(file: Path, name: str) -> Iterator[Document]:
    try:
        yield Document(name=name, text=file.read_text(encoding="utf-8"))
    except (OSError, UnicodeError) as error:
        yield Document(name=name, text="", status=Status.UNREADABLE, reason=str(error))


def read_corpus(file: Path, name: str) -> Iterator[Document]:
    import datetime

    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        published = datetime.date.fromisoformat(row["published"]) if row.get("published") else None
        yield Document(
            name=f"{name}#{row['id']}",
            text=row["text"],
            title=row.get("title"),
            published=published,
            published_method="corpus" if published else None,
            outlet=row.get("source"),
            url=row.get("url"),
        )


READERS = {".txt": read_text, ".md": read_text, ".jsonl": read_corpus}
