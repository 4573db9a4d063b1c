"""Things in packs of a bounded size, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Thing = TypeVar("Thing")


def packs(things: Iterable[Thing], size: Callable[[Thing], int], budget: int) -> Iterator[list[Thing]]:
    """Things in lists whose sizes add up to ``budget`` at most; one that is larger makes a list of its own."""
    pack: list[Thing] = []
    used = 0
    for thing in things:
        if pack and used + size(thing) > budget:
            yield pack
            pack, used = [], 0
        pack.append(thing)
        used += size(thing)
    if pack:
        yield pack
