"""Document -> Passages: blocks, what of them is boilerplate, and their sentences."""

from __future__ import annotations

import re

from auditor.model import Document, Passage, PassageKind
from auditor.segment.blocks import blanked, blocks, named
from auditor.segment.boilerplate import boilerplate, counters
from auditor.segment.sentences import sentences, whole

_WHOLE = frozenset({PassageKind.HEADLINE, PassageKind.TABLE_CELL, PassageKind.BOILERPLATE})


def segment(document: Document) -> tuple[Passage, ...]:
    """The passages of a document in order, none overlapping; together they cover every character that is no markup.

    ``Passage.paragraph`` is equal for the sentences of one paragraph and the cells of one row.
    """
    text = blanked(document.text, document.marks, counters())
    found = blocks(document, text)
    found = named(found, boilerplate([text[b.start : b.end] for b in found]), text)
    flat = text.translate(_BREAKS)
    passages: list[Passage] = []
    for block in found:
        inner = flat[block.start : block.end]
        for start, end in whole(inner) if block.kind in _WHOLE else sentences(inner):
            if not _WORD.search(inner, start, end):
                continue
            part = block.kind not in _WHOLE and end - start < len(inner)
            kind = PassageKind.BOILERPLATE if part and boilerplate([inner[start:end]])[0] else block.kind
            passages.append(
                Passage(len(passages), kind, block.start + start, block.start + end, inner[start:end], block.paragraph)
            )
    return tuple(passages)


_WORD = re.compile(r"[^\W_]")
_BREAKS = {ord(c): " " for c in "\n\r\t\x0b\x0c\x85\u2028\u2029"}
