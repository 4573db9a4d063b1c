"""Who speaks a quotation, or the paragraph that a sentence with a colon leads in."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.enrich.attribution.quotes import Paragraph, Quote, paragraphs, quotes
from auditor.enrich.attribution.relations import Relation, speakers, teller
from auditor.model import Document, Passage, PassageKind
from auditor.parse import Parses

_NEAR = 1_500  # characters around a quotation in which its speaker is sought
_BESIDE = 60  # characters between a quotation and the cue that belongs to it
_LEAST_OUTSIDE = 4  # characters: "he." and more
_BEHIND = re.compile(r",?[ \n]{0,2}")  # between a quotation and who tells it
_LEADING = 40  # characters between the cue of a lead-in and its colon


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue with its source, outside quotations, at its offsets in the document."""

    start: int
    end: int
    passage: int
    relation: Relation


class Speakers:
    """The quotations of one document and their speakers, each sought once."""

    def __init__(self, document: Document, passages: Sequence[Passage], parses: Parses) -> None:
        self.document, self.passages, self.parses = document, passages, parses
        self._said: dict[int, tuple[Relation, ...]] = {}
        self._of: dict[int, Cue | None] = {}
        self._leads: dict[int, Cue | None] = {}

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return paragraphs(self.passages)

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def _passage_starts(self) -> list[int]:
        return [passage.start for passage in self.passages]

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        return quotes(self.document, self.passages, self.paragraphs)

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [quote.start for quote in self.quotes]

    def quote_at(self, offset: int) -> int | None:
        """Index of the quotation of four words or more that holds the offset."""
        at = bisect.bisect_right(self._quote_starts, offset) - 1
        return at if at >= 0 and offset < self.quotes[at].end and self.quotes[at].speech else None

    def of(self, quote: int) -> Cue | None:
        """The speaker of a quotation: the cue beside it, else the last before it in its paragraph, else the next there, else
        the nearest of the paragraphs around."""
        if quote not in self._of:
            self._of[quote] = self._speaker(quote)
        return self._of[quote]

    def _speaker(self, index: int) -> Cue | None:
        quote = self.quotes[index]
        at = self._paragraph_at(quote.start)
        own = self._cues(self.paragraphs[at], quote)
        chosen = self._before_colon(own, quote) or _beside(own, quote) or self._teller(quote)
        chosen = chosen or _last([cue for cue in own if cue.end <= quote.start]) or _first(own)
        if chosen is None and quote.continued and index and index - 1 in self._of:
            chosen = self._of[index - 1]
        if chosen is None and at:
            chosen = _last(self._cues(self.paragraphs[at - 1], quote))
        if chosen is None and at + 1 < len(self.paragraphs):
            chosen = _first(self._cues(self.paragraphs[at + 1], quote))
        return chosen

    def _before_colon(self, own: Sequence[Cue], quote: Quote) -> Cue | None:
        """``told the paper: "...``"""
        cue = _last([cue for cue in own if cue.end <= quote.start])
        if cue is None or quote.start - cue.end > _LEADING + 1:
            return None
        return cue if self.document.text[cue.end : quote.start].rstrip().endswith(":") else None

    def _teller(self, quote: Quote) -> Cue | None:
        """``"...," Osei shrugged.``: whoever stands right behind the quotation, whatever the verb."""
        text = self.document.text
        at = quote.end + len(behind[0]) if (behind := _BEHIND.match(text, quote.end)) else quote.end
        passage = self.passages[bisect.bisect_right(self._passage_starts, at) - 1]
        if not passage.start <= at < passage.end or self.quote_at(at) is not None:
            return None
        parse = self.parses[passage.index]
        first = parse.token_at(at) if parse.to_document and at <= parse.to_document[-1] else None
        relation = None if first is None else teller(parse.doc, first, goes_on="," in text[quote.end - 2 : at])
        if relation is None:
            return None
        cue = parse.doc[relation.cue[0]]
        return Cue(*parse.span(cue.idx, cue.idx + len(cue)), passage.index, relation)

    def _paragraph_at(self, offset: int) -> int:
        return bisect.bisect_right(self._paragraph_starts, offset) - 1

    def _cues(self, paragraph: Paragraph, quote: Quote) -> list[Cue]:
        """Speakers outside quotations in the passages of the paragraph that are near the quotation."""
        first = bisect.bisect_right(self._passage_starts, quote.start - _NEAR) - 1
        last = bisect.bisect_left(self._passage_starts, quote.end + _NEAR)
        inside = self.passages[max(first, paragraph.first) : min(last, paragraph.last + 1)]
        near = [passage for passage in inside if self._outside(passage)]
        self.parses.prefetch(p.index for p in near)
        return [cue for passage in near for cue in self._cues_of(passage.index)]

    def _cues_of(self, passage: int) -> list[Cue]:
        parse = self.parses[passage]
        if passage not in self._said:
            self._said[passage] = speakers(parse.doc)
        found = []
        for relation in self._said[passage]:
            first, last = parse.doc[relation.cue[0]], parse.doc[relation.cue[1] - 1]
            start, end = parse.span(first.idx, last.idx + len(last))
            if self.quote_at(start) is None:
                found.append(Cue(start, end, passage, relation))
        return found

    def _outside(self, passage: Passage) -> bool:
        """Whether the passage has words outside the quotation that it may lie in."""
        at = self.quote_at(passage.start)
        return at is None or self.quotes[at].end + _LEAST_OUTSIDE <= passage.end

    # --- "The inspector writes:" and what follows

    def leading_in(self, passage: int) -> Cue | None:
        """The speaker of the sentence with a colon that leads in the passage's paragraph, or the list that it is in."""
        at = self._paragraph_at(self.passages[passage].start)
        run = []
        while at not in self._leads and self._is_item(at) and at and self._is_item(at - 1):
            run.append(at)  # items of one list share what leads it in
            at -= 1
        if at not in self._leads:
            self._leads[at] = self._lead(at)
        self._leads.update(dict.fromkeys(run, self._leads[at]))
        return self._leads[at]

    def _is_item(self, at: int) -> bool:
        return self.passages[self.paragraphs[at].first].kind is PassageKind.LIST_ITEM

    def _lead(self, at: int) -> Cue | None:
        if not at:
            return None
        before = self.passages[self.paragraphs[at - 1].last]
        if before.kind is not PassageKind.SENTENCE or not before.text.rstrip().endswith(":"):
            return None
        chosen = _last(self._cues_of(before.index))
        return chosen if chosen and before.end - chosen.end <= _LEADING else None


def _beside(found: Sequence[Cue], quote: Quote) -> Cue | None:
    gaps = [(quote.start - cue.end if cue.end <= quote.start else cue.start - quote.end, n) for n, cue in enumerate(found)]
    gap, n = min(gaps, default=(_BESIDE, -1))
    return found[n] if gap < _BESIDE else None


def _first(found: Sequence[Cue]) -> Cue | None:
    return found[0] if found else None


def _last(found: Sequence[Cue]) -> Cue | None:
    return found[-1] if found else None
