"""Ages written without a unit: ``aged 35``, ``John Smith, 15,``, ``he will be 35``, ``At 31, she``."""

from __future__ import annotations

from auditor.extraction.sentence import Figure, Sentence
from auditor.model import Kind

_OLDEST = 120
_AGED = frozenset({"aged", "age", "ages"})
_BETWEEN = frozenset(
    {"between", "from", "about", "around", "of", "over", "under", "only", "just", "almost", "nearly", "now", "then"}
)
_BE = frozenset({"is", "was", "be", "am", "turned", "turns", "turning", "turn", "hes", "shes"})
_PERSONS = frozenset({"he", "she", "i", "who", "boy", "girl", "man", "woman", "him", "her"})
_AFTER = frozenset(
    {
        "by",
        "when",
        "and",
        "in",
        "at",
        "on",
        "or",
        "but",
        "the",
        "this",
        "next",
        "last",
        "of",
        "from",
        "was",
        "is",
        "to",
        "who",
        "it",
        "he",
        "she",
        "they",
    }
)
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii"})


def age(s: Sentence, figure: Figure) -> None:
    """Make the figure an age where the words around it say so; months and weeks of age have their unit written."""
    highest = figure.high or figure.low
    if figure.unit is not None or figure.vague or figure.scaled or highest is None or not 0 < highest <= _OLDEST:
        return
    if figure.granularity is not None and figure.granularity != 1:
        return
    if _aged(s, figure) or _apposed(s, figure) or _said(s, figure) or _opening(s, figure):
        figure.kind, figure.unit, figure.dimension = Kind.AGE, "year of age", "age"


def _ends(s: Sentence, figure: Figure) -> bool:
    following = s.word(figure.last)
    return not following[:1].isalpha() or following in _AFTER


def _before(s: Sentence, figure: Figure) -> int:
    """The token before the figure and before words such as "only" and "between"."""
    k = figure.first - 1
    while s.word(k) in _BETWEEN and figure.first - k < 5:
        k -= 1
    return k


def _aged(s: Sentence, figure: Figure) -> bool:
    before = s.word(_before(s, figure))
    return before in _AGED and (before != "ages" or _ends(s, figure))


def _apposed(s: Sentence, figure: Figure) -> bool:
    """Between commas or in brackets behind a name; between commas behind a noun."""
    before, after, k = s.word(figure.first - 1), s.word(figure.last), figure.first - 2
    if figure.value is None or figure.spelled:
        return False
    if s.word(k) == "." and s.word(k - 1) in _GENERATIONS:
        k -= 1
    name = s.raw(k)[:1].isupper()
    if before == "(":
        return after == ")" and name and figure.value >= 10
    if before != ",":
        return False
    noun = s.is_word(k) and after == "," and len(s.word(k)) > 2
    return (name and after in {",", ".", ";", "", ")"}) or (
        noun and s.word(figure.last + 1) in _AFTER | {"had", "has", "whose", "a", "an"}
    )


def _said(s: Sentence, figure: Figure) -> bool:
    """``he will be 35``, ``she was only 18``, ``when I turned 40``."""
    k = _before(s, figure)
    if s.word(k) not in _BE or figure.value is None or not _ends(s, figure) or s.word(figure.last) in {"of", "to", "from"}:
        return False
    if s.word(figure.first) == "one":
        return False
    person = any(s.word(m) in _PERSONS for m in range(max(0, k - 3), k))
    return person or (s.word(k).startswith("turn") and s.raw(k - 1)[:1].isupper())


def _opening(s: Sentence, figure: Figure) -> bool:
    return s.raw(figure.first - 1) == "At" and s.word(figure.last) == "," and s.word(figure.last + 1) in _PERSONS
