"""Phrases as cues, without a verb: ``according to``, ``per the customs office``, ``In a poll released Monday``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.enrich.attribution.cues import cues
from auditor.enrich.attribution.relations.relation import Relation, bounds, lemma, object_of
from auditor.enrich.attribution.sources import source_tokens, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def according_to(doc: Doc) -> Iterator[Relation]:
    """``according to X, ...``: the rest of the sentence is the content."""
    lower = [token.lower_ for token in doc]
    for phrase in cues().before_source:
        for at in _occurrences(lower, phrase):
            head = object_of(doc[at + len(phrase) - 1])
            if head is None:
                continue
            first, end = source_tokens(head)
            if phrase[0] == "," and not _names_someone(head, doc[first]):
                continue
            end = _cut_at_comma(doc, first, end)
            content = set(range(*bounds(doc[at]))) - set(range(at, max(head.right_edge.i + 1, end)))
            content |= {t.i for t in head.subtree if t.i >= end}
            content -= set(range(at, end))
            yield Relation(
                frozenset(content),
                trimmed(doc, first, end),
                (at, at + len(phrase)),
                "according_to",
                weak=phrase[0] in cues().passing_on,
            )


def _names_someone(head: Token, first: Token) -> bool:
    """``, per the customs office``, ``, per census data``; "per boat" is a rate."""
    return first.pos_ in ("DET", "PROPN") or lemma(head) in cues().document


def _occurrences(lower: list[str], phrase: tuple[str, ...]) -> Iterator[int]:
    at = -1
    while True:
        try:
            at = lower.index(phrase[0], at + 1)
        except ValueError:
            return
        if tuple(lower[at : at + len(phrase)]) == phrase:
            yield at


def _cut_at_comma(doc: Doc, first: int, end: int) -> int:
    """``according to X, the ...``: what follows the comma is no part of the name."""
    for at in range(first + 1, end - 1):
        if doc[at].text == "," and doc[at + 1].lower_ in cues().behind_source:
            return at
    return end


def located(doc: Doc) -> Iterator[Relation]:
    """``In a ... poll released Monday, ...`` at the head of a sentence."""
    for sentence in doc.sents:
        first = sentence[0]
        if first.i != bounds(first)[0]:
            continue
        if first.lower_ not in ("in", "per") or first.dep_ != "prep":
            continue
        head = object_of(first)
        if head is not None and head.lemma_.lower() in cues().located and head.i - first.i > 1:
            inside = set(range(first.i, head.right_edge.i + 1))
            content = frozenset(set(range(*bounds(first))) - inside)
            yield Relation(content, source_tokens(head), (first.i, first.i + 1), "located", weak=True)
