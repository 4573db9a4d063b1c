"""Fractions in words, and the parts of a number: a third of, two-thirds, half a million, ... and a half."""

from __future__ import annotations

from decimal import Decimal

from auditor.extraction.numerals.vocabulary import ARTICLES, DETERMINERS, FRACTIONS, HALF, SCALES, ratio
from auditor.extraction.sentence import Figure, Sentence
from auditor.lexicon import load

_HALVES = load("numerals")["halves"]
_LONE = load("numerals")["lone_fractions"]
_BEFORE_FRACTION = frozenset(_LONE["before"])
_BEHIND_FRACTION = frozenset(_LONE["behind"])
_HALF_UNITS = frozenset(_HALVES["units"])
_HALF_HEDGES = frozenset(_HALVES["hedges"])
_NO_HALF = frozenset(_HALVES["none"])
_THREE_QUARTERS = Decimal("0.75")
_PARTS = {
    ("a", "half"): HALF,
    ("a", "quarter"): HALF / 2,
    ("three", "quarter"): _THREE_QUARTERS,
    ("three", "quarters"): _THREE_QUARTERS,
}


def and_part(s: Sentence, j: int) -> tuple[Decimal, int] | None:
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


def spelled_fraction(s: Sentence, first: int, j: int, value: Decimal) -> Figure | None:
    """``two-thirds``, ``one in`` is none; ``one fifth of``, ``three quarters of``."""
    k = j + 1 if s.joint(j) else j
    word = s.word(k)
    if word not in FRACTIONS or value >= FRACTIONS[word] or value == 0 or s.masked[k]:
        return None
    plural, hyphen = word.endswith("s"), k > j
    of = s.word(k + 1) == "of"
    if plural != (value > 1) or (word in {"quarter", "quarters", "half", "halves"} and not (hyphen or of)):
        return None
    if not (plural or hyphen or of):
        return None
    return part_of(s, first, k + 1, ratio(int(value), FRACTIONS[word]))


def part_of(s: Sentence, first: int, last: int, part: Decimal) -> Figure:
    """A fraction, or the number that it is where ``of a million`` stands behind it."""
    scale = SCALES.get(s.word(last + 2)) if s.word(last) == "of" and s.word(last + 1) in ARTICLES else None
    if scale is None:
        return s.figure(first, last, part, spelled=True, fraction=True)
    return s.figure(first, last + 3, part * scale, spelled=True, scale=scale)


def lone_fraction(s: Sentence, i: int) -> bool:
    """``by a third``, ``nearly a quarter``: no noun behind it, so that it is no ordinal."""
    after = s.word(i + 2)
    return s.word(i - 1) in _BEFORE_FRACTION and not s.hyphen(i + 2) and (not after[:1].isalpha() or after in _BEHIND_FRACTION)


def quarter(s: Sentence, i: int) -> Figure | None:
    """``a quarter mile``, ``quarter of a million``, ``quarter million``; "a quarter of" begins at its article."""
    after = s.word(i + 1)
    if s.word(i + 2 if s.hyphen(i + 1) else i + 1) in _HALF_UNITS:
        return s.figure(i, i + 1, HALF / 2, spelled=True)
    if after == "of" and s.word(i + 2) in ARTICLES and s.word(i + 3) in SCALES:
        return part_of(s, i, i + 1, HALF / 2)
    if after == "of" and s.word(i + 2) in ARTICLES and s.word(i + 3) in _HALF_UNITS:  # "another quarter of a point"
        return s.figure(i, i + 1, HALF / 2, spelled=True, fraction=True)
    return _scaled(s, i, i + 1, 4) if after in SCALES else None


def _scaled(s: Sentence, first: int, at: int, parts: int) -> Figure:
    """One of ``parts`` equal parts of the scale word at token ``at``."""
    scale = SCALES[s.word(at)]
    return s.figure(first, at + 1, scale / parts, spelled=True, scale=scale)


def hyphened(s: Sentence, i: int) -> Figure | None:
    """``a quarter-million``, ``a half-dozen``, from their article at token ``i`` on."""
    parts = {"half": 2, "quarter": 4}.get(s.word(i + 1))
    return _scaled(s, i, i + 3, parts) if parts and s.hyphen(i + 2) and s.word(i + 3) in SCALES else None


def half(s: Sentence, i: int) -> Figure | None:
    """``half a million``, ``half a dozen``, ``half an hour``, ``half of``, ``half the``; not ``first half``, ``half-time``."""
    after = s.word(i + 1)
    if s.hyphen(i + 1) and s.word(i + 2) == "a":
        return _half_dozen(s, i)
    if s.hyphen(i + 1):
        if s.word(i + 2) in SCALES:
            return _scaled(s, i, i + 2, 2)
        return s.figure(i, i + 1, HALF, spelled=True) if s.word(i + 2) in _HALF_UNITS else None
    if after in ARTICLES and s.word(i + 2) in SCALES:
        return _scaled(s, i, i + 2, 2)
    if after in _HALF_UNITS and s.word(i - 1) not in _NO_HALF - {"a", "the", "last"}:  # "a half century"
        return s.figure(i, i + 1, HALF, spelled=True)
    if after in SCALES:
        return _scaled(s, i, i + 1, 2)
    if after in ARTICLES:
        return s.figure(i, i + 2, HALF, spelled=True) if s.word(i + 2) in _HALF_UNITS else None
    if (after in DETERMINERS and s.word(i - 1) not in _NO_HALF) or s.word(i - 1) in _HALF_HEDGES:
        return s.figure(i, i + 1, HALF, spelled=True, fraction=True)
    return None


def _half_dozen(s: Sentence, i: int) -> Figure | None:
    """``half-a-dozen``."""
    words = [s.word(k) for k in range(i + 1, i + 4)]
    return _scaled(s, i, i + 4, 2) if words == ["-", "a", "-"] and s.word(i + 4) in SCALES else None
