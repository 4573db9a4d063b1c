"""Adjectives and nouns as cues: ``is confident that``, ``voiced fears that``, ``the agency's estimate of``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.enrich.attribution.relations.relation import OURSELVES, VERBAL, Relation, object_of, subtree
from auditor.enrich.attribution.sources import source_tokens, subject

if TYPE_CHECKING:
    from spacy.tokens import Token


def of_adjective(adjective: Token) -> Iterator[Relation]:
    """``is confident that ...``"""
    speaker = subject(adjective.head) if adjective.dep_ in ("acomp", "oprd") and adjective.head.pos_ in VERBAL else None
    if speaker is None or speaker.lower_ in (*OURSELVES, "it"):
        return
    for child in adjective.children:
        if child.dep_ == "ccomp":
            yield Relation(
                frozenset(subtree(child)), source_tokens(speaker), (adjective.i, adjective.i + 1), "adjective", weak=True
            )


def of_clausal_noun(noun: Token) -> Iterator[Relation]:
    """``voiced fears that ...``, ``raised concern about ...``: the clause belongs to whoever voices it."""
    clauses = [
        c
        for c in noun.children
        if (c.dep_ in ("acl", "ccomp") and any(w.lower_ == "that" for w in c.children)) or c.lower_ in ("about", "over")
    ]
    if not clauses:
        return
    possessor = next((c for c in noun.children if c.dep_ == "poss"), None)
    verb = _voicing(noun)
    voice = possessor or (subject(verb) if verb is not None and verb.pos_ in VERBAL else None)
    if voice is None:
        return
    source = _possessor_tokens(voice)
    for clause in clauses:
        yield Relation(frozenset(subtree(clause)), source, (noun.i, noun.i + 1), "noun_clause", weak=True)


def _voicing(noun: Token) -> Token | None:
    """``voiced fears``, ``reacted with fears``, ``said in a statement``: the verb by which a noun is voiced."""
    if noun.dep_ in ("dobj", "attr", "oprd"):
        return noun.head
    return noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in ("with", "in") else None


def of_noun(noun: Token) -> Iterator[Relation]:
    """``the agency's estimate of``, ``an estimate by the agency``."""
    possessor = next((c for c in noun.children if c.dep_ == "poss" and c.tag_ != "PRP$"), None)
    if possessor is None:
        by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from")), None)
        possessor = object_of(by) if by is not None else None
    if possessor is None:
        return
    source = _possessor_tokens(possessor)
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for"):
            yield Relation(frozenset(subtree(child)), source, (noun.i, noun.i + 1), "noun", weak=True)


def _possessor_tokens(possessor: Token) -> tuple[int, int]:
    first, end = source_tokens(possessor)
    while end - 1 > first and possessor.doc[end - 1].tag_ == "POS":
        end -= 1
    return first, end
