"""quantulum3's parser at work: a second reader of measured figures, and of compound units that the table lacks.

It sees only a short window, the numeral and its unit: on whole text it is slow, hangs on digit runs, and reads dates and
names.  Its choice among the meanings of an ambiguous symbol depends on the hash seed of the process, so such symbols are not
shown to it.  What it returns is data to compare with, never the figure itself.
"""

from __future__ import annotations

import math
import re
import warnings
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from auditor.extraction import units
from auditor.extraction.sentence import Figure, Sentence
from auditor.model import Kind

_LONGEST = 48  # characters of a window
_LONGEST_DIGITS = 29
_READ = frozenset({Kind.MEASURE, Kind.MONEY, Kind.SHARE})
_DIGIT_RUN = re.compile(rf"[0-9.,]{{{_LONGEST_DIGITS + 1}}}")
_NUMBER_AGAIN = re.compile(r"[0-9][^0-9]*[^0-9.,\s\u00a0][^0-9]*[0-9]")
_PIECES = re.compile(r"[^\W\d_]+|%|°|\"|'")
_COMPOUND = re.compile(r"\s?((?:[^\W\d_]|[°µμΩ])[\w°µμΩ]{0,7}(?:[/·⋅^]-?[\w°²³⁻¹]{1,8}){1,3}|[^\W\d_]{1,4}[²³⁻][¹²³]?)(?![\w/])")
_SCALE_WORD = re.compile(r"\b(?:thousand|[mb]illion|trillion)\b")
_HYPHEN_SCALE = re.compile(r"-(?=(?:thousand|[mb]illion|trillion)\b)")
_UNKNOWN = frozenset({"unknown", "dimensionless"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What the parser makes of a window: ``value`` in ``unit``, which measures ``entity``; ``end`` of its span."""

    value: float
    unit: str
    entity: str
    end: int


@cache
def _parser() -> Any:
    with warnings.catch_warnings():  # it warns that its optional classifier is not installed
        warnings.simplefilter("ignore")
        from quantulum3 import parser
    return parser


@cache
def _ambiguous() -> frozenset[str]:
    """Symbols and words whose meanings measure different things."""
    from quantulum3 import load

    units = load.units("en_US")
    tables = (units.symbols_all, units.surfaces_all)
    return frozenset(text for table in tables for text, meant in table.items() if len({unit.entity.name for unit in meant}) > 1)


@lru_cache(maxsize=16_384)
def read(window: str) -> tuple[Reading, ...]:
    """The parser's readings of a window, in order; none where the window is not fit for it."""
    if len(window) > _LONGEST or _DIGIT_RUN.search(window) or any(piece in _ambiguous() for piece in _PIECES.findall(window)):
        return ()
    try:
        found = _parser().parse(window)
    except Exception:  # a third party's parser on any text: no reading is an answer
        return ()
    return tuple(Reading(float(q.value), str(q.unit.name), str(q.unit.entity.name), int(q.span[1])) for q in found)


def check(s: Sentence, figure: Figure) -> None:
    """Note on the figure what the second reader makes of it, where that is another value or another dimension."""
    if figure.kind not in _READ or figure.value is None or figure.spelled or figure.vague or figure.fraction:
        return
    window = " ".join(s.text[figure.start : max(figure.end, s.ends[figure.after - 1])].split())
    window = _HYPHEN_SCALE.sub(" ", window)
    if "," in window and figure.value != int(figure.value) and "." not in window:
        return  # a decimal comma, which it does not know
    letters = window[0].isalpha() or (figure.value < 0 and window[0].isdigit())
    if letters or _NUMBER_AGAIN.search(window) or (figure.scaled and not _SCALE_WORD.search(window)):
        return  # "£1.2bn", "RM5", "minus 5", "5 below zero": it knows neither scales against the number nor signs of letters
    readings = read(window)
    if not readings or any(_agree(figure, reading, reading.end == len(window)) for reading in readings):
        return
    first = readings[0]
    figure.second_reading = f"{first.value:.12g} {first.unit}"


def _agree(figure: Figure, reading: Reading, whole: bool) -> bool:
    """Whether the reading has our value and, where it read the whole window and both name a known dimension, our dimension."""
    if figure.value is None or not math.isclose(float(figure.value), reading.value, rel_tol=1e-6):
        return False
    same = units.table().words.get(units.key(reading.unit))
    if same is not None and same.name == figure.unit:
        return True
    dimension = (figure.dimension or "").removesuffix(" rate")
    known = whole and reading.entity not in _UNKNOWN and dimension in _entities()
    return not known or dimension == reading.entity or figure.per is not None


@cache
def _entities() -> frozenset[str]:
    """The names of dimensions that we share with the catalogue."""
    from quantulum3 import load

    return frozenset(load.entities("en_US").names)


def name_compound(s: Sentence, figure: Figure) -> None:
    """``5 N/mm2``: a unit written with several symbols that our table does not hold, if the parser knows it whole."""
    if figure.unit is not None or figure.spelled or figure.value is None:
        return
    match = _COMPOUND.match(s.text, figure.end)
    if match is None:
        return
    window = s.text[figure.start : match.end()]
    readings = read(window)
    if (
        len(readings) != 1
        or readings[0].end != len(window)
        or not math.isclose(float(figure.value), readings[0].value, rel_tol=1e-6)
    ):
        return
    name, entity = readings[0].unit, readings[0].entity
    if entity in _UNKNOWN and not _per_known(name):
        return
    figure.unit = name.replace("metre", "meter").replace("litre", "liter")
    figure.dimension = "derived" if entity in _UNKNOWN else entity
    figure.kind = Kind.MEASURE
    figure.end = match.end()
    while figure.after < len(s) and s.starts[figure.after] < match.end():
        figure.after += 1


def _per_known(name: str) -> bool:
    from quantulum3 import load

    return name.count(" per ") == 1 and name.split(" per ")[0] in load.units("en_US").names
