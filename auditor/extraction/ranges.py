"""Two neighbouring numerals that write one range: ``5-7``, ``between 40 and 50``, ``from $62 to $68``, ``three or four``."""

from __future__ import annotations

import itertools
from decimal import Decimal

from auditor.extraction import modifiers
from auditor.extraction.sentence import Figure, Sentence
from auditor.lexicon import load
from auditor.model import Kind, Modifier

_LEXICON = load("modifiers")
_DASHES = frozenset({"-", "–", "—", "‐", "‑", "−", "~"})
_CONNECTORS = frozenset(_LEXICON["connectors"]["words"])
_HEDGE_WORDS = frozenset(w for phrases in _LEXICON["hedges"].values() for phrase in phrases for w in phrase.split()) - _CONNECTORS
_RANGING = frozenset(_LEXICON["ranging"]["words"])
_CHANGES = frozenset(form for forms in load("trends")["verbs"].values() for form in forms)
_MOVES = frozenset(load("trends")["moves"]["words"])
_FAR = 6


def join(s: Sentence, figures: list[Figure]) -> list[Figure]:
    """The figures with ranges joined, in order."""
    joined: list[Figure] = []
    for figure in figures:
        left = joined[-1] if joined else None
        if left is not None and _is_tolerance(s, left, figure):
            _tolerate(left, figure)
        elif left is not None and _is_range(s, left, figure):
            _merge(left, figure)
        else:
            if left is not None and _is_change(s, left, figure):
                figure.former = left
            joined.append(figure)
    _share_scales(s, joined)
    _share_units(s, joined)
    _share_percent(s, joined)
    return joined


_TOLERANCE = (["±"], ["plus", "or", "minus"], ["+", "/", "-"], ["+", "/", "−"])


def _is_tolerance(s: Sentence, left: Figure, right: Figure) -> bool:
    """``5 ± 0.1 mm``, ``20 kg plus or minus 2 kg``."""
    if left.value is None or right.value is None or right.value < 0 or (left.unit and right.unit and left.unit != right.unit):
        return False
    return [s.words[k] for k in range(left.after, right.first)] in _TOLERANCE


def _tolerate(left: Figure, right: Figure) -> None:
    assert left.value is not None
    assert right.value is not None
    left.low, left.high, left.modifier = left.value - right.value, left.value + right.value, Modifier.ABOUT
    left.last, left.after, left.end = right.last, right.after, right.end
    if left.unit is None:
        left.unit, left.dimension, left.kind, left.per = right.unit, right.dimension, right.kind, right.per


def _share_scales(s: Sentence, figures: list[Figure]) -> None:
    """``grew from 3 to 5 million``: the scale holds for both, where they are of one order, unlike "from $200 to $4 million"."""
    for left, right in itertools.pairwise(figures):
        if left.value is None or left.scaled or left.after > left.last or not right.scaled or right.low is None or right.low <= 0:
            continue
        gap = [s.words[k] for k in range(left.after, right.first)]
        if gap != ["to"] or _lead(s, left.first) != "from" or left.kind not in {Kind.COUNT, right.kind}:
            continue
        if right.low < left.value * right.scale * 10 and left.value * right.scale < right.low * 10:
            left.rescale(right.scale)


def _share_units(s: Sentence, figures: list[Figure]) -> None:
    """``dropped from 60 to 50 percent``, ``5 or 10 percent``, ``15 x 11 x 2 inches``: one unit for all, written once."""
    for right, left in itertools.pairwise(figures[::-1]):
        bare = left.unit is None and left.kind is Kind.COUNT and left.after == left.last and not left.vague
        if not bare or right.unit is None or right.kind is Kind.AGE:
            continue
        gap = [s.words[k] for k in range(left.after, right.first)]
        listed = gap in _LIST and right.kind is Kind.MEASURE
        if gap in _ONE_UNIT or listed or (gap == ["to"] and (right.kind is Kind.SHARE or _lead(s, left.first) == "from")):
            left.unit, left.dimension, left.kind, left.per = right.unit, right.dimension, right.kind, right.per


def _share_percent(s: Sentence, figures: list[Figure]) -> None:
    """``leads 49 percent to 40``: two shares, unlike ``rose 5 percent to 300``."""
    for left, right in itertools.pairwise(figures):
        bare = right.unit is None and right.kind is Kind.COUNT and right.value is not None and right.value < _WHOLE
        if not bare or left.kind is not Kind.SHARE or s.words[left.after : right.first] != ["to"] or s.is_word(right.last):
            continue
        if _CHANGES.isdisjoint(s.words[max(0, left.first - _FAR) : left.first]) and modifiers.trend(s, left, 0, True) is None:
            right.unit, right.dimension, right.kind, right.per = left.unit, left.dimension, left.kind, left.per


_WHOLE = 100
_ONE_UNIT = (["x"], ["×"], ["by"], ["or"], ["-", "by", "-"], ["-", "x", "-"])
_LIST = ([","], ["and"], [",", "and"], [",", "or"])


def proportions(s: Sentence, figures: list[Figure]) -> list[Figure]:
    """``three in 10``, ``one out of every five``: one figure, a share."""
    joined: list[Figure] = []
    for figure in figures:
        left = joined[-1] if joined else None
        if left is not None and _of_one(s, left, figure):
            assert left.value is not None
            left.low = left.high = left.value
            left.last, left.after, left.end, left.fraction = figure.last, figure.after, figure.end, False
            left.unit, left.dimension, left.kind = figure.unit, figure.dimension, figure.kind
        elif left is not None and _is_proportion(s, left, figure):
            assert left.value is not None
            assert figure.value is not None
            left.value = left.low = left.high = left.value / figure.value
            left.granularity = 1 / figure.value
            left.last, left.after, left.end, left.fraction = figure.last, figure.last, figure.end, True
        else:
            joined.append(figure)
    return joined


def _of_one(s: Sentence, left: Figure, right: Figure) -> bool:
    """``one-half of 1 percent``: a part of one unit."""
    return (
        left.fraction
        and right.value == 1
        and right.kind is Kind.SHARE
        and s.word(left.last) == "of"
        and right.first == left.last + 1
    )


_IN = (["in"], ["in", "every"], ["out", "of"], ["out", "of", "every"], ["out", "of", "each"], ["-", "in", "-"])
_WIDEST = 100_000  # "one in 31 children"
_BASES = frozenset(map(Decimal, (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 10000)))


def _is_proportion(s: Sentence, left: Figure, right: Figure) -> bool:
    if left.value is None or right.value is None or left.unit or right.unit or left.fraction or left.signed:
        return False
    base = right.value in _BASES or (left.value == 1 and right.value == int(right.value) and right.value < _WIDEST)
    return 0 < left.value < right.value and base and [s.words[k] for k in range(left.after, right.first)] in _IN


def _is_range(s: Sentence, left: Figure, right: Figure) -> bool:
    if left.value is None or right.value is None or left.value == right.value:
        return False
    if left.kind in {Kind.AGE, Kind.SCORE} and right.kind is not Kind.AGE:
        return False
    if left.fraction and not right.fraction:  # "rose 3/8 to 25 7/8"
        return False
    if s.word(left.first).endswith("fold") and not s.word(right.first).endswith("fold"):  # "rose tenfold to 300"
        return False
    if left.unit is not None and right.unit is not None and _base(left) != _base(right) and not _dollars(left, right):
        return False
    if left.unit is not None and right.unit is None:
        sign = left.start < s.starts[left.last - 1] and left.kind is Kind.MONEY
        if not sign and left.after > left.last:
            return False
    gap = [s.words[k] for k in range(left.after, right.first)]
    if gap[:1] == ["x"] and s.word(right.last) == "x":  # "10x to 20x"
        gap = gap[1:]
    if not gap or len(gap) > _FAR:
        return False
    plain = [word for word in gap if word not in _HEDGE_WORDS]
    if plain and len(plain) == 1 and plain[0] in _DASHES:
        return _dashed(s, left, right, gap)
    if gap == ["~"]:
        return s.glued(right.first) and _dashed(s, left, right, gap)
    before = _lead(s, left.first)
    if before == "between" and plain in (["and"], ["and", "to"]):  # "and up to"
        return True
    if before == "between" and plain == [] and gap == ["to"]:
        return True
    if before == "from" and _spans(s, left, right, gap):
        return True
    words = [word for word in plain if word not in _DASHES]
    if words in (["to"], ["through"], ["until"]) and (words == ["to"] or before in {"from", "aged", "ages", "age"}):
        return _to(s, left, right, before)
    return words == ["or"] and _close(left, right) and len(gap) == 1


def _is_change(s: Sentence, left: Figure, right: Figure) -> bool:
    """``fell from 5 to 3``, ``from $36 on Monday to $34``: an old and a new value, which no range joins."""
    gap = s.words[left.after : right.first]
    if left.value is None or right.value is None or left.vague or right.vague or not gap or len(gap) > _FAR:
        return False
    to = next((k for k in range(len(gap) - 1, -1, -1) if gap[k] not in _HEDGE_WORDS), -1)
    if to < 0 or gap[to] != "to" or _lead(s, left.first) != "from" or {",", ";", "and"} & set(gap):
        return False
    alike = _base(left) == _base(right) or (None in {left.unit, right.unit} and left.kind in {Kind.COUNT, right.kind})
    return alike or (right.unit is None and to == 0) or _dollars(left, right)


def _spans(s: Sentence, left: Figure, right: Figure, gap: list[str]) -> bool:
    """``range from $5 for a cup to $10``: a verb says that it is a range, so that other words may stand between the ends."""
    assert left.value is not None
    assert right.value is not None
    ranging = {s.word(left.first - n) for n in range(2, _FAR)} & _RANGING
    to = gap[-1] == "to" and all(word.isalpha() for word in gap)
    return bool(ranging) and to and left.unit == right.unit is not None and left.value < right.value


def _base(figure: Figure) -> str:
    return (figure.unit or "").split(" per ")[0]


def _dollars(left: Figure, right: Figure) -> bool:
    return (
        left.kind is right.kind is Kind.MONEY and {left.unit, right.unit} <= {left.unit, "dollar"} and "dollar" in f"{left.unit}"
    )


def _lead(s: Sentence, i: int) -> str:
    """The word before token ``i``, past hedge words."""
    k = i - 1
    while k >= 0 and i - k < 4 and (s.words[k] in _HEDGE_WORDS and s.words[k] not in {"between", "from"}):
        k -= 1
    return s.word(k)


def _dashed(s: Sentence, left: Figure, right: Figure, gap: list[str]) -> bool:
    assert left.value is not None
    assert right.value is not None
    if len(gap) > 1 or (left.after > left.last and _base(left) != _base(right)):
        return False
    if "—" in gap and not s.glued(right.first):
        return False
    return effective(left, right) < right.value


def _to(s: Sentence, left: Figure, right: Figure, before: str) -> bool:
    """``from A to B`` after a verb of change is two figures, old and new; ``by A to B`` is a change and a level."""
    assert left.value is not None
    assert right.value is not None
    verbs = {s.word(k) for k in range(max(0, left.first - _FAR), left.first)}
    changed = bool(verbs & _CHANGES) or (before == "from" and bool(verbs & _MOVES))
    changed = changed or (
        left.unit is not None and before != "from" and modifiers.trend(s, left, 0) is not None
    )  # "up £43 to £135"
    if before == "by":  # "by 5 to 10 percent", but "by $43 to $419"
        return left.unit is None and right.unit is not None and left.value < right.value
    if changed and before == "from":
        return False
    if changed and left.unit is right.unit is None and right.value > 3 * left.value:  # "jumped 1,200 to 15,000"
        return False
    if changed and left.unit is not None and (left.after > left.last or before not in {"from", "between"}):
        level = modifiers.trend(s, left, 0) is not None or left.after > left.last
        return not level or (left.kind is right.kind is Kind.SHARE and left.value < right.value <= 3 * left.value)
    bare = left.unit is None and right.kind is Kind.MEASURE  # "boards of 20 to 15 cm"
    return effective(left, right) < right.value or (bare and before != "from")


def effective(left: Figure, right: Figure) -> Decimal:
    """The left value in the scale of the right one: ``$3-5 billion``, ``10 to 15 million``, but not ``$200 to $4 million``."""
    assert left.value is not None
    assert right.value is not None
    if not left.scaled and right.scaled and left.value < right.value / right.scale:
        return left.value * right.scale
    return left.value


def _close(left: Figure, right: Figure) -> bool:
    """Small whole numbers next to each other: ``three or four``."""
    assert left.value is not None
    assert right.value is not None
    if left.unit is not None or left.scaled or right.signed:
        return False
    highest = right.value / right.scale if left.spelled and right.scale > 1 else right.value  # "two or three hundred"
    return left.value < highest <= left.value + max(Decimal(1), left.step)


def _merge(left: Figure, right: Figure) -> None:
    assert right.value is not None
    low, high = sorted((effective(left, right), right.value))
    left.low, left.high, left.value, left.modifier = low, high, None, Modifier.RANGE
    left.last, left.after, left.end = right.last, right.after, right.end
    if right.scaled:
        left.scale, left.scaled = right.scale, True
    if left.granularity is not None and right.granularity is not None:
        left.granularity = min(left.granularity, right.granularity)
    if left.unit is None or (right.unit and " per " in right.unit) or left.unit == "dollar":
        left.unit, left.dimension, left.kind, left.per = (
            right.unit or left.unit,
            right.dimension or left.dimension,
            right.kind if right.unit else left.kind,
            right.per or left.per,
        )
