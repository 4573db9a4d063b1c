"""How far the counting had come when a figure was told: early, estimate, final, revised, or nothing said.

Read from the words of its sentence; what an exit poll or a first count gave goes on over the next sentences, until somebody
else is said to answer for a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from auditor import lexicon
from auditor.enrich.classes import classes
from auditor.enrich.phrases import longest
from auditor.model import Attribution, Kind, Passage, Quantity, Stage
from auditor.parse import Parse, Parses

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERB_BEFORE = 8  # tokens between a verb of change and the "to" of its figure
_NOW_BEFORE = 5
_CARRIED = 2  # sentences over which an early count goes on
_LONGEST = 4  # words of a phrase


def stages(
    passages: Sequence[Passage], quantities: Sequence[Quantity], said: Sequence[Attribution], parses: Parses
) -> tuple[Stage | None, ...]:
    """The stage of every quantity, in the same order; None where the text says none."""
    found: list[Stage | None] = []
    early: Quantity | None = None  # the last figure of an early count
    marks: dict[int, list[_Mark]] = {}
    for n, (quantity, attribution) in enumerate(zip(quantities, said, strict=True)):
        parse = parses[quantity.passage]
        if quantity.passage not in marks:
            marks[quantity.passage] = list(_marks(parse.doc))
        stage = _stage(quantity, parse, marks[quantity.passage])
        if stage is None and early and not attribution.attributed and _goes_on(early, quantity):
            passage = passages[quantity.passage]
            stage = None if _looks_back(passage, quantities[max(0, n - 1) : n + 2], quantity) else Stage.EARLY
        if stage is Stage.EARLY:
            early = quantity
        elif attribution.attributed:
            early = None
        found.append(stage)
    return tuple(found)


def _goes_on(early: Quantity, quantity: Quantity) -> bool:
    """Whether a later figure may be of the same early count; counts are left out, whose nouns are many."""
    return (
        quantity.kind is not Kind.COUNT
        and (early.kind, early.unit) == (quantity.kind, quantity.unit)
        and quantity.passage - early.passage <= _CARRIED
    )


def _looks_back(passage: Passage, around: Sequence[Quantity], quantity: Quantity) -> bool:
    """Whether the words between the figures before and behind this one tell of a former time ("four years ago")."""
    start = max((q.end for q in around if q.passage == passage.index and q.end <= quantity.start), default=passage.start)
    end = min((q.start for q in around if q.passage == passage.index and q.start >= quantity.end), default=passage.end)
    words = " ".join(passage.text[start - passage.start : end - passage.start].lower().split())
    return any(cue in words for cue in classes().cues["past"])


def _stage(quantity: Quantity, parse: Parse, marks: Sequence[_Mark]) -> Stage | None:
    at = parse.token_at(quantity.start)
    if at is None:
        return None
    if _revised(parse.doc, at):
        return Stage.REVISED
    nearest = min(marks, key=lambda mark: (mark.distance(at), mark.start), default=None)
    return nearest.stage if nearest else None


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words of a sentence, by token, that tell a stage."""

    stage: Stage
    start: int
    end: int

    def distance(self, at: int) -> int:
        return max(self.start - at, at - self.end, 0)


@cache
def _phrases() -> dict[tuple[str, ...], Stage]:
    words = lexicon.load("stages")
    told, between = words["told"]["nouns"], words["told"]["between"]
    found: dict[tuple[str, ...], Stage] = {}
    for stage in (Stage.ESTIMATE, Stage.EARLY, Stage.FINAL):
        for adjective in words[stage.value]["adjectives"]:
            found |= {(adjective, noun): stage for noun in told}
            found |= {(adjective, word, noun): stage for word in between for noun in told}
        found |= {tuple(phrase.split()): stage for phrase in words[stage.value]["phrases"]}
    return found


def _marks(doc: Doc) -> Iterator[_Mark]:
    """The longest phrases of a sentence that tell a stage, from left to right."""
    for start, end, stage in longest([token.lower_ for token in doc], _phrases(), _LONGEST):
        yield _Mark(stage, start, end)


def _revised(doc: Doc, at: int) -> bool:
    """Whether the words before a figure say that it replaces another: "has risen to 14", "is now 14", "a revised 14"."""
    words = lexicon.load("stages")["revised"]
    while at > 0 and (doc[at - 1].lower_ in classes().cues["skip_left"] - {*words["before"]} or doc[at - 1].is_currency):
        at -= 1
    if at == 0:
        return False
    before = doc[at - 1].lower_
    if before in words["before"]:
        return any(_replaces(verb, words) for verb in doc[max(0, at - 1 - _VERB_BEFORE) : at - 1])
    recent = doc[max(0, at - _NOW_BEFORE) : at]
    return before in words["adjectives"] or any(t.lower_ in words["words"] for t in recent)


def _replaces(verb: Token, words: Mapping[str, Sequence[str]]) -> bool:
    lemma = verb.lemma_.lower()
    if lemma in words["changes"]:
        return any(word.pos_ == "AUX" and word.lower_ in words["perfect"] for word in verb.doc[max(0, verb.i - 2) : verb.i])
    return lemma in words["verbs"]
