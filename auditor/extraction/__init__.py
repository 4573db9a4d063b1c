"""Passages -> Quantities: numerals of our own grammar, units, ranges, exclusions, hedges, and what a count counts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from auditor.extraction import ages, counting, ellipsis, exclusions, masks, modifiers, numerals, ranges, second, units
from auditor.extraction.sentence import Figure, Sentence, may_hold_figure
from auditor.model import Document, Modifier, Passage, Quantity, Settings
from auditor.parse import Parses

_MOST_COUNTED = 40  # figures of a passage; more are a table or noise, whose parse says nothing


def quantities(document: Document, passages: Sequence[Passage], parses: Parses, settings: Settings) -> tuple[Quantity, ...]:
    """Every quantity of the audited passages, ordered by start, none overlapping another.

    Never raises on text.  Only passages in which something is counted are parsed, all in one batch; those with the same words
    are read once.
    """
    style = numerals.convention(document.text, settings.decimal_mark)
    wanted = [p for p in passages if p.audited and may_hold_figure(p.text)]
    first = {p.text: p for p in reversed(wanted)}
    read = {text: sentence(text, style) for text in first}
    parses.prefetch(first[text].index for text, s in read.items() if any(figure.wants_parse for figure in s.figures))
    for text, s in read.items():
        finish(s, first[text], parses)
    kept = {id(figure) for s in read.values() for figure in s.figures}
    return tuple(_quantity(document, passage, figure, kept) for passage in wanted for figure in read[passage.text].figures)


def sentence(text: str, style: numerals.Convention) -> Sentence:
    """The tokens of ``text`` and its figures, as far as they can be read without a parse."""
    s = Sentence.of(text)
    masks.mask(s)
    figures = numerals.find(s, style)
    if not figures:
        return s
    units.attach(s, figures)
    numerals.sign(s, figures)
    figures = exclusions.years(s, units.compound(s, figures))
    figures = ranges.proportions(s, exclusions.scores(s, figures))
    for figure in figures:
        second.name_compound(s, figure)
    within = {right.first for left, right in itertools.pairwise(figures) if right.start < left.end}  # the 2 of "5 A/cm2"
    figures = ranges.join(s, [figure for figure in figures if figure.first not in within])
    ages.ages(s, figures)
    for figure in figures:
        exclusions.magnitude(s, figure)
    modifiers.modify(s, figures)
    ellipsis.fill(s, figures)
    s.figures = [f for f in exclusions.names(s, figures) if not exclusions.pronoun(s, f)]
    for figure in s.figures:
        counting.plain(s, figure)
        figure.settled = figure.settled or len(s.figures) > _MOST_COUNTED
        second.check(s, figure)
    return s


def finish(s: Sentence, passage: Passage, parses: Parses) -> None:
    """Set what the counts of a passage count; it is parsed where the words alone do not show that."""
    wanting = [figure for figure in s.figures if figure.wants_parse]
    if wanting:
        tokens = counting.Tokens(parses[passage.index], passage.start)
        for figure in wanting:
            counting.count(s, figure, tokens)
    s.figures = [figure for figure in s.figures if not (figure.may_be_name and figure.counted is None)]
    counting.borrow(s, s.figures)
    for figure in s.figures:
        counting.share(figure)


def _quantity(document: Document, passage: Passage, figure: Figure, kept: set[int]) -> Quantity:
    """The figure as a quantity of the document; ``kept`` are the identities of all figures that are quantities."""
    start, end = passage.start + figure.start, passage.start + figure.end
    span = figure.counted_span
    former = figure.former if id(figure.former) in kept else None
    modifier = Modifier.VAGUE if figure.vague else figure.modifier
    return Quantity(
        start=start,
        end=end,
        text=document.text[start:end],
        passage=passage.index,
        low=figure.low,
        high=figure.high,
        value=figure.value,
        granularity=figure.granularity,
        modifier=modifier,
        trend=figure.trend,
        kind=figure.kind,
        unit=figure.unit,
        dimension=figure.dimension,
        per=figure.per,
        counted=figure.counted,
        counted_head=figure.counted_head,
        counted_start=None if span is None else passage.start + span[0],
        counted_end=None if span is None else passage.start + span[1],
        former=None if former is None else passage.start + former.start,
        second_reading=figure.second_reading,
        uncertain=figure.uncertain,
    )
