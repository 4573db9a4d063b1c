"""The words and signs that numerals are written with."""

from __future__ import annotations

from decimal import Decimal

from auditor.lexicon import load

_LEXICON = load("numerals")
CARDINALS = {word: Decimal(value) for word, value in _LEXICON["cardinals"].items()}
SCALES = {word: Decimal(value) for word, value in _LEXICON["scales"].items()}
ABBREVIATED = {word: Decimal(value) for word, value in _LEXICON["abbreviated_scales"].items()}
GLUED = {word: Decimal(value) for word, value in _LEXICON["glued_scales"].items()}
FRACTIONS = {word: int(value) for word, value in _LEXICON["fractions"].items()}
VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
    "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
HALF = Decimal("0.5")
ARTICLES = frozenset({"a", "an"})
DETERMINERS = frozenset(_LEXICON["halves"]["determiners"])  # of what a part is taken: "half the", "35m of its"


def ratio(numerator: int, denominator: int) -> Decimal:
    """The fraction in the decimals that the context allows."""
    return Decimal(numerator) / Decimal(denominator)
