"""Who answers for each figure: the content span of a cue decides, not its presence in the sentence.

A figure is attributed where it lies in a quotation of four words or more, or in the content of a cue that has a source, else
where a note, link or citation stands for it, else where the document answers for its own figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.enrich.attribution.reader import Reader
from auditor.model import Attribution, Document, Passage, Quantity, Settings
from auditor.parse import Parses


def attributions(
    document: Document, passages: Sequence[Passage], quantities: Sequence[Quantity], parses: Parses, settings: Settings
) -> tuple[Attribution, ...]:
    """An attribution for every quantity, in the same order; spans are offsets into the document.

    ``source_start:source_end`` is None where the source is pointed to (a note, a link) or is the document itself.
    """
    parses.prefetch({quantity.passage for quantity in quantities})
    reader = Reader(document, passages, parses)
    return tuple(reader.of(quantity) for quantity in quantities)


__all__ = ["attributions"]
