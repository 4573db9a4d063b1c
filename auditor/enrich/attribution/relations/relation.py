"""A relation, and what the rules that find relations read off the parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.enrich.attribution.cues import cues

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBAL = ("VERB", "AUX")
FINITE = ("VBD", "VBZ", "VBP", "MD")
OURSELVES = ("i", "we")
_FINAL = frozenset({".", "!", "?", "…", ";", '"', "”", "''"})


@dataclass(frozen=True, slots=True)
class Relation:
    """Token indices: ``source`` and ``cue`` as ``first:end``, ``content`` as a set.  ``source`` is None where no one is named
    (a passive).  ``weak`` cues (plans, nouns) give way to others over the same figure."""

    content: frozenset[int]
    source: tuple[int, int] | None
    cue: tuple[int, int]
    route: str
    weak: bool = False


def lemma(token: Token) -> str:
    """The lemma in lower case, mended where the model errs on a cue."""
    return cues().forms.get(token.lower_) or str(token.lemma_).lower()


def bounds(token: Token) -> tuple[int, int]:
    """Token range of the sentence; the model's break counts only behind a mark that ends one ("a.m. UTC" does not)."""
    doc = token.doc
    start, end = token.sent.start, token.sent.end
    while start and doc[start - 1].text not in _FINAL:
        start = doc[start - 1].sent.start
    while end < len(doc) and doc[end - 1].text not in _FINAL:
        end = doc[end].sent.end
    return start, end


def subtree(token: Token) -> set[int]:
    """The tokens that hang on this one, and itself."""
    return {t.i for t in token.subtree}


def object_of(token: Token) -> Token | None:
    """Head of the noun phrase behind the last word of a phrase."""
    for child in token.children:
        if child.dep_ in ("pobj", "dobj") and child.i > token.i:
            return child
    after = token.i + 1
    if after < len(token.doc) and token.doc[after].pos_ in ("NOUN", "PROPN", "DET", "PRON", "ADJ"):
        chunk = token.doc[after]
        while chunk.head.i > chunk.i and chunk.dep_ in ("det", "compound", "amod", "poss", "nummod"):
            chunk = chunk.head
        return chunk
    return None
