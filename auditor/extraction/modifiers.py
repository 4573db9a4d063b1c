"""What the words beside a figure say of it: hedges, which widen its interval, and trends, which make it an amount of change."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from auditor.extraction.sentence import Figure, Sentence
from auditor.lexicon import load
from auditor.model import Kind, Modifier, Trend

_HEDGES = load("modifiers")
_TRENDS = load("trends")
_BETWEEN = frozenset(_HEDGES["between"]["words"])
_FROM_BELOW = frozenset(_HEDGES["low"]["words"])
_LASTING = frozenset(_HEDGES["lasting"]["words"])
_TREND_BETWEEN = frozenset(_TRENDS["between"]["words"])
_CLOSING = frozenset(_TRENDS["adverbs_not_after"]["closing"])
_NOT_AFTER = frozenset(_TRENDS["adverbs_not_after"]["words"])
_PIECES = re.compile(r"[^\W\d_]+|[^\w\s]")  # words and signs, cut as in a sentence
_LONGEST = 5  # words of a hedge
_REACH = 3  # words between a hedge and its numeral
_TREND_REACH = 5
_LEAST, _MOST = Decimal("0.02"), Decimal("0.1")  # how far "about" goes, as a share of the number


@cache
def _phrases(table: str) -> dict[tuple[str, ...], Modifier]:
    return {tuple(_PIECES.findall(phrase)): Modifier(name) for name, phrases in _HEDGES[table].items() for phrase in phrases}


@cache
def _trend_of(table: str) -> dict[str, Trend]:
    return {word: Trend(name) for name, words in _TRENDS[table].items() for word in words}


def modify(s: Sentence, figures: list[Figure]) -> None:
    """Set modifier, interval and trend of each figure."""
    for index, figure in enumerate(figures):
        floor = figures[index - 1].after if index else 0
        ceiling = figures[index + 1].first if index + 1 < len(figures) else len(s)
        found = hedge(s, figure, floor, ceiling)
        if found is None and index and _coordinated(s, figures[index - 1], figure):
            left = figures[index - 1]
            found = (left.modifier, False) if left.modifier in _SHARED else None
        if found is not None:
            widen(figure, *found)
        right = figures[index + 1] if index + 1 < len(figures) else None
        amount = right is not None and (_settles(s, figure, right) or (right.kind is Kind.SHARE and _restated(s, figure, right)))
        figure.trend = trend(s, figure, floor, amount)
        if index and figure.trend is None and _joined(s, figures[index - 1], figure):
            figure.trend = figures[index - 1].trend  # "fell by 73 percent and 47 percent"
        if index and _restated(s, figures[index - 1], figure):
            figure.trend = figures[index - 1].trend
            converted = figure.dimension == figures[index - 1].dimension  # unlike "about 600 jobs, or 2 percent"
            if found is None and figures[index - 1].modifier in _HEDGED and converted:
                widen(figure, figures[index - 1].modifier, False)


_HEDGED = frozenset({Modifier.ABOUT, Modifier.MORE_THAN, Modifier.AT_LEAST, Modifier.LESS_THAN, Modifier.AT_MOST})


def _restated(s: Sentence, left: Figure, right: Figure) -> bool:
    """``100 kilometers (60 miles)``, ``0.25 points, or 0.01%``, ``600 jobs or 2 percent``: the same amount in another unit."""
    gap = [word for k in range(left.after, right.first) if (word := s.word(k)) not in {",", "+"}]
    if not gap and left.kind is right.kind is Kind.MEASURE:  # "100 kilometers 60 miles", its brackets lost
        return left.dimension == right.dimension and left.unit != right.unit
    if gap == ["/"]:  # "(90 kW / 122 hp)"
        return left.dimension == right.dimension and left.unit not in {None, right.unit}
    if gap[-1:] not in (["or"], ["("]) or right.unit in {None, left.unit}:
        return False
    if left.unit is None:  # a noun may stand between
        return right.kind is Kind.SHARE and len(gap) <= _RESTATED and all(map(str.isalpha, gap[:-1]))
    return len(gap) == 1


_RESTATED = 3  # words between a count and the share it is


def _joined(s: Sentence, left: Figure, right: Figure) -> bool:
    """Two amounts of one unit joined by "and"."""
    gap = [s.word(k) for k in range(left.after, right.first)]
    return left.unit is not None and left.unit == right.unit and gap in (["and"], [",", "and"])


def _settles(s: Sentence, left: Figure, right: Figure) -> bool:
    """``lost $2 to $30``, ``lost $2 to close at $30``: a level of the same unit follows the amount."""
    gap = [s.word(k) for k in range(left.after, right.first)]
    same = left.unit is not None and left.unit == (right.unit or "").split(" per ")[0]
    return same and gap[:1] == ["to"] and len(gap) <= _RESTATED


_SHARED = frozenset({Modifier.ABOUT})


def _coordinated(s: Sentence, left: Figure, right: Figure) -> bool:
    """``about 8 or 9``, ``around 25k or 40k``: a hedge covers a coordination of bare numbers."""
    return [s.word(k) for k in range(left.after, right.first)] == ["or"]


def hedge(s: Sentence, figure: Figure, floor: int, ceiling: int) -> tuple[Modifier, bool] | None:
    """The modifier beside the figure, and whether it approximates from below; None where there is none."""
    left = _left(s, figure.first, floor)
    if left and left[0] is Modifier.MORE_THAN and _during(s, figure, floor):
        left = None
    if figure.scaled and not figure.is_range and "+" in s.words[figure.first : figure.last]:  # "40+ million"
        return Modifier.AT_LEAST, False
    return left or _right(s, figure, ceiling)


def _left(s: Sentence, first: int, floor: int) -> tuple[Modifier, bool] | None:
    phrases = _phrases("hedges")
    end = first
    if s.hyphen(end - 1):
        end -= 1
    for _ in range(_REACH + 1):
        for width in range(min(_LONGEST, end - floor), 0, -1):
            key = tuple(s.words[end - width : end])
            if key in phrases and not _no_hedge(s, key, end - width, end, first, floor):
                return phrases[key], " ".join(key) in _FROM_BELOW
        if end - 1 < floor or s.words[end - 1] not in _BETWEEN:
            return None
        end -= 1
    return None


_NEAR = 5
_UPWARDS = frozenset(_HEDGES["not_hedges"]["up_to"])


def _during(s: Sentence, figure: Figure, floor: int) -> bool:
    """``$2 trillion over 10 years``, ``spread over 10 years``: the time it takes, unlike ``for over 10 years``."""
    i = figure.first - 1
    if figure.dimension != "time" or figure.kind is not Kind.MEASURE or s.word(i) != "over" or s.word(i - 1) in _LASTING:
        return False
    if not s.is_word(i - 1):  # "Over five years, it grew"
        return True
    return (floor > 0 and i - floor < _NEAR) or s.word(i - 1).endswith(("ed", "ing")) or s.word(i - 1) == "spread"


def _no_hedge(s: Sentence, key: tuple[str, ...], start: int, end: int, first: int, floor: int) -> bool:
    """``win over 12``, ``talk about one``, ``over the past three years`` and the like."""
    if s.hyphen(start - 1):  # "10-under 278"
        return True
    after = s.word(end) if end < first else ""
    if key == ("up", "to") and s.word(start - 1) in _UPWARDS:  # "woke up to"
        return True
    if len(key) > 1:
        return key[-1] in {"than", "of"} and (after == "the" or start == floor > 0)
    word, before = key[0], s.word(start - 1)
    if word in {"max", "min"} and start and s.raw(start)[0].isupper():  # "the 737 MAX 8"
        return True
    if word in {"over", "about", "above", "below", "under"} and after in {"the", "a"}:
        return True
    if word in {"some", "average"} and after == "of":  # an average says nothing of how exact it is
        return True
    if word in {"within", "past", "maximum", "minimum"} and after in {"the", "a", "last", "first", "next"}:
        return True
    return before in _HEDGES["not_hedges"]["before"].get(word, ())


def _right(s: Sentence, figure: Figure, ceiling: int) -> tuple[Modifier, bool] | None:
    phrases = _phrases("hedges_after")
    for start in (figure.last, figure.after, figure.after + 1):
        if start > figure.after and not s.is_word(start - 1):
            break
        at = start + 1 if s.hyphen(start) else start
        for width in (3, 2, 1):
            key = tuple(s.words[at : at + width])
            if len(key) != width or key not in phrases or s.word(at + width) == "than":
                continue
            if s.word(at + width) == "to" and key[-1] in {"up", "over"}:
                continue
            if at + width == ceiling < len(s):  # "24 dead and over 200 injured"
                continue
            if width == 1 and not _tight(s, at, start, figure):
                continue
            if key == ("max",) and s.raw(at) == "Max":  # "the 737 Max"
                continue
            return phrases[key], False
    return None


def _tight(s: Sentence, at: int, start: int, figure: Figure) -> bool:
    """One-word hedges behind a figure stand against it: ``100-plus``, ``500+``, ``30-odd``, ``3pm-ish``."""
    if s.words[at] in {"plus", "odd", "ish", "+"}:
        return (at > start or s.glued(at)) and not s.is_number(at + 1)
    return start == figure.after


# -- intervals


def widen(figure: Figure, modifier: Modifier, from_below: bool) -> None:
    """Set the interval that ``modifier`` allows.

    about: one step of the last written place that is not zero to either side, at least 2 % and at most 10 % of the number,
    and at least 1 of a count ("about 1,500": 1,400 to 1,600).  nearly, almost: from 10 % below up to the number.
    more than, at least: from the number on; less than, at most: up to it.  A range keeps its ends under "about".
    """
    if figure.low is None or figure.high is None:
        return
    if figure.vague:
        if modifier is Modifier.AT_LEAST or modifier is Modifier.MORE_THAN:
            figure.high = None
        return
    if modifier is Modifier.ABOUT:
        if not figure.is_range:
            below = above = slack(figure)
            if from_below:
                below, above = abs(figure.low) * _MOST, Decimal(0)
            figure.low, figure.high = figure.low - below, figure.high + above
            figure.modifier = modifier
        return
    if figure.is_range:
        return
    figure.modifier = modifier
    if modifier in {Modifier.MORE_THAN, Modifier.AT_LEAST}:
        figure.high = None
    else:
        figure.low = None


def slack(figure: Figure) -> Decimal:
    """How far "about" goes to either side of the figure's value."""
    value = abs(figure.value or Decimal(0))
    around = max(value * _LEAST, min(figure.step, value * _MOST))
    if figure.kind is Kind.COUNT and value == value.to_integral_value():
        around = max(around, Decimal(1))
    return around


# -- trend


def trend(s: Sentence, figure: Figure, floor: int, changed: bool = False) -> Trend | None:
    """``up`` or ``down`` where the figure is an amount of change: "rose 3 %", "fell by 40", "3 % drop" is none.

    ``changed``: what follows says that it is one ("lost $2, or 1 percent", "lost $2 to close at $30").
    """
    if figure.kind in {Kind.AGE, Kind.SCORE}:
        return None
    by = s.word(figure.first - 1) == "by"
    for k in range(figure.first - 1, max(floor, figure.first - 1 - _TREND_REACH) - 1, -1):
        word = s.words[k]
        if (word == "to" and s.word(k + 1) != "close") or (word == "at" and s.word(k + 1) not in {"least", "most"}):
            return None
        by = by or word == "by"
        amount = by or changed or figure.kind is Kind.SHARE or figure.unit in _POINTS
        phrase = _trend_of("phrases").get(f"{s.word(k - 1)} {word}") if k > floor else None
        if phrase is not None:
            return phrase if amount else None
        found = _trend_of("adverbs").get(word)
        if found is not None and not (word == "up" and s.word(k + 1) == "to"):
            closed = amount and k == figure.first - 1 and s.word(k - 1) in _CLOSING  # "ended down 1 percent"
            other = s.word(k + 1) in {"to", "for", "than"} or (s.word(k - 1) in _NOT_AFTER and not closed)
            return None if other else found
        found = _trend_of("verbs").get(word)
        if found is not None:
            spent = figure.kind is Kind.MONEY and s.word(figure.after) == "into"  # "sank $3 million into"
            return found if (figure.unit is not None and not spent) or by or changed else None
        found = _trend_of("amount_verbs").get(word)
        if found is not None:
            return found if amount else None
        if word not in _TREND_BETWEEN and not (by and s.is_word(k) and k > figure.first - 1 - _TREND_REACH):
            break
    return _after(s, figure)


_POINTS = frozenset({"point", "basis point", "cent", "malaysian sen", "penny"})


def _after(s: Sentence, figure: Figure) -> Trend | None:
    """``0.68 percent lower``, ``3 points higher``, ``2 percent down at``."""
    word = s.word(figure.after)
    if figure.unit is None or (word in {"up", "down"} and figure.kind is not Kind.SHARE):
        return None
    return _trend_of("adverbs").get(word)
