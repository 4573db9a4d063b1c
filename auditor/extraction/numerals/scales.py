"""Scale words and letters behind digits: million, bn, k, M."""

from __future__ import annotations

from decimal import Decimal

from auditor.extraction.numerals.vocabulary import ABBREVIATED, DETERMINERS, GLUED, SCALES
from auditor.extraction.sentence import Sentence
from auditor.lexicon import load

_LEXICON = load("numerals")["letter_m"]
_UNITS_BEHIND, _RACES = frozenset(_LEXICON["units"]), frozenset(_LEXICON["races"])
_ENDING = frozenset([*load("counting")["ends"]["words"], *load("counting")["bare"]["words"], *_LEXICON["lengths"]]) - {
    "and",
    "or",
}
_RUN = 6  # tokens in which a plural noun may follow


def scale_words(s: Sentence, j: int) -> tuple[Decimal, int]:
    """The product of the scale words from token ``j`` on, and the token behind them."""
    factor = Decimal(1)
    while True:
        more = s.word(j) == "+" and s.glued(j) and s.word(j + 1) in SCALES  # "40+ million"
        k = j + 1 if s.joint(j) or more else j
        word, raw = s.word(k), s.raw(k)
        if word in SCALES and not (word == "dozen" and factor != 1):
            factor *= SCALES[word]
        elif word in ABBREVIATED and factor == 1 and not s.masked[k]:
            factor *= ABBREVIATED[word]
        elif k == j and factor == 1 and s.is_number(j - 1) and raw in GLUED and _letter_scales(s, j):
            factor *= GLUED[raw]
        else:
            return factor, j
        j = k + 1
        if factor > Decimal("1e30"):
            return factor, j


def _letter_scales(s: Sentence, j: int) -> bool:
    """Whether the letter at token ``j`` is a scale: against the number, or as in ``$1.5 m``, ``2 m people``, ``3 B users``."""
    if s.glued(j):
        return _glued_scale(s, j)
    raw = s.raw(j)
    if raw in {"m", "B"} and _plural_follows(s, j + 1):
        return raw == "B" or s.word(j + 1) == "people"
    return len(raw) == 1 and s.word(j - 2) in _CURRENCY_SIGNS and not (s.glued(j + 1) and s.is_word(j + 1))


_CURRENCY_SIGNS = frozenset("$£€¥₹")
_CODES = frozenset(code for entry in load("currencies")["currencies"].values() for code in entry["codes"])


def _glued_scale(s: Sentence, j: int) -> bool:
    """``25k``, ``4.3M``, ``$1.7m``, ``2B`` but ``24703m2`` and ``100 m`` are metres."""
    raw = s.raw(j)
    if s.glued(j + 1) and (s.is_number(j + 1) or s.word(j + 1) in {"²", "³", "/", "^"}):
        return False
    if raw in {"B", "b"} and s.raw(j - 2)[:1].isupper() and s.is_word(j - 2) and j > 2 and not _after_money(s, j - 1):
        return _plural_follows(s, j + 1)  # "Courtroom 12B"
    if raw in {"k", "K", "B", "b", "M", "mm", "MM"}:
        return raw != "mm" or _after_money(s, j - 1)
    if _after_money(s, j - 1):
        return True
    if s.word(j + 1) == "of" and s.word(j + 2) in DETERMINERS:  # "35m of its devices"
        return any(_plural_follows(s, k) for k in range(j + 3, j + 6))
    if s.word(j + 1) in _RANGE_SIGNS and s.is_number(j + 2) and s.raw(j + 3) == raw:  # "75m-100m people"
        return _plural_follows(s, j + 4)
    if s.hyphen(j + 2) and s.is_word(j + 1):  # "100m sign-ups"
        return s.word(j + 3).endswith("s")
    if "." in s.raw(j - 1) and not s.glued(j + 1) and _plural_later(s, j + 1):
        return True
    return _plural_follows(s, j + 1) or s.word(j + 1) in _UNITS_BEHIND


def _plural_later(s: Sentence, j: int) -> bool:
    """Whether a plural stands behind adjectives: ``3.2m new monthly readers``."""
    for k in range(j, j + _RUN):
        if _plural_follows(s, k):
            return True
        if not s.is_word(k) or s.word(k) in _ENDING:
            return False
    return False


def _after_money(s: Sentence, i: int) -> bool:
    """Whether a currency stands before the number at token ``i``, or before the other end of its range: ``£75m-100m``."""
    if s.word(i - 1) in _RANGE_SIGNS:
        i -= 3 if s.raw(i - 2) in GLUED else 2
    before = s.word(i - 1)
    if s.raw(i - 1) in _CODES:  # "USD 1.2m"
        return True
    return bool(before) and (before in _CURRENCY_SIGNS | {"="} or (s.glued(i) and s.is_word(i - 1)))


_RANGE_SIGNS = frozenset({"-", "–", "to"})


def _plural_follows(s: Sentence, j: int) -> bool:
    word = s.word(j)
    if word in _RACES:
        return False
    return word == "people" or (len(word) > 3 and word.isalpha() and word.endswith("s") and not word.endswith(("ss", "us", "is")))
