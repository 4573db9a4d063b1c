"""Figures whose noun or unit is told once for several: ``Orvo sold 17 million phones, Nelo 16``, ``murders down 34``."""

from __future__ import annotations

from decimal import Decimal

from auditor.extraction.sentence import Figure, Sentence
from auditor.lexicon import load
from auditor.model import Kind

_LEXICON = load("counting")
_STOPS = frozenset([*_LEXICON["ends"]["words"], *_LEXICON["bare"]["words"], "both", "each", "respectively", "then"])
_LABELS = frozenset(load("exclusions")["labels"]["words"])
_HEDGES = frozenset(_LEXICON["listed"]["hedges"])
_SEPARATORS = frozenset({",", ";", "and", "while", "but", "with", "–", "—"})
_LONGEST_NAME = 4
_FAR = 9  # tokens between two entries of a list
_FACTOR = 100  # between two shares or amounts of one list
_ALONE = frozenset({Kind.AGE, Kind.MAGNITUDE, Kind.SCORE})
_THOUSAND = 1000
_CLOSING = frozenset({",", ";", ".", "and", ""})
_MILLION = Decimal(1_000_000)
_MARKS = frozenset({"", ",", ".", ";", ":", ")", "!", "?", '"', "”", "’", "'", "-", "–", "—"})
_TRENDING = frozenset({"up", "down"})
_POINT = ("point", "point", Kind.MEASURE)


def fill(s: Sentence, figures: list[Figure]) -> None:
    """Give bare figures the unit, or the figure whose noun they take (``elided_from``), of the entry of a list before them."""
    _mend_millions(s, figures)
    left: Figure | None = None
    points = any(figure.unit == "point" for figure in figures)
    asked = not _POLLS.isdisjoint(s.words)
    for figure in figures:
        if asked and left is not None and _rivals(s, left, figure):
            for share in (left, figure):
                share.unit, share.dimension, share.kind = "percentage", "ratio", Kind.SHARE
        if points and _bare(s, figure) and _level(s, figure):
            figure.unit, figure.dimension, figure.kind = _POINT
        if left is not None and _bare(s, figure) and _goes_on(s, left, figure):
            _take(figure, left)
        elif left is not None and left.trend is not None and figure.unit == left.unit and _named(s, left, figure):
            figure.trend = figure.trend or left.trend  # "Orvo was down 2.3 percent, Nelo by 2.6 percent"
        if figure.unit is not None or figure.kind is Kind.COUNT:
            left = figure


def _rivals(s: Sentence, left: Figure, figure: Figure) -> bool:
    """``Renn leads in the poll, 36 to 33``: two shares."""
    both = left.value is not None and figure.value is not None and left.value + figure.value <= _FACTOR
    bare = left.unit is None and left.kind is Kind.COUNT and left.after == left.last and _bare(s, figure)
    return (
        both and bare and min(left.value or 0, figure.value or 0) >= _LEAST_SHARE and s.words[left.last : figure.first] == ["to"]
    )


_POLLS = frozenset({"poll", "polls", "survey", "surveys", "pollster", "pollsters"})
_LEAST_SHARE = 5


def _goes_on(s: Sentence, left: Figure, figure: Figure) -> bool:
    """Whether a bare figure is of what the figure before it is of; a currency's sign is seldom left out."""
    if left.kind is Kind.MONEY and left.signed:
        return False
    return _moved(s, left, figure) or _compared(s, left, figure) or _listed(s, left, figure)


def _bare(s: Sentence, figure: Figure) -> bool:
    """Whether no unit and no noun stands behind the figure, as far as the words show."""
    if s.glued(figure.first) and s.is_word(figure.first - 1):  # "SH6"
        return False
    if figure.unit is not None or figure.kind is not Kind.COUNT or figure.vague or figure.fraction or figure.after > figure.last:
        return False
    j = figure.last
    if not s.is_word(j):
        return s.word(j) in _MARKS and not s.hyphen(j)
    return not s.glued(j) and (s.word(j) in _STOPS or _name(s, j))


def _moved(s: Sentence, left: Figure, figure: Figure) -> bool:
    """``shootings down 23 percent, murders down 34``."""
    return left.kind is Kind.SHARE and left.trend is not None and s.word(figure.first - 1) in _TRENDING


def _name(s: Sentence, i: int) -> bool:
    return s.is_word(i) and s.raw(i)[:1].isupper()


def _compared(s: Sentence, left: Figure, figure: Figure) -> bool:
    """``38 percent, compared with 34``, ``5 tonnes against 7``; not ``more than 34``."""
    if left.unit is None or left.dimension == "time" or left.kind in _ALONE or figure.spelled:
        return False
    k = figure.first - 1
    while s.word(k) in _HEDGES - _BOUND:
        k -= 1
    words = (s.word(k - 1), s.word(k))
    if s.word(k) == ".":  # "vs."
        words = (s.word(k - 2), s.word(k - 1))
    near = k - left.after < _FAR and not any(s.numbers[left.after : figure.first])
    return near and (words[1] in _AGAINST or words in _THAN or (words[1] == "from" and left.trend is None))


_BOUND = frozenset({"with", "to", "at", "from", "by", "up", "down"})
_AGAINST = frozenset({"against", "vs", "versus"})
_THAN = frozenset(
    {
        ("compared", "with"),
        ("compared", "to"),
        ("rather", "than"),
        ("instead", "of"),
        ("norm", "of"),
        ("up", "from"),
        ("down", "from"),
    }
)


def _level(s: Sentence, figure: Figure) -> bool:
    """``rose 31 points to 2,318.40``: the level of an index, where points are told in its sentence."""
    return s.word(figure.first - 1) in {"to", "at"} and (s.word(figure.first - 2) in _ENDING or "." in s.raw(figure.first))


_ENDING = frozenset({"points", "end", "close", "finish", "settle", "ended", "closed", "finished"})


def _listed(s: Sentence, left: Figure, figure: Figure) -> bool:
    """``17 million phones in May, Nelo just 16``: a name with its figure, behind another figure and the end of its phrase."""
    return _of_one_order(s, left, figure) and _named(s, left, figure)


def _named(s: Sentence, left: Figure, figure: Figure) -> bool:
    """A name and the figure, behind another figure and the end of its phrase."""
    k = figure.first - 1
    while s.word(k) in _HEDGES:
        k -= 1
    end = k
    while k >= left.after and end - k < _LONGEST_NAME and _name(s, k):
        k -= 1
    if k == end or s.word(end) in _LABELS or s.masked[end]:
        return False
    if s.word(k) == "the":
        k -= 1
    between = s.words[left.after : k + 1]
    if len(between) > _FAR or any(s.numbers[left.after : k + 1]):
        return False
    if not between:
        return left.unit is not None  # "gained 4.6 percent Nelo 3.1", unlike "in 14 tests Ryzen 9 is quicker"
    return between[-1] in _SEPARATORS


def _of_one_order(s: Sentence, left: Figure, figure: Figure) -> bool:
    if left.kind in _ALONE or left.low is None or figure.value is None or left.dimension == "time" or figure.spelled:
        return False
    value = left.value if left.value is not None else left.low
    if left.unit is None and not left.scaled:
        return min(value, figure.value) >= _THOUSAND or s.word(figure.last) in _CLOSING  # others may be numbers of models
    mantissa = value / left.scale if left.scaled and not figure.scaled else value
    return mantissa > 0 and figure.value > 0 and mantissa < _FACTOR * figure.value and figure.value < _FACTOR * mantissa


def _take(figure: Figure, left: Figure) -> None:
    if left.scaled and not figure.scaled and figure.value is not None and figure.value < _THOUSAND:
        figure.rescale(left.scale)
    if left.unit is None:
        figure.elided_from = left.elided_from or left
        figure.settled = True
        return
    figure.unit, figure.dimension, figure.kind, figure.per = left.unit, left.dimension, left.kind, left.per
    figure.trend = figure.trend or left.trend


def _mend_millions(s: Sentence, figures: list[Figure]) -> None:
    """``sold 3 million last year and 2.4m in May``: the letter is a scale where millions of things were told before."""
    of_things = False
    for figure in figures:
        if of_things and figure.unit == "meter" and s.raw(figure.last) == "m" and s.glued(figure.last):
            figure.unit, figure.dimension, figure.kind = None, None, Kind.COUNT
            figure.rescale(_MILLION)
            figure.last = figure.after = figure.last + 1
            figure.end = s.ends[figure.last - 1]
        elif figure.dimension == "length":
            return
        of_things = of_things or (figure.kind is Kind.COUNT and figure.scale >= _MILLION)
