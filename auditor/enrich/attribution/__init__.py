"""Who answers for each figure: the content span of a cue decides, not its presence in the sentence.

A figure is attributed where it lies in a quotation of four words or more, or in the content of a cue that has a source.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.enrich.attribution.quotes import Paragraph, Quote, paragraphs, quotes
from auditor.enrich.attribution.relations import Relation, relations
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
        self._speakers: dict[int, Attribution] = {}

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return paragraphs(self.passages)

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
        if relation.route in ("according_to", "tail", "mistagged", "headline", "located"):
            return False
        doc = parse.doc
        cue = relation.cue[0]
        node = doc[token]
        while node.head is not node:
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
        quote = self.quotes[index]
        at = bisect.bisect_right([p.start for p in self.paragraphs], quote.start) - 1
        for paragraph, order in self._near(at):
            candidates = self._cues(paragraph)
            if candidates:
                chosen = order(candidates, quote)
                return self._attribution(self.parses[chosen.passage], chosen.relation, "quote")
        return Attribution(attributed=True, source_type=SourceType.ANONYMOUS, route="quote")

    def _near(self, at: int):  # type: ignore[no-untyped-def]
        yield self.paragraphs[at], _closest
        if at:
            yield self.paragraphs[at - 1], lambda found, quote: found[-1]
        if at + 1 < len(self.paragraphs):
            yield self.paragraphs[at + 1], lambda found, quote: found[0]

    def _cues(self, paragraph: Paragraph) -> list[_Cue]:
        return []


def _closest(found: list[_Cue], quote: Quote) -> _Cue:
    return found[0]
