"""What the lexicon says of nouns and events where two figures are compared: their classes, and how these stand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from auditor import lexicon


@dataclass(frozen=True, slots=True)
class Relations:
    """``parent`` and ``akin`` of classes of nouns; of classes of events those ``near`` each other, those that are ``hard`` (two
    of them are two things), those that befall ``persons``, are ``growing`` totals, or are ``happenings`` that have a day; all
    ``known`` events and properties, those that say nothing unless ``owned``, and the nouns for ``people`` of any kind."""

    parent: Mapping[str, str | None]
    akin: Mapping[str, frozenset[str]]
    near: Mapping[str, frozenset[str]]
    hard: frozenset[str]
    persons: frozenset[str]
    growing: frozenset[str]
    happenings: frozenset[str]
    known: frozenset[str]
    owned: frozenset[str]
    people: frozenset[str]


@cache
def relations() -> Relations:
    """The English lexicon, loaded once."""
    nouns, events, given = lexicon.load("nouns"), lexicon.load("events"), lexicon.load("relations")
    near: dict[str, set[str]] = {}
    for group in given["near"]:
        for one in group:
            near.setdefault(one, set()).update(x for x in group if x != one)

    def marked(flag: str) -> frozenset[str]:
        return frozenset(name for name, entry in events.items() if entry.get(flag))

    return Relations(
        parent={name: entry.get("parent") for name, entry in nouns.items()},
        akin={name: frozenset(entry.get("akin", ())) for name, entry in nouns.items()},
        near={name: frozenset(others) for name, others in near.items()},
        hard=frozenset(given["hard"]),
        persons=marked("persons"),
        growing=marked("growing"),
        happenings=marked("happening"),
        known=frozenset([*events, *lexicon.load("properties")]),
        owned=frozenset(given["owned"]),
        people=frozenset(nouns["person"]["words"]),
    )


@lru_cache(maxsize=1 << 16)
def noun_classes(left: str | None, left_class: str, right: str | None, right_class: str) -> str:
    """The level of two counted nouns, given with their classes."""
    if left is not None and left == right:
        return "same"
    if left_class == right_class:
        return "class"
    parent, akin = relations().parent, relations().akin
    if parent.get(left_class) == right_class or parent.get(right_class) == left_class:
        return "parent"
    if right_class in akin.get(left_class, ()) or left_class in akin.get(right_class, ()):
        return "akin"
    if parent.get(left_class) == "person" and parent.get(right_class) == "person":
        return "persons"
    return "other_class" if left_class in parent and right_class in parent else "other_word"


@lru_cache(maxsize=1 << 16)
def event_classes(left: str | None, right: str | None) -> str:
    """The level of two events or properties; a word in no class stands for itself."""
    if left is None and right is None:
        return "both_unknown"
    if left is None or right is None:
        return "unknown"
    if left == right:
        return "same"
    given = relations()
    if right in given.near.get(left, ()):
        return "near"
    if left in given.hard and right in given.hard:
        return "hard"
    if left in given.known and right in given.known:
        return "different"
    return "unclassed" if left in given.known or right in given.known else "other_word"
