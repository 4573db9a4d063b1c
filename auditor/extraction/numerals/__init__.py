"""Numerals, read left to right, longest first: digits, spelled numbers, fractions, scale words, vague counts."""

from __future__ import annotations

from decimal import Decimal

from auditor.extraction.numerals.convention import Convention, convention
from auditor.extraction.numerals.digits import digits
from auditor.extraction.numerals.parts import and_part, half, hyphened, lone_fraction, part_of, quarter
from auditor.extraction.numerals.signs import sign
from auditor.extraction.numerals.spelled import spelled
from auditor.extraction.numerals.vague import VAGUE, VAGUE_FACTORS, VAGUE_MULTIPLES, vague, vague_factor
from auditor.extraction.numerals.vocabulary import ARTICLES, CARDINALS, FRACTIONS, SCALES, VULGAR, ratio
from auditor.extraction.sentence import Figure, Sentence
from auditor.lexicon import load
from auditor.model import Kind

__all__ = ["CARDINALS", "SCALES", "Convention", "convention", "find", "sign"]

_LEXICON = load("numerals")
_DOZEN_BEFORE = frozenset(_LEXICON["dozen"]["before"])
_UNITS = {name: entry["dimension"] for name, entry in load("units")["units"].items() if name in entry["words"]}
_UNITS |= dict.fromkeys(_LEXICON["halves"]["times"], "time")
_TEN, _CENT = 10, Decimal("0.01")
_BEHIND_CENTS = frozenset({"at", "for", "in", "a", "per", "each", "and", "or", "on", "to"})
_BEGIN = frozenset({*CARDINALS, *SCALES, *VULGAR, *VAGUE, *VAGUE_MULTIPLES, *VAGUE_FACTORS, *ARTICLES, "half", "quarter"})


def find(sentence: Sentence, style: Convention) -> list[Figure]:
    """Every numeral outside masked tokens, in order."""
    found = []
    i, count = 0, len(sentence)
    words, numbers, masked = sentence.words, sentence.numbers, sentence.masked
    while i < count:
        begins = numbers[i] or words[i] in _BEGIN or words[i].endswith("fold")
        figure = _at(sentence, i, style) if begins and not masked[i] else None
        if figure is None:
            i += 1
            continue
        found.append(figure)
        i = max(figure.last, i + 1)
    return found


def _at(s: Sentence, i: int, style: Convention) -> Figure | None:
    if s.numbers[i]:
        return digits(s, i, style)
    word = s.words[i]
    if word in VULGAR:
        return s.figure(i, i + 1, ratio(*VULGAR[word]), fraction=True)
    if word in ARTICLES:
        return _after_article(s, i)
    if word in VAGUE_FACTORS:
        return vague_factor(s, i, i)
    if word in VAGUE or (word in VAGUE_MULTIPLES and s.word(i + 1) == "of"):
        return vague(s, i)
    if word == "half":
        return half(s, i)
    if word in CARDINALS or (word in SCALES and _stands_alone(s, i)):
        return spelled(s, i, i)
    if word.endswith("fold") and word[:-4] in CARDINALS:  # "threefold"
        return s.figure(i, i + 1, CARDINALS[word[:-4]], spelled=True)
    if word == "quarter":
        return quarter(s, i)
    return None


def _stands_alone(s: Sentence, i: int) -> bool:
    """Whether a bare scale word is a number: ``thousand of``, ``the dozen``; not ``parts per million``, ``a baker's dozen``."""
    if s.word(i) == "dozen":
        return s.word(i - 1) in _DOZEN_BEFORE
    return s.word(i + 1) == "of" and s.word(i - 1) != "per"


def _after_article(s: Sentence, i: int) -> Figure | None:
    word = s.word(i + 1)
    if i + 1 < len(s) and s.masked[i + 1]:
        return None
    if word in SCALES and not word.endswith("s"):
        return spelled(s, i, i + 1)
    unit = _UNITS.get(word)
    more = and_part(s, i + 2) if unit else None
    if unit and more is not None:  # "an hour and a half"
        figure = s.figure(i, more[1], 1 + more[0], granularity=more[0], spelled=True)
        figure.unit, figure.dimension, figure.kind = word, unit, Kind.MEASURE
        return figure
    ends = not s.is_word(i + 3) or s.word(i + 3) in _BEHIND_CENTS
    if word == "dollar" and CARDINALS.get(s.word(i + 2), 0) >= _TEN and ends:
        figure = s.figure(i, i + 3, 1 + CARDINALS[s.word(i + 2)] / 100, granularity=_CENT, spelled=True)  # "a dollar fifty"
        figure.unit, figure.dimension, figure.kind = word, "currency", Kind.MONEY
        return figure
    if word in VAGUE_FACTORS and word in {"few", "couple"}:
        return vague_factor(s, i, i + 1)
    joined = hyphened(s, i)
    if joined is not None:
        return joined
    if word in FRACTIONS and not word.endswith("s") and (s.word(i + 2) == "of" or lone_fraction(s, i)):
        return part_of(s, i, i + 2, ratio(1, FRACTIONS[word]))
    return None
