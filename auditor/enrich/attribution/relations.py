"""Cue, source and content in one parsed passage: who says what of it.

Every rule ("route") yields relations; which of them answers for a figure is decided by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.enrich.attribution.cues import cues
from auditor.enrich.attribution.sources import is_passive, source_tokens, subject, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBAL = ("VERB", "AUX")
_SPEAKING = {"say", "think"}
_FINITE = ("VBD", "VBZ", "VBP", "MD")


@dataclass(frozen=True, slots=True)
class Relation:
    """Token indices: ``source`` and ``cue`` as ``first:end``, ``content`` as a set.  ``source`` is None where no one is named
    (a passive).  ``weak`` cues (plans, nouns) give way to others over the same figure."""

    content: frozenset[int]
    source: tuple[int, int] | None
    cue: tuple[int, int]
    route: str
    weak: bool = False


def relations(doc: Doc, headline: bool = False) -> tuple[Relation, ...]:
    """Every attribution relation of a passage."""
    return tuple(_all(doc, headline))


def speakers(doc: Doc) -> tuple[Relation, ...]:
    """Who speaks in the passage, by which verb or phrase, whatever its content."""
    found = []
    for token in doc:
        if token.pos_ == "VERB" and cues().verbs.get(token.lemma_.lower(), frozenset()) & _SPEAKING:
            head = subject(token)
            if head is not None and head.i != token.i:
                found.append(Relation(frozenset(), source_tokens(head), (token.i, token.i + 1), "speaker"))
    found += [relation for relation in (*_phrases(doc), *_tail(doc), *_mistagged(doc)) if relation.source]
    return tuple(sorted(found, key=lambda relation: relation.cue))


def _all(doc: Doc, headline: bool) -> Iterator[Relation]:
    yield from _phrases(doc)
    for token in doc:
        if token.pos_ in _VERBAL or (token.lower_ in cues().mistagged and token.pos_ == "VERB"):
            yield from _verb(token)
        elif token.pos_ == "NOUN" and token.lemma_ in cues().content:
            yield from _noun(token)
    yield from _located(doc)
    yield from _tail(doc)
    yield from _mistagged(doc)
    if headline:
        yield from _headline(doc)


# --- verbs


def _verb(verb: Token) -> Iterator[Relation]:
    classes = cues().verbs.get(verb.lemma_.lower())
    if classes is None:
        return
    speaker = subject(verb)
    source = source_tokens(speaker) if speaker is not None else None
    cue = (verb.i, verb.i + 1)
    weak = classes <= {"plan"}
    as_clause = _as_clause(verb)
    if as_clause is not None:
        if source is not None and speaker is not None and speaker.lower_ not in ("we", "i"):
            yield Relation(as_clause, source, cue, "as_said")
        return
    document = speaker is not None and speaker.lemma_.lower() in cues().document
    for content, route in _contents(verb, classes, document):
        tokens = content - _indices(verb)
        if tokens:
            yield Relation(frozenset(tokens), source, cue, route if source else "passive", weak)


def _indices(verb: Token) -> set[int]:
    return {verb.i}


def _contents(verb: Token, classes: frozenset[str], document: bool) -> Iterator[tuple[set[int], str]]:
    lemma = verb.lemma_.lower()
    clausal = bool(classes & {"say", "count", "show", "think"})
    for child in verb.children:
        if child.dep_ in ("ccomp", "parataxis") and clausal:
            yield _subtree(child), "clause"
        elif child.dep_ == "xcomp" and classes & {"say", "count", "think", "plan"}:
            yield _subtree(child), "infinitive"
        elif child.dep_ in ("dobj", "attr", "oprd") and lemma in cues().object and not _particle(verb):
            yield _subtree(child), "object"
        elif child.dep_ == "prep" and child.lower_ in cues().prepositions.get(lemma, ()):
            yield _subtree(child), "preposition"
    if clausal and verb.dep_ == "parataxis":
        yield _subtree(verb.head) - _subtree(verb), "parenthesis"
    if document and classes & {"say", "show", "count"}:
        speaker = subject(verb)
        own = _subtree(speaker) if speaker is not None else set()
        yield _subtree(verb) - own, "document"


def _particle(verb: Token) -> bool:
    return any(child.dep_ == "prt" for child in verb.children)


def _as_clause(verb: Token) -> frozenset[int] | None:
    """``as X said``: what it comments on."""
    marked = any(child.lower_ == "as" and child.i < verb.i and child.dep_ in ("mark", "advmod") for child in verb.children)
    if verb.dep_ != "advcl" or not marked or "say" not in cues().verbs.get(verb.lemma_.lower(), ()):
        return None
    return frozenset(_subtree(verb.head) - _subtree(verb))


def _subtree(token: Token) -> set[int]:
    return {t.i for t in token.subtree}


# --- phrases


def _phrases(doc: Doc) -> Iterator[Relation]:
    lower = [token.lower_ for token in doc]
    for phrase in cues().before_source:
        for at in _occurrences(lower, phrase):
            head = _object_of(doc[at + len(phrase) - 1])
            if head is None:
                continue
            first, end = source_tokens(head)
            end = _cut_at_comma(doc, first, end)
            sentence = doc[at].sent
            content = {t.i for t in sentence} - set(range(at, max(head.right_edge.i + 1, end)))
            content |= _after_source(head, end)
            yield Relation(frozenset(content - set(range(at, end))), trimmed(doc, first, end), (at, at + len(phrase)), "according_to")


def _occurrences(lower: list[str], phrase: tuple[str, ...]) -> Iterator[int]:
    at = -1
    while True:
        try:
            at = lower.index(phrase[0], at + 1)
        except ValueError:
            return
        if tuple(lower[at : at + len(phrase)]) == phrase:
            yield at


def _object_of(token: Token) -> Token | None:
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


def _after_source(head: Token, end: int) -> set[int]:
    return {t.i for t in head.subtree if t.i >= end}


def _cut_at_comma(doc: Doc, first: int, end: int) -> int:
    """``according to X, the ...``: what follows the comma is no part of the name."""
    for at in range(first + 1, end - 1):
        if doc[at].text == "," and doc[at + 1].lower_ in ("the", "a", "an", "with", "which", "who", "and", "but", "while"):
            return at
    return end


# --- nouns


def _noun(noun: Token) -> Iterator[Relation]:
    """``the agency's estimate of``, ``an estimate by the agency``."""
    possessor = next((c for c in noun.children if c.dep_ == "poss" and c.lower_ not in ("its", "their", "his", "her", "our", "my")), None)
    if possessor is None:
        by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from")), None)
        possessor = _object_of(by) if by is not None else None
    if possessor is None:
        return
    source = _possessor_tokens(possessor)
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp", "relcl") or (child.dep_ == "prep" and child.lower_ in ("of", "for", "that")):
            yield Relation(frozenset(_subtree(child)), source, (noun.i, noun.i + 1), "noun", weak=True)


def _possessor_tokens(possessor: Token) -> tuple[int, int]:
    first, end = source_tokens(possessor)
    while end - 1 > first and possessor.doc[end - 1].tag_ == "POS":
        end -= 1
    return first, end


def _located(doc: Doc) -> Iterator[Relation]:
    """``In a ... poll released Monday, ...`` at the head of a sentence."""
    for sentence in doc.sents:
        first = sentence[0]
        if first.lower_ not in ("in", "per") or first.dep_ != "prep":
            continue
        head = _object_of(first)
        if head is not None and head.lemma_.lower() in cues().located and head.i - first.i > 1:
            inside = set(range(first.i, head.right_edge.i + 1))
            content = frozenset({t.i for t in sentence} - inside)
            yield Relation(content, source_tokens(head), (first.i, first.i + 1), "located")


# --- where the parse breaks


def _tail(doc: Doc) -> Iterator[Relation]:
    """``..., the poll found.``: a reporting verb with nothing but time and place behind it, up to the sentence's end."""
    for sentence in doc.sents:
        verb = _closing_verb(sentence)
        if verb is None:
            continue
        before = _phrase_before(doc, verb, sentence.start)
        if before is None or not any(t.tag_ in _FINITE for t in doc[sentence.start : before[0]]):
            continue
        yield Relation(frozenset(range(sentence.start, before[0])), trimmed(doc, *before), (verb.i, verb.i + 1), "tail")


def _closing_verb(sentence: Iterable[Token]) -> Token | None:
    for token in reversed(list(sentence)):
        if token.lemma_.lower() in cues().tail and token.pos_ in ("VERB", "NOUN") and token.tag_ in ("VBD", "VBZ", "VBP", "NNS", "NN", "VBN"):
            return token if token.i > 0 else None
        if token.pos_ in ("VERB", "AUX") and token.tag_ in _FINITE:
            return None
        if not (token.is_punct or token.is_space or token.pos_ in ("ADV", "ADP", "DET", "NOUN", "PROPN", "NUM", "ADJ", "PRON", "PART", "SYM", "X")):
            return None
    return None


def _phrase_before(doc: Doc, verb: Token, start: int) -> tuple[int, int] | None:
    """The noun phrase that ends right before the verb, by the parse or scanned back to a determiner."""
    speaker = subject(verb) if verb.pos_ == "VERB" else None
    if speaker is not None and speaker.i < verb.i:
        return source_tokens(speaker)
    if is_passive(verb):
        return None
    at = verb.i
    while at - 1 >= start and (doc[at - 1].pos_ in ("NOUN", "PROPN", "ADJ", "PART", "NUM", "PRON") or doc[at - 1].lower_ in ("of", "for", "the", "a", "an")):
        at -= 1
        if doc[at].pos_ in ("DET", "PRON"):
            break
    if at == verb.i or not any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in doc[at : verb.i]):
        return None
    return at, verb.i


def _mistagged(doc: Doc) -> Iterator[Relation]:
    """``Smith claims he's ...`` read as a noun: the rest of the sentence is its content."""
    for token in doc[1:-1] if len(doc) > 2 else ():
        if token.lower_ not in cues().mistagged or token.pos_ != "NOUN":
            continue
        before, after = doc[token.i - 1], doc[token.i + 1]
        if before.pos_ not in ("PROPN", "PRON", "NOUN") or before.dep_ == "poss":
            continue
        if after.lower_ != "that" and after.pos_ not in ("PRON", "DET", "NUM", "PROPN"):
            continue
        sentence = token.sent
        at = token.i
        while at - 1 >= sentence.start and doc[at - 1].pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "PART"):
            at -= 1
        yield Relation(frozenset(range(token.i + 1, sentence.end)), trimmed(doc, at, token.i), (token.i, token.i + 1), "mistagged")


def _headline(doc: Doc) -> Iterator[Relation]:
    """``Police: three dead``."""
    colon = next((t.i for t in doc[:7] if t.text == ":"), None)
    if not colon or colon + 2 >= len(doc):
        return
    words = [t.lower_ for t in doc[:colon]]
    if words[0] in cues().no_headline_source or any(t.pos_ in _VERBAL for t in doc[:colon]):
        return
    if any(t.pos_ in ("NOUN", "PROPN") for t in doc[:colon]):
        yield Relation(frozenset(range(colon + 1, len(doc))), trimmed(doc, 0, colon), (colon, colon + 1), "headline")
