"""On which line of its source the text of a page stands.

What was taken out of a page is found again in what stands between its tags: block by block, in order, blanks aside.
"""

from __future__ import annotations

import bisect
import html
import itertools
from collections.abc import Iterable, Iterator

from auditor.model import Mark
from auditor.read.page import texts_of

_SHORT = 12  # characters up to which a block is only known again right after the one before it
_MOST_MISSES = 40  # blocks that are looked for in vain before the rest is given up: each look takes a pass over the page


def lines_of(source: str, text: str, blocks: Iterable[Mark]) -> tuple[tuple[int, int], ...]:
    """``Document.lines`` of a text whose ``blocks`` were taken out of ``source``."""
    pieces = [(line, words) for line, words in _pieces(source) if words]
    starts = list(itertools.accumulate((len(words) for _, words in pieces), initial=0))
    visible = "".join(words for _, words in pieces)
    found = [(0, 0)]
    at = misses = 0
    for start, end in _runs(blocks):
        words = "".join(text[start:end].split())
        place = _place(visible, words, at) if misses < _MOST_MISSES else -1
        if place < 0:
            misses += 1
            found.append((start, 0))
            continue
        at = place + len(words)
        first, last = bisect.bisect_right(starts, place) - 1, bisect.bisect_left(starts, at)
        offsets = [n for n in range(start, end) if not text[n].isspace()]
        found += [(offsets[max(0, starts[n] - place)], pieces[n][0]) for n in range(first, last)]
    return tuple(found)


def _runs(blocks: Iterable[Mark]) -> Iterator[tuple[int, int]]:
    """Where the blocks start and end; the cells of a table, some of them short, are one."""
    for kind, marks in itertools.groupby(blocks, key=lambda mark: mark.kind):
        if kind == "table_cell":
            cells = list(marks)
            yield cells[0].start, cells[-1].end
        else:
            yield from ((mark.start, mark.end) for mark in marks)


def _place(visible: str, words: str, at: int) -> int:
    """Where a block's words stand, looked for from ``at`` on and then, as a table may have been moved, from the start."""
    if len(words) < _SHORT:
        return at if words and visible.startswith(words, at) else -1
    place = visible.find(words, at)
    return place if place >= 0 else visible.find(words)


def _pieces(source: str) -> Iterator[tuple[int, str]]:
    """The visible words of each line of the source, without blanks, between two tags at a time."""
    line, counted = 1, 0
    for at, content in texts_of(source):
        line += source.count("\n", counted, at)
        counted = at
        for n, part in enumerate(content.split("\n")):
            yield line + n, "".join(html.unescape(part).split())
