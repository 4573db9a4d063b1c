"""Numerals, read left to right, longest first: digits, spelled numbers, fractions, scale words, vague counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from auditor.extraction.sentence import Figure, Sentence
from auditor.lexicon import load
from auditor.model import Kind

_LEXICON = load("numerals")
CARDINALS = {word: Decimal(value) for word, value in _LEXICON["cardinals"].items()}
SCALES = {word: Decimal(value) for word, value in _LEXICON["scales"].items()}
_ABBREVIATED = {word: Decimal(value) for word, value in _LEXICON["abbreviated_scales"].items()}
_GLUED = {word: Decimal(value) for word, value in _LEXICON["glued_scales"].items()}
_FRACTIONS = {word: int(value) for word, value in _LEXICON["fractions"].items()}
_VAGUE = {word: (Decimal(low), Decimal(high)) for word, (low, high) in _LEXICON["vague"].items()}
_VAGUE_MULTIPLES = {word: Decimal(value) for word, value in _LEXICON["vague_multiples"].items()}
_VAGUE_FACTORS = {word: (Decimal(low), Decimal(high)) for word, (low, high) in _LEXICON["vague_factors"].items()}
_DOZEN_BEFORE = frozenset(_LEXICON["dozen"]["before"])
_BEFORE_FRACTION = frozenset(_LEXICON["lone_fractions"]["before"])
_BEHIND_FRACTION = frozenset(_LEXICON["lone_fractions"]["behind"])
_HALF_UNITS = frozenset(_LEXICON["halves"]["units"])
_TIMES = frozenset(_LEXICON["halves"]["times"])
_HALF_DETERMINERS = frozenset(_LEXICON["halves"]["determiners"])
_HALF_HEDGES = frozenset(_LEXICON["halves"]["hedges"])
_NO_HALF = frozenset(_LEXICON["halves"]["none"])
_MANY_AFTER = frozenset(_LEXICON["many"]["behind"])
_MANY_BEFORE = frozenset(_LEXICON["many"]["before"])
_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
    "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_DENOMINATORS = frozenset({"2", "3", "4", "5", "8", "10", "16"})
_HALF = Decimal("0.5")
_ARTICLES = frozenset({"a", "an"})
_BEGIN = frozenset({*CARDINALS, *SCALES, *_VULGAR, *_VAGUE, *_VAGUE_MULTIPLES, *_VAGUE_FACTORS, *_ARTICLES, "half", "quarter"})
_LARGEST_POWER = 400


@dataclass(frozen=True, slots=True)
class Convention:
    """How a document writes decimals.  ``mark`` is "." or ","; ``shown`` whether the document itself shows it."""

    mark: str
    shown: bool


_NUMBER = re.compile(r"[0-9][0-9.,]*")
_COMMA_DECIMALS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,8},[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3}){2,8}|[0-9]+,[0-9]{1,2}")
_POINT_DECIMALS = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3}){1,8}\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,8}|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,9})|0\.[0-9]+"
)


def convention(text: str, setting: str | None) -> Convention:
    """The decimal mark that ``text`` shows by itself, else ``setting``, else the point."""
    numbers = {number.rstrip(".,") for number in _NUMBER.findall(text)}
    comma = any(map(_COMMA_DECIMALS.fullmatch, numbers))
    point = any(map(_POINT_DECIMALS.fullmatch, numbers))
    if comma != point:
        return Convention("," if comma else ".", shown=True)
    return Convention(setting or ".", shown=False)


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
        return _digits(s, i, style)
    word = s.words[i]
    if word in _VULGAR:
        return _figure(s, i, i + 1, _ratio(*_VULGAR[word]), fraction=True)
    if word in _ARTICLES:
        return _after_article(s, i)
    if word in _VAGUE_FACTORS:
        return _vague_factor(s, i, i)
    if word in _VAGUE or (word in _VAGUE_MULTIPLES and s.word(i + 1) == "of"):
        return _vague(s, i)
    if word == "half":
        return _half(s, i)
    if word in CARDINALS or (word in SCALES and _stands_alone(s, i)):
        return _spelled(s, i, i)
    if word.endswith("fold") and word[:-4] in CARDINALS:  # "threefold"
        return _figure(s, i, i + 1, CARDINALS[word[:-4]], spelled=True)
    k = i + 2 if s.hyphen(i + 1) else i + 1
    if word == "quarter" and s.word(k) in _HALF_UNITS:  # "a quarter mile"
        return _figure(s, i, i + 1, _HALF / 2, spelled=True)
    if word == "quarter" and s.word(i + 1) == "of" and s.word(i + 2) in _ARTICLES and s.word(i + 3) in SCALES:
        return _part_of(s, i, i + 1, _HALF / 2)
    if word == "quarter" and s.word(i + 1) in SCALES:  # "quarter million"
        return _figure(s, i, i + 2, SCALES[s.word(i + 1)] / 4, spelled=True, scale=SCALES[s.word(i + 1)])
    return None


def _stands_alone(s: Sentence, i: int) -> bool:
    """Whether a bare scale word is a number: ``thousand of``, ``the dozen``; not ``parts per million``, ``a baker's dozen``."""
    if s.word(i) == "dozen":
        return s.word(i - 1) in _DOZEN_BEFORE
    return s.word(i + 1) == "of" and s.word(i - 1) != "per"


# -- digits


def _digits(s: Sentence, i: int, style: Convention) -> Figure | None:
    clock = _time_left(s, i)
    if clock:
        return clock
    value, uncertain = _number(s.raw(i), style)
    if value is None:
        return None
    j = i + 1
    granularity = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    fraction = False
    if s.hyphen(j) and s.words[i].isdigit():
        fraction_of = _spelled_fraction(s, i, j, value)  # "2-thirds"
        if fraction_of is not None:
            return fraction_of
    part = _written_fraction(s, i, j)
    if part is not None:
        value, j, granularity, fraction = part
    else:
        value, j, granularity = _with_vulgar(s, value, j, granularity)
        value, j, granularity = _with_power(s, value, j, granularity)
    factor, k = _scale(s, j)
    value, granularity = value * factor, granularity * factor
    if k == j and not fraction:
        part_of_one = _and_part(s, k)
        if part_of_one:
            value, granularity, k = value + part_of_one[0], part_of_one[0], part_of_one[1]
            factor, after = _scale(s, k)
            value, granularity, k = value * factor, granularity * factor, after
    figure = _figure(s, i, k, value, granularity=granularity, scale=factor, fraction=fraction and value < 1)
    figure.uncertain = uncertain
    return figure


def _time_left(s: Sentence, i: int) -> Figure | None:
    """``7:41 to go``, ``4:43 remaining``: minutes and seconds of a game's clock."""
    if s.word(i + 1) != ":" or not s.is_number(i + 2) or not s.words[i].isdigit() or len(s.words[i]) > 2:
        return None
    after = (s.word(i + 3), s.word(i + 4))
    if after[0] not in {"left", "remaining"} and after not in {("to", "go"), ("to", "play")}:
        return None
    figure = _figure(s, i, i + 3, Decimal(s.words[i]) * 60 + Decimal(s.words[i + 2]), granularity=Decimal(1))
    figure.unit, figure.dimension, figure.kind = "second", "time", Kind.MEASURE
    return figure


def sign(s: Sentence, figures: list[Figure]) -> None:
    """Negative numbers: a minus that touches the number (or its currency) and nothing before it, or words that say so."""
    for figure in figures:
        if (s.word(figure.after), s.word(figure.after + 1)) == ("below", "zero"):
            _negate(figure)
            figure.after += 2
            continue
        if figure.signed and _MINUS_WITHIN.match(s.text, figure.start):  # "$-50"
            _negate(figure)
            continue
        i = figure.first - 1
        if s.word(i) in _MINUS and s.ends[i] == figure.start and not s.glued(i):
            opens = i == 0 or s.text[s.starts[i] - 1] in " (\n\t\u00a0"
            if opens:
                _negate(figure)
                figure.first, figure.start = i, s.starts[i]
            continue
        k = i - 1 if s.word(i) in _MINUS else i
        if s.word(k) in {"minus", "negative"} and s.word(k - 1) not in {"or", "/"} and not figure.signed:
            _negate(figure)
            figure.first, figure.start = k, s.starts[k]


_MINUS = frozenset("-−–")
_MINUS_WITHIN = re.compile(r"[^0-9]{1,8}[-−](?=[0-9.])")


def _negate(figure: Figure) -> None:
    if figure.value is not None and figure.value > 0 and not figure.vague:
        figure.value = -figure.value
        figure.low = figure.high = figure.value


_GROUP_MARKS = dict.fromkeys(map(ord, "\u00a0\u202f\u2009 '’"))


def _number(raw: str, style: Convention) -> tuple[Decimal | None, str | None]:
    """The value of a run of digits and separators, and why it is uncertain."""
    raw = raw.translate(_GROUP_MARKS)
    commas, points = raw.count(","), raw.count(".")
    if commas and points:
        decimal = max(raw.rfind(","), raw.rfind("."))
        whole = raw[:decimal].replace(",", "").replace(".", "")
        return Decimal(f"{whole}.{raw[decimal + 1 :]}"), None
    if commas > 1 or points > 1:
        return Decimal(raw.replace(",", "").replace(".", "")), None
    if not commas and not points:
        return Decimal(raw), None
    mark = "," if commas else "."
    whole, digits = raw.split(mark)
    grouped = len(digits) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0"
    if not grouped:
        known = mark == "." or style.mark == ","
        return Decimal(f"{whole or '0'}.{digits}"), None if known else "decimal comma in a document of decimal points"
    if style.mark == mark:
        doubtful = None if style.shown else f"'{raw}' may be {whole}{digits} or {whole}.{digits}"
        return Decimal(f"{whole}.{digits}"), doubtful
    return Decimal(whole + digits), None


def _written_fraction(s: Sentence, i: int, j: int) -> tuple[Decimal, int, Decimal, bool] | None:
    """``1/4``, ``3 1/2``, ``3-1/2``."""
    if _is_fraction(s, i):
        part = _ratio(int(s.words[i]), int(s.words[i + 2]))
        return part, i + 3, part, True
    k = j + 1 if s.joint(j) else j
    if s.words[i].isdigit() and _is_fraction(s, k) and int(s.words[k]) < int(s.words[k + 2]):
        part = _ratio(int(s.words[k]), int(s.words[k + 2]))
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
    if s.word(j) in _VULGAR and s.starts[j] - s.ends[j - 1] <= 1:
        part = _ratio(*_VULGAR[s.words[j]])
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


def _scale(s: Sentence, j: int) -> tuple[Decimal, int]:
    """The product of the scale words from token ``j`` on, and the token behind them."""
    factor = Decimal(1)
    while True:
        more = s.word(j) == "+" and s.glued(j) and s.word(j + 1) in SCALES  # "40+ million"
        k = j + 1 if s.joint(j) or more else j
        word, raw = s.word(k), s.raw(k)
        if word in SCALES and not (word == "dozen" and factor != 1):
            factor *= SCALES[word]
        elif word in _ABBREVIATED and factor == 1 and not s.masked[k]:
            factor *= _ABBREVIATED[word]
        elif k == j and factor == 1 and s.is_number(j - 1) and raw in _GLUED and _letter_scales(s, j):
            factor *= _GLUED[raw]
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


def _glued_scale(s: Sentence, j: int) -> bool:
    """``25k``, ``4.3M``, ``$1.7m``, ``2B`` but ``24703m2`` and ``100 m`` are metres."""
    raw = s.raw(j)
    if s.glued(j + 1) and (s.is_number(j + 1) or s.word(j + 1) in {"²", "³", "/", "^"}):
        return False
    if raw in {"k", "K", "B", "b", "M", "mm", "MM"}:
        return raw != "mm" or _after_money(s, j - 1)
    if s.word(j + 1) == "of" and s.word(j + 2) in _HALF_DETERMINERS:  # "35m of its devices"
        return any(_plural_follows(s, k) for k in range(j + 3, j + 6))
    if s.word(j + 1) in _RANGE_SIGNS and s.is_number(j + 2) and s.raw(j + 3) == raw:  # "75m-100m people"
        return _after_money(s, j - 1) or _plural_follows(s, j + 4)
    return _after_money(s, j - 1) or _plural_follows(s, j + 1) or s.word(j + 1) in {"sq", "square", "cubic", "cu"}


def _after_money(s: Sentence, i: int) -> bool:
    """Whether a currency stands before the number at token ``i``, or before the other end of its range: ``£75m-100m``."""
    if s.word(i - 1) in _RANGE_SIGNS:
        i -= 3 if s.raw(i - 2) in _GLUED else 2
    before = s.word(i - 1)
    return bool(before) and (before in _CURRENCY_SIGNS | {"="} or (s.glued(i) and s.is_word(i - 1)))


_RANGE_SIGNS = frozenset({"-", "–", "to"})


def _plural_follows(s: Sentence, j: int) -> bool:
    word = s.word(j)
    return word == "people" or (len(word) > 3 and word.isalpha() and word.endswith("s") and not word.endswith(("ss", "us", "is")))


# -- words


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


def _spelled(s: Sentence, first: int, i: int) -> Figure | None:
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
    if s.word(j) in _ABBREVIATED and number.scale is None and s.word(j) != "mil":  # "nine mln"
        number.multiply(_ABBREVIATED[s.word(j)])
        j += 1
    value, scale = number.total + number.current, number.scale or Decimal(1)
    fraction = _spelled_fraction(s, first, j, value)
    if fraction:
        return fraction
    more = _and_part(s, j)
    if not more:
        return _figure(s, first, j, value, granularity=number.smallest, spelled=True, scale=scale)
    part, behind = more
    step = scale if scale > 12 else Decimal(1)
    factor, after = _scale(s, behind)
    value = (value + part * step) * factor
    return _figure(s, first, after, value, granularity=part * step * factor, spelled=True, scale=factor * step)


def _and_goes_on(s: Sentence, first: int, j: int, scale: Decimal | None) -> bool:
    """``two hundred and five``; not ``between one hundred and two hundred``, nor ``two thousand and three thousand``."""
    if scale is None or s.word(first - 1) == "between" or s.word(j + 1) not in CARDINALS:
        return False
    return scale <= 100 or SCALES.get(s.word(j + 2), 0) < scale


_THREE_QUARTERS = Decimal("0.75")
_PARTS = {("a", "half"): _HALF, ("a", "quarter"): _HALF / 2}
_PARTS |= {("three", "quarter"): _THREE_QUARTERS, ("three", "quarters"): _THREE_QUARTERS}


def _and_part(s: Sentence, j: int) -> tuple[Decimal, int] | None:
    """The part that ``and a half``, ``and-a-half``, ``and three-quarters`` at token ``j`` adds, and the token behind it."""
    words: list[str] = []
    k = j
    while len(words) < 3 and k < len(s):
        if s.hyphen(k):
            k += 1
            continue
        words.append(s.words[k])
        k += 1
    part = _PARTS.get((words[1], words[2])) if len(words) == 3 and words[0] == "and" else None
    return None if part is None else (part, k)


def _spelled_fraction(s: Sentence, first: int, j: int, value: Decimal) -> Figure | None:
    """``two-thirds``, ``one in`` is none; ``one fifth of``, ``three quarters of``."""
    k = j + 1 if s.joint(j) else j
    word = s.word(k)
    if word not in _FRACTIONS or value >= _FRACTIONS[word] or value == 0 or s.masked[k]:
        return None
    plural, hyphen = word.endswith("s"), k > j
    of = s.word(k + 1) == "of"
    if plural != (value > 1) or (word in {"quarter", "quarters", "half", "halves"} and not (hyphen or of)):
        return None
    if not (plural or hyphen or of):
        return None
    return _part_of(s, first, k + 1, _ratio(int(value), _FRACTIONS[word]))


def _part_of(s: Sentence, first: int, last: int, part: Decimal) -> Figure:
    """A fraction, or the number that it is where ``of a million`` stands behind it."""
    scale = SCALES.get(s.word(last + 2)) if s.word(last) == "of" and s.word(last + 1) in _ARTICLES else None
    if scale is None:
        return _figure(s, first, last, part, spelled=True, fraction=True)
    return _figure(s, first, last + 3, part * scale, spelled=True, scale=scale)


def _after_article(s: Sentence, i: int) -> Figure | None:
    word = s.word(i + 1)
    if i + 1 < len(s) and s.masked[i + 1]:
        return None
    if word in SCALES and not word.endswith("s"):
        return _spelled(s, i, i + 1)
    more = _and_part(s, i + 2) if word in _TIMES else None
    if more is not None:  # "an hour and a half"
        figure = _figure(s, i, more[1], 1 + more[0], granularity=more[0], spelled=True)
        figure.unit, figure.dimension, figure.kind = word, "time", Kind.MEASURE
        return figure
    if word in _VAGUE_FACTORS and word in {"few", "couple"}:
        return _vague_factor(s, i, i + 1)
    if word == "quarter" and s.hyphen(i + 2) and s.word(i + 3) in SCALES:
        return _figure(s, i, i + 4, SCALES[s.word(i + 3)] / 4, spelled=True, scale=SCALES[s.word(i + 3)])
    if word == "half" and s.hyphen(i + 2) and s.word(i + 3) in SCALES:
        return _figure(s, i, i + 4, SCALES[s.word(i + 3)] / 2, spelled=True, scale=SCALES[s.word(i + 3)])
    if word in _FRACTIONS and not word.endswith("s") and (s.word(i + 2) == "of" or _lone_fraction(s, i)):
        return _part_of(s, i, i + 2, _ratio(1, _FRACTIONS[word]))
    return None


def _lone_fraction(s: Sentence, i: int) -> bool:
    """``by a third``, ``nearly a quarter``: no noun behind it, so that it is no ordinal."""
    after = s.word(i + 2)
    return s.word(i - 1) in _BEFORE_FRACTION and (not after[:1].isalpha() or after in _BEHIND_FRACTION)


def _half_dozen(s: Sentence, i: int) -> Figure | None:
    """``half-a-dozen``."""
    words = [s.word(k) for k in range(i + 1, i + 4)]
    if words == ["-", "a", "-"] and s.word(i + 4) in SCALES:
        return _figure(s, i, i + 5, SCALES[s.word(i + 4)] / 2, spelled=True, scale=SCALES[s.word(i + 4)])
    return None


def _half(s: Sentence, i: int) -> Figure | None:
    """``half a million``, ``half a dozen``, ``half an hour``, ``half of``, ``half the``; not ``first half``, ``half-time``."""
    after = s.word(i + 1)
    if s.hyphen(i + 1) and s.word(i + 2) == "a":
        return _half_dozen(s, i)
    if s.hyphen(i + 1):
        if s.word(i + 2) in SCALES:
            return _figure(s, i, i + 3, SCALES[s.word(i + 2)] / 2, spelled=True, scale=SCALES[s.word(i + 2)])
        if s.word(i + 2) in _HALF_UNITS:
            return _figure(s, i, i + 1, _HALF, spelled=True)
        return None
    if after in _ARTICLES and s.word(i + 2) in SCALES:
        return _figure(s, i, i + 3, SCALES[s.word(i + 2)] / 2, spelled=True, scale=SCALES[s.word(i + 2)])
    if after in _HALF_UNITS and s.word(i - 1) not in _NO_HALF - {"a", "the", "last"}:  # "a half century"
        return _figure(s, i, i + 1, _HALF, spelled=True)
    if after in SCALES:
        return _figure(s, i, i + 2, SCALES[after] / 2, spelled=True, scale=SCALES[after])
    if after in _ARTICLES:
        return _figure(s, i, i + 2, _HALF, spelled=True) if s.word(i + 2) in _HALF_UNITS else None
    if after in _HALF_DETERMINERS and s.word(i - 1) not in _NO_HALF:
        return _figure(s, i, i + 1, _HALF, spelled=True, fraction=True)
    if s.word(i - 1) in _HALF_HEDGES:
        return _figure(s, i, i + 1, _HALF, spelled=True, fraction=True)
    return None


# -- vague


def _vague(s: Sentence, i: int) -> Figure | None:
    """``dozens``, ``thousands of``, ``tens of thousands``, ``hundreds of millions``."""
    if s.word(i) in _VAGUE_MULTIPLES and s.word(i + 1) == "of" and s.word(i + 2) in _VAGUE and not s.masked[i + 2]:
        factor = _VAGUE_MULTIPLES[s.word(i)]
        low, high = _VAGUE[s.word(i + 2)]
        if factor < low:
            return _vague_figure(s, i, i + 3, factor * low, factor * high)
    if s.word(i) not in _VAGUE or (s.word(i) == "scores" and not _many(s, i)):
        return None
    return _vague_figure(s, i, i + 1, *_VAGUE[s.word(i)])


def _many(s: Sentence, i: int) -> bool:
    """Whether "scores" counts, and is neither the verb nor the results of matches."""
    return s.word(i + 1) in _MANY_AFTER or s.word(i - 1) in _MANY_BEFORE


def _vague_factor(s: Sentence, first: int, i: int) -> Figure | None:
    """``several hundred``, ``a few thousand``, ``a couple of million``, ``a couple of``."""
    low, high = _VAGUE_FACTORS[s.word(i)]
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
    return _vague_figure(s, first, j, low * scale, high * scale)


def _vague_figure(s: Sentence, first: int, last: int, low: Decimal, high: Decimal) -> Figure:
    return Figure(first, last, s.starts[first], s.ends[last - 1], None, low, high, vague=True, spelled=True)


# -- common


def _ratio(numerator: int, denominator: int) -> Decimal:
    return Decimal(numerator) / Decimal(denominator)


def _figure(
    s: Sentence,
    first: int,
    last: int,
    value: Decimal,
    *,
    granularity: Decimal | None = None,
    spelled: bool = False,
    scale: Decimal = Decimal(1),
    fraction: bool = False,
) -> Figure:
    return Figure(
        first, last, s.starts[first], s.ends[last - 1], value,
        granularity=value if granularity is None else granularity, scale=scale, scaled=scale != 1,
        spelled=spelled, fraction=fraction,
    )  # fmt: skip
