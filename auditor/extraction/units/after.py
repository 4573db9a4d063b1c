"""Units in words behind the numeral, and ages."""

from __future__ import annotations

from decimal import Decimal

from auditor.extraction.numerals import SCALES
from auditor.extraction.sentence import Figure, Sentence
from auditor.extraction.units.symbols import symbol
from auditor.extraction.units.table import Unit, longest, set_unit, table
from auditor.lexicon import load
from auditor.model import Kind

_CURRENCIES = load("currencies")
_LEXICON = load("units")
_BETWEEN = frozenset(_LEXICON["ordinary"]["between"])
_NATIONAL = frozenset(_CURRENCIES["national"]["nouns"])
_A_MILLION = 1_000_000
_LEAST_WON = 100  # less is the verb: "the 12 won twice"


def after(s: Sentence, figure: Figure, ceiling: int) -> None:
    """The unit behind the numeral, none of it beyond the character ``ceiling``: ``5 km``, ``5 kilometres``, ``5 %``."""
    j = figure.last
    if figure.kind is Kind.MONEY:
        _money_after(s, figure)
        return
    if j < len(s) and s.masked[j]:
        return
    if not figure.spelled or figure.scaled:
        for unit_end, unit in symbol(s, figure, ceiling):
            set_unit(figure, unit)
            while figure.after < len(s) and s.starts[figure.after] < unit_end:
                figure.after += 1
            if unit.dimension in {"currency", "ratio"} or not s.text[figure.end].isspace():
                figure.end = unit_end
            age(s, figure)
            return
    found = _words(s, j, figure)
    if found is None:
        return
    unit, after = found
    if unit.name == "dollar" and s.word(after) == "bill":
        return
    if unit.name == "south korean won" and not figure.scaled and figure.high is not None and figure.high < _LEAST_WON:  # "5 won"
        return
    if unit.name == "german mark" and s.word(after - 1) == "mark":  # "past the 200 mark"
        return
    if unit.name == "pound-mass" and figure.scale >= _A_MILLION and s.word(after) != "of":
        unit = Unit("pound sterling", "currency")
    set_unit(figure, unit)
    figure.after = after
    age(s, figure)


def _money_after(s: Sentence, figure: Figure) -> None:
    """``$75 U.S.``, ``$5 million dollars``, ``75 USD million``."""
    j = figure.last
    if s.raw(j) == "U" and s.raw(j + 1) == "." and s.raw(j + 2) == "S":
        figure.after = j + 4 if s.raw(j + 3) == "." else j + 3
        return
    found = _words(s, j, figure)
    if found is not None and found[0].dimension == "currency":
        if figure.unit == "dollar":
            figure.unit = found[0].name if found[0].name.endswith("dollar") else figure.unit
        figure.after = found[1]
    elif s.raw(j) in table().codes and not s.is_number(j + 1):
        figure.unit = table().codes[s.raw(j)].name
        figure.after = j + 1


def _words(s: Sentence, j: int, figure: Figure) -> tuple[Unit, int] | None:
    """The longest unit in words from token ``j`` on, over hyphens and words such as "straight"; and the token behind it."""
    if (s.joint(j) and (s.hyphen(j) or not s.word(j + 1).endswith("s"))) or (s.word(j) == "+" and s.glued(j)):
        j += 1
    if s.word(j) == "of" and (figure.scaled or figure.vague or figure.fraction) and s.word(j + 1) not in {"a", "an", "the"}:
        found = longest(s, j + 1)
        return found if found and not (figure.fraction and found[0].dimension == "time") else None
    if s.word(j) == "of" and figure.fraction and s.word(j + 1) in {"a", "an"}:
        return longest(s, j + 2)
    if figure.fraction and figure.spelled and s.word(j) in {"the", "a", "an"}:
        return None
    if s.raw(j) in table().codes and not s.masked[j]:
        scale = SCALES.get(s.word(j + 1))
        if scale is not None and not figure.scaled:  # 75 USD million
            figure.rescale(scale)
            return table().codes[s.raw(j)], j + 2
        return table().codes[s.raw(j)], j + 1
    if s.raw(j)[:1] in {"M", "k"} and s.raw(j)[1:] in table().codes:  # thirty MUSD
        factor = 1_000_000 if s.raw(j)[0] == "M" else 1000
        figure.rescale(Decimal(factor))
        return table().codes[s.raw(j)[1:]], j + 1
    found = longest(s, j) or _national(s, j)
    if found is None and s.word(j) in _BETWEEN:
        k = j + 1
        while s.word(k) in _BETWEEN and k < j + 3:
            k += 1
        found = longest(s, k)
    return found


def _national(s: Sentence, j: int) -> tuple[Unit, int] | None:
    """``150 Fijian dollars``: a currency that only its country names."""
    noun = s.word(j + 1)
    singular = noun[:-1] if noun.endswith("s") and noun[:-1] in _NATIONAL else noun
    if singular not in _NATIONAL or not s.raw(j)[:1].isupper():
        return None
    return Unit(f"{s.words[j]} {singular}", "currency"), j + 2


def age(s: Sentence, figure: Figure) -> None:
    """``12 years old``, ``12-year-old``, ``6 weeks of age``."""
    if figure.unit not in {"year", "month", "week", "day", "hour", "minute"}:
        return
    j = figure.after + 1 if s.joint(figure.after) else figure.after
    of_age = s.word(j) == "of" and s.word(j + 1) == "age"
    if s.word(j) in {"old", "olds"} or of_age:
        figure.unit, figure.dimension, figure.kind = f"{figure.unit} of age", "age", Kind.AGE
        figure.after = j + 2 if of_age else j + 1
