"""Numbers in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from auditor.extraction.numerals.parts import and_part, spelled_fraction
from auditor.extraction.numerals.scales import scale_words
from auditor.extraction.numerals.vocabulary import ABBREVIATED, CARDINALS, SCALES
from auditor.extraction.sentence import Figure, Sentence


@dataclass(slots=True)
class _Sum:
    """Number words, summed one by one: ``current`` is what no thousand, million ... has multiplied yet."""

    total: Decimal = Decimal(0)
    current: Decimal = Decimal(0)
    scale: Decimal | None = None  # the last one
    smallest: Decimal = Decimal(1)  # place that the last word writes
    tens: bool = False  # the last word was twenty ... ninety

    def takes(self, word: str, *, first: bool) -> bool:
        """Add the word; False where the number has ended before it."""
        if word in CARDINALS:
            return self._add(CARDINALS[word])
        scale = SCALES.get(word)
        if scale is None:
            return False
        if self.current or first:
            return self.multiply(scale)
        if scale <= 100 or not self.total or self.smallest != self.scale:
            return False
        self.total, self.scale, self.smallest = self.total * scale, scale, self.smallest * scale  # a thousand billion
        return True

    def _add(self, value: Decimal) -> bool:
        if not _fits(self.current, value, self.tens):
            return False
        self.current += value
        self.tens = 20 <= value <= 90
        self.smallest = Decimal(10) if self.tens else Decimal(1)
        return True

    def multiply(self, scale: Decimal) -> bool:
        if scale == 100 and self.current >= 100:
            return False
        product = (self.current or 1) * scale
        if scale <= 100:
            self.current = product
        else:
            self.total, self.current = self.total + product, Decimal(0)
        self.scale, self.tens, self.smallest = scale, False, scale
        return True


def _fits(current: Decimal, value: Decimal, tens: bool) -> bool:
    if current == 0:
        return True
    if tens:
        return 0 < value < 10
    return current % 100 == 0 and current >= 100 and 0 < value < 100


def spelled(s: Sentence, first: int, i: int) -> Figure | None:
    """The number in words from token ``i`` on; ``first`` is the article before it, if there is one."""
    number, j = _Sum(), i
    while j < len(s) and not s.masked[j]:
        joined = j > i and (s.joint(j) or s.words[j] == "and")
        if joined and s.words[j] == "and" and not _and_goes_on(s, first, j, number.scale):
            break
        k = j + 1 if joined else j
        if not number.takes(s.word(k), first=j == i):
            break
        j = k + 1
    if j == i:
        return None
    if s.word(j) in ABBREVIATED and number.scale is None and s.word(j) != "mil":  # "nine mln"
        number.multiply(ABBREVIATED[s.word(j)])
        j += 1
    value, scale = number.total + number.current, number.scale or Decimal(1)
    fraction = spelled_fraction(s, first, j, value)
    if fraction:
        return fraction
    more = and_part(s, j)
    if not more:
        return s.figure(first, j, value, granularity=number.smallest, spelled=True, scale=scale)
    part, behind = more
    step = scale if scale > 12 else Decimal(1)
    factor, after = scale_words(s, behind)
    value = (value + part * step) * factor
    return s.figure(first, after, value, granularity=part * step * factor, spelled=True, scale=factor * step)


def _and_goes_on(s: Sentence, first: int, j: int, scale: Decimal | None) -> bool:
    """``two hundred and five``; not ``between one hundred and two hundred``, nor ``two thousand and three thousand``."""
    if scale is None or s.word(first - 1) == "between" or s.word(j + 1) not in CARDINALS:
        return False
    return scale <= 100 or SCALES.get(s.word(j + 2), 0) < scale
