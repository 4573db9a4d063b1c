"""Plain text, which may hold signs of Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auditor.model import Document, Status
from auditor.read import markdown
from auditor.read.decode import document_in
from auditor.read.masthead import described


def read_text(file: Path, name: str) -> Iterator[Document]:
    """The one document of a ``.txt`` file; its text is exactly the file's, a byte order mark apart."""
    document = document_in(file, name)
    yield document if document.status is Status.UNREADABLE else plain(document)


def plain(document: Document) -> Document:
    """A document whose text came without structure, with the marks and the title, date and byline that it shows."""
    return described(document, markdown.marks(document.text) if markdown.looks_so(document.text) else ())
