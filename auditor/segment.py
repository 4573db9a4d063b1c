"""Document -> Passages."""

from __future__ import annotations

import re

from auditor.model import Document, Passage, PassageKind

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"'”’)]*(?=\s+[A-Z\"“‘(])|\n|$)")


def segment(document: Document) -> tuple[Passage, ...]:
    """The passages of a document in order; together they cover every character that is prose."""
    passages: list[Passage] = []
    for match in _SENTENCE.finditer(document.text):
        text = match.group().replace("\n", " ")
        if text.strip():
            passages.append(
                Passage(
                    len(passages),
                    PassageKind.SENTENCE,
                    match.start(),
                    match.end(),
                    text,
                    document.text.count("\n", 0, match.start()),
                )
            )
    return tuple(passages)
