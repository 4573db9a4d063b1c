"""Where: the places that a passage names, countries under one name for their capitals and demonyms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from auditor import lexicon

_LONGEST = 4  # words of a place's name


@cache
def countries() -> dict[str, str]:
    """Every name, capital and demonym in lower case -> the country's name."""
    table = lexicon.load("places")["countries"]
    return {word: name for name, words in table.items() for word in (name, *words)}


def places(written: Sequence[str], not_names: frozenset[str]) -> tuple[list[str], list[str]]:
    """Countries named anywhere, and the other names that stand behind a preposition of place, both in order.

    ``written`` are the tokens as the document writes them (a headline may be parsed in lower case).
    """
    known = countries()
    found: list[str] = []
    local: list[str] = []
    i = 0
    while i < len(written):
        size = next((n for n in range(min(3, len(written) - i), 0, -1) if " ".join(written[i : i + n]).lower() in known), 0)
        if size and written[i][:1].isupper():
            found.append(known[" ".join(written[i : i + size]).lower()])
            i += size
            continue
        if i and _of_place(written, i - 1):
            local += _name(written, i, not_names)
        i += 1
    return list(dict.fromkeys(found)), list(dict.fromkeys(local))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon.load("places")[name])


def _of_place(written: Sequence[str], i: int) -> bool:
    """Whether the word at ``i`` announces a place: "of" does so behind "town" and the like alone."""
    word = written[i].lower()
    return word in _words("prepositions") or (word == "of" and i > 0 and written[i - 1].lower() in _words("nouns"))


def _name(written: Sequence[str], i: int, not_names: frozenset[str]) -> list[str]:
    """Lower-cased words of the name at ``i``, behind articles and directions ("the port Ariha", "northern Ardal")."""
    words: list[str] = []
    steps = 0
    while (
        i < len(written)
        and steps < 3
        and not written[i][:1].isupper()
        and written[i].isalpha()
        and written[i].lower() not in _words("prepositions")
    ):
        i += 1
        steps += 1
    while i < len(written) and len(words) < _LONGEST and written[i][:1].isupper():
        word = written[i].lower().rstrip(".").removesuffix("'s").removesuffix("’s")
        if word in _words("titles"):
            return []
        if word not in not_names and len(word) > 2 and word not in countries():
            words.append(word)
        i += 1
    return words
