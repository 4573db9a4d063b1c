"""Sources that a headline sets apart: ``Police: three dead``, ``Three dead: police``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.enrich.attribution.cues import cues
from auditor.enrich.attribution.relations.relation import VERBAL, Relation
from auditor.enrich.attribution.sources import trimmed

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST_CLOSING = 4  # tokens of a source that closes a headline


def of_headline(doc: Doc) -> Iterator[Relation]:
    """``Police: three dead``, ``Three dead: police``."""
    yield from _closing_headline(doc)
    colon = next((t.i for t in doc[:7] if t.text == ":"), None)
    if not colon or colon + 2 >= len(doc):
        return
    words = [t.lower_ for t in doc[:colon]]
    if words[0] in cues().no_headline_source or words[-1] in cues().topics or any(t.pos_ in VERBAL for t in doc[:colon]):
        return
    if any(t.pos_ in ("NOUN", "PROPN") for t in doc[:colon]):
        yield Relation(frozenset(range(colon + 1, len(doc))), trimmed(doc, 0, colon), (colon, colon + 1), "headline")


def _closing_headline(doc: Doc) -> Iterator[Relation]:
    """A name behind a colon ("... Aceh: USGS"), or a word for a source behind another mark or by its capital ("... in market town
    Monitor")."""
    last = len(doc) - 1
    colon = next((t.i for t in doc[max(1, last - _LONGEST_CLOSING) :] if t.text == ":"), None)
    if colon and colon < last and doc[last].lower_ not in cues().no_headline_source and _is_name(doc, colon + 1):
        yield Relation(frozenset(range(colon)), (colon + 1, last + 1), (colon, colon + 1), "headline")
        return
    if last < 3 or doc[last].lower_ not in cues().closing_headline:
        return
    at = last
    while at > last - 3 and doc[at - 1].pos_ in ("PROPN", "ADJ", "NOUN") and doc[at - 1].is_title:
        at -= 1
    marked = doc[at - 1].text in (":", "-", "–", "—")
    if marked or (doc[at].is_title and doc[at - 1].is_lower and doc[at - 1].pos_ == "NOUN"):
        yield Relation(frozenset(range(at)), (at, last + 1), (at, last + 1), "headline")
    elif at < last and doc[last].is_title and doc[at - 1].lower_ == "in":  # "... in Harwich Monitor"
        yield Relation(frozenset(range(last)), (last, last + 1), (last, last + 1), "headline")


def _is_name(doc: Doc, first: int) -> bool:
    """Whether the headline's rest is nothing but names or one word for a source."""
    rest = doc[first:]
    named = all(t.pos_ == "PROPN" or (t.is_upper and len(t) > 1) for t in rest)
    return (named or rest[-1].lower_ in cues().closing_headline) and not any(t.like_num for t in rest)
