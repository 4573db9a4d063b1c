"""A passage's characters as tokens with offsets, and the figures found on them so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.lexicon import load
from auditor.model import Kind, Modifier, Trend

_SHOUTED = 30  # characters; shorter texts in capitals may be names and signs alone
LONGEST_DIGITS = 40  # longer digit runs are identifiers

_TOKEN = re.compile(
    r"(?P<number>"
    r"[0-9]{1,3}(?:,[0-9]{2,3}){0,8},[0-9]{3}(?![0-9])(?:\.[0-9]+)?"  # 1,234,567.8 and 12,34,567
    r"|[0-9]{1,3}(?:[\u00a0\u202f\u2009][0-9]{3}){1,8}(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9]{1,3}(?: [0-9]{3}){2,8}(?![0-9])"
    r"|[1-9][0-9]{0,2} 000(?![0-9,.])"
    r"|[1-9][0-9]{0,2}(?:['’][0-9]{3}){1,8}(?![0-9])"  # 1'234'567
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,8}(?![0-9])(?:,[0-9]+)?"
    r"|[0-9]{1,3}\.[0-9]{3},[0-9]{1,2}(?![0-9])"
    r"|[0-9]+(?:\.[0-9]+|,[0-9]{1,2}(?![0-9]))?"
    r"|(?<![0-9A-Za-z.])\.[0-9]+"
    r")|(?P<word>[^\W\d_¼-¾⅐-⅞]+(?:['’][^\W\d_¼-¾⅐-⅞]+)*)|(?P<other>\S)"
)


@dataclass(slots=True)
class Figure:
    """A figure in the making.  ``first:last`` are the tokens of the numeral, ``after`` the token behind its unit words.

    ``start:end`` are characters of the passage: numeral, scale word and unit sign.
    """

    first: int
    last: int
    start: int
    end: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    granularity: Decimal | None = None
    after: int = 0
    scale: Decimal = Decimal(1)
    signed: bool = False  # a currency's sign or code stands before it
    spelled: bool = False
    scaled: bool = False
    vague: bool = False
    fraction: bool = False
    unit: str | None = None
    dimension: str | None = None
    kind: Kind = Kind.COUNT
    per: str | None = None
    modifier: Modifier = Modifier.EXACT
    trend: Trend | None = None
    counted: str | None = None
    counted_head: str | None = None
    counted_span: tuple[int, int] | None = None
    may_be_name: bool = False  # part of a name, unless a noun behind it is counted
    former: Figure | None = None  # the figure that it has replaced: "from 5 to 3"
    elided_from: Figure | None = None  # the figure that it takes its noun from
    settled: bool = False  # what it counts is known, or that no noun says so
    uncertain: str | None = None
    second_reading: str | None = None

    def __post_init__(self) -> None:
        self.after = self.after or self.last
        if self.value is not None and self.low is None:
            self.low = self.high = self.value

    def rescale(self, factor: Decimal) -> None:
        """Multiply the number by a scale that is written elsewhere."""
        self.value, self.low, self.high, self.granularity = (
            None if number is None else number * factor for number in (self.value, self.low, self.high, self.granularity)
        )
        self.scale, self.scaled = self.scale * factor, True

    @property
    def is_range(self) -> bool:
        return self.value is None and not self.vague

    @property
    def step(self) -> Decimal:
        """The last place of the value that is not zero: 100 of 1,500."""
        return Decimal(1).scaleb(int(self.value.normalize().as_tuple().exponent)) if self.value else Decimal(0)

    @property
    def counts(self) -> bool:
        """Whether a noun may say what it counts."""
        return self.unit is None and self.kind in {Kind.COUNT, Kind.SHARE}

    @property
    def wants_parse(self) -> bool:
        return self.counts and not self.settled


@dataclass(slots=True)
class Sentence:
    """Tokens of a passage; a look-up beyond either end gives the empty string."""

    text: str
    words: list[str] = field(default_factory=list)  # lower case
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    numbers: list[bool] = field(default_factory=list)
    masked: list[bool] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    small: bool = False  # written in small letters throughout

    @classmethod
    def of(cls, text: str) -> Sentence:
        small = text.lower()
        if len(text) >= _SHOUTED and text.isupper() and len(small) == len(text):
            text = small  # a text in capitals throughout shows no names by them
        sentence = cls(text, small=text == small)
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            number = match.lastgroup == "number" and end - start <= LONGEST_DIGITS
            sentence.words.append(match.group().lower())
            sentence.starts.append(start)
            sentence.ends.append(end)
            sentence.numbers.append(number)
        sentence.masked = [False] * len(sentence.words)
        return sentence

    def __len__(self) -> int:
        return len(self.words)

    def figure(
        self,
        first: int,
        last: int,
        value: Decimal,
        *,
        granularity: Decimal | None = None,
        spelled: bool = False,
        scale: Decimal = Decimal(1),
        fraction: bool = False,
    ) -> Figure:
        """The figure that the tokens ``first:last`` write."""
        return Figure(
            first, last, self.starts[first], self.ends[last - 1], value,
            granularity=value if granularity is None else granularity, scale=scale, scaled=scale != 1,
            spelled=spelled, fraction=fraction,
        )  # fmt: skip

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def raw(self, i: int) -> str:
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.words) else ""

    def is_number(self, i: int) -> bool:
        return 0 <= i < len(self.words) and self.numbers[i]

    def glued(self, i: int) -> bool:
        """Whether token ``i`` touches the token before it."""
        return 0 < i < len(self.words) and self.starts[i] == self.ends[i - 1]

    def is_word(self, i: int) -> bool:
        return 0 <= i < len(self.words) and self.words[i][0].isalpha()

    def hyphen(self, i: int) -> bool:
        """Whether token ``i`` is a hyphen between two tokens that it touches."""
        return self.word(i) in _HYPHENS and self.glued(i) and self.glued(i + 1)

    def joint(self, i: int) -> bool:
        """Whether token ``i`` is a hyphen, or one set off by blanks as in text cut into words: ``a 30 - year bond``."""
        return self.word(i) in _HYPHENS and self.glued(i) == self.glued(i + 1)


_HYPHENS = frozenset("-‐‑–")  # many write an en dash for a hyphen


_DIGIT = re.compile("[0-9¼-¾⅐-⅞]")
_WORD = re.compile("[a-z]+")


def _number_words() -> frozenset[str]:
    lexicon = load("numerals")
    folds = (f"{word}fold" for word in lexicon["cardinals"])
    return frozenset({*lexicon["cardinals"], *lexicon["scales"], *lexicon["vague"], *lexicon["fractions"], "couple", *folds})


_NUMBER_WORDS = _number_words()


def may_hold_figure(text: str) -> bool:
    """Whether a text has a digit or a word that writes a number; most sentences have none, and cost nothing more."""
    return _DIGIT.search(text) is not None or not _NUMBER_WORDS.isdisjoint(_WORD.findall(text.lower()))
