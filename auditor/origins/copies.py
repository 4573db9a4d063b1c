"""Which documents share passages: containment of word shingles, found through an index, at a cost linear in the corpus.

A shingle is five words in a row, numerals masked.  All shingles of all documents are sorted; documents that stand side by side in
the list of one shingle, and each with the first of the list, are counted as a pair: copies by the thousand cost no more than
pairs.  What stands in many documents that share little else (a site's own words) counts for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from auditor.model import Reading
from auditor.origins.words import Codes, Word, codes, words

SHINGLE = 5
_KEPT = 8_000_000  # shingles held at once; larger corpora are sampled
_COMMON = 20  # documents that a shingle may stand in before it is held for a site's own words
_LEAST = 12  # words outside quotations that a copy shares
_LINE = 8  # words in a row, of a text so short that they are a good part of it
_LINE_SHARE = 0.3
_SHARE = 0.25  # of one of the two documents that a copy is
_SHARED = 4  # shingles in common before a pair is looked at
_WHOLE = 0.6  # of the shorter document: shared so much, even words that many documents hold prove a copy
_GAP = 8  # words that may differ between two shared runs of one passage
_SHORTEST = 8  # words of a document that can be a copy by its words alone

_QUOTED = re.compile(r"“[^“”]{1,2000}”|\"[^\"]{1,2000}\"|''[^']{1,2000}''")

Array = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``left:left + size`` of one document stand as ``right:right + size`` in another."""

    left: int
    right: int
    size: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents (indices of readings), one a copy of the other or of its part: they share ``runs``, in order of the left, and
    so ``share`` of the shorter one's words."""

    left: int
    right: int
    runs: tuple[Run, ...]
    share: float


class Library:
    """The words of readings, made on demand: only documents of which a pair is looked at are split into words with offsets."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = readings
        self._words: dict[int, list[Word]] = {}

    def words(self, index: int) -> list[Word]:
        if index not in self._words:
            if len(self._words) > 256:
                self._words.clear()
            self._words[index] = words(self.readings[index])
        return self._words[index]


def copies(readings: Sequence[Reading], library: Library) -> Iterator[Copy]:
    """Pairs of documents of which one is a copy, in order; not every pair of a crowd of copies, but enough to connect it."""
    known = Codes()
    coded = [np.array(codes(reading, known), dtype=np.uint64) for reading in readings]
    hashed = [_shingles(code) for code in coded]
    same = _same(coded)
    pairs, common = _candidates([h for i, h in enumerate(hashed) if same.get(i, i) == i], _representatives(same, len(readings)))
    for left, right in sorted(set(pairs) | {(first, i) for i, first in same.items() if first != i}):
        copy = _compared(left, right, hashed, coded, common, library)
        if copy:
            yield copy


def _representatives(same: Mapping[int, int], count: int) -> list[int]:
    return [i for i in range(count) if same.get(i, i) == i]


def _same(coded: Sequence[Array]) -> dict[int, int]:
    """Document -> the first one with the very same words (numerals apart)."""
    first: dict[bytes, int] = {}
    return {i: first.setdefault(code.tobytes(), i) for i, code in enumerate(coded) if len(code) >= _SHORTEST}


def _shingles(code: Array) -> Array:
    """The hashes of every five words in a row."""
    count = len(code) - SHINGLE + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    total = np.zeros(count, dtype=np.uint64)
    for at in range(SHINGLE):
        total = (total ^ code[at : at + count]) * _FACTORS[at]
        total ^= total >> np.uint64(29)
    return total


_FACTORS = [
    np.uint64(f) for f in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F)
]


def _candidates(hashed: Sequence[Array], names: Sequence[int]) -> tuple[list[tuple[int, int]], Array]:
    """Pairs of documents that share shingles, and the shingles that stand in many documents (sorted)."""
    none = np.empty(0, dtype=np.uint64)
    step = np.uint64(1 + sum(map(len, hashed)) // _KEPT)
    sampled = [np.unique(h[h % step == 0]) for h in hashed]
    size = np.array([len(s) for s in sampled], dtype=np.int64)
    if not size.sum():
        return [], none
    shingle, document = np.concatenate(sampled), np.repeat(np.arange(len(sampled)), size)
    order = np.lexsort((document, shingle))
    shingle, document = shingle[order], document[order]
    starts = np.flatnonzero(np.r_[True, shingle[1:] != shingle[:-1]])
    listed = np.diff(np.r_[starts, len(shingle)])  # in how many documents each shingle stands
    first, common = np.repeat(document[starts], listed), np.repeat(listed > _COMMON, listed)
    before = np.r_[0, document[:-1]]
    follows = np.ones(len(shingle), dtype=bool)
    follows[starts] = False
    apart = follows & (before != first)
    left = np.concatenate([before[follows], first[apart]])
    right = np.concatenate([document[follows], document[apart]])
    rare = ~np.concatenate([common[follows], common[apart]])
    pair, inverse = np.unique(left * len(sampled) + right, return_inverse=True)
    left, right = pair // len(sampled), pair % len(sampled)
    count, own = np.bincount(inverse, minlength=len(pair)), np.bincount(inverse, weights=rare, minlength=len(pair))
    near = (own >= max(1, _SHARED // int(step))) | (count >= _WHOLE / 2 * np.minimum(size[left], size[right]))
    pairs = [(names[a], names[b]) for a, b in zip(left[near].tolist(), right[near].tolist(), strict=True)]
    return pairs, shingle[starts][listed > _COMMON]


def _compared(
    left: int, right: int, hashed: Sequence[Array], coded: Sequence[Array], common: Array, library: Library
) -> Copy | None:
    """What two documents share; None where it is too little to call one a copy."""
    shorter = min(len(coded[left]), len(coded[right]))
    runs = _runs(hashed[left], hashed[right], coded[left], coded[right])
    shared = sum(run.size for run in runs)
    if not runs or shorter < _SHORTEST:
        return None
    share = shared / shorter
    if share < _WHOLE and len(common):
        runs = [run for run in runs if not _is_common(hashed[left][run.left : run.left + run.size - SHINGLE + 1], common)]
        shared = sum(run.size for run in runs)
        share = shared / shorter
    if share < _SHARE:
        return None
    own = _outside_quotations(runs, left, library)
    longest = max((run.size for run in runs), default=0)
    enough = (own >= _LEAST and share >= _SHARE) or (min(own, longest) >= _LINE and share >= _LINE_SHARE)
    return Copy(left, right, tuple(runs), share) if enough else None


def _is_common(shingles: Array, common: Array) -> bool:
    if not len(shingles):
        return False
    at = np.searchsorted(common, shingles)
    found = common[np.minimum(at, len(common) - 1)] == shingles
    return bool(found.mean() > 0.5)


def _runs(left: Array, right: Array, left_code: Array, right_code: Array) -> list[Run]:
    """Runs of shared words in order of the left, none overlapping another in either document.

    Of several places for one run, the one that goes on from the run before is taken, else the one that holds longest.
    """
    if len(left_code) == len(right_code) and bool((left_code == right_code).all()):
        return [Run(0, 0, len(left_code))] if len(left_code) else []
    ours = np.flatnonzero(np.isin(left, right)).tolist()
    if not ours:
        return []
    where: dict[int, list[int]] = {}
    for place in np.flatnonzero(np.isin(right, left)).tolist():
        where.setdefault(int(right[place]), []).append(place)
    runs: list[Run] = []
    free, after, shared = 0, 0, left.tolist()
    taken: set[int] = set()
    for at in ours:
        if at < free:
            continue
        places = [p for p in where[shared[at]] if p not in taken]
        best = max((_run(left, right, at, place, after) for place in places[:8]), default=None)
        if best is not None:
            run = best[1]
            runs.append(run)
            taken.update(range(run.right - SHINGLE + 1, run.right + run.size))
            free, after = at + run.size, run.right + run.size
    return runs


def _run(left: Array, right: Array, at: int, place: int, after: int) -> tuple[tuple[int, bool, int], Run]:
    """The words from ``at`` and ``place`` on that are the same, with what makes one such run better than another."""
    most = min(len(left) - at, len(right) - place)
    same = left[at : at + most] == right[place : place + most]
    size = (most if bool(same.all()) else int(same.argmin())) + SHINGLE - 1
    return (size, place >= after, -place), Run(at, place, size)


def _outside_quotations(runs: Sequence[Run], index: int, library: Library) -> int:
    """Shared words that no quotation marks enclose: two reporters may quote the same saying."""
    quoted = [m.span() for m in _QUOTED.finditer(library.readings[index].document.text)]
    if not quoted:
        return sum(run.size for run in runs)
    listed = library.words(index)
    own, at = 0, 0
    for run in runs:
        for word in listed[run.left : run.left + run.size]:
            while at < len(quoted) and quoted[at][1] <= word.start:
                at += 1
            own += not (at < len(quoted) and quoted[at][0] <= word.start)
    return own


def passages(copy: Copy, library: Library) -> Iterator[tuple[tuple[int, int, int], tuple[int, int, int], float]]:
    """The shared passages of two documents as (reading, start, end) on both sides with the share of the longer one's words that
    are the same: neighbouring runs as one, the longest first."""
    groups: list[list[Run]] = []
    for run in copy.runs:
        last = groups[-1][-1] if groups else None
        if last and 0 <= run.left - last.left - last.size <= _GAP and 0 <= run.right - last.right - last.size <= _GAP:
            groups[-1].append(run)
        else:
            groups.append([run])
    ours, theirs = library.words(copy.left), library.words(copy.right)
    for group in sorted(groups, key=lambda g: -sum(run.size for run in g)):
        first, last = group[0], group[-1]
        left = (copy.left, ours[first.left].start, ours[last.left + last.size - 1].end)
        right = (copy.right, theirs[first.right].start, theirs[last.right + last.size - 1].end)
        span = max(last.left + last.size - first.left, last.right + last.size - first.right)
        yield left, right, sum(run.size for run in group) / span
