"""Comparing two figures by declared, ordered levels, attribute by attribute ("cannot say" first)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from auditor.align.circumstances import far_date, of_event, step
from auditor.align.documents import Corpus
from auditor.align.items import Item, Signature, apart
from auditor.align.lookups import event_classes, noun_classes, relations
from auditor.align.values import overlap, value_of_age, value_of_count, value_of_measure

_SMALL = 3
_SHORT = 5  # content words of a sentence that says little
_SENTENCE = (0.02, 0.1, 0.2, 0.4, 0.7)
_WINDOW = (0.01, 0.1, 0.25, 0.5)


def comparable(a: Item, b: Item) -> bool:
    """Whether two figures behind one wall are worth comparing: other things counted by other events with other values are not."""
    return a.table not in ("count", "measure") or a.digits == b.digits or _related(a.signature, b.signature)


@lru_cache(maxsize=1 << 16)
def _related(a: Signature, b: Signature) -> bool:
    if event_classes(a.event, b.event) not in ("different", "hard"):
        return True
    if a.table == "measure":
        return a.about == b.about
    if a.head_class is None or b.head_class is None:
        return True
    return noun_classes(a.head, a.head_class, b.head, b.head_class) not in ("other_word", "other_class", "persons")


def own_levels(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    """Attributes of the two figures themselves, each with its level."""
    yield "bias", "always"
    if a.table == "count":
        yield "head", _head(a, b)
        yield "event", event_classes(a.event, b.event)
        yield "value", value_of_count(a, b)
        if a.modifiers and b.modifiers:
            yield "modifiers", "shared" if a.modifiers & b.modifiers else "disjoint"
        yield from _whose(a, b)
        if a.event == b.event and a.event and a.role != b.role:
            yield "role", "different"
        yield from _flags(a, b)
        if a.value is not None and b.value is not None:
            if max(a.value, b.value) <= _SMALL:
                yield "small", "both"
            elif min(a.value, b.value) == 1:
                yield "small", "one"  # "one" is mostly a part
        if a.cause and b.cause:
            yield "cause", "same" if a.cause == b.cause else "different"
        yield from _survey(a, b)
        yield from far_date(a, b)
    elif a.table == "age":
        yield "owner", _owner(a, b)
        yield "value", value_of_age(a, b)
        if a.description and b.description:
            yield "description", _described(a, b)
    elif a.table == "score":
        yield "value", "equal" if a.low == b.low and a.high == b.high else "different"
        if a.position and b.position:
            yield "position", "same" if a.position == b.position else "other"
    elif a.table == "magnitude":
        yield "value", "equal" if a.low == b.low else "close" if abs(a.low - b.low) <= 0.35 else "far"
        yield from _flags(a, b)
    else:
        yield "head", _about(a, b)
        yield "event", event_classes(a.event, b.event)
        yield "value", value_of_measure(a, b)
        if a.modifiers and b.modifiers:
            yield "modifiers", "shared" if a.modifiers & b.modifiers else "disjoint"
        yield from _whose(a, b)
        yield from _survey(a, b)
        if a.per != b.per:
            yield "per", "different" if a.per and b.per else "one"
        if a.trend and b.trend and a.trend != b.trend:
            yield "trend", "different"
        yield from _flags(a, b)


def _whose(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    if a.whose and b.whose:
        yield "whose", "share" if a.whose & b.whose else "disjoint" if overlap(a, b) else "disjoint_apart"


def _survey(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    """Who was asked by whom: another pollster or another group is another thing."""
    if not (a.survey and b.survey):
        if a.survey or b.survey:
            yield "survey", "one"
        return
    if _UNNAMED not in a.survey | b.survey:
        yield "survey", "same" if a.survey & b.survey else "different"
    if a.group != b.group:
        yield "group", "different"


_UNNAMED = "unnamed"


def _flags(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    if a.flags != b.flags:
        yield from _differing(a, b)
    if a.lasting != b.lasting and a.table == "count" and a.of_persons and b.of_persons:
        yield "span", "one"
    if a.planned != b.planned:
        yield "planned", "one"


def _differing(a: Item, b: Item) -> Iterator[tuple[str, str]]:
    """The flags that one figure has and the other has not."""
    both = of_event(a) and of_event(b)
    for name, flag in (
        ("subset", "subset"),
        ("rest", "rest"),
        ("whole", "whole"),
        ("former", "former"),
        ("composite", "composite"),
        ("background", "background"),
        ("past", "past" if both else "before"),  # levels and rates are of some past period, more often than not
        ("rate", "per_day"),
    ):
        if (flag in a.flags) != (flag in b.flags):
            yield name, "one_apart" if name in ("subset", "rest", "whole", "former") and apart(a, b) else "one"
    if a.event == b.event == "wounded" and ("severe" in a.flags) != ("severe" in b.flags):
        yield "severe", "one"


def _head(a: Item, b: Item) -> str:
    if a.elided and b.elided:
        return "elided" if a.event == b.event else "other_elided"
    if a.head_class is None or b.head_class is None:
        return _elided(a, b)
    return noun_classes(a.head, a.head_class, b.head, b.head_class)


def _elided(a: Item, b: Item) -> str:
    """One noun is left out: of an event of persons it is a person."""
    given = a.head_class or b.head_class
    event = a.event if a.head_class is None else b.event
    if event not in relations().persons:
        return "unknown"
    if given == "person":
        return "class"
    return "parent" if relations().parent.get(given or "") == "person" else "unknown"


def _described(a: Item, b: Item) -> str:
    if a.description & b.description:
        return "share"
    parent, akin = relations().parent, relations().akin
    for x in a.description:
        for y in b.description:
            if y in (parent.get(x), "person") or x in (parent.get(y), "person") or y in akin.get(x, ()) or x in akin.get(y, ()):
                return "akin"
    return "disjoint"


def _about(a: Item, b: Item) -> str:
    if not a.about or not b.about:
        return "unknown"
    if a.about[0] == b.about[0]:
        return "same"
    if a.event == b.event and a.event in relations().known:
        return "class"  # "turnout was 71 %" and "71 % of voters went to the polls"
    return "shared" if set(a.about) & set(b.about) else "different"


def _owner(a: Item, b: Item) -> str:
    if not a.owner or not b.owner:
        return "unknown"
    shared = a.owner & b.owner
    if not shared:
        return "disjoint"
    return "share" if len(shared) > 1 or a.owner <= b.owner or b.owner <= a.owner else "family"


def word_levels(a: Item, b: Item, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The words of the sentences, and those beside the figures; two short sentences say nothing by sharing none."""
    level = step(_SENTENCE, _cosine(a.words, b.words, corpus))
    if level or min(len(a.words), len(b.words)) >= _SHORT:
        yield "sentence", str(level)
        yield "near", str(step(_WINDOW, _cosine(a.near, b.near, corpus)))


def _cosine(a: frozenset[str], b: frozenset[str], corpus: Corpus) -> float:
    shared = a & b
    if not shared:
        return 0.0
    weight = corpus.weight
    return sum(weight(w) for w in shared) / math.sqrt(corpus.norm(a) * corpus.norm(b))
