"""What the lead of a document says of all its figures: the day and the place of the event it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.enrich.dates import expressions
from auditor.enrich.places import common_words, places
from auditor.model import Document, Passage, Settings

_PASSAGES = 5  # passages that make the lead
_WORDS = re.compile(r"\w[\w.'’-]*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Lead:
    """ISO day and lower-cased place names of the lead; None and () where it names none."""

    day: str | None = None
    places: tuple[str, ...] = ()


def lead(document: Document, passages: Sequence[Passage], settings: Settings) -> Lead:
    """The lead of a document, from its title and its first audited passages."""
    first = [passage.text for passage in passages if passage.audited][:_PASSAGES]
    return Lead(_day(first, document, settings), _places([document.title or "", *first], common_words(document.text)))


def _day(texts: Sequence[str], document: Document, settings: Settings) -> str | None:
    now = document.published or settings.reference_date
    for text in texts:
        for expression in expressions(text, now):
            start = expression.period.start
            if not expression.reporting and start and start == expression.period.end:
                return start.isoformat()
    return None


def _places(texts: Sequence[str], not_names: frozenset[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in texts:
        _, local = places(_WORDS.findall(text[:1000]), not_names)
        found |= dict.fromkeys(local)
    return tuple(found)
