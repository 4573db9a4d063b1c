"""The cue lexicon as frozen look-ups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from auditor import lexicon


@dataclass(frozen=True, slots=True)
class Cues:
    """``verbs`` maps a lemma to its classes (say, count, show, think, plan, hold), ``forms`` a word to the lemma that the model
    misses; the rest are sets of lemmas or of lower-case words."""

    verbs: dict[str, frozenset[str]]
    object: frozenset[str]
    whole: frozenset[str]
    loose: frozenset[str]
    naming: frozenset[str]
    revising: frozenset[str]
    revised: frozenset[str]
    events: frozenset[str]
    tail: frozenset[str]
    mistagged: frozenset[str]
    adjectives: frozenset[str]
    prepositions: dict[str, frozenset[str]]
    document: frozenset[str]
    cited: frozenset[str]
    content: frozenset[str]
    clausal: frozenset[str]
    sayable: frozenset[str]
    located: frozenset[str]
    before_source: tuple[tuple[str, ...], ...]
    passing_on: frozenset[str]
    behind_source: frozenset[str]
    vague_heads: frozenset[str]
    vague_adverbs: frozenset[str]
    vague_adjectives: frozenset[str]
    vague_quantifiers: frozenset[str]
    forms: dict[str, str]
    after_cue: frozenset[str]
    no_headline_source: frozenset[str]
    topics: frozenset[str]
    closing_headline: frozenset[str]


@dataclass(frozen=True, slots=True)
class SourceWords:
    """Words that say what kind of source a noun phrase names."""

    anonymous: frozenset[str]
    outlet_words: frozenset[str]
    outlet_endings: frozenset[str]
    outlets: frozenset[str]
    days: frozenset[str]
    pronouns: frozenset[str]


@cache
def cues() -> Cues:
    words = lexicon.load("cues")
    classes: dict[str, set[str]] = {}
    for name in ("say", "count", "show", "think", "plan", "hold"):
        for lemma in words["verbs"][name]:
            classes.setdefault(lemma, set()).add(name)
    return Cues(
        verbs={lemma: frozenset(names) for lemma, names in classes.items()},
        object=frozenset(words["verbs"]["object"]),
        whole=frozenset(words["verbs"]["whole"]),
        loose=frozenset(words["verbs"]["loose"]),
        naming=frozenset(words["verbs"]["naming"]),
        revising=frozenset(words["revising"]["verb"]),
        revised=frozenset(words["revising"]["object"]),
        events=frozenset(words["revising"]["event"]),
        tail=frozenset(words["verbs"]["tail"]),
        mistagged=frozenset(words["verbs"]["mistagged"]),
        adjectives=frozenset(words["adjectives"]["content"]),
        prepositions={verb: frozenset(allowed) for verb, allowed in words["prepositions"].items()},
        document=frozenset(words["nouns"]["document"]),
        cited=frozenset(words["nouns"]["cited"]),
        content=frozenset(words["nouns"]["content"]),
        clausal=frozenset(words["nouns"]["clausal"]),
        sayable=frozenset(words["nouns"]["sayable"]),
        located=frozenset(words["nouns"]["located"]),
        before_source=tuple(tuple(phrase) for phrase in words["phrases"]["before_source"]),
        passing_on=frozenset(words["phrases"]["passing_on"]),
        behind_source=frozenset(words["phrases"]["behind_source"]),
        vague_heads=frozenset(words["vague"]["head"]),
        vague_adverbs=frozenset(words["vague"]["adverb"]),
        vague_adjectives=frozenset(words["vague"]["adjective"]),
        vague_quantifiers=frozenset(words["vague"]["quantifier"]),
        forms=dict(words["forms"]),
        after_cue=frozenset(words["times"]["after_cue"]),
        no_headline_source=frozenset(words["headline"]["no_source"]),
        topics=frozenset(words["headline"]["topic"]),
        closing_headline=frozenset(words["headline"]["closing"]),
    )


@cache
def source_words() -> SourceWords:
    return SourceWords(**{name: frozenset(values) for name, values in lexicon.load("sources").items()})
