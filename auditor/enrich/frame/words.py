"""What the sentence says of all its figures: its words, names and places, and whether it speaks of the background."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditor.enrich.classes import classes, has
from auditor.enrich.dates import expressions
from auditor.enrich.frame.site import Features
from auditor.enrich.places import places
from auditor.model import Document, Passage
from auditor.parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def sentence_features(
    document: Document, passage: Passage, parse: Parse, starts: Sequence[int], not_names: frozenset[str]
) -> Features:
    """``not_names`` are the words that are no places' names in this document."""
    cues = classes().cues
    text = " ".join(passage.text.lower().split())
    names = names_in(document, parse.doc, starts, 0, len(parse.doc))
    written = [document.text[start : start + len(token.text)] for start, token in zip(starts, parse.doc, strict=True)]
    named, local = places(written, not_names)
    found: Features = {
        "words": tuple(sorted({lemma for t in parse.doc if (lemma := content_word(t))})),
        "names": tuple(sorted(names)),
    }
    if named:
        found["countries"] = tuple(named)
    if local:
        found["places"] = tuple(local)
    if day := _day_of_event(passage.text, document):
        found["day"] = (day,)
    for flag in ("background", "general"):
        if any(has(text, cue) for cue in cues[flag]):
            found[flag] = ("yes",)
    return found


_POSSESSIVE = re.compile(r"day['’]s\b")


def _day_of_event(text: str, document: Document) -> str | None:
    """The day of "Monday's explosion", whatever day the rest of the sentence is of."""
    if not _POSSESSIVE.search(text):
        return None
    for expression in expressions(text, document.published):
        if text[expression.end : expression.end + 2] in ("'s", "’s") and expression.period.start == expression.period.end:
            return expression.period.start.isoformat() if expression.period.start else None
    return None


def content_word(token: Token) -> str | None:
    word = str(token.lemma_).lower()
    if len(word) < 3 or not word.isalpha() or word in classes().cues["stop"]:
        return None
    return sys.intern(word)  # figures share words, and their memory


CAPITAL = re.compile(r"[A-Z][\w'’-]*")


def names_in(document: Document, doc: Doc, starts: Sequence[int], first: int, last: int) -> set[str]:
    """Lower-cased words of ``first:last`` that are written as names, as the document writes them."""
    found = set()
    for i in range(first, last):
        token = doc[i]
        written = document.text[starts[i] : starts[i] + len(token.text)]
        word = written.lower().removesuffix("'s").removesuffix("’s")
        if (
            CAPITAL.match(written)
            and len(word) > 2
            and word not in classes().cues["not_names"]
            and (i > 0 or token.pos_ == "PROPN")
        ):
            found.add(sys.intern(word))
    return found
