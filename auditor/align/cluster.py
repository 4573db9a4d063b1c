"""Pairs of claims with probabilities -> groups: agglomerative clustering over a sparse graph.

The link of two clusters is a mixture of their average link (Sokal and Michener 1958) and their best: a toll that is reported
with five values is one thing although few pairs of the five look alike, while the best link alone chains everything.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping


def clusters(n: int, links: Mapping[tuple[int, int], float | None], cut: float, best: float = 0.0) -> list[list[int]]:
    """Clusters of the nodes 0..n-1 whose link is at least ``cut``, each sorted; ``best`` is the share of the best link in it.

    A pair without a link counts as 0, a link of None abstains.  The cost is O(E log E) in the number of links.
    """
    return _Clusters(n, links, cut, best).merged()


class _Clusters:
    """``near[i][j]`` is (sum of the links, pairs that abstain, best link) between two clusters."""

    def __init__(self, n: int, links: Mapping[tuple[int, int], float | None], cut: float, best: float) -> None:
        self.cut, self.best = cut, best
        self.members: dict[int, list[int]] = {i: [i] for i in range(n)}
        self.near: defaultdict[int, dict[int, tuple[float, int, float]]] = defaultdict(dict)
        for (i, j), p in links.items():
            self.near[i][j] = self.near[j][i] = (0.0, 1, 0.0) if p is None else (p, 0, p)
        self.heap = [(-p, i, j) for (i, j), p in links.items() if p is not None and p >= cut]
        heapq.heapify(self.heap)

    def merged(self) -> list[list[int]]:
        while self.heap:
            p, i, j = heapq.heappop(self.heap)
            if i in self.members and j in self.members and abs(self.link(i, j) + p) < 1e-12:  # else merged or changed meanwhile
                self.merge(i, j)
        return sorted(sorted(nodes) for nodes in self.members.values())

    def link(self, i: int, j: int) -> float:
        total, abstained, best = self.near[i].get(j, _NONE)
        pairs = len(self.members[i]) * len(self.members[j]) - abstained
        return (1 - self.best) * total / pairs + self.best * best if pairs else 0.0

    def merge(self, i: int, j: int) -> None:
        self.members[i] += self.members.pop(j)
        self.near[i].pop(j, None)
        for k, (total, abstained, best) in self.near.pop(j).items():
            if k != i:
                self.near[k].pop(j, None)
                mine = self.near[i].get(k, _NONE)
                self.near[i][k] = self.near[k][i] = (mine[0] + total, mine[1] + abstained, max(mine[2], best))
        for k in self.near[i]:
            if (p := self.link(i, k)) >= self.cut:
                heapq.heappush(self.heap, (-p, min(i, k), max(i, k)))


_NONE = (0.0, 0, 0.0)
