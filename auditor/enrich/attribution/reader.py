"""One document, figure by figure: which relation, quotation or mark answers for it."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.enrich.attribution.labels import Labels
from auditor.enrich.attribution.quoted import Speakers
from auditor.enrich.attribution.references import References
from auditor.enrich.attribution.relations import Relation, links, relations, vague_adverb
from auditor.enrich.attribution.sources import source_type
from auditor.model import Attribution, Document, Passage, PassageKind, Quantity, SourceType
from auditor.parse import Parse, Parses

_OVER_SENTENCES = ("according_to", "tail", "inverted", "mistagged", "headline", "located")  # routes whose content is no clause


class Reader:
    """What several figures of the document share is worked out once."""

    def __init__(self, document: Document, passages: Sequence[Passage], parses: Parses) -> None:
        self.document, self.passages, self.parses = document, passages, parses
        self.speakers = Speakers(document, passages, parses)
        self.references = References(document, passages)
        self.labels = Labels(passages)
        self._relations: dict[int, tuple[Relation, ...]] = {}

    def of(self, quantity: Quantity) -> Attribution:
        """The source of one figure; without one, the cue that stands in its place (a passive, "reportedly")."""
        quote = self.speakers.quote_at(quantity.start)
        if quote is not None:
            chosen = self.speakers.of(quote)
            if chosen is None:
                return Attribution(attributed=True, source_type=SourceType.ANONYMOUS, route="quote")
            return self._attribution(self.parses[chosen.passage], chosen.relation, (), "quote")
        parse = self.parses[quantity.passage]
        token = _token_at(parse, quantity.start)
        holding = [] if token is None else self._holding(quantity.passage, parse, token)
        named = self._named(parse, holding)
        if named is None or _tells_nothing(named):
            named = self.references.of(quantity) or named
        return named or self._echoed(quantity) or self._beside(quantity) or self._none(parse, token, holding)

    def _named(self, parse: Parse, holding: Sequence[Relation]) -> Attribution | None:
        named = [relation for relation in holding if relation.source is not None]
        if not named:
            return None
        best = min(named, key=lambda relation: (relation.weak, -len(relation.content)))
        return self._attribution(parse, best, named)

    def _echoed(self, quantity: Quantity) -> Attribution | None:
        """Feeds repeat the headline at the head of the text: what answers for its figures there answers for them here."""
        headline, passage = self.passages[0], self.passages[quantity.passage]
        place = quantity.start - passage.start
        if not quantity.passage or headline.kind is not PassageKind.HEADLINE or not 0 <= place < len(headline.text):
            return None
        if not passage.text.startswith(headline.text):
            return None
        parse = self.parses[0]
        token = _token_at(parse, headline.start + place)
        return None if token is None else self._named(parse, self._holding(0, parse, token))

    def _holding(self, passage: int, parse: Parse, token: int) -> list[Relation]:
        """The relations whose content the token stands in; a cue inside a quotation is the speaker's own affair."""
        if passage not in self._relations:
            headline = self.passages[passage].kind is PassageKind.HEADLINE
            found = relations(parse.doc, headline)
            self._relations[passage] = tuple(
                r for r in found if self.speakers.quote_at(_offsets(parse, r.cue)[0]) is None or r.source is None
            )
        return [r for r in self._relations[passage] if token in r.content and not _in_aside(parse, token, r)]

    def _beside(self, quantity: Quantity) -> Attribution | None:
        """Sources outside the sentence: a speaker's label, the words that lead in a paragraph, the document itself."""
        labelled = self.labels.of(quantity.passage)
        if labelled is not None:
            return labelled
        lead = self.speakers.leading_in(quantity.passage)
        if lead is not None:
            return self._attribution(self.parses[lead.passage], lead.relation, (), "lead_in")
        if self.document.own_voice:
            name = self.document.title or self.document.outlet or self.document.name
            return Attribution(attributed=True, source=name, source_type=SourceType.OWN, route="own_voice")
        return None

    def _none(self, parse: Parse, token: int | None, holding: Sequence[Relation]) -> Attribution:
        adverb = vague_adverb(parse.doc, token) if token is not None else None
        if adverb is not None:
            return self._cued(parse, (adverb, adverb + 1), "hedge", SourceType.VAGUE)
        if holding:
            return self._cued(parse, holding[0].cue, "passive", SourceType.NONE)
        return Attribution()

    def _cued(self, parse: Parse, cue: tuple[int, int], route: str, kind: SourceType) -> Attribution:
        start, end = _offsets(parse, cue)
        return Attribution(source_type=kind, cue=self._words(start, end), cue_start=start, cue_end=end, route=route)

    def _attribution(self, parse: Parse, relation: Relation, others: Sequence[Relation], route: str | None = None) -> Attribution:
        assert relation.source is not None
        start, end = _offsets(parse, relation.source)
        cue_start, cue_end = _offsets(parse, relation.cue)
        return Attribution(
            attributed=True,
            source=self._words(start, end),
            source_type=source_type(parse.doc, *relation.source),
            source_start=start,
            source_end=end,
            cue=self._words(cue_start, cue_end),
            cue_start=cue_start,
            cue_end=cue_end,
            route=route or relation.route,
            chain=self._chain(parse, relation, others),
        )

    def _chain(self, parse: Parse, relation: Relation, others: Sequence[Relation]) -> tuple[str, ...]:
        """Further links, widest content first: whom the source cites, then to whom it spoke."""
        cited = sorted((r for r in others if r is not relation), key=lambda r: (-len(r.content), r.cue))
        spans = [r.source for r in cited if r.source is not None]
        names = [self._words(*_offsets(parse, span)) for span in (*spans, *links(parse.doc, relation))]
        own = self._words(*_offsets(parse, relation.source)) if relation.source else None
        return tuple(dict.fromkeys(name for name in names if name != own))

    def _words(self, start: int, end: int) -> str:
        return " ".join(self.document.text[start:end].split())


def _tells_nothing(said: Attribution) -> bool:
    """``studies``, ``sources``: a citation beside it says more."""
    return said.source_type is SourceType.VAGUE or (
        said.source_type is SourceType.DOCUMENT and len((said.source or "").split()) == 1
    )


def _token_at(parse: Parse, offset: int) -> int | None:
    """The token at a document offset; None behind the characters that were parsed."""
    if not parse.to_document or offset > parse.to_document[-1]:
        return None
    return parse.token_at(offset)


def _offsets(parse: Parse, tokens: tuple[int, int]) -> tuple[int, int]:
    """Document offsets of a token range."""
    last = parse.doc[tokens[1] - 1]
    return parse.span(parse.doc[tokens[0]].idx, last.idx + len(last))


def _in_aside(parse: Parse, token: int, relation: Relation) -> bool:
    """Whether a relative clause behind a comma or dash stands between figure and cue: the reporter's own aside."""
    if relation.route in _OVER_SENTENCES:
        return False
    doc, cue = parse.doc, relation.cue[0]
    node = doc[token]
    while node.head.i != node.i:
        if node.dep_ == "relcl" and not (node.left_edge.i <= cue <= node.right_edge.i):
            edge = node.left_edge.i
            if edge and doc[edge - 1].text in (",", "-", "–", "—", "--"):
                return True
        node = node.head
    return False
