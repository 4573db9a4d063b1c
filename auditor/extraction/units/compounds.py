"""Amounts written in two units: ``3 dollars 50 cents``, ``6-foot-9``, ``7 minutes 41 seconds``."""

from __future__ import annotations

from decimal import Decimal

from auditor.extraction.sentence import Figure, Sentence
from auditor.extraction.units.after import age
from auditor.lexicon import load
from auditor.model import Kind

_CURRENCIES = load("currencies")
_LEXICON = load("units")
_PARTS = {part: (frozenset(entry["of"]), Decimal(entry["count"])) for part, entry in _CURRENCIES["parts"].items()}
_COMPOUNDS = {
    (pair.split()[0], pair.split()[1]): (Decimal(rule["count"]), str(rule["sum"])) for pair, rule in _LEXICON["compounds"].items()
}


def compound(s: Sentence, figures: list[Figure]) -> list[Figure]:
    """``3 dollars 50 cents``, ``15 dollars 50``, ``6-foot-9``, ``7 minutes 41 seconds`` as one amount each."""
    merged: list[Figure] = []
    for figure in figures:
        _add_article(s, figure)
        whole = merged[-1] if merged else None
        rule = None if whole is None else _parts_rule(s, whole, figure)
        if whole is None or rule is None or whole.value is None or figure.value is None:
            merged.append(figure)
            continue
        count, unit = rule
        in_parts = unit is not None and unit != whole.unit
        whole.value = whole.value * count + figure.value if in_parts else whole.value + figure.value / count
        whole.unit = unit or whole.unit
        whole.low = whole.high = whole.value
        whole.granularity = Decimal(1) if in_parts else Decimal(1) / count
        whole.last, whole.end, whole.after = figure.last, figure.end, figure.after
        age(s, whole)
    return merged


def _add_article(s: Sentence, figure: Figure) -> None:
    """``an hour and 20 minutes``: the whole is written as "a" or "an"."""
    first = figure.first - 3
    rule = _COMPOUNDS.get((s.word(first + 1), figure.unit or ""))
    if rule is None or figure.value is None or s.word(first) not in {"a", "an"} or s.word(first + 2) != "and":
        return
    count, unit = rule
    figure.value = figure.value + count if unit == figure.unit else 1 + figure.value / count
    figure.low = figure.high = figure.value
    figure.unit, figure.first, figure.start = unit, first, s.starts[first]


def _parts_rule(s: Sentence, whole: Figure, part: Figure) -> tuple[Decimal, str | None] | None:
    """How many of ``part`` make one of ``whole``, and the unit of their sum (None: the whole's)."""
    if whole.value is None or part.value is None or whole.value != int(whole.value) or part.value < 0:
        return None
    gap = [s.word(k) for k in range(whole.after, part.first)]
    if gap not in ([], ["and"], ["-"], [","], [",", "and"]):
        return None
    if whole.kind is Kind.MONEY:
        return _money_parts(s, whole, part, gap)
    for pair, rule in _COMPOUNDS.items():
        first, second = pair
        sign = s.word(part.last) == "in" and not s.is_number(part.last + 1)  # "5 ft 11 in"
        ends = not s.is_word(part.last) or s.word(part.last) in {"and", "tall"}  # "6 foot 9"
        joined = gap == ["-"] or (not gap and (sign or ends or whole.end > s.ends[whole.last - 1]))  # "6-foot-9", "6'9"
        bare = part.unit is None and second == "inch" and joined and not s.hyphen(part.last)
        if whole.unit == first and (part.unit == second or bare) and part.value < rule[0]:
            return rule
    return None


def _money_parts(s: Sentence, whole: Figure, part: Figure, gap: list[str]) -> tuple[Decimal, None] | None:
    assert part.value is not None
    if gap not in ([], ["and"]) or (whole.after == whole.last and whole.end <= s.ends[whole.last - 1]):
        return None
    if not 0 < part.value < 100 or part.value != int(part.value):
        return None
    if part.unit is not None:
        of, count = _PARTS.get(part.unit, (frozenset(), Decimal(0)))
        return (count, None) if whole.unit in of else None
    ends = s.word(part.after) in {"", ".", ",", ";", "!", "?"}
    return (Decimal(100), None) if ends else None
