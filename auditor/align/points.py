"""Points of levels, and their sum: the log-odds that two figures measure the same thing; points are data.

The method is that of Fellegi and Sunter, with declared levels as in splink: every attribute has a level, every level has points,
and the sum of the points is the log-odds that both figures measure the same thing.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from auditor.align.circumstances import circumstance_levels, document_levels
from auditor.align.documents import Corpus, Pair
from auditor.align.items import Item
from auditor.align.levels import own_levels, word_levels
from auditor.model import Level

_NO_POINTS: Mapping[str, float] = {}
# a pair has one level of a bracket
_CIRCUMSTANCES = (("thing",), ("period", "event_day"), ("values",), ("published",), ("place", "lead_place"))
_WORDS = (("sentence",), ("near",))
_UP_TO_VALUE = ("bias", "head", "event", "value")  # what is compared first


@cache
def points() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """table -> attribute -> level -> points, the learned weights multiplied in."""
    folder = resources.files("auditor.align")
    table = tomllib.loads((folder / "points.toml").read_text(encoding="utf-8"))
    weights = tomllib.loads((folder / "weights.toml").read_text(encoding="utf-8"))
    return {
        name: {
            attribute: {level: p * weights.get(name, {}).get(attribute, 1.0) for level, p in levels.items()}
            for attribute, levels in attributes.items()
        }
        for name, attributes in table.items()
    }


def score(a: Item, b: Item, start: float, corpus: Corpus, enough: float = -math.inf) -> float:
    """The log-odds that two figures measure the same thing, ``start`` being those of their documents; -inf as soon as they cannot
    reach ``enough``."""
    table = points()
    own, context = table[a.table], table["context"]
    beside_values, beside_own, words = _most_left(a.table)
    total = start
    for attribute, level in own_levels(a, b):
        total += own.get(attribute, _NO_POINTS).get(level, 0.0)
        if attribute == "value" and total + beside_values < enough:
            return -math.inf
    if total + beside_own < enough:
        return -math.inf
    for attribute, level in circumstance_levels(a, b, corpus):
        total += context[attribute].get(level, 0.0)
    if total + words < enough:
        return -math.inf
    for attribute, level in word_levels(a, b, corpus):
        total += context[attribute].get(level, 0.0)
    return total


def points_of_documents(pair: Pair) -> float:
    """The log-odds that any two figures of two documents start from."""
    context = points()["context"]
    return sum(context[attribute].get(level, 0.0) for attribute, level in document_levels(pair))


@cache
def _most_left(table: str) -> tuple[float, float, float]:
    """The most points that a pair can win once its values, all of its own attributes, and the circumstances are compared."""
    others = [(attribute,) for attribute in points()[table] if attribute not in _UP_TO_VALUE]
    own, circumstances, words = _most(table, others), _most("context", _CIRCUMSTANCES), _most("context", _WORDS)
    return own + circumstances + words, circumstances + words, words


def _most(table: str, brackets: Iterable[tuple[str, ...]]) -> float:
    """The most points that these attributes can add."""
    own = points()[table]
    return sum(max(0.0, *(p for attribute in bracket for p in own[attribute].values())) for bracket in brackets)


def explained(a: Item, b: Item, pair: Pair, corpus: Corpus) -> tuple[Level, ...]:
    """The levels with their points and both values, in the order in which they are compared."""
    table = points()
    found = [
        Level(name, level, table[a.table].get(name, {}).get(level, 0.0), *_shown(a, b, name)) for name, level in own_levels(a, b)
    ]
    found += [
        Level(name, level, table["context"][name].get(level, 0.0), *_shown(a, b, name))
        for name, level in (*document_levels(pair), *circumstance_levels(a, b, corpus), *word_levels(a, b, corpus))
    ]
    return tuple(found)


def probability(log_odds: float) -> float:
    return 0.0 if log_odds < -30 else 1.0 if log_odds > 30 else 1 / (1 + math.exp(-log_odds))


def _shown(a: Item, b: Item, name: str) -> tuple[str | None, str | None]:
    def of(x: Item) -> str | None:
        shown: dict[str, str | None] = {
            "head": x.head_class or (x.about[0] if x.about else None),
            "event": x.event,
            "role": x.role,
            "value": f"{x.low:g}..{x.high:g}",
            "owner": " ".join(sorted(x.owner)) or None,
            "modifiers": ", ".join(sorted(x.modifiers)) or None,
            "event_day": x.day or x.lead_day,
            "far_date": x.published.isoformat() if x.published else None,
            "per": x.per,
            "cause": x.cause,
            "survey": " ".join(sorted(x.survey)) or None,
            "group": " ".join(sorted(x.group)) or None,
        }
        return shown.get(name)

    return of(a), of(b)
