"""Numerals that give an order only: dozens, thousands of, several hundred."""

from __future__ import annotations

from decimal import Decimal

from auditor.extraction.numerals.vocabulary import SCALES
from auditor.extraction.sentence import Figure, Sentence
from auditor.lexicon import load

_LEXICON = load("numerals")
VAGUE = {word: (Decimal(low), Decimal(high)) for word, (low, high) in _LEXICON["vague"].items()}
VAGUE_MULTIPLES = {word: Decimal(value) for word, value in _LEXICON["vague_multiples"].items()}
VAGUE_FACTORS = {word: (Decimal(low), Decimal(high)) for word, (low, high) in _LEXICON["vague_factors"].items()}
_MANY_AFTER = frozenset(_LEXICON["many"]["behind"])
_MANY_BEFORE = frozenset(_LEXICON["many"]["before"])


def vague(s: Sentence, i: int) -> Figure | None:
    """``dozens``, ``thousands of``, ``tens of thousands``, ``hundreds of millions``."""
    if s.word(i) in VAGUE_MULTIPLES and s.word(i + 1) == "of" and s.word(i + 2) in VAGUE and not s.masked[i + 2]:
        factor = VAGUE_MULTIPLES[s.word(i)]
        low, high = VAGUE[s.word(i + 2)]
        if factor < low:
            return _vague_figure(s, i, i + 3, factor * low, factor * high)
    if s.word(i) not in VAGUE or (s.word(i) == "scores" and not _many(s, i)):
        return None
    return _vague_figure(s, i, i + 1, *VAGUE[s.word(i)])


def _many(s: Sentence, i: int) -> bool:
    """Whether "scores" counts, and is neither the verb nor the results of matches."""
    return s.word(i + 1) in _MANY_AFTER or s.word(i - 1) in _MANY_BEFORE


def vague_factor(s: Sentence, first: int, i: int) -> Figure | None:
    """``several hundred``, ``a few thousand``, ``a couple of million``, ``a couple of``."""
    low, high = VAGUE_FACTORS[s.word(i)]
    couple = s.word(i) == "couple"
    j = i + 2 if s.word(i + 1) == "of" and couple else i + 1
    word = s.word(j)
    if word == "hundred" and s.word(j + 1) in SCALES and s.word(j + 1) != "dozen":
        scale, j = 100 * SCALES[s.word(j + 1)], j + 2
    elif word in SCALES:
        scale, j = SCALES[word], j + 1
    elif couple and first < i and (s.word(i + 1) == "of" or s.is_word(i + 1)):
        if s.word(i + 1) != "of":
            return None
        figure = _vague_figure(s, first, i + 1, low, high)
        figure.value = low  # "a couple" is two, or three
        return figure
    else:
        return None
    figure = _vague_figure(s, first, j, low * scale, high * scale)
    figure.value = low * scale if couple else None
    return figure


def _vague_figure(s: Sentence, first: int, last: int, low: Decimal, high: Decimal) -> Figure:
    return Figure(first, last, s.starts[first], s.ends[last - 1], None, low, high, vague=True, spelled=True)
