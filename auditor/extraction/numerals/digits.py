"""Numerals that begin with digits, with the fraction, the power of ten or the scale behind them."""

from __future__ import annotations

import re
from decimal import Decimal

from auditor.extraction.numerals.convention import Convention, number
from auditor.extraction.numerals.parts import and_part, spelled_fraction
from auditor.extraction.numerals.scales import scale_words
from auditor.extraction.numerals.vocabulary import VULGAR, ratio
from auditor.extraction.sentence import Figure, Sentence
from auditor.model import Kind

_DENOMINATORS = frozenset({"2", "3", "4", "5", "8", "10", "16"})
_LARGEST_POWER = 400


def digits(s: Sentence, i: int, style: Convention) -> Figure | None:
    """The number whose digits are token ``i``; None where they are too many to be one."""
    clock = _time_left(s, i)
    if clock:
        return clock
    value, uncertain = number(s.raw(i), style)
    if value is None:
        return None
    j = i + 1
    granularity = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    fraction = False
    if s.hyphen(j) and s.words[i].isdigit():
        fraction_of = spelled_fraction(s, i, j, value)  # "2-thirds"
        if fraction_of is not None:
            return fraction_of
    part = _written_fraction(s, i, j)
    if part is not None:
        value, j, granularity, fraction = part
    else:
        value, j, granularity = _with_vulgar(s, value, j, granularity)
        value, j, granularity = _with_power(s, value, j, granularity)
    factor, k = scale_words(s, j)
    value, granularity = value * factor, granularity * factor
    if k == j and not fraction:
        part_of_one = and_part(s, k)
        if part_of_one:
            value, granularity, k = value + part_of_one[0], part_of_one[0], part_of_one[1]
            factor, after = scale_words(s, k)
            value, granularity, k = value * factor, granularity * factor, after
    figure = s.figure(i, k, value, granularity=granularity, scale=factor, fraction=fraction and value < 1)
    figure.uncertain = uncertain
    return figure


def _time_left(s: Sentence, i: int) -> Figure | None:
    """``7:41 to go``, ``4:43 remaining``: minutes and seconds of a game's clock."""
    if s.word(i + 1) != ":" or not s.is_number(i + 2) or not s.words[i].isdigit() or len(s.words[i]) > 2:
        return None
    after = (s.word(i + 3), s.word(i + 4))
    if after[0] not in {"left", "remaining"} and after not in {("to", "go"), ("to", "play")}:
        return None
    figure = s.figure(i, i + 3, Decimal(s.words[i]) * 60 + Decimal(s.words[i + 2]), granularity=Decimal(1))
    figure.unit, figure.dimension, figure.kind = "second", "time", Kind.MEASURE
    return figure


def _written_fraction(s: Sentence, i: int, j: int) -> tuple[Decimal, int, Decimal, bool] | None:
    """``1/4``, ``3 1/2``, ``3-1/2``."""
    if _is_fraction(s, i):
        part = ratio(int(s.words[i]), int(s.words[i + 2]))
        return part, i + 3, part, True
    k = j + 1 if s.joint(j) else j
    if s.words[i].isdigit() and _is_fraction(s, k) and int(s.words[k]) < int(s.words[k + 2]):
        part = ratio(int(s.words[k]), int(s.words[k + 2]))
        return Decimal(s.words[i]) + part, k + 3, part, False
    return None


def _is_fraction(s: Sentence, i: int) -> bool:
    return (
        s.is_number(i)
        and (s.word(i + 1) == "⁄" or (s.word(i + 1) == "/" and s.glued(i + 1) == s.glued(i + 2)))
        and s.word(i + 2) in _DENOMINATORS
        and s.words[i].isdigit()
        and len(s.words[i]) <= 2
        and s.word(i + 3) != "/"
        and 0 < int(s.words[i]) < int(s.words[i + 2])
    )


def _with_vulgar(s: Sentence, value: Decimal, j: int, granularity: Decimal) -> tuple[Decimal, int, Decimal]:
    if s.word(j) in VULGAR and s.starts[j] - s.ends[j - 1] <= 1:
        part = ratio(*VULGAR[s.words[j]])
        return value + part, j + 1, part
    return value, j, granularity


def _with_power(s: Sentence, value: Decimal, j: int, granularity: Decimal) -> tuple[Decimal, int, Decimal]:
    """``1.99×10^-30``; ``1920 x 1080`` is none: the base is 10 with an exponent sign, a caret or superscripts."""
    match = _POWER.match(s.text, s.ends[j - 1])
    if match is None and value < 10 and granularity < 1:
        match = _BARE_POWER.match(s.text, s.ends[j - 1])
    if not match:
        return value, j, granularity
    exponent = int(match.group(1).lstrip("^*").translate(_SUPERSCRIPTS).replace("−", "-").replace("–", "-"))
    if abs(exponent) > _LARGEST_POWER:
        return value, j, granularity
    while j < len(s) and s.starts[j] < match.end():
        j += 1
    return value.scaleb(exponent), j, granularity.scaleb(exponent)


_BARE_POWER = re.compile(r"×10([0-9]{2})(?![0-9.,])")  # superscripts that a copy has lost: "5.97×1024"
_POWER = re.compile(r"\s?[x×*·]\s?10((?:\^|\*\*)[-−–+]?[0-9]{1,3}|[-−–+][0-9]{1,3}|[⁺⁻]?[⁰¹²³⁴-⁹]{1,3})(?![0-9])")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
