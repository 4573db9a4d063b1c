"""Paths -> Documents.  One file a format; ``READERS`` says which."""

from __future__ import annotations

import fnmatch
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from auditor.errors import InputError
from auditor.model import Document, Settings, Status
from auditor.read.corpus import read_corpus
from auditor.read.html import read_html
from auditor.read.markdown import read_markdown
from auditor.read.names import shown
from auditor.read.text import read_text

Reader = Callable[[Path, str], Iterator[Document]]

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".jsonl": read_corpus,
    ".ndjson": read_corpus,
}

# Files that hold prose or figures and are not read: listed as unreadable.  Others in a folder (pictures, code) are no documents.
_OTHER_DOCUMENTS = frozenset(
    {".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".xls", ".xlsx", ".ods", ".csv", ".tsv", ".ppt", ".pptx", ".odp"}
    | {".eml", ".msg", ".mbox", ".json", ".xml", ".tex", ".rst", ".mht", ".mhtml"}
)
_log = logging.getLogger(__name__)


def documents(paths: Sequence[str], settings: Settings) -> Iterator[Document]:
    """Every document below the paths in a stable order, each file once; unreadable ones come with their status and reason.

    Raises InputError, before anything is read, for a path that does not exist and for a folder without any document.
    """
    for file in files(paths):
        yield from (_with_settings(document, settings) for document in _read(file))


def files(paths: Sequence[str]) -> list[Path]:
    """The files that hold the documents below the paths, in a stable order, each once.  Raises InputError as ``documents``."""
    by_place: dict[str, Path] = {}
    for file in [file for path in paths for file in _files(path)]:
        by_place.setdefault(os.path.realpath(file), file)
    return list(by_place.values())


def _files(path: str) -> list[Path]:
    """The files to read below ``path``, in order of their names."""
    top = Path(path)
    try:
        top.stat()
    except (OSError, ValueError) as error:
        raise InputError(f"no such file or folder: {shown(path)}") from error
    if not top.is_dir():
        return [top]
    found, others = [], 0
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            suffix = Path(name).suffix.lower()
            if suffix in READERS or suffix in _OTHER_DOCUMENTS:
                found.append(Path(folder, name))
            else:
                others += 1
    if others:
        _log.info("%s: %d files of other formats are no documents", shown(path), others)
    if not any(file.suffix.lower() in READERS for file in found):
        raise InputError(f"no document in folder {shown(path)}: files that are read end in {', '.join(READERS)}")
    return sorted(found, key=lambda file: [os.fsencode(part) for part in file.parts])


def _read(file: Path) -> Iterator[Document]:
    name = shown(str(file))
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        suffix = file.suffix.lower() or "no suffix"
        reason = f"format not read ({suffix}); read are {', '.join(READERS)}: convert it to one of them"
        yield Document(name=name, text="", status=Status.UNREADABLE, reason=reason)
    elif not file.is_file():
        yield Document(name=name, text="", status=Status.UNREADABLE, reason="no regular file")
    else:
        try:
            yield from reader(file, name)
        except OSError as error:
            yield Document(name=name, text="", status=Status.UNREADABLE, reason=error.strerror or type(error).__name__)


def _with_settings(document: Document, settings: Settings) -> Document:
    own = any(fnmatch.fnmatchcase(document.name, glob) for glob in settings.own_voice)
    return replace(document, own_voice=True) if own else document
