"""A currency before the numeral."""

from __future__ import annotations

import re

from auditor.extraction.sentence import Figure, Sentence
from auditor.extraction.units.table import BLANKS, WORDLIKE_SIGNS, Unit, set_unit, table
from auditor.lexicon import load

_CURRENCIES = load("currencies")
_MINUS = frozenset("-−")
_LONGEST_SIGN = 8
_CONSOLE = re.compile(r"[1-9](?![0-9.,km])")  # "PS4"


def before(s: Sentence, figure: Figure, floor: int) -> None:
    """A currency's sign or code before the numeral: ``$5``, ``US $5``, ``EUR 5``, ``-$5``, ``PS2.7m``, ``R50 million``."""
    start = figure.start
    edge = start - 1 if start > floor and s.text[start - 1] in BLANKS else start
    if edge - 1 > floor and s.text[edge - 1] in _MINUS:  # "$-50.8bn"
        found = _sign_before(s, edge - 1, edge - 1, floor, signs_only=True)
    else:
        found = _sign_before(s, edge, start, floor)
    found = found or _name_before(s, figure, start, floor)
    if found is None:
        return
    unit, begin = found
    set_unit(figure, unit)
    figure.signed = True
    figure.start = begin
    while figure.first > 0 and s.starts[figure.first] > begin:
        figure.first -= 1


def _sign_before(s: Sentence, edge: int, start: int, floor: int, *, signs_only: bool = False) -> tuple[Unit, int] | None:
    """The currency whose sign ends at ``edge``, and where the sign begins; ``start`` is where the numeral does."""
    for width in range(min(_LONGEST_SIGN, edge - floor), 0, -1):
        begin = edge - width
        candidate = s.text[begin:edge]
        unit = table().by_sign.get(candidate)
        if unit is None and s.small and " " not in candidate and candidate.upper() not in table().codes:
            unit = table().by_sign.get(candidate.upper())
        if unit is None or (candidate[0].isalpha() and begin > 0 and s.text[begin - 1].isalnum()):
            continue
        if (candidate in WORDLIKE_SIGNS and edge < start and candidate != "RM") or (signs_only and candidate[-1].isalpha()):
            continue
        if candidate.upper() == "PS" and _CONSOLE.match(s.text, start):
            continue
        return unit, begin
    return None


def _name_before(s: Sentence, figure: Figure, start: int, floor: int) -> tuple[Unit, int] | None:
    """``R50 million``, ``dollar 22.5 million``: a letter or a noun that stands for a currency before large numbers only."""
    raw = s.raw(figure.first)
    if start <= floor or not (figure.scaled or "," in raw or raw[-3:-2] == "."):
        return None
    i = figure.first - 1
    glued = s.glued(figure.first)
    name = (
        _CURRENCIES["scaled"].get(s.raw(i))
        if glued and (figure.scaled or raw[-3:-2] == ".")
        else None
        if glued
        else _CURRENCIES["before"].get(s.word(i))
    )
    return None if name is None or s.glued(i) else (Unit(name, "currency"), s.starts[i])
