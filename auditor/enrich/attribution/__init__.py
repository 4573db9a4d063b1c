"""Who answers for each figure: the content span of a cue decides, not its presence in the sentence.

A figure is attributed where it lies in a quotation of four words or more, or in the content of a cue that has a source.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.enrich.attribution.quotes import Paragraph, Quote, paragraphs, quotes
from auditor.enrich.attribution.relations import Relation, relations, speakers
from auditor.enrich.attribution.sources import source_type
from auditor.model import Attribution, Document, Passage, PassageKind, Quantity, Settings, SourceType
from auditor.parse import Parse, Parses


def attributions(
    document: Document, passages: Sequence[Passage], quantities: Sequence[Quantity], parses: Parses, settings: Settings
) -> tuple[Attribution, ...]:
    """An attribution for every quantity, in the same order; spans are offsets into the document."""
    parses.prefetch(quantity.passage for quantity in quantities)
    reader = _Reader(document, passages, parses)
    return tuple(reader.of(quantity) for quantity in quantities)


_OVER_SENTENCES = ("according_to", "tail", "inverted", "mistagged", "headline", "located")  # routes whose content is no clause
_NEAR = 1_500  # characters around a quotation in which its speaker is sought
_BESIDE = 60  # characters between a quotation and the cue that belongs to it
_LEAST_OUTSIDE = 4  # characters: "he." and more


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue with its source outside quotations: who may have spoken a quotation near by."""

    start: int
    end: int
    passage: int
    relation: Relation


class _Reader:
    """Reads one document; what several figures of it share is worked out once."""

    def __init__(self, document: Document, passages: Sequence[Passage], parses: Parses) -> None:
        self.document, self.passages, self.parses = document, passages, parses
        self._relations: dict[int, tuple[Relation, ...]] = {}
        self._said: dict[int, tuple[Relation, ...]] = {}
        self._speakers: dict[int, Attribution] = {}

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return paragraphs(self.passages)

    @cached_property
    def paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        return quotes(self.document, self.passages, self.paragraphs)

    @cached_property
    def quote_starts(self) -> list[int]:
        return [quote.start for quote in self.quotes]

    def quote_at(self, offset: int) -> int | None:
        """Index of the quotation of four words or more that holds the offset."""
        at = bisect.bisect_right(self.quote_starts, offset) - 1
        return at if at >= 0 and offset < self.quotes[at].end and self.quotes[at].speech else None

    def relations(self, passage: int) -> tuple[Relation, ...]:
        if passage not in self._relations:
            headline = self.passages[passage].kind is PassageKind.HEADLINE
            self._relations[passage] = relations(self.parses[passage].doc, headline)
        return self._relations[passage]

    def said(self, passage: int) -> tuple[Relation, ...]:
        if passage not in self._said:
            self._said[passage] = speakers(self.parses[passage].doc)
        return self._said[passage]

    def of(self, quantity: Quantity) -> Attribution:
        quote = self.quote_at(quantity.start)
        if quote is not None:
            return self.speaker(quote)
        parse = self.parses[quantity.passage]
        token = parse.token_at(quantity.start)
        if token is None:
            return Attribution()
        holding = [r for r in self.relations(quantity.passage) if token in r.content and not self._in_aside(parse, token, r)]
        named = [r for r in holding if r.source is not None and self.quote_at(self._offsets(parse, r.cue)[0]) is None]
        if named:
            best = min(named, key=lambda r: (r.weak, -len(r.content)))
            return self._attribution(parse, best)
        return Attribution()

    def _in_aside(self, parse: Parse, token: int, relation: Relation) -> bool:
        """Whether a relative clause behind a comma or dash stands between figure and cue: the reporter's own aside."""
        if relation.route in _OVER_SENTENCES:
            return False
        doc = parse.doc
        cue = relation.cue[0]
        node = doc[token]
        while node.head.i != node.i:
            if node.dep_ == "relcl" and not (node.left_edge.i <= cue <= node.right_edge.i):
                edge = node.left_edge.i
                if edge and doc[edge - 1].text in (",", "-", "–", "—", "--"):
                    return True
            node = node.head
        return False

    def _offsets(self, parse: Parse, tokens: tuple[int, int]) -> tuple[int, int]:
        doc = parse.doc
        last = doc[tokens[1] - 1]
        return parse.span(doc[tokens[0]].idx, last.idx + len(last))

    def _attribution(self, parse: Parse, relation: Relation, route: str | None = None) -> Attribution:
        cue = self._offsets(parse, relation.cue)
        text = self.document.text
        assert relation.source is not None
        source = self._offsets(parse, relation.source)
        return Attribution(
            attributed=True,
            source=" ".join(text[slice(*source)].split()),
            source_type=source_type(parse.doc, *relation.source),
            source_start=source[0],
            source_end=source[1],
            cue=" ".join(text[slice(*cue)].split()),
            cue_start=cue[0],
            cue_end=cue[1],
            route=route or relation.route,
        )

    # --- who speaks a quotation

    def speaker(self, quote: int) -> Attribution:
        if quote not in self._speakers:
            self._speakers[quote] = self._speaker(quote)
        return self._speakers[quote]

    def _speaker(self, index: int) -> Attribution:
        """The cue beside the quotation, else the last before it in its paragraph, else the next; then the neighbours'."""
        quote = self.quotes[index]
        at = bisect.bisect_right(self.paragraph_starts, quote.start) - 1
        own = self._cues(self.paragraphs[at], quote)
        chosen = _beside(own, quote) or _last([c for c in own if c.end <= quote.start]) or _first(own)
        if chosen is None and quote.continued and index:
            return self.speaker(index - 1)
        if chosen is None and at:
            chosen = _last(self._cues(self.paragraphs[at - 1], quote))
        if chosen is None and at + 1 < len(self.paragraphs):
            chosen = _first(self._cues(self.paragraphs[at + 1], quote))
        if chosen is None:
            return Attribution(attributed=True, source_type=SourceType.ANONYMOUS, route="quote")
        return self._attribution(self.parses[chosen.passage], chosen.relation, "quote")

    def _cues(self, paragraph: Paragraph, quote: Quote) -> list[_Cue]:
        """Speakers outside quotations in the passages of the paragraph, those nearest to the quotation only."""
        inside = self.passages[paragraph.first : paragraph.last + 1]
        near = [p for p in inside if p.end > quote.start - _NEAR and p.start < quote.end + _NEAR and self._outside(p)]
        self.parses.prefetch(p.index for p in near)
        found = []
        for passage in near:
            parse = self.parses[passage.index]
            for relation in self.said(passage.index):
                start, end = self._offsets(parse, relation.cue)
                if self.quote_at(start) is None:
                    found.append(_Cue(start, end, passage.index, relation))
        return found

    def _outside(self, passage: Passage) -> bool:
        """Whether the passage has words outside the quotation that it may lie in."""
        at = self.quote_at(passage.start)
        return at is None or self.quotes[at].end + _LEAST_OUTSIDE <= passage.end


def _beside(found: Sequence[_Cue], quote: Quote) -> _Cue | None:
    gaps = [(quote.start - cue.end if cue.end <= quote.start else cue.start - quote.end, n) for n, cue in enumerate(found)]
    gap, n = min(gaps, default=(_BESIDE, -1))
    return found[n] if gap < _BESIDE else None


def _first(found: Sequence[_Cue]) -> _Cue | None:
    return found[0] if found else None


def _last(found: Sequence[_Cue]) -> _Cue | None:
    return found[-1] if found else None
