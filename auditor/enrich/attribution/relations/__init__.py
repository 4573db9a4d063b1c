"""Cue, source and content in one parsed passage: who says what of it.  One file a kind of cue.

Every rule ("route") yields relations; which of them answers for a figure is decided by the caller.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.enrich.attribution.cues import cues
from auditor.enrich.attribution.relations.broken import broken, mistagged
from auditor.enrich.attribution.relations.headlines import of_headline
from auditor.enrich.attribution.relations.nouns import of_adjective, of_clausal_noun, of_noun
from auditor.enrich.attribution.relations.phrases import according_to, located
from auditor.enrich.attribution.relations.relation import VERBAL, Relation, lemma, subtree
from auditor.enrich.attribution.relations.speaking import speakers, teller
from auditor.enrich.attribution.relations.verbs import of_verb
from auditor.enrich.attribution.sources import source_tokens, subject

if TYPE_CHECKING:
    from spacy.tokens import Doc


def relations(doc: Doc, headline: bool = False) -> tuple[Relation, ...]:
    """Every attribution relation of a passage."""
    return tuple(_all(doc, headline))


def _all(doc: Doc, headline: bool) -> Iterator[Relation]:
    yield from according_to(doc)
    for token in doc:
        if token.pos_ in VERBAL or (token.lower_ in cues().mistagged and token.pos_ == "VERB"):
            yield from of_verb(token)
        elif token.pos_ == "ADJ" and lemma(token) in cues().adjectives:
            yield from of_adjective(token)
        elif token.pos_ == "NOUN":
            if lemma(token) in cues().clausal:
                yield from of_clausal_noun(token)
            if lemma(token) in cues().content:
                yield from of_noun(token)
    yield from located(doc)
    yield from broken(doc)
    yield from mistagged(doc)
    if headline:
        yield from of_headline(doc)


def links(doc: Doc, relation: Relation) -> tuple[tuple[int, int], ...]:
    """Further links of a relation's chain: whom its source cites, and to whom it spoke ("told Reuters")."""
    found = []
    for verb in doc:
        if lemma(verb) in ("cite", "quote") and verb.pos_ == "VERB":
            speaker = subject(verb)
            if speaker is not None and relation.source and relation.source[0] <= speaker.i < relation.source[1]:
                found += [source_tokens(c) for c in verb.children if c.dep_ == "dobj"]
    cue = doc[relation.cue[0]]
    if lemma(cue) == "tell":
        found += [source_tokens(c) for c in cue.children if c.dep_ in ("dobj", "dative") and c.i > cue.i and c.pos_ == "PROPN"]
    return tuple(found)


def vague_adverb(doc: Doc, token: int) -> int | None:
    """The hedge that names no one ("reportedly") and holds the token in its scope."""
    for adverb in doc:
        if adverb.lower_ in cues().vague_adverbs and (adverb.i + 1 == token or token in subtree(adverb.head)):
            return int(adverb.i)
    return None


__all__ = ["Relation", "links", "relations", "speakers", "teller", "vague_adverb"]
