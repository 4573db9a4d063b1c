"""Where a quantity stands in the parse of its passage, and what its neighbours there say of it alone."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.enrich.classes import classes
from auditor.model import Kind, Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Features = dict[str, tuple[str, ...]]

NOUNS = {"NOUN", "PROPN"}


@dataclass(frozen=True, slots=True)
class Site:
    """A quantity in its parse: tokens ``first`` to ``last`` write the numeral, ``head`` is what it counts (None: elided)."""

    quantity: Quantity
    doc: Doc
    first: int
    last: int
    head: int | None

    @property
    def anchor(self) -> Token:
        return self.doc[self.last if self.head is None else self.head]


def site_of(quantity: Quantity, doc: Doc, starts: Sequence[int]) -> Site | None:
    first = bisect.bisect_right(starts, quantity.start) - 1
    last = bisect.bisect_left(starts, quantity.end) - 1
    if first < 0 or last < first:
        return None
    head = None
    if quantity.counted_start is not None:
        head = bisect.bisect_right(starts, quantity.counted_start) - 1
        if head < 0 or first <= head <= last:
            head = None
    if head is not None and doc[head].lemma_.lower() in classes().cues["numbers"]:
        head = None  # "five dead, dozens injured"
    if head is None and quantity.kind is Kind.COUNT:
        head = _of_whom(doc, last)
        if head is None:
            head = _told_of(doc, last)
    return Site(quantity, doc, first, last, head)


def _of_whom(doc: Doc, last: int) -> int | None:
    """The noun of "two of the victims"."""
    following = doc[last + 1 : last + 7]
    if len(following) < 2 or following[0].lower_ != "of":
        return None
    for token in following[1:]:
        if token.pos_ in NOUNS and not (token.dep_ == "compound" and token.head.i > token.i):
            return int(token.i)
        if token.pos_ not in ("DET", "PRON", "ADJ", "NOUN", "PROPN", "NUM"):
            return None
    return None


_LEADING_UP = {"pobj", "prep", "attr", "dobj", "nummod", "quantmod", "npadvmod", "oprd", "acomp", "conj", "agent"}


def _told_of(doc: Doc, last: int) -> int | None:
    """The noun of "homicides fell to nine", "the number of cases has risen to 410", "put the number of dead at 58": what the
    verb of a count without a noun says it of; None where that is a pronoun."""
    token = doc[last]
    path: list[Token] = []
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i and token.dep_ in _LEADING_UP and len(path) < 4:
        path.append(token)
        token = token.head
    if token.pos_ not in ("VERB", "AUX") or not path:
        return None
    level = token.lemma_.lower() in classes().cues["linking_verbs"]
    for child in token.children:
        if child.i >= path[0].i or child.dep_ not in ("nsubj", "nsubjpass", "dobj", "attr") or child.pos_ not in NOUNS:
            continue
        if child.lemma_.lower() in classes().cues["tallies"]:
            return _of_tally(child)
        if level and child.dep_ == "nsubj":
            return int(child.i)
    return None


def _of_tally(tally: Token) -> int | None:
    """The noun of "the number of dead", "the case count"."""
    for child in tally.children:
        if child.dep_ == "compound":
            return int(child.i)
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((int(t.i) for t in child.children if t.dep_ == "pobj" and t.pos_ in (*NOUNS, "ADJ")), None)
    return None


def lemma(token: Token) -> str:
    """The lemma in lower case; of a plural that the model takes for a name ("Homicides fell") the singular, if it is known."""
    word = str(token.lemma_).lower()
    if token.pos_ == "PROPN" and word.endswith("s"):
        known = classes()
        tables = (known.events, known.nouns, known.properties)
        return next((w for w in (word[:-1], word[:-2]) if any(w in table for table in tables)), word)
    return word


def is_whole(doc: Doc, first: int) -> bool:
    """ "3,200 of its 41,000 jobs": the second number is the whole, which the verb does not count."""
    before = doc[max(0, first - 3) : first]
    words = [token.lower_ for token in before]
    return len(words) == 3 and before[0].like_num and words[1] == "of" and words[2] in classes().cues["before_whole"]


def governor(token: Token) -> Token | None:
    seen = 0
    while token.head.i != token.i and seen < 12:
        token = token.head
        seen += 1
        if token.pos_ == "VERB":
            return token
    return token if token.pos_ == "VERB" else None
