"""Where: the places that a passage names, countries under one name for their capitals and demonyms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from auditor import lexicon
from auditor.enrich.classes import classes

_LONGEST = 4  # words of a place's name


@cache
def countries() -> dict[str, str]:
    """Every name, capital and demonym in lower case -> the country's name."""
    table = lexicon.load("places")["countries"]
    return {word: name for name, words in table.items() for word in (name, *words)}


_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_A-Z][\w'’-]*")


def common_words(text: str) -> frozenset[str]:
    """Words that are no names, whatever their capital in a headline: those of the lexicon, and all that the text writes in lower
    case too."""
    return classes().cues["not_names"].union(_LOWER.findall(text))


def places(written: Sequence[str], not_names: frozenset[str]) -> tuple[list[str], list[str]]:
    """Countries named anywhere, and the other names that are places by what stands beside them, both in order.

    A name is a place behind a preposition of place ("in Ardal"), behind such a country ("hits Sarmia's Ardal"), and before a noun
    of place ("Ardal province").  ``written`` are the tokens as the document writes them (a headline may be parsed in lower case).
    """
    found: list[str] = []
    local: list[str] = []
    i = 0
    while i < len(written):
        announced = i > 0 and _of_place(written, i - 1)
        size = _country(written, i)
        if size:
            found.append(countries()[_bare(" ".join(written[i : i + size]))])
            owned = i > 0 and written[i - 1].lower() in _words("strikes")
            i += size
            if announced or owned:
                i += i < len(written) and written[i] in _POSSESSIVE
                local += _name(written, i, not_names)
            continue
        if announced or (i > 0 and written[i - 1].lower() in _words("shakes")):
            local += _name(written, i, not_names)
        else:
            local += _area(written, i, not_names)
        i += 1
    return list(dict.fromkeys(found)), list(dict.fromkeys(local))


_POSSESSIVE = ("'s", "’s", "'", "’")


def _bare(word: str) -> str:
    return word.lower().rstrip(".").removesuffix("'s").removesuffix("’s")


def _country(written: Sequence[str], i: int) -> int:
    """How many words from ``i`` on name a country."""
    if not written[i][:1].isupper():
        return 0
    return next((n for n in range(min(3, len(written) - i), 0, -1) if _bare(" ".join(written[i : i + n])) in countries()), 0)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon.load("places")[name])


def _of_place(written: Sequence[str], i: int) -> bool:
    """Whether the word at ``i`` announces a place: "of" does so behind "town" and the like alone."""
    word = written[i].lower()
    return word in _words("prepositions") or (word == "of" and i > 0 and written[i - 1].lower() in _words("nouns"))


def _area(written: Sequence[str], i: int, not_names: frozenset[str]) -> list[str]:
    """Lower-cased words of the name that starts at ``i``, if a noun of place follows it: "Ardal province", "Ardal County"."""
    if not written[i][:1].isupper() or (i > 0 and written[i - 1][:1].isupper()):
        return []
    end = i + 1
    while (
        end < len(written) and end - i < _LONGEST and written[end][:1].isupper() and written[end].lower() not in _words("areas")
    ):
        end += 1
    if end == len(written) or written[end].lower() not in _words("areas"):
        return []
    name = [_bare(word) for word in written[i:end]]
    if not _words("titles").isdisjoint(name):
        return []
    return [word for word in name if _is_name(word, not_names)]


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
        word = _bare(written[i])
        if word in _words("titles"):
            return []
        if _is_name(word, not_names) and not _joined(written, i):
            words.append(word)
        i += 1
    return words


def _is_name(word: str, not_names: frozenset[str]) -> bool:
    """Not "US-led", "Ardal-based": an adjective made of a name."""
    joined = word.rpartition("-")[2] in _words("joined")
    return len(word) > 2 and not joined and word not in not_names and word not in countries()


def _joined(written: Sequence[str], i: int) -> bool:
    """Whether the parts of such an adjective stand apart, as a parser cuts them: "Ardal", "-", "based"."""
    return written[i + 1 : i + 2] == ["-"] and i + 2 < len(written) and written[i + 2] in _words("joined")
