"""Numerals that are no quantities by what stands beside them: years, labels, names, scores, addresses, the pronoun "one"."""

from __future__ import annotations

import itertools
from decimal import Decimal

from auditor.extraction.numerals import SCALES
from auditor.extraction.sentence import Figure, Sentence
from auditor.lexicon import load
from auditor.model import Kind, Modifier

_LEXICON = load("exclusions")
_LABELS = frozenset(_LEXICON["labels"]["words"])
_SPELLED_LABELS = frozenset(_LEXICON["labels"]["spelled"])
_ADDRESSES = frozenset(_LEXICON["addresses"]["words"])
_ONE_AFTER = frozenset(_LEXICON["pronoun_one"]["after"])
_ONE_BEFORE = frozenset(_LEXICON["pronoun_one"]["before"])
_ONE_COUNTED = frozenset(_LEXICON["pronoun_one"]["counted"])
_YEAR_BEFORE = frozenset(_LEXICON["years"]["before"])
_YEAR_CERTAIN = frozenset(_LEXICON["years"]["certain"])
_HEDGED = frozenset(_LEXICON["years"]["hedges"])
_SCORE_BEFORE = frozenset(_LEXICON["scores"]["before"])
_VOTES = frozenset(_LEXICON["scores"]["votes"])
_HIGHEST = 600  # number of a score or a vote
_FAR = 6  # tokens between two entries of a list
_PERIODS = frozenset(_LEXICON["labels"]["periods"])
_WHICH = frozenset(_LEXICON["labels"]["which"])
_MANY = frozenset(_LEXICON["names"]["many"])
_DECIMAL = 10  # smaller decimals number versions: "USB 3.2"
_NO_PLURALS = frozenset(_LEXICON["names"]["singular"])
_OWNERS = frozenset(_LEXICON["years"]["owners"])
_KINDS = frozenset(_LEXICON["kinds"]["words"])
_EMERGENCY = frozenset(_LEXICON["kinds"]["emergency"])
_DIALLED = frozenset(_LEXICON["kinds"]["dialled"])
_RESOLUTIONS = frozenset(_LEXICON["kinds"]["resolutions"])
_GROUPS = frozenset(_LEXICON["labels"]["groups"])
_EMERGENCY_NUMBERS = frozenset(_LEXICON["kinds"]["emergency_numbers"])
_HEADLINE_VERBS = frozenset(_LEXICON["headline_verbs"]["words"])
_NO_NAMES = frozenset(_LEXICON["names"]["none"])
_PREFIXES = frozenset(_LEXICON["prefixes"]["words"])
_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "his", "her", "my", "your", "its"}
)  # before one thing with a number in its name
_YOUTH_TEAMS = range(13, 24)  # "the under-21 team"
_LONGEST = 12  # digits without a separator
_DASHES = frozenset("-–—‐‑")


def years(s: Sentence, figures: list[Figure]) -> list[Figure]:
    """The figures without bare years; before ranges are made, so that no year becomes the end of one."""
    spelled: set[int] = set()
    for left, right in itertools.pairwise(figures):
        if _spelled_year(left, right):
            spelled |= {left.first, right.first}
    return [figure for figure in figures if not is_year(s, figure) and figure.first not in spelled]


def is_year(s: Sentence, figure: Figure) -> bool:
    raw = s.raw(figure.first)
    if figure.last != figure.first + 1 or len(raw) != 4 or not raw.isdigit() or figure.signed:
        return False
    year = int(raw)
    if not 1000 <= year <= 2199:
        return False
    if figure.unit is not None and figure.after > figure.last:
        return False
    if s.word(figure.last) in _TIMES_SIGNS and s.is_number(figure.last + 1):  # "1920 x 1080"
        return False
    if s.word(figure.first - 1) in _TIMES_SIGNS and s.is_number(figure.first - 2):  # "1080 x 1920"
        return False
    other = s.words[figure.last + 1] if s.word(figure.last) in _DASHES | {"to"} and s.is_number(figure.last + 1) else ""
    if len(other) > 3 and other.isdigit() and int(other) > 2199:  # "2000-3000 jobs"
        return False
    before = s.word(figure.first - 1)
    if before == "of" and s.word(figure.first - 2) in _AMOUNTS:  # "by an average of 1600"
        return False
    if year > 2035 and before not in _YEAR_BEFORE - {"of"} and any(_plural(s.word(figure.last + n)) for n in (0, 1)):
        return False
    if 1900 <= year <= 2099:
        return not ((before in _HEDGED - {"to"} or _round_count(s, figure, year)) and _plural(s.word(figure.last)))
    if before in _YEAR_CERTAIN and (not _plural(s.word(figure.last)) or (year >= 2100 and year % 100)):
        return True
    return 1500 <= year <= 1899 and before in _YEAR_BEFORE and not _plural(s.word(figure.last))


def _round_count(s: Sentence, figure: Figure, year: int) -> bool:
    """``cut 2000 jobs``, unlike ``the 2000 elections``, ``Bush 2000 votes``: a round number behind a plain word."""
    before = s.raw(figure.first - 1)
    return year % 100 == 0 and before.islower() and before not in _YEAR_BEFORE | _OWNERS and s.raw(figure.last).islower()


_AMOUNTS = frozenset({"average", "total", "maximum", "minimum", "sum", "cost", "price", "fee"})
_TIMES_SIGNS = frozenset({"x", "×"})


def _plural(word: str) -> bool:
    if word in _NO_PLURALS:
        return False
    return word in _PLURALS or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")))


_PLURALS = frozenset({"people", "men", "women", "children"})


def _several(word: str) -> bool:
    """Whether a word behind a number says that it counts things: "the 12 Labour MPs", "the 50 Best", unlike "the 7 Series"."""
    return word != "series" and (_plural(word) or word.endswith("st"))


def _spelled_year(left: Figure, right: Figure) -> bool:
    """``nineteen eighty-four`` is read as 19 and 84."""
    if not (left.spelled and right.spelled) or left.unit or right.unit or left.last != right.first:
        return False
    return left.value in {18, 19, 20} and right.value is not None and 10 <= right.value < 100


def scores(s: Sentence, figures: list[Figure]) -> list[Figure]:
    """Scores and records (``31-24``, ``(45-7-2)``) as figures of their own kind, each number one.

    Pairs of single digits (``2-1``) are left out, they are as often odds, sets or names, but for votes (``a 5-4 ruling``).
    """
    kept: list[Figure] = []
    played = any(_score_run(s, figures, i) for i in range(len(figures)))
    i = 0
    while i < len(figures):
        run = _score_run(s, figures, i)
        if played and not run and i + 1 < len(figures) and _bare_pair(s, figures[i], figures[i + 1]) and not figures[i + 1].unit:
            run = 2
        for figure in figures[i : i + run]:
            figure.kind = Kind.SCORE
        large = any(figure.value is not None and figure.value >= 10 for figure in figures[i : i + run])
        if run == 0 or large or _voted(s, figures[i].first, figures[i + run - 1].last):
            kept += figures[i : i + max(run, 1)]
        i += max(run, 1)
    return kept


def _score_run(s: Sentence, figures: list[Figure], i: int) -> int:
    """How many figures from ``i`` on write one score: 0, 2 or 3."""
    if (
        i + 2 < len(figures)
        and s.word(figures[i].first - 1) == "("
        and all(_bare_pair(s, *figures[k : k + 2]) for k in (i, i + 1))
    ):
        return 3
    return 2 if i + 1 < len(figures) and _is_score(s, figures[i], figures[i + 1]) else 0


def _voted(s: Sentence, first: int, last: int) -> bool:
    """Whether a word of voting stands beside the tokens ``first:last``."""
    return any(s.word(k) in _VOTES for k in (*range(first - 3, first), *range(last, last + 4)))


def _bare_pair(s: Sentence, left: Figure, right: Figure) -> bool:
    """Two small whole numbers with nothing but a dash between them."""
    gap = [s.words[k] for k in range(left.last, right.first)]
    dash = (len(gap) == 1 and gap[0] in _DASHES) or gap == ["-", "to", "-"]
    if not dash or left.unit or left.signed or right.signed or (s.glued(left.first) and s.is_word(left.first - 1)):
        return False
    if left.value is None or right.value is None or left.scaled or right.scaled or left.spelled:
        return False
    return (
        left.value <= _HIGHEST and right.value <= _HIGHEST and left.value == int(left.value) and right.value == int(right.value)
    )


def _is_score(s: Sentence, left: Figure, right: Figure) -> bool:
    if not _bare_pair(s, left, right) or left.value is None or right.value is None:
        return False
    if right.unit is not None and right.after > right.last:
        return False
    if s.hyphen(right.last) and s.is_word(right.last + 1) and left.value < right.value:
        return False
    falling = left.value >= right.value
    return falling or s.word(left.first - 1) in _SCORE_BEFORE


def names(s: Sentence, figures: list[Figure]) -> list[Figure]:
    """The figures without labels, parts of names, addresses, ordinals, glued letters and long digit runs."""
    listed = _listed(s, figures)
    kept: list[Figure] = []
    label: Figure | None = None
    for figure in figures:
        if figure.kind is Kind.SCORE or figure.first in listed or figure.elided_from is not None:
            kept.append(figure)
        elif _label(s, figure) or (label is not None and _continues(s, label, figure)):
            label = figure
        elif not _is_name(s, figure):
            kept.append(figure)
    return kept


def _continues(s: Sentence, label: Figure, figure: Figure) -> bool:
    """``grades three through eight``, ``sections 5 and 6``: the label holds for the next number, too."""
    gap = [s.word(k) for k in range(label.last, figure.first)]
    if gap == ["("]:  # "Regulation 6 (1)"
        return s.word(figure.last) == ")"
    if gap == ["of"]:  # "page 2 of 10"
        return figure.unit is None and not _plural(s.word(figure.last))
    named = all(s.raw(k)[:1].isupper() for k in (*range(label.last, figure.first - 1), figure.last))
    if named and 1 < len(gap) <= 3 and gap[-1] in {"and", "or", ","}:  # "the Orvo 11 Pro and 11 Ultra"
        return figure.unit is None
    return (
        gap in (["through"], ["to"], ["and"], ["or"], [","], ["-"], ["–"])
        and figure.unit is None
        and not _plural(s.word(figure.last))
    )


def _listed(s: Sentence, figures: list[Figure]) -> set[int]:
    """First tokens of figures in a list of names with their figures: ``Trump 384, Cruz 300 and Kasich 37``."""
    listed: set[int] = set()
    for left, right in itertools.pairwise(figures):
        gap = [s.word(k) for k in range(left.last, right.first)]
        named = all(
            s.raw(f.first - 1)[:1].isupper() and not s.glued(f.first) and not f.signed and f.unit is None and not f.spelled
            for f in (left, right)
        )
        labels = {s.word(f.first - 1) for f in (left, right)} & _LABELS
        if named and not labels and gap[0] in {",", "and", ";"} and len(gap) <= _FAR and not s.glued(right.first):
            listed |= {left.first, right.first}
    return listed


def _is_name(s: Sentence, figure: Figure) -> bool:
    if _kind_word(s, figure) or _glued(s, figure):
        return True
    return _address(s, figure) or _capitalised_name(s, figure)


def _kind_word(s: Sentence, figure: Figure) -> bool:
    """``.40-caliber``, ``12-gauge``, ``911 call``, ``zero-day``, ``below zero``."""
    k = figure.last + 1 if s.hyphen(figure.last) else figure.last
    if s.word(k) in _KINDS or s.word(k).replace("’", "'") == "o'clock":
        return True
    if s.words[figure.first] in _EMERGENCY_NUMBERS and figure.last == figure.first + 1:
        return s.word(k) in _EMERGENCY or s.word(figure.first - 1) in _DIALLED
    if s.raw(figure.last - 1) in {"K", "k"} and s.word(k) in _RESOLUTIONS:  # "4K video"
        return True
    if (
        s.raw(figure.last - 1) == "K" and s.words[figure.first] in _LINES and not figure.signed and not _plural(s.word(k))
    ):  # "in 4K"
        return True
    zero = s.word(figure.first) == "zero"
    return zero and (s.word(k) in {"day", "in"} or s.word(figure.first - 1) in {"below", "above", "absolute"})


_LINES = frozenset({"4", "8"})


def _glued(s: Sentence, figure: Figure) -> bool:
    first, last = figure.first, figure.last
    if figure.value is not None and not figure.spelled and len(s.raw(first)) > _LONGEST and s.raw(first).isdigit():
        return True
    if s.raw(first).isdigit() and len(s.raw(first)) > 1 and s.raw(first)[0] == "0" and figure.unit is None:
        return True
    if s.word(first - 1) == "(" and s.word(last) == ")" and s.is_number(first - 2) and s.word(first - 3) in _DASHES:
        return True  # "7-6 (4)"
    if s.hyphen(first - 1) and s.word(first - 2) == "under" and figure.low is None and figure.value in _YOUTH_TEAMS:
        return True
    if figure.spelled and s.hyphen(last) and figure.unit is None and (s.is_number(first - 1) or s.word(first - 1) in SCALES):
        return True  # "300 two-wheelers": part of the noun
    if figure.spelled and s.hyphen(first - 1) and s.is_word(first - 2) and s.word(first - 2) not in _PREFIXES:
        return True
    if not figure.signed and not figure.spelled:
        if s.glued(first) and s.word(first - 1) == "/" and s.word(first - 2) == "f":  # "f/1.8", an aperture
            return True
        size = s.word(first - 1) in _TIMES_SIGNS and s.is_number(first - 2)
        if s.glued(first) and not size and (s.is_word(first - 1) or s.word(first - 1) in {"_", "#", "@", "\\", "^"}):
            return True
        if (
            s.glued(first)
            and s.word(first - 1) == "."
            and s.is_word(first - 2)
            and s.glued(first - 1)
            and len(s.word(first - 2)) < 4
        ):
            return True
        if s.hyphen(first - 1) and s.is_word(first - 2) and s.word(first - 2) not in _PREFIXES:
            return True
    if s.hyphen(first - 1) and s.is_number(first - 2) and not figure.is_range and figure.kind is not Kind.AGE:
        return True
    if s.word(last) == "." and s.glued(last) and s.glued(last + 1) and s.raw(last + 1) == "X":  # "the 4.X series"
        return True
    if figure.after > last or figure.end > s.ends[last - 1] or s.raw(last) == "x":
        return False
    if not figure.spelled and s.glued(last) and s.is_word(last):
        return True
    return s.hyphen(last) and s.is_number(last + 1) and not figure.is_range and not figure.spelled


def _label(s: Sentence, figure: Figure) -> bool:
    """``section 5``, ``Game 3``, ``week two``, ``1) First``: the number names a thing of a series."""
    if figure.signed or figure.unit is not None:
        return False
    before = s.word(figure.first - 1)
    if s.hyphen(figure.first - 2):  # "a 10-day 5-city tour"
        return False
    if before in _PERIODS and s.word(figure.first - 2) in _WHICH:  # "last year 300 were sold"
        return False
    if before == "of" and s.raw(figure.first - 2) in _GROUPS:  # "the Group of 20"
        return True
    if before == "." and s.glued(figure.first - 1):
        before = s.word(figure.first - 2)
    following = s.word(figure.last)
    if before in _LABELS and (before in _SPELLED_LABELS or not figure.spelled or s.raw(figure.first)[:1].isupper()):
        grouped = figure.value is not None and figure.value >= 1000 and "," in s.raw(figure.first)
        return not grouped and (s.raw(figure.first - 1)[:1].isupper() or not _plural(following))
    if following in {")", "."} and figure.first == 0 and not figure.spelled and len(s) > figure.last + 1:
        return figure.value is not None and figure.value < 100 and s.raw(figure.last + 1)[:1].isupper()
    return False


def _address(s: Sentence, figure: Figure) -> bool:
    if figure.spelled or figure.unit is not None or figure.value is None or not s.raw(figure.first).isdigit():
        return False
    for k in range(figure.last, figure.last + 4):
        word, raw = s.word(k), s.raw(k)
        if word in _ADDRESSES and (raw[:1].isupper() or (word == "block" and figure.value >= 100)):
            counted = s.raw(k + 1).islower() and _plural(s.word(k + 1))  # "30 Wall Street banks"
            return (k > figure.last and not counted) or word == "block"
        if not raw[:1].isupper() and not s.is_number(k) and not s.hyphen(k):
            return False
    return False


def _capitalised_name(s: Sentence, figure: Figure) -> bool:
    """``Big 12``, ``iPhone 14``, ``BBC One``: a capitalised word before and nothing counted behind."""
    if figure.signed or figure.unit is not None or figure.is_range or figure.modifier is not Modifier.EXACT or figure.scaled:
        return False
    i = figure.first - 1
    raw = s.raw(i)
    if figure.spelled:
        if _titled(s, figure):
            return True
        return (
            s.raw(figure.first)[:1].isupper()
            and raw[:1].isupper()
            and not s.raw(figure.last)[:1].islower()
            and s.is_word(i)
            and not s.is_word(figure.last)
        )
    if (
        (s.word(i) in _DETERMINERS or s.word(i).endswith(("'s", "’s")))
        and s.raw(figure.last)[:1].isupper()
        and not _several(s.word(figure.last))
    ):
        figure.may_be_name = True  # "the 250 GTO", "a 911 Turbo", unlike "the 12 Labour MPs"
        return False
    if not s.is_word(i) or s.starts[figure.first] - s.ends[i] != 1 or (i == 0 and not (raw.isupper() and len(raw) > 1)):
        return False
    if not (raw[:1].isupper() or any(c.isupper() for c in raw[1:])) or raw in _NO_NAMES:
        return False
    if s.raw(figure.last) == "x" or (raw.isupper() and "." in s.raw(figure.first) and figure.value and figure.value >= _DECIMAL):
        return False  # "QIB 157x", "PMI 50.9"
    if s.word(i) in _HEADLINE_VERBS or s.word(figure.last) == "times" or raw.endswith(("'s", "’s")) or "," in s.raw(figure.first):
        return False
    if s.word(figure.last) == "to" and s.is_number(figure.last + 1):
        return False  # "trails Jones 45 to 38"
    if s.word(figure.last) in _MANY:  # "in Ohio 45 were hurt"
        return False
    figure.may_be_name = _counts_some(s, figure)
    return not figure.may_be_name


def _titled(s: Sentence, figure: Figure) -> bool:
    """``the Harbour Nine trial``: written large behind another name, amid words that are not, before no plural."""
    following = s.raw(figure.last)
    return (
        figure.first > 1
        and figure.value != 1
        and s.raw(figure.first)[:1].isupper()
        and s.is_word(figure.first - 1)
        and s.raw(figure.first - 1)[:1].isupper()
        and s.raw(figure.first - 2)[:1].islower()
        and following[:1].islower()
        and not _plural(following)
    )


def _counts_some(s: Sentence, figure: Figure) -> bool:
    """Whether a plural follows within three words; a verb may look like one ("iPhone 14 starts at"), so the parse decides."""
    for k in range(figure.last, figure.last + 3):
        if not s.is_word(k):
            return False
        if _plural(s.word(k)):
            return True
    return False


def pronoun(s: Sentence, figure: Figure) -> bool:
    """Whether the figure is the word "one" standing for no count."""
    if s.word(figure.first) != "one" or figure.last != figure.first + 1 or figure.is_range:
        return False
    if figure.unit is not None:
        return s.word(figure.first - 1) in {"day", "no", "any", "every", "each"} or (
            s.word(figure.last) == "day" and figure.modifier is Modifier.EXACT
        )
    before, after = s.word(figure.first - 1), s.word(figure.last)
    if s.hyphen(figure.last):
        return True
    if after in {"was", "is", "has"} and {s.word(figure.last + 1), s.word(figure.last + 2)} & _ONE_COUNTED:  # "one was killed"
        return False
    if after in _ONE_AFTER or not after[:1].isalpha():
        return not (figure.modifier is not Modifier.EXACT and after not in {"of"})
    return before in _ONE_BEFORE or figure.modifier is Modifier.ABOUT


def magnitude(s: Sentence, figure: Figure) -> None:
    """``6.1-magnitude``, ``magnitude 6.1``, ``a magnitude of 6.1``, ``7.1 on the Richter scale``."""
    if figure.unit is not None or figure.value is None or not Decimal(0) <= figure.value < 11:
        return
    k = figure.last + 1 if s.hyphen(figure.last) else figure.last
    before = {s.word(figure.first - n) for n in (1, 2, 3)}
    richter = s.word(k) == "on" and "richter" in {s.word(k + 1), s.word(k + 2)}
    if s.word(k) == "magnitude" or "magnitude" in before or richter:
        figure.kind, figure.unit, figure.dimension = Kind.MAGNITUDE, "magnitude", "magnitude"
        if s.word(k) == "magnitude":
            figure.after = k + 1
