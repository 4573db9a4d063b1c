"""Sentences that are copies and whose number is not."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from auditor import lexicon
from auditor.model import Claim, Passage, Reading
from auditor.origins.words import NUMERAL, Word, words_of

_LIKENESS = 0.8  # of the words of two sentences, numerals masked, that stand in the same order
_LEAST = 6  # words beside numerals that a copied sentence has
_FEWEST = 3  # the same, where all its words are the same and its document is a copy
_LONGEST = 200  # words of a sentence that are compared
_MOST = 60  # sentences a document that differ from all of the other and are compared one by one


@dataclass(frozen=True, slots=True)
class Slot:
    """Figures at one place of a copied sentence: the passages and claims (by index) of both sides."""

    left_passage: int
    right_passage: int
    left: int
    right: int
    differs: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    words: tuple[Word, ...]
    claims: tuple[int, ...]  # indices of claims in it

    @property
    def exact(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)

    @property
    def masked(self) -> tuple[str, ...]:
        return tuple(word.masked for word in self.words)


def slots(left: Reading, right: Reading) -> list[Slot]:
    """The figures of two documents that stand at the same place of the same sentence.

    Sentences with the very same words are each other's copy; only those left over are looked at for altered numbers, so that a
    document that repeats itself with other numbers does not contradict its own copy.
    """
    ours, theirs = _sentences(left), _sentences(right)
    pairs, ours, theirs = _same(ours, theirs, exact=True)
    found = [slot for a, b in pairs for slot in _slots(a, b, left, right)]
    pairs, ours, theirs = _same(ours, theirs, exact=False)
    pairs = [pair for pair in pairs if _is_sentence(pair[0], _FEWEST)] + _alike(ours, theirs)
    return found + [slot for a, b in pairs for slot in _slots(a, b, left, right)]


def _sentences(reading: Reading) -> list[_Sentence]:
    of: dict[int, list[int]] = {}
    for index, claim in enumerate(reading.claims):
        of.setdefault(claim.quantity.passage, []).append(index)
    return [_Sentence(p, tuple(words_of(p)), tuple(of[p.index])) for p in reading.passages if p.audited and p.index in of]


def _is_sentence(sentence: _Sentence, least: int = _LEAST) -> bool:
    return sum(word != NUMERAL for word in sentence.masked) >= least


def _same(
    ours: Sequence[_Sentence], theirs: Sequence[_Sentence], *, exact: bool
) -> tuple[list[tuple[_Sentence, _Sentence]], list[_Sentence], list[_Sentence]]:
    """Pairs of sentences with the same words, first with first, and what is left of both sides."""

    def key(sentence: _Sentence) -> tuple[str, ...]:
        return sentence.exact if exact else sentence.masked

    waiting: dict[tuple[str, ...], list[_Sentence]] = {}
    for sentence in reversed(theirs):
        waiting.setdefault(key(sentence), []).append(sentence)
    pairs, left = [], []
    for sentence in ours:
        same = waiting.get(key(sentence))
        if same:
            pairs.append((sentence, same.pop()))
        else:
            left.append(sentence)
    remaining = {id(s) for rest in waiting.values() for s in rest}
    return pairs, left, [s for s in theirs if id(s) in remaining]


def _alike(ours: Sequence[_Sentence], theirs: Sequence[_Sentence]) -> list[tuple[_Sentence, _Sentence]]:
    """Pairs of nearly the same sentences, each in one pair at most, the most alike first."""
    ours = [s for s in ours if _is_sentence(s) and len(s.words) <= _LONGEST][:_MOST]
    theirs = [s for s in theirs if _is_sentence(s) and len(s.words) <= _LONGEST][:_MOST]
    counts = [Counter(s.masked) for s in theirs]
    scored = []
    for a, sentence in enumerate(ours):
        own = Counter(sentence.masked)
        for b, other in enumerate(theirs):
            most = sum((own & counts[b]).values()) / max(len(sentence.words), len(other.words))
            if most < _LIKENESS:
                continue
            blocks = difflib.SequenceMatcher(None, sentence.masked, other.masked, autojunk=False).get_matching_blocks()
            likeness = sum(block.size for block in blocks) / max(len(sentence.words), len(other.words))
            if likeness >= _LIKENESS:
                scored.append((-likeness, a, b))
    pairs, used_a, used_b = [], set(), set()
    for _, a, b in sorted(scored):
        if a not in used_a and b not in used_b:
            used_a.add(a)
            used_b.add(b)
            pairs.append((ours[a], theirs[b]))
    return pairs


def _slots(a: _Sentence, b: _Sentence, left: Reading, right: Reading) -> Iterator[Slot]:
    ours, theirs = _claims_at(a, left), _claims_at(b, right)
    seen = set()
    for i, j in _aligned(a.masked, b.masked):
        pair = ours.get(i), theirs.get(j)
        if pair[0] is None or pair[1] is None:
            continue
        other = differs(a.words[i].text, b.words[j].text)
        if other and _two_sources(left.claims[pair[0]], right.claims[pair[1]]):
            continue
        if (pair, other) not in seen:
            seen.add((pair, other))
            yield Slot(a.passage.index, b.passage.index, pair[0], pair[1], other)


def _two_sources(left: Claim, right: Claim) -> bool:
    """Whether two sources answer for the figures: their sentences are alike, and neither is a copy of the other."""
    said = [claim.attribution.source.lower().split() for claim in (left, right) if claim.attribution.source]
    return len(said) == 2 and set(said[0]).isdisjoint(set(said[1]) - _ARTICLES)


_ARTICLES = frozenset({"the", "a", "an", "of", "in", "and"})


def _aligned(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places of numerals that correspond: in a run of equal words, or alone where a few words were put for a few others."""
    if tuple(a) == tuple(b):
        yield from ((i, i) for i, word in enumerate(a) if word == NUMERAL)
        return
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            yield from ((i + k, j + k) for k in range(i_end - i) if a[i + k] == NUMERAL)
        elif tag == "replace" and i_end - i <= 3 and j_end - j <= 3:
            ours = [k for k in range(i, i_end) if a[k] == NUMERAL]
            theirs = [k for k in range(j, j_end) if b[k] == NUMERAL]
            if len(ours) == len(theirs) == 1:
                yield ours[0], theirs[0]


def _claims_at(sentence: _Sentence, reading: Reading) -> dict[int, int]:
    """Place of a numeral among the words -> index of the claim that it is part of."""
    places = {}
    for at, word in enumerate(sentence.words):
        if word.masked == NUMERAL:
            for index in sentence.claims:
                quantity = reading.claims[index].quantity
                if quantity.start < word.end and word.start < quantity.end:
                    places[at] = index
                    break
    return places


def differs(a: str, b: str) -> bool:
    """Whether two numerals are different numbers: another way of writing ("2.4 million", "2,400,000") and rounding apart."""
    if a == b:
        return False
    (value, fine), (other, coarse) = number(a), number(b)
    if value is None or other is None:
        return False
    return abs(value - other) > (max(fine, coarse) / 2 if fine != coarse else 0)


def number(numeral: str) -> tuple[Decimal | None, Decimal]:
    """The value of a numeral in lower case and the size of its last written place; None where it is none."""
    total, last, granularity = Decimal(0), None, Decimal(1)
    for part in re.findall(r"\d[\d.,]*|[a-z]+", numeral):
        value, scale = _words()
        if part[0].isdigit():
            last, granularity = _digits(part.rstrip(".,"))
        elif part in value:
            last, granularity = (last or Decimal(0)) + value[part], Decimal(1)
        elif part in scale:
            last, granularity = (last or Decimal(1)) * scale[part], granularity * scale[part]
            if scale[part] >= 1000:
                total, last = total + last, Decimal(0)
        elif part != "and":
            return None, granularity
    return (None if last is None else total + last), granularity


def _digits(text: str) -> tuple[Decimal, Decimal]:
    """ "1,500" and "1.500" are read as they stand in English: a comma parts thousands, a point the decimals."""
    plain = re.sub(r",(?=\d{3})", "", text).replace(",", ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    value = Decimal(plain)
    return value, Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))


@cache
def _words() -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    numerals = lexicon.load("numerals")
    scales = {**numerals["scales"], **numerals["abbreviated_scales"]}
    return ({k: Decimal(v) for k, v in numerals["cardinals"].items()}, {k: Decimal(v) for k, v in scales.items()})
