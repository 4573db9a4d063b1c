"""What people were killed, hurt or driven out by: the cause beside the verb of a figure, else the only one of its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from auditor import lexicon
from auditor.enrich.frame.site import Site
from auditor.enrich.phrases import longest, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLIMB = 5  # edges from a figure up to the verb whose cause is its own
_LONGEST = 10  # tokens of a noun phrase that are looked at
_MOST_WORDS = 3  # of a phrase for a cause
_BY = ("by", "in", "from", "during", "with", "of", "as")
_CLAUSES = ("acl", "relcl", "conj")


@cache
def _classes() -> dict[tuple[str, ...], str]:
    return {words_of(phrase): name for name, phrases in lexicon.load("causes").items() for phrase in phrases}


def causes(words: Sequence[str]) -> list[str]:
    """Classes of causes that lower-cased words name, in order."""
    return [name for _, _, name in longest(words, _classes(), _MOST_WORDS)]


def cause_of(site: Site) -> str | None:
    """The class of the cause that the figure's own verb names as subject, agent or circumstance."""
    for verb in _verbs(site):
        for phrase in _phrases(verb, site):
            named = causes(phrase)
            if named:
                return named[-1]  # "rebel rocket fire": the head of the phrase stands last
    return None


def only_cause(doc: Doc) -> str | None:
    """The cause that a sentence names, where it names one alone."""
    named = set(causes([token.lower_ for token in doc]))
    return named.pop() if len(named) == 1 else None


def _verbs(site: Site) -> Iterator[Token]:
    token = site.anchor
    yield from (child for child in token.children if child.dep_ in _CLAUSES and child.pos_ == "VERB")
    for _ in range(_CLIMB):
        if token.head.i == token.i:
            return
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            yield token


def _phrases(verb: Token, site: Site) -> Iterator[list[str]]:
    for child in verb.children:
        if child.dep_ == "nsubj" and not child.left_edge.i <= site.first <= child.right_edge.i:
            yield _of(site.doc, child.left_edge.i, child.i)
        elif child.dep_ in ("agent", "prep") and child.lower_ in _BY:
            yield _of(site.doc, child.i, min(child.right_edge.i, child.i + _LONGEST))


def _of(doc: Doc, first: int, last: int) -> list[str]:
    return [token.lower_ for token in doc[max(first, last - _LONGEST) : last + 1]]
