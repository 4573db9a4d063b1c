"""Verbs as cues: ``says that``, ``puts the number at``, ``lists``, ``as X said``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.enrich.attribution.cues import cues
from auditor.enrich.attribution.relations.relation import OURSELVES, VERBAL, Relation, lemma, subtree
from auditor.enrich.attribution.sources import is_passive, source_tokens, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

_VOICING = {"say", "count", "show"}


def of_verb(verb: Token) -> Iterator[Relation]:
    """What the verb's subject says by it: clauses, objects and phrases that hang on it, or all of its clause."""
    classes = cues().verbs.get(lemma(verb))
    if classes is None and lemma(verb) in cues().prepositions.keys() | cues().revising | cues().naming:
        classes = frozenset({"other"})
    if classes is None:
        return
    speaker = subject(verb)
    source = source_tokens(speaker) if speaker is not None and speaker.lower_ not in OURSELVES else None
    cue = (verb.i, verb.i + 1)
    weak = classes <= {"plan"}
    as_clause = _as_clause(verb)
    if as_clause is not None:
        if source is not None:
            yield Relation(as_clause, source, cue, "as_said")
        return
    document = speaker is not None and _is_document(speaker, verb)
    for content, route in _contents(verb, classes, document):
        tokens = content - {verb.i}
        if tokens and (source or is_passive(verb)):
            yield Relation(frozenset(tokens), source, cue, route if source else "passive", weak)


def _contents(verb: Token, classes: frozenset[str], document: bool) -> Iterator[tuple[set[int], str]]:
    word = lemma(verb)
    clausal = bool(classes & {"say", "count", "show", "think"})
    for child in verb.children:
        if child.dep_ in ("ccomp", "parataxis") and clausal and not _set_apart(child, verb):
            yield subtree(child) - _other_voices(child), "clause"
        elif (child.dep_ == "xcomp" and classes & {"say", "count", "think", "plan"}) or (
            child.dep_ == "ccomp" and "plan" in classes
        ):
            yield subtree(child) | _raised(verb), "infinitive"
        elif child.dep_ in ("dobj", "attr", "oprd") and word in cues().object and not _particle(verb) and not _of_thing(verb):
            yield subtree(child), "object"
    for preposition in _prepositions(verb):
        if preposition.lower_ in cues().prepositions.get(word, ()):
            yield subtree(preposition), "preposition"
    if clausal and verb.dep_ == "parataxis":
        yield subtree(verb.head) - subtree(verb), "parenthesis"
    holding = document and (classes & {"say", "show", "count"} or _has_subject(verb))
    if holding or word in cues().whole or _revises(verb) or _names(verb):
        yield _behind_subject(verb), "document" if document else "count"


def _raised(verb: Token) -> set[int]:
    """``some 40 are said to have left``: the subject, which belongs to what is said."""
    raised = [c for c in verb.children if c.dep_ == "nsubjpass"] if "say" in cues().verbs.get(lemma(verb), ()) else []
    return set().union(*map(subtree, raised))


def _revises(verb: Token) -> bool:
    """``the agency raised the death toll to 61``; an attack raises it, too, but reports nothing."""
    if lemma(verb) not in cues().revising or is_passive(verb):
        return False
    speaker = subject(verb)
    what = [lemma(child) for child in verb.children if child.dep_ == "dobj"]
    return speaker is not None and lemma(speaker) not in cues().events and any(w in cues().revised for w in what)


def _names(verb: Token) -> bool:
    """``called the 12-nation pact a mistake``."""
    return lemma(verb) in cues().naming and any(child.dep_ in ("oprd", "ccomp") for child in verb.children)


def _behind_subject(verb: Token) -> set[int]:
    """The verb's clause without its subject and without clauses joined to it."""
    apart = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") or (c.dep_ == "conj" and c.pos_ in VERBAL)]
    return subtree(verb).difference(_other_voices(verb), *map(subtree, apart))


def _other_voices(verb: Token) -> set[int]:
    """``says it is 4 and the mayor puts it at 5``, ``lists 4, while the mayor lists 5``: clauses beside the verb's that have a
    source and a cue of their own."""
    beside = [c for c in verb.children if c.dep_ == "conj" or (c.dep_ == "advcl" and _contrasted(c))]
    return set().union(*(subtree(c) for c in beside if _has_subject(c) and _voices(c)))


def _voices(verb: Token) -> bool:
    """Whether the verb gives content of its own; "has" only in "has it at 4"."""
    placed = any(p.lower_ in cues().prepositions.get(lemma(verb), ()) for p in _prepositions(verb))
    return placed or bool(cues().verbs.get(lemma(verb), frozenset()) & _VOICING)


def _contrasted(clause: Token) -> bool:
    return any(c.lower_ in ("while", "whereas") and c.i < clause.i for c in clause.children)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP") for c in verb.children)


def _is_document(speaker: Token, verb: Token) -> bool:
    return lemma(speaker) in cues().document or (speaker.lower_ == "it" and lemma(verb) == "show")


def _set_apart(clause: Token, verb: Token) -> bool:
    """Whether a semicolon or colon ends the clause before the sentence of the verb begins: then it is the reporter's."""
    return clause.i < verb.i and any(t.text in (";", ":") for t in verb.doc[clause.right_edge.i : verb.i])


def _prepositions(verb: Token) -> list[Token]:
    """Prepositions of the verb, and those that the parse hangs on its object ("puts the number lost at ..."), or on a participle
    behind it that was taken for a verb ("identified the body found there as ...")."""
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    cut = [c for c in verb.children if objects and c.dep_ == "advcl" and c.tag_ in ("VBD", "VBN") and not _has_subject(c)]
    inside = [t for o in (*objects, *cut) for t in o.subtree if t.dep_ == "prep" and t.i > o.i]
    return [child for child in verb.children if child.dep_ == "prep"] + inside


def _of_thing(verb: Token) -> bool:
    """``the fleet, which counts 40 boats``: a thing has its number, it does not report it."""
    relative = any(child.dep_ == "nsubj" and child.tag_ == "WDT" for child in verb.children)
    return verb.dep_ == "relcl" and relative and lemma(verb.head) not in cues().document


def _particle(verb: Token) -> bool:
    return any(child.dep_ == "prt" for child in verb.children)


def _as_clause(verb: Token) -> frozenset[int] | None:
    """``as X said``: what it comments on."""
    marked = any(child.lower_ == "as" and child.i < verb.i and child.dep_ in ("mark", "advmod") for child in verb.children)
    if verb.dep_ != "advcl" or not marked or "say" not in cues().verbs.get(lemma(verb), ()):
        return None
    return frozenset(subtree(verb.head) - subtree(verb))
