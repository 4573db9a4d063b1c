"""Ages written without a unit: ``aged 35``, ``John Smith, 15,``, ``he will be 35``, ``At 31, she``."""

from __future__ import annotations

import itertools

from auditor.extraction.sentence import Figure, Sentence
from auditor.lexicon import load
from auditor.model import Kind

_OLDEST = 120
_OLDEST_BEHIND_NAME, _YOUNGEST_BEHIND_NAME = 99, 10
_WORDS = {name: frozenset(entry["words"]) for name, entry in load("ages").items()}
_YOUNG_AND_OLD = frozenset(load("ages")["kin"]["of_age"])
_AGED, _BETWEEN, _BE, _PERSONS, _KIN = (_WORDS[name] for name in ("aged", "between", "be", "persons", "kin"))
_AFTER, _GENERATIONS, _BEHIND_NAME, _THINGS, _COUNTED, _LIVES = (
    _WORDS[name] for name in ("after", "generations", "behind_name", "things", "counted", "lives")
)


def ages(s: Sentence, figures: list[Figure]) -> None:
    """Make the figures ages where the words around them say so."""
    left = None
    for figure in figures:
        if figure.unit in _WRITTEN and s.word(_before(s, figure)) == "aged":  # "aged 6 to 9 years"
            figure.kind, figure.unit, figure.dimension = Kind.AGE, f"{figure.unit} of age", "age"
        if _may_be(figure) and (any(rule(s, figure) for rule in _RULES) or _listed(s, figure, left)):
            _set(figure)
        left = figure
    if any(figure.kind is Kind.AGE for figure in figures):  # "Anna is 8 and the dog is 13 years old"
        for figure in figures:
            if _may_be(figure) and s.word(figure.first - 1) in _COPULAS and _title(s.raw(figure.first - 2)) and _ends(s, figure):
                _set(figure)
    # where one name has its age behind it, the others of the sentence have, too: "Ann Walker 34 and Bob Hill 19 were"
    if any(figure.kind is Kind.AGE and _behind_name(s, figure) for figure in figures):
        for figure in figures:
            if _may_be(figure) and _behind_name(s, figure) and _ends(s, figure):
                _set(figure)


def _may_be(figure: Figure) -> bool:
    """Whether the number could be years of age; months and weeks of age have their unit written."""
    highest = figure.high or figure.low
    if figure.unit is not None or figure.vague or figure.scaled or highest is None or not 0 < highest <= _OLDEST:
        return False
    return figure.granularity is None or figure.granularity == 1


def _set(figure: Figure) -> None:
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
    k = _before(s, figure)
    before = s.word(k)
    if before in _YOUNG_AND_OLD and s.word(k + 1) == "of":  # "a boy of 12"
        return _ends(s, figure)
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
    if noun and s.word(k) in _YOUNG_AND_OLD and (s.small or k == 0):  # "GIRL, 16, SWIMS CHANNEL"
        return True
    return (name and after in {",", ".", ";", "", ")"}) or (
        noun and s.word(figure.last + 1) in _AFTER | {"had", "has", "whose", "a", "an"}
    )


def _named(s: Sentence, figure: Figure) -> bool:
    """``Ann Walker 34 was``, ``Ann Walker, 34 was``: behind a full name where commas are lost, before what a person does."""
    if not _behind_name(s, figure):
        return False
    comma = s.word(figure.first - 1) == ","
    following, after = s.word(figure.last), s.raw(figure.last + 1)
    return following in _BEHIND_NAME or (following in ({"of", "from", "and"} if comma else {"of", "from"}) and _title(after))


def _behind_name(s: Sentence, figure: Figure) -> bool:
    if figure.value is None or figure.spelled or not _YOUNGEST_BEHIND_NAME <= figure.value <= _OLDEST_BEHIND_NAME:
        return False
    k = figure.first - 1
    if s.word(k) == ",":
        k -= 1
    while s.word(k) in _GENERATIONS or s.word(k) == ".":
        k -= 1
    return _full_name(s, k)


def _full_name(s: Sentence, k: int) -> bool:
    """Whether token ``k`` ends two words of a name, or one with a hyphen."""
    names = (k, k - 2) if s.hyphen(k - 1) else (k, k - 1)
    return all(_title(s.raw(n)) and s.word(n) not in _THINGS for n in names)


def _title(raw: str) -> bool:
    return raw[:1].isupper() and any(map(str.islower, raw[1:]))


def _listed(s: Sentence, figure: Figure, left: Figure | None) -> bool:
    """``ages 14, 11 and 3``: the next of a list of ages."""
    if left is None or left.kind is not Kind.AGE or left.after > left.last or figure.spelled:
        return False
    following = s.word(figure.last)
    return (
        following not in _COUNTED
        and not following.endswith("s")
        and [s.word(k) for k in range(left.last, figure.first)] in _JOINTS
    )


_JOINTS: tuple[list[str], ...] = ([], [","], ["and"], ["or"], [",", "and"], [",", "or"])


def _said(s: Sentence, figure: Figure) -> bool:
    """``he will be 35``, ``she was only 18``, ``when I turned 40``, ``Ann Walker was 6``."""
    k = _before(s, figure)
    if s.word(k) not in _BE or figure.value is None or not _ends(s, figure) or s.word(figure.last) in {"of", "to", "from"}:
        return False
    if s.word(figure.first) == "one":
        return False
    turns = s.raw(k).startswith("turn") and s.word(k - 1) not in _BENDS  # "about to turn 47"; "into turn 4" is a bend
    if turns or any(s.word(m) in _PERSONS | _KIN for m in range(max(0, k - 3), k)):
        return True
    moment = (s.word(figure.last), s.word(figure.last + 1) in _PERSONS | _OWNERS)  # "Smith was 36 when he", "21 at her first"
    if s.word(k) not in _COPULAS:
        return False
    return (
        _full_name(s, k - 1)
        or (s.is_word(k - 1) and moment == ("when", True))
        or (_title(s.raw(k - 1)) and moment == ("at", True))
    )


def _expected(s: Sentence, figure: Figure) -> bool:
    """``life expectancy is about 68``, ``the average age of 40``."""
    k = _before(s, figure)
    if s.word(k) not in _COPULAS | {"of", "to", "at", "from", "by"} or not _ends(s, figure):
        return False
    words = s.words[max(0, k - _FAR) : k + 1]
    return any(pair in _EXPECTED for pair in itertools.pairwise(words))


def _opening(s: Sentence, figure: Figure) -> bool:
    """``At 31, she``, ``and at 31 she``."""
    k = figure.last + 1 if s.word(figure.last) == "," else figure.last
    return s.word(figure.first - 1) == "at" and s.word(k) in _PERSONS and s.word(figure.first) != "one"


def _at(s: Sentence, figure: Figure) -> bool:
    """``died at 76``, ``retired at 60``, ``lived to 101``."""
    whole = figure.value is not None and not figure.spelled and figure.value >= _YOUNGEST_BEHIND_NAME
    before = (s.word(figure.first - 2), s.word(figure.first - 1))
    lived = (before[1] == "at" and before[0] in _LIVES) or before in _LIVED
    return whole and lived and _ends(s, figure)


_WRITTEN = frozenset({"year", "month", "week", "day"})
_LIVED = frozenset({("lived", "to"), ("live", "to"), ("lives", "to")})
_COPULAS = frozenset({"is", "was"})
_OWNERS = frozenset({"his", "her"})
_BENDS = frozenset({"at", "in", "into", "of", "through", "from", "exiting", "entering", "the"})
_FAR = 10
_EXPECTED = frozenset(tuple(phrase.split()) for phrase in _WORDS["expected"])
_RULES = (_expected, _aged, _apposed, _named, _said, _opening, _at)
