"""Negative numbers."""

from __future__ import annotations

import re

from auditor.extraction.sentence import Figure, Sentence

_EITHER = frozenset({("plus", "or"), ("+", "/")})
_TEMPERATURES = frozenset({"celsius", "fahrenheit", "degree"})
_READS = frozenset({"is", "s", "was", "to", "of", "at", "reached", "hit", "be", "below"})
_MINUS = frozenset("-−–")
_MINUS_WITHIN = re.compile(r"[^0-9]{1,8}[-−](?=[0-9.])")


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
        if figure.unit in _TEMPERATURES and s.word(i) in _MINUS and not s.glued(i + 1) and s.word(i - 1) in _READS:
            _negate(figure)  # "it is - 5 deg c"
            figure.first, figure.start = i, s.starts[i]
            continue
        if s.word(i) in _MINUS and s.ends[i] == figure.start and not s.glued(i):
            opens = i == 0 or s.text[s.starts[i] - 1] in " (\n\t\u00a0"
            if opens:
                _negate(figure)
                figure.first, figure.start = i, s.starts[i]
            continue
        k = i - 1 if s.word(i) in _MINUS else i
        if s.word(k) in {"minus", "negative"} and (s.word(k - 2), s.word(k - 1)) not in _EITHER and not figure.signed:
            _negate(figure)
            figure.first, figure.start = k, s.starts[k]


def _negate(figure: Figure) -> None:
    if figure.value is not None and figure.value > 0 and not figure.vague:
        figure.value = -figure.value
        figure.low = figure.high = figure.value
