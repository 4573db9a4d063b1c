"""Claims of several documents -> Groups that measure the same thing.

Block (which documents may tell one story), compare (levels and points), cluster (average link).
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor import lexicon
from auditor.align.cluster import clusters
from auditor.align.documents import Corpus, Pair
from auditor.align.items import Item, apart, complete, item
from auditor.align.levels import comparable
from auditor.align.points import explained, points_of_documents, probability, score
from auditor.model import Group, Kind, Level, Origins, Reading, Settings

_CUT = 0.65
_BEST = 0.3  # share of the best link of two clusters beside their average link
_LEAST = 0.3  # links below this are not kept: they cannot carry a cluster over the cut
_MOST_PAIRS = 4_000  # comparisons between two documents; beyond, only figures that share something rare
_COPIED = 60  # characters of a sentence that documents do not write by chance ...
_COPIES = 5  # ... if so many do
_TWO_ALONE = 4.0  # of 64 documents and more, two that nothing else joins are this much likelier to speak of two things

_INCOMPLETE = 4.0  # what is counted or measured is not read: that much likelier two things


def align(readings: Sequence[Reading], origins: Origins, settings: Settings) -> tuple[Group, ...]:
    """Groups of two or more claims on one measurand, ordered by their first member; no claim is in two groups."""
    with _without_collection():
        return _aligned(readings)


@contextlib.contextmanager
def _without_collection() -> Iterator[None]:
    """No search for cyclic garbage: alignment makes millions of values that live to its end, none of them in a cycle."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _aligned(readings: Sequence[Reading]) -> tuple[Group, ...]:
    corpus = Corpus(readings)
    items = _items(readings)
    claims = _claims(items)
    of_reading: dict[int, dict[tuple[str | None, ...], list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, claim in enumerate(claims):
        for reading in sorted({x.reading for x in claim}):
            of_reading[reading][claim[0].wall].append(n)
    links: dict[tuple[int, int], float | None] = {}
    best: dict[tuple[int, int], tuple[Item, Item, Pair]] = {}
    for pair in [*_within(readings), *corpus.pairs()]:
        _link(pair, claims, of_reading, corpus, links, best)
    groups = []
    for nodes in clusters(len(claims), links, _CUT, _BEST):
        members = tuple(sorted((x.reading, x.claim) for n in nodes for x in claims[n]))
        if len(members) > 1:
            groups.append(_group(nodes, members, claims, best, corpus, links))
    return tuple(sorted(groups, key=lambda g: g.members))


def explain(readings: Sequence[Reading], left: tuple[int, int], right: tuple[int, int]) -> tuple[float, tuple[Level, ...]]:
    """Probability and levels of a pair of claims, each (reading index, claim index), as ``align`` would compare them."""
    corpus = Corpus(readings)
    a, b = (item(r, c, readings[r]) for r, c in (left, right))
    pair = corpus.pair(a.reading, b.reading)
    levels = explained(a, b, pair, corpus)
    if a.wall != b.wall:
        return 0.0, (Level("kind", "different", -math.inf, str(a.wall), str(b.wall)), *levels)
    return probability(sum(level.points for level in levels)), levels


def _items(readings: Sequence[Reading]) -> list[Item]:
    found = []
    for r, reading in enumerate(readings):
        own = [item(r, c, reading) for c in range(len(reading.claims))]
        repeated = {(x.wall, x.low) for x in own if not x.headline} | {(x.wall, x.high) for x in own if not x.headline}
        found += [
            x if not x.headline or not repeated & {(x.wall, x.low), (x.wall, x.high)} else replace(x, headline=False) for x in own
        ]
    return found


def _claims(items: Sequence[Item]) -> list[list[Item]]:
    """Figures that make one claim: the same value of the same thing in one document, or the same sentence copied."""
    in_documents: dict[str, set[int]] = defaultdict(set)
    for x in items:
        in_documents[x.sentence].add(x.reading)
    found: dict[tuple[object, ...], list[Item]] = {}
    for n, x in enumerate(items):
        found.setdefault(_identity(x, n, copied=len(in_documents[x.sentence]) >= _COPIES), []).append(x)
    return list(found.values())


def _identity(x: Item, n: int, *, copied: bool) -> tuple[object, ...]:
    if copied and len(x.sentence) >= _COPIED:
        return (x.sentence, x.wall, x.low, x.high, x.modifier, x.event, x.head_class, x.about, x.position)
    if x.kind is Kind.AGE and x.owner:
        return (x.reading, x.wall, x.low, x.high, tuple(sorted(x.owner)))
    if x.kind is Kind.COUNT and x.event and x.head_class:
        return (x.reading, x.wall, x.low, x.high, x.modifier, x.event, x.head_class, x.flags, x.planned)
    if x.kind is Kind.SCORE and x.position:
        return (x.reading, x.wall, x.low, x.position)
    return (n,)


def _within(readings: Sequence[Reading]) -> list[Pair]:
    return [Pair(r, r, 1.0, 1.0, True) for r in range(len(readings))]


def _link(
    pair: Pair,
    claims: Sequence[Sequence[Item]],
    of_reading: dict[int, dict[tuple[str | None, ...], list[int]]],
    corpus: Corpus,
    links: dict[tuple[int, int], float | None],
    best: dict[tuple[int, int], tuple[Item, Item, Pair]],
) -> None:
    enough = -math.log(1 / _LEAST - 1)
    start = points_of_documents(pair)
    left, right = of_reading.get(pair.left, {}), of_reading.get(pair.right, {})
    for wall in left:
        if wall not in right:
            continue
        for i, j in _combinations(left[wall], right[wall], claims, same=pair.left == pair.right):
            a, b = claims[i][0], claims[j][0]
            p: float | None = probability(score(a, b, start, corpus, enough))
            if pair.left == pair.right:
                p = _inside(a, b, p or 0.0)
                if p is None:
                    links.setdefault((min(i, j), max(i, j)), None)
            if p is None or p < _LEAST:
                continue
            key = (min(i, j), max(i, j))
            if p > (links.get(key) or 0.0):
                links[key] = p
                best[key] = (a, b, pair)


def _inside(a: Item, b: Item, p: float) -> float | None:
    """Two figures of one document: disjoint values are rarely one thing unless two named sources dispute it; others link when
    sure."""
    if a.planned != b.planned:
        return None  # a plan and what came of it may stand side by side
    if _disjoint(a, b):
        if a.source and b.source and not _one_source(a.source, b.source):
            return p if p >= _CUT else None
        return _headline(a, b, p)
    return p if p >= _CUT else None


def _disjoint(a: Item, b: Item) -> bool:
    """ "At least 56" beside 85 may be an earlier count of one thing; beside "at least 85" it is another thing's."""
    if a.modifier is b.modifier and math.isinf(a.high) and math.isinf(b.high):
        return a.low != b.low
    return a.low > b.high or b.low > a.high


_APART_WITHIN = 0.15


def _headline(a: Item, b: Item, p: float) -> float:
    """A headline's figure may be meant to be the text's; other disjoint values of one document are rarely one thing."""
    return p if a.headline != b.headline else min(p, _APART_WITHIN)


def _one_source(left: str, right: str) -> bool:
    """Whether two sources as written share a telling word ("the Observatory", "the Observatory's director")."""
    words = [{w for w in source.replace("'s", "").split() if len(w) > 3} for source in (left, right)]
    return bool(words[0] & words[1]) or left == right


def _combinations(left: Sequence[int], right: Sequence[int], claims: Sequence[Sequence[Item]], *, same: bool):  # type: ignore[no-untyped-def]
    size = len(left) * (len(left) - 1) // 2 if same else len(left) * len(right)
    if size > _MOST_PAIRS:
        return _sharing(left, right, claims)
    lefts, rights = ([(n, claims[n][0]) for n in side] for side in (left, right))
    pairs = itertools.combinations(lefts, 2) if same else itertools.product(lefts, rights)
    return [(i, j) for (i, a), (j, b) in pairs if i != j and comparable(a, b)]


def _sharing(left: Sequence[int], right: Sequence[int], claims: Sequence[Sequence[Item]]) -> list[tuple[int, int]]:
    """Of two long documents: pairs of figures that share value, owner, or event and head; at most ``_MOST_PAIRS``."""
    index: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for j in right:
        for key in _keys(claims[j][0]):
            index[key].append(j)
    found: dict[tuple[int, int], None] = {}
    for i in left:
        for key in _keys(claims[i][0]):
            for j in index.get(key, ())[:20]:
                if i != j:
                    found[min(i, j), max(i, j)] = None
            if len(found) >= _MOST_PAIRS:
                return list(found)
    return list(found)


def _keys(x: Item) -> list[tuple[object, ...]]:
    keys: list[tuple[object, ...]] = [("value", x.low, x.high, x.head_class or x.about[:1])]
    keys += [("owner", name) for name in sorted(x.owner)]
    if x.event and x.head_class:
        keys.append(("event", x.event, x.head_class))
    if x.about:
        keys.append(("about", x.about[0], x.event))
    return keys


def _group(
    nodes: Sequence[int],
    members: tuple[tuple[int, int], ...],
    claims: Sequence[Sequence[Item]],
    best: dict[tuple[int, int], tuple[Item, Item, Pair]],
    corpus: Corpus,
    links: dict[tuple[int, int], float | None],
) -> Group:
    inside = [(min(i, j), max(i, j)) for i, j in itertools.combinations(nodes, 2)] if len(nodes) <= 200 else []
    known = [key for key in inside if key in best]
    if not known:
        return Group(members, _label([claims[n][0] for n in nodes]), 1.0)
    key = max(known, key=lambda k: (apart(*best[k][:2]), links[k] or 0.0, k))
    a, b, pair = best[key]
    documents = {reading for reading, _ in members}
    doubt = (1 - (links[key] or 0.0)) * (_alone(len(corpus.vectors)) if len(documents) == 2 else 1)
    doubt *= 1 if complete(a) and complete(b) else _INCOMPLETE
    return Group(members, _label([claims[n][0] for n in nodes]), max(0.0, 1 - doubt), explained(a, b, pair, corpus))


def _alone(documents: int) -> float:
    """How much likelier two documents alone are to speak of two things: not at all in a folder of four, most in a large one."""
    return 1 + (_TWO_ALONE - 1) * min(1.0, max(0.0, math.log(max(documents, 1) / 4, 16)))


def _label(items: Sequence[Item]) -> str:
    """What is measured, in words: the commonest head and event."""

    def common(values: list[str]) -> str:
        return max(sorted(set(values)), key=values.count) if values else ""

    first = items[0]
    event = common([x.event for x in items if x.event])
    if 2 * sum(x.event == event for x in items) < len(items):
        event = ""
    if first.kind is Kind.AGE:
        return f"age of {common([' '.join(w.capitalize() for w in sorted(x.owner)) for x in items if x.owner]) or 'a person'}"
    if first.kind is Kind.COUNT:
        head = common([x.head or x.head_class or "" for x in items if x.head or x.head_class])
        return " ".join(part for part in (_plural(head) or "people", event) if part)
    about = common([x.about[0] for x in items if x.about])
    whose = common([" ".join(w.capitalize() for w in sorted(x.whose)) for x in items if x.whose])
    named = " of ".join(dict.fromkeys(part for part in (event.replace("_", " "), about) if part)) or first.kind.value
    return f"{named} ({whose})" if whose and whose.lower() != named else named


def _plural(noun: str) -> str:
    known = lexicon.load("relations")["plurals"]
    if not noun or noun in known or noun.endswith("s"):
        return str(known.get(noun, noun))
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("x", "z", "ch", "sh")) else "s")
