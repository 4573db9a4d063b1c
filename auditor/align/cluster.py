"""Pairs of claims with probabilities -> groups: average-link clustering over a sparse graph (Sokal and Michener 1958)."""

from __future__ import annotations

import heapq
from collections.abc import Mapping


def average_link(n: int, links: Mapping[tuple[int, int], float | None], cut: float) -> list[list[int]]:
    """Clusters of the nodes 0..n-1 whose average link is at least ``cut``, each sorted.

    A pair without a link counts as 0, a link of None abstains.  The cost is O(E log E) in the number of links.
    """
    return _Clusters(n, links).merged(cut)


class _Clusters:
    """``near[i][j]`` is [sum of the links, pairs that abstain] between two clusters."""

    def __init__(self, n: int, links: Mapping[tuple[int, int], float | None]) -> None:
        self.members: dict[int, list[int]] = {i: [i] for i in range(n)}
        self.near: dict[int, dict[int, tuple[float, int]]] = {i: {} for i in range(n)}
        for (i, j), p in links.items():
            self.near[i][j] = self.near[j][i] = (0.0, 1) if p is None else (p, 0)
        self.heap = [(-p, i, j) for (i, j), p in links.items() if p is not None]
        heapq.heapify(self.heap)

    def merged(self, cut: float) -> list[list[int]]:
        while self.heap:
            p, i, j = heapq.heappop(self.heap)
            if -p < cut:
                break
            if (
                i in self.members and j in self.members and abs(self.average(i, j) + p) < 1e-12
            ):  # else merged or changed meanwhile
                self.merge(i, j)
        return sorted(sorted(nodes) for nodes in self.members.values())

    def average(self, i: int, j: int) -> float:
        total, abstained = self.near[i].get(j, (0.0, 0))
        pairs = len(self.members[i]) * len(self.members[j]) - abstained
        return total / pairs if pairs else 0.0

    def merge(self, i: int, j: int) -> None:
        self.members[i] += self.members.pop(j)
        self.near[i].pop(j, None)
        for k, (total, abstained) in self.near.pop(j).items():
            if k != i:
                self.near[k].pop(j, None)
                mine = self.near[i].get(k, (0.0, 0))
                self.near[i][k] = self.near[k][i] = (mine[0] + total, mine[1] + abstained)
        for k in self.near[i]:
            heapq.heappush(self.heap, (-self.average(i, k), min(i, k), max(i, k)))
