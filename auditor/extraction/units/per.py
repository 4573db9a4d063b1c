"""What an amount or a count is per: ``per X``, ``a X``, ``/X``, ``to the X``."""

from __future__ import annotations

from bisect import bisect_left

from auditor.extraction.sentence import Figure, Sentence
from auditor.extraction.units.table import longest, table
from auditor.lexicon import load
from auditor.model import Kind

_LEXICON = load("units")
EACH = frozenset(_LEXICON["per"]["each"])
PER_UNIT = frozenset(_LEXICON["per"]["unit"])
_TO_THE = frozenset(_LEXICON["per"]["to_the"])
_TIMES = frozenset(_LEXICON["per"]["times"])
_MOMENTS = frozenset(_LEXICON["per"]["moments"])
_SHARES = frozenset({"diluted", "basic", "common"})


def per(s: Sentence, figure: Figure) -> None:
    """``per X [per Y]``, ``a X``, ``/X`` behind the unit: one compound unit where X is a unit, else ``per`` alone."""
    bare_price = not figure.spelled and s.word(figure.after) in {"a", "an"} and not figure.scaled  # "at 54.80 a barrel"
    if figure.unit is None and s.word(figure.after) not in {"per", "/"} and not bare_price:
        return
    if figure.kind is Kind.AGE or " per " in (figure.unit or "") or figure.unit == "percentage point":
        return
    names: list[str] = []
    j = figure.after
    all_units = True
    while len(names) < 3:
        step = _denominator(s, j, bool(names))
        if step is None:
            break
        name, j, is_unit = step
        all_units = all_units and is_unit
        names.append(name)
    if not names:
        return
    figure.per = " per ".join(names)
    figure.after = j
    if all_units and figure.unit is not None:
        figure.unit = f"{figure.unit} per {figure.per}"
        figure.dimension = table().dimensions.get(figure.unit, f"{figure.dimension} rate")
        figure.kind = Kind.MONEY if figure.kind is Kind.MONEY else Kind.MEASURE


def _denominator(s: Sentence, j: int, further: bool) -> tuple[str, int, bool] | None:
    k = j + 1 if s.joint(j) else j
    if s.word(k) in {"plus", "+"} and s.glued(k):  # "$40-plus a foot"
        k += 1
    word = s.word(k)
    if s.joint(k + 1) and word in {"a", "per"}:
        k += 1
    if word == "per" or (word == "/" and s.is_word(k + 1) and s.glued(k) == s.glued(k + 1)):
        found = longest(s, k + 1)
        symbol = table().symbols.match(s.text, s.starts[k + 1]) if k + 1 < len(s) else None
        if symbol is not None and (found is None or symbol.end() > s.ends[found[1] - 1]):  # "per km2"
            return table().by_symbol[symbol.group()].name, bisect_left(s.starts, symbol.end()), True
        if found and found[0].dimension != "ratio" and (word == "per" or found[0].dimension != "currency"):
            return found[0].name, found[1], True
        noun = s.word(k + 1)
        if not s.is_word(k + 1) or noun in {"cent", "se", "capita"} or (word == "/" and noun not in EACH):
            return (noun, k + 2, False) if noun == "capita" else None
        if noun not in EACH and s.word(k + 2) in EACH:  # "per diluted share"
            return s.word(k + 2), k + 3, s.word(k + 2) in PER_UNIT
        return noun, k + 2, noun in PER_UNIT
    if word == "to" and s.word(k + 1) == "the" and not further:  # "112 yen to the dollar", "37 miles to the gallon"
        found = longest(s, k + 2)
        return (found[0].name, found[1], True) if found and found[0].name in _TO_THE else None
    if word == "a" and s.word(k + 1) in _SHARES and s.word(k + 2) == "share":  # "a diluted share"
        return "share", k + 3, True
    moment = s.word(k + 1) in _TIMES and s.word(k + 2) in _MOMENTS  # "a year ago"
    if word in {"a", "an", "each", "every"} and s.word(k + 1) in EACH and not moment:
        if further and word == "each":
            return None
        found = longest(s, k + 1)
        name = found[0].name if found and found[0].dimension != "currency" and found[1] == k + 2 else s.word(k + 1)
        return name, k + 2, name in PER_UNIT or s.word(k + 1) in PER_UNIT
    return None


def rate(s: Sentence, offset: int) -> str | None:
    """What a count is per, read behind the character ``offset``, the end of its noun: ``20 burglaries per week``."""
    j = bisect_left(s.starts, offset)
    step = _denominator(s, j, False)
    if step is None or (s.word(j) != "per" and step[0] not in _TIMES):
        return None
    return step[0]
