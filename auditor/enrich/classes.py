"""Look-ups of the lexicon: which class of event a word tells, which class of thing a noun counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from auditor import lexicon


@dataclass(frozen=True, slots=True)
class Classes:
    """``events`` and ``nouns`` map a lemma to its class; ``cues`` are the word lists of ``frame.toml``."""

    events: Mapping[str, str]
    nouns: Mapping[str, str]
    of_persons: frozenset[str]
    person_classes: frozenset[str]
    cues: Mapping[str, frozenset[str]]


@cache
def classes() -> Classes:
    """The English lexicon, loaded once."""
    events, nouns, cues = (lexicon.load(name) for name in ("events", "nouns", "frame"))
    persons = {name for name, entry in nouns.items() if name == "person" or entry.get("parent") == "person"}
    return Classes(
        events=_index(events),
        nouns=_index(nouns),
        of_persons=frozenset(name for name, entry in events.items() if entry.get("persons")),
        person_classes=frozenset(persons),
        cues={name: frozenset(words) for name, words in cues.items()},
    )


def _index(table: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    index: dict[str, str] = {}
    for name, entry in table.items():
        for word in entry["words"]:  # type: ignore[attr-defined]
            index.setdefault(str(word), name)
    return index
