"""Which documents may tell one story: words weighted by rarity, and candidate pairs by their rare words.

idf is smoothed, ln((N + 30) / (df + 1)), so that a corpus of three documents does not call its own subject common.
The cost is linear in the corpus: a document meets others only through its rarest words, and keeps its nearest neighbours.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from auditor import lexicon
from auditor.model import Reading

_WORD = re.compile(r"[^\W\d_][\w'’-]{2,}")
_RAREST = 40  # words of a document through which it meets others
_SPREAD = 150  # documents that a word may stand in to be met through
_SMALL = 400  # corpora up to this size compare all pairs
_NEIGHBOURS = 40
_LEAST_COSINE = 0.05
_KEY_NAMES = 4
_LEAST_STORY, _MOST_STORY = 6, 30  # documents that tell one story; names of more tell none
_SHARE_OF_STORY = 15  # ... and of a corpus at most one part of so many


@dataclass(frozen=True, slots=True)
class Vector:
    """A document as weighted words (of length 1), its names, and its strongest names."""

    weights: dict[str, float]
    names: frozenset[str]
    key_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that may tell one story."""

    left: int
    right: int
    cosine: float
    key_names: float  # least share of one's strongest names that the other holds; -1: cannot say
    rare_name: bool


class Corpus:
    """Vectors of all documents, their idf, and the pairs that are worth comparing."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        counts = [_counts(reading) for reading in readings]
        df: Counter[str] = Counter()
        for words, _ in counts:
            df.update(words.keys())
        n = len(readings)
        self._df = df
        self._few = max(_LEAST_STORY, min(n // _SHARE_OF_STORY, _MOST_STORY))
        self.unknown = math.log((n + 30) / 1)
        self.idf = {word: math.log((n + 30) / (frequency + 1)) for word, frequency in df.items()}
        self.vectors = [self._vector(words, names) for words, names in counts]
        self._things = Counter(thing for reading in readings for thing in _things(reading))
        self._norms: dict[frozenset[str], float] = {}

    def rarity(self, thing: str) -> float:
        """The idf of what figures count or measure, each document counted once."""
        return math.log((len(self.vectors) + 30) / (self._things[thing] + 1))

    def weight(self, word: str) -> float:
        """The squared idf of a word (of a lemma that no text writes: as of a word seen once)."""
        weight = self.idf.get(word, self.unknown)
        return weight * weight

    def norm(self, words: frozenset[str]) -> float:
        """The squared length of a set of words, each weighted by its idf."""
        found = self._norms.get(words)
        if found is None:
            found = self._norms[words] = sum(self.weight(w) for w in words) or 1.0
        return found

    def _vector(self, words: Counter[str], names: Counter[str]) -> Vector:
        raw = {w: (1 + math.log(c)) * self.idf[w] * (2 if w in names else 1) for w, c in words.items()}
        length = math.sqrt(sum(x * x for x in raw.values())) or 1.0
        strongest = sorted(names, key=lambda w: (-names[w] * self.idf.get(w, 0.0), w))[:_KEY_NAMES]
        return Vector({w: x / length for w, x in raw.items()}, frozenset(names), tuple(strongest))

    def pairs(self) -> list[Pair]:
        """Pairs of documents with cosine of at least 0.05, each document's nearest only; ordered."""
        n = len(self.vectors)
        if n <= _SMALL:
            candidates = {(i, j) for i in range(n) for j in range(i + 1, n)}
        else:
            candidates = self._met()
        near: list[list[tuple[float, int, int]]] = [[] for _ in range(n)]
        for i, j in sorted(candidates):
            cosine = self.cosine(i, j)
            if cosine >= _LEAST_COSINE:
                near[i].append((-cosine, i, j))
                near[j].append((-cosine, i, j))
        kept = {entry for entries in near for entry in sorted(entries)[:_NEIGHBOURS]}
        return [self._pair(i, j, -cosine) for cosine, i, j in sorted(kept, key=lambda e: (e[1], e[2]))]

    def _met(self) -> set[tuple[int, int]]:
        postings: dict[str, list[int]] = {}
        for i, vector in enumerate(self.vectors):
            usable = [w for w in vector.weights if 1 < self._df[w] <= _SPREAD]
            for word in sorted(usable, key=lambda w: (-vector.weights[w], w))[:_RAREST]:
                postings.setdefault(word, []).append(i)
        candidates: set[tuple[int, int]] = set()
        for i, vector in enumerate(self.vectors):
            met: dict[int, float] = {}
            usable = [w for w in vector.weights if w in postings and self._df[w] <= _SPREAD]
            for word in sorted(usable, key=lambda w: (-vector.weights[w], w))[:_RAREST]:
                weight = vector.weights[word]
                for j in postings[word]:
                    met[j] = met.get(j, 0.0) + weight
            met.pop(i, None)
            for j in sorted(met, key=lambda j: (-met[j], j))[: 2 * _NEIGHBOURS]:
                candidates.add((min(i, j), max(i, j)))
        return candidates

    def cosine(self, i: int, j: int) -> float:
        a, b = self.vectors[i].weights, self.vectors[j].weights
        if len(a) > len(b):
            a, b = b, a
        return sum(x * b[w] for w, x in a.items() if w in b)

    def pair(self, i: int, j: int) -> Pair:
        """The pair of two documents, whatever their cosine."""
        return Pair(i, j, 1.0, 1.0, True) if i == j else self._pair(i, j, self.cosine(i, j))

    def _pair(self, i: int, j: int, cosine: float) -> Pair:
        a, b = self.vectors[i], self.vectors[j]
        shares = [
            sum(name in other.names for name in own.key_names) / len(own.key_names)
            for own, other in ((a, b), (b, a))
            if own.key_names
        ]
        rare = any(self._df[name] <= self._few for name in a.names & b.names)
        return Pair(i, j, cosine, min(shares) if len(shares) == 2 else -1.0, rare)


def _things(reading: Reading) -> set[str]:
    features = [dict(claim.frame.features) for claim in reading.claims]
    return {thing for found in features for name in ("head", "about") for thing in found.get(name, ())}


def _counts(reading: Reading) -> tuple[Counter[str], Counter[str]]:
    cues = lexicon.load("frame")
    stop, not_names = set(cues["stop"]), set(cues["not_names"])
    words: Counter[str] = Counter()
    names: Counter[str] = Counter()
    seen_lower: set[str] = set()
    capital: Counter[str] = Counter()
    texts = [p.text for p in reading.passages if p.audited]
    if reading.document.title:
        texts.append(reading.document.title)
    for text in texts:
        for match in _WORD.finditer(text):
            written = match.group()
            word = written.lower().removesuffix("'s").removesuffix("’s")
            if word in stop:
                continue
            words[word] += 1
            if written[0].isupper():
                if match.start() > 0:
                    capital[word] += 1
            else:
                seen_lower.add(word)
    for word, count in capital.items():
        if word not in seen_lower and word not in not_names:
            names[word] = count
    return words, names
