"""Which documents and passages are copies, translations or rewrites of one origin, and which names are one source's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.model import Origins, Quantity, Reading, Settings, SharedPassage
from auditor.origins.altered import Slot, slots
from auditor.origins.copies import Copy, Library, copies, passages
from auditor.origins.rewrites import Rewrite, rewrites
from auditor.origins.sources import name_sources

__all__ = ["name_sources", "origins"]

_SHOWN = 3  # shared passages of a pair, and pairs of an altered sentence, that are kept as evidence
_WHY = 6  # pairs of an origin that its evidence tells of


def origins(readings: Sequence[Reading], settings: Settings) -> Origins:
    """An origin id for every reading ("o1" is the first reading's), with the shared passages that prove it.

    In a shared passage the left side is the one that more documents of the origin agree with, else the earlier one.
    """
    library = Library(readings)
    joined = _Joined(list(range(len(readings))))
    found: list[tuple[Copy, list[Slot]]] = []
    for copy in copies(readings, library):
        joined.join(copy.left, copy.right, _said(copy, readings))
        found.append((copy, slots(readings[copy.left], readings[copy.right])))
    shared = [passage for copy, _ in found for passage in _shown(copy, library)]
    for rewrite in rewrites(readings, [i for i in range(len(readings)) if joined.root(i) == i]):
        joined.join(rewrite.left, rewrite.right, _told(rewrite, readings))
    of, why = joined.named()
    altered, copied = _figures(found, readings)
    return Origins(of=of, shared=(*altered, *shared), why=why, copied=copied)


@dataclass
class _Joined:
    """Sets of documents that are one origin (union by the smaller index), with the evidence in words."""

    parent: list[int]
    said: list[tuple[int, str]] = field(default_factory=list)

    def root(self, index: int) -> int:
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def join(self, left: int, right: int, said: str) -> None:
        a, b = sorted((self.root(left), self.root(right)))
        self.parent[b] = a
        self.said.append((left, said))

    def named(self) -> tuple[tuple[str, ...], dict[str, str]]:
        number: dict[int, str] = {}
        of = tuple(number.setdefault(self.root(i), f"o{len(number) + 1}") for i in range(len(self.parent)))
        told: dict[str, list[str]] = {}
        for index, said in self.said:
            told.setdefault(of[index], []).append(said)
        return of, {origin: _listed(said) for origin, said in sorted(told.items(), key=lambda item: int(item[0][1:]))}


def _listed(said: Sequence[str]) -> str:
    rest = f"; and {len(said) - _WHY} more pairs" if len(said) > _WHY else ""
    return "; ".join(said[:_WHY]) + rest


def _said(copy: Copy, readings: Sequence[Reading]) -> str:
    words = sum(run.size for run in copy.runs)
    left, right = (readings[i].document.name for i in (copy.left, copy.right))
    return f"{right} and {left} share {words} words, {copy.share:.0%} of the shorter one"


def _told(rewrite: Rewrite, readings: Sequence[Reading]) -> str:
    left, right = (readings[i].document.name for i in (rewrite.left, rewrite.right))
    return f"{right} and {left} tell one story in other words: {'; '.join(rewrite.evidence)}"


def _shown(copy: Copy, library: Library) -> Iterable[SharedPassage]:
    for n, (left, right, containment) in enumerate(passages(copy, library)):
        if n == _SHOWN:
            return
        yield SharedPassage(left, right, round(containment, 3))


Figure = tuple[int, int]  # reading index, claim index


def _figures(
    found: Sequence[tuple[Copy, list[Slot]]], readings: Sequence[Reading]
) -> tuple[list[SharedPassage], dict[Figure, Figure]]:
    """A shared passage for every pair of copied sentences with altered numbers, faithful side left; and each copied figure with
    the one it copies."""
    support = _support(found, readings)
    shared: list[SharedPassage] = []
    copied: dict[Figure, Figure] = {}
    shown: Counter[tuple[int, int]] = Counter()
    for copy, listed in found:
        for (a, b), group in _by_sentence(listed).items():
            sides = [(copy.left, a, [s.left for s in group]), (copy.right, b, [s.right for s in group])]
            left, right = sorted(sides, key=lambda side: _faithfulness(side[0], side[2], support, readings))
            shown[right[:2]] += 1
            if shown[right[:2]] > _SHOWN:
                continue
            spans = [(i, readings[i].passages[p].start, readings[i].passages[p].end) for i, p, _ in (left, right)]
            pairs = tuple(zip(left[2], right[2], strict=True))
            shared.append(SharedPassage(spans[0], spans[1], 1.0, pairs))
            for original, figure in pairs:
                copied.setdefault((right[0], figure), (left[0], original))
    for copy, listed in found:
        for slot in listed:
            if not slot.differs:
                copied.setdefault((copy.right, slot.right), (copy.left, slot.left))
    return shared, copied


def _support(found: Sequence[tuple[Copy, list[Slot]]], readings: Sequence[Reading]) -> dict[Figure, int]:
    """Of every figure in a copied sentence, how many figures at its place in all copies are the same number."""
    places: dict[Figure, list[Figure]] = {}
    for copy, listed in found:
        for slot in listed:
            left, right = (copy.left, slot.left), (copy.right, slot.right)
            ours, theirs = places.setdefault(left, [left]), places.setdefault(right, [right])
            if ours is not theirs:
                small, large = sorted((ours, theirs), key=len)
                large.extend(small)
                places.update((figure, large) for figure in small)
    values = {figure: _value(readings[figure[0]].claims[figure[1]].quantity) for figure in places}
    counts = {id(place): Counter(values[figure] for figure in place) for place in places.values()}
    return {figure: counts[id(place)][values[figure]] for figure, place in places.items()}


def _value(quantity: Quantity) -> tuple[Decimal | None, ...]:
    return quantity.value, quantity.low, quantity.high


def _by_sentence(listed: Sequence[Slot]) -> dict[tuple[int, int], list[Slot]]:
    """The slots with altered numbers, by the passages that they stand in."""
    groups: dict[tuple[int, int], list[Slot]] = {}
    for slot in listed:
        if slot.differs:
            groups.setdefault((slot.left_passage, slot.right_passage), []).append(slot)
    return groups


def _faithfulness(
    index: int, claims: Sequence[int], support: Mapping[Figure, int], readings: Sequence[Reading]
) -> tuple[int, bool, str, int]:
    """Sorts the side that is likelier the original first: more documents agree with it, else it is earlier."""
    published = readings[index].document.published
    return -sum(support[index, claim] for claim in claims), published is None, str(published or ""), index
