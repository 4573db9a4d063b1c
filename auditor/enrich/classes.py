"""Look-ups of the lexicon: which class of event a word tells, which class of thing a noun counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from auditor import lexicon


@dataclass(frozen=True, slots=True)
class Classes:
    """Look-ups by lemma.

    ``events`` and ``nouns`` give a class, ``properties`` the properties of a measure, each with the dimensions that it may have
    (none: any), ``property_phrases`` tell one in several words, ``changes`` are those that say how something changed, not what;
    ``verbs`` tell an event as verbs alone, ``nominal`` are nouns that tell it as a head ("12 cases"), ``happenings`` are classes
    of events that are counted themselves, ``phrases`` tell an event in several words; ``agents`` are endings of nouns for
    persons, ``cues`` the word lists of ``frame.toml``.
    """

    events: Mapping[str, str]
    nouns: Mapping[str, str]
    of_persons: frozenset[str]
    person_classes: frozenset[str]
    cues: Mapping[str, frozenset[str]]
    properties: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
    verbs: frozenset[str]
    nominal: frozenset[str]
    happenings: frozenset[str]
    of_soldiers: frozenset[str]
    phrases: Mapping[str, tuple[str, ...]]
    agents: tuple[str, ...]

    changes: frozenset[str]
    property_phrases: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]

    def property(self, word: str, dimension: str | None) -> str | None:
        """The property that a word tells of an amount of a dimension ("currency rate" is currency)."""
        return _fitting(self.properties.get(word, ()), dimension)

    def property_in(self, text: str, dimension: str | None) -> str | None:
        """The property that a phrase of ``text`` tells of an amount of a dimension."""
        told = (_fitting(of, dimension) for phrase, of in self.property_phrases.items() if has(text, phrase))
        return next(filter(None, told), None)


def has(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a text as whole words."""
    at = text.find(phrase)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(phrase) : at + len(phrase) + 1]
        if not (before.isalnum() or after.isalnum()):
            return True
        at = text.find(phrase, at + 1)
    return False


_BEHIND_CUE = 6  # words from a cue of comparison to the figure behind it


def compared_by(between: str) -> str | None:
    """How the words between two figures hold the second against the first: as ``former`` ("5 percent, down from 7"), as
    ``compared`` ("5 percent, against 7"), or not at all."""
    near = " ".join(between.lower().split()[-_BEHIND_CUE:])
    return next((kind for kind in ("former", "compared") if any(has(near, cue) for cue in classes().cues[kind])), None)


def _fitting(properties: tuple[tuple[str, frozenset[str]], ...], dimension: str | None) -> str | None:
    """The first property that an amount of the dimension, or a rate of such amounts, may have."""
    of = (dimension or "").replace("flow rate", "volume rate").split(" ")[0]
    return next((name for name, dimensions in properties if not dimensions or of in dimensions), None)


@cache
def classes() -> Classes:
    """The English lexicon, loaded once."""
    events, nouns, cues, relations = (lexicon.load(name) for name in ("events", "nouns", "frame", "relations"))
    properties = lexicon.load("properties")
    persons = {name for name, entry in nouns.items() if name == "person" or entry.get("parent") == "person"}
    return Classes(
        events=_index(events),
        nouns=_index(nouns),
        of_persons=frozenset(name for name, entry in events.items() if entry.get("persons")),
        person_classes=frozenset(persons),
        cues={name: frozenset(words) for name, words in cues.items()},
        properties=_properties(properties, "words"),
        property_phrases=_properties(properties, "phrases"),
        verbs=frozenset(word for entry in events.values() for word in entry.get("verbs", ())),
        nominal=frozenset(word for entry in events.values() for word in entry.get("nominal", ())),
        happenings=frozenset(name for name, entry in events.items() if entry.get("happening")),
        of_soldiers=frozenset(relations["soldiers"]),
        phrases={event: tuple(words) for event, words in relations["phrases"].items()},
        agents=tuple(cues["agents"]),
        changes=frozenset(name for name, entry in properties.items() if entry.get("change")),
    )


def _index(table: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    index: dict[str, str] = {}
    for name, entry in table.items():
        for word in (*entry["words"], *entry.get("verbs", ())):  # type: ignore[misc]
            index.setdefault(str(word), name)
    return index


def _properties(table: Mapping[str, Mapping[str, Any]], key: str) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    index: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    for name, entry in table.items():
        for word in entry.get(key, ()):
            index[word] = (*index.get(word, ()), (name, frozenset(entry.get("of", ()))))
    return index
