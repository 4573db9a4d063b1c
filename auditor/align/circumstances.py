"""Whether two figures may be of one story: their documents, when and where; levels of context."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterator
from functools import lru_cache

from auditor.align.documents import Corpus, Pair
from auditor.align.items import Item, apart, days_between
from auditor.align.lookups import event_classes, relations
from auditor.align.values import equal, overlap

_FAR_DAYS = 3
_SERIES = 180  # days between two editions of one report
_PAST = 75  # days after which a period is past, yearly figures included
_TELLING = 2.5  # idf of a thing that few documents count or measure
_SPELT = 5  # letters of a name that may be spelt in two ways
_LONG_DAYS = 9
_DOCUMENT = (0.05, 0.1, 0.15, 0.25, 0.4)
_PUBLISHED = (10, 31)  # days after which a level or a count has moved on


def far_date(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    """Sudden events that were published days apart are rarely one event, the less so if the numbers differ."""
    if not (_sudden(a) and _sudden(b)) or a.published is None or b.published is None:
        return
    if abs((a.published - b.published).days) > _FAR_DAYS and event_classes(a.event, b.event) in ("same", "near"):
        days = abs((a.published - b.published).days)
        level = ("equal" if days <= _SERIES else "equal_long") if equal(a, b) else "different" if days <= _LONG_DAYS else "long"
        yield "far_date", f"{level}_there" if (a.places or a.lead_places) & (b.places or b.lead_places) else level


def document_levels(pair: Pair) -> Iterator[tuple[str, str]]:
    """What the documents say of whether they tell one story: the same for all their figures."""
    if pair.left == pair.right:
        return
    yield "document", str(step(_DOCUMENT, pair.cosine))
    if not pair.rare_name:
        yield "rare_name", "none"
    else:
        yield "rare_name", "shared"
    if pair.key_names >= 0:
        yield "key_names", str(round(4 * pair.key_names))


def circumstance_levels(a: Item, b: Item, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Rare things, when and where."""
    shared = {a.head} & {b.head} - relations().people if a.table == "count" else set(a.about) & set(b.about)
    if any(corpus.rarity(thing) >= _TELLING for thing in shared if thing):
        yield "thing", "rare"
    if a.table in ("measure", "magnitude") or not (_sudden(a) and _sudden(b)):
        yield from _period(a, b)
    elif a.table == "count":
        yield from _event_day(a, b)
    if a.reading != b.reading:
        if apart(a, b):
            yield "values", "apart"
            if a.published and b.published and a.table != "age" and not (of_event(a) and of_event(b)):
                yield "published", str(step(_PUBLISHED, abs((a.published - b.published).days)))
        yield from _where(a, b, corpus)


def _where(a: Item, b: Item, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The place of the sentence; of the lead, where a sentence names none."""
    if a.places and b.places:
        yield "place", _place(a, b, a.places, b.places, corpus)
    elif (a.places or a.lead_places) and (b.places or b.lead_places):
        yield "lead_place", _place(a, b, a.places or a.lead_places, b.places or b.lead_places, corpus)


def _place(a: Item, b: Item, left: frozenset[str], right: frozenset[str], corpus: Corpus) -> str:
    """Whether the places beside the figures are known to the other's document: a town and its province are."""
    if left & right:
        return "shared"
    if any(_spelt_alike(x, y) for x in left for y in right):
        return "shared"
    words = corpus.vectors[a.reading].weights, corpus.vectors[b.reading].weights
    known = any(name in words[1] for name in left), any(name in words[0] for name in right)
    where = "known" if all(known) else "half" if any(known) or a.countries & b.countries else "elsewhere"
    return where if where == "known" or overlap(a, b) else f"{where}_apart"


@lru_cache(maxsize=1 << 16)
def _spelt_alike(left: str, right: str) -> bool:
    """Two spellings of one foreign name, which differ in vowels and doubled letters: "Sarmaliya", "Sarmalya"."""
    if left[0] != right[0] or min(len(left), len(right)) < _SPELT:
        return False
    return len(_skeleton(left)) > 2 and _skeleton(left) == _skeleton(right)


def _skeleton(name: str) -> str:
    consonants = [c for c in name if c not in "aeiouy'’-"]
    return "".join(c for i, c in enumerate(consonants) if i == 0 or c != consonants[i - 1])


def _sudden(x: Item) -> bool:
    """Whether the figure is of something that has a day: what befell people, strikes, explosions."""
    return x.of_persons or x.event in relations().happenings


def of_event(x: Item) -> bool:
    """Whether the figure is of something that happens, to people or things, and is told while it goes on."""
    return x.of_persons or (x.table == "count" and x.event in relations().growing)


def _period(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    """The time that a level or a rate is of: "in 2027", "next year"; what has none is of the days of its publication."""
    if not a.period or not b.period:
        if a.published and b.published and abs((a.published - b.published).days) > _SERIES and not (a.period or b.period):
            yield "period", "edition"  # the same report a year later
        elif (a.period and b.published and _over(a.period, b.published)) or (
            b.period and a.published and _over(b.period, a.published)
        ):
            yield "period", "past_one"
        return
    overlap = a.period[0] <= b.period[1] and b.period[0] <= a.period[1]
    days = a.period[0] == a.period[1] and b.period[0] == b.period[1] and days_between(a.period[0], b.period[0]) <= _LONG_DAYS
    disjoint = "disjoint_amounts" if a.table == "measure" else "disjoint"  # growth in two years is two things
    yield "period", "same" if a.period == b.period else "overlap" if overlap else "days_apart" if days else disjoint


def _over(period: tuple[str, ...], now: datetime.date) -> bool:
    """Whether a period had ended well before the day on which the other figure was published."""
    return (now - datetime.date.fromisoformat(period[1])).days > _PAST


def _event_day(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    left, right = a.day or a.lead_day, b.day or b.lead_day
    if left is None or right is None:
        return
    both = "_both" if a.day and b.day else ""
    days = days_between(left, right)
    yield "event_day", ("same" if days == 0 else "next" if days == 1 else "different" if days <= _FAR_DAYS else "far") + both


def step(edges: tuple[float, ...], x: float) -> int:
    """The number of the interval between edges that holds ``x``, from 0."""
    return bisect.bisect_right(edges, x)
