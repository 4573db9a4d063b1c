"""Whose age it is, and on which side of a score a number stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditor.enrich.classes import classes
from auditor.enrich.frame.site import Features, Site
from auditor.enrich.frame.words import CAPITAL
from auditor.model import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MARKS = frozenset({",", "(", "-"})  # between a name and the age behind it


def age_features(site: Site, document: Document, starts: Sequence[int]) -> Features:
    """Whose age: the names in apposition ("Ann Roe, 36,", "36-year-old Ann Roe", "Ann was 36") and the person described."""
    doc = site.doc
    ways = [_owner_left, _owner_right, _owner_subject]
    if document.text[site.quantity.end : site.quantity.end + 12].lower().lstrip(" -").startswith("year"):
        ways = [_owner_right, _owner_subject, _owner_left]  # "36-year-old Ann Roe", "the 5-year-old"
    owner = next((names for way in ways if (names := way(site, document, starts))), None)
    end = site.last + 1
    described: str | None = None
    for token in doc[end : end + 7]:
        if (described := _person(token)) or token.pos_ == "ADP":
            break
        if token.lower_ in (",", ".", ";") or token.pos_ == "VERB":
            break
    if not described:
        for token in reversed(doc[max(0, site.first - 8) : site.first]):
            if described := _person(token):
                break
            if token.lower_ in (".", ";") or token.pos_ == "VERB":
                break
    found: Features = {}
    if owner:
        found["owner"] = tuple(sorted(owner))
    if described:
        found["description"] = (described,)
    return found


def _person(token: Token) -> str | None:
    known = classes()
    name = known.nouns.get(token.lower_) or known.nouns.get(token.lemma_.lower())
    return name if name in known.person_classes and token.pos_ == "NOUN" else None


def _run(doc: Doc, document: Document, starts: Sequence[int], i: int, step: int) -> set[str]:
    names: set[str] = set()
    while 0 <= i < len(doc):
        written = document.text[starts[i] : starts[i] + len(doc[i].text)]
        word = written.lower()
        if word in ("jr.", "sr.", "jr", "ii", "iii", ".") or (len(written) <= 2 and written[:1].isupper()):
            i += step
            continue
        if not CAPITAL.match(written) or word in classes().cues["not_names"] or word in classes().nouns:
            break
        names.add(word)
        i += step
    return names


def _owner_left(site: Site, document: Document, starts: Sequence[int]) -> set[str]:
    i = site.first - 1
    between = classes().cues["before_age"]
    while i >= 0 and (site.doc[i].text in _MARKS or site.doc[i].lower_ in between):
        i -= 1
    return set() if i == site.first - 1 and i >= 0 and site.doc[i].pos_ != "PROPN" else _run(site.doc, document, starts, i, -1)


def _owner_right(site: Site, document: Document, starts: Sequence[int]) -> set[str]:
    i = site.last + 1
    steps = 0
    while i < len(site.doc) and steps < 8:
        token = site.doc[i]
        written = document.text[starts[i] : starts[i] + len(token.text)]
        if CAPITAL.match(written) and written.lower() not in classes().cues["not_names"]:
            names = _run(site.doc, document, starts, i, 1)
            after = i + len(names)
            if after < len(site.doc) and site.doc[after].pos_ == "NOUN" and site.doc[after].lemma_.lower() in classes().nouns:
                return set()  # "the 18-year-old Brooklyn resident": where from, not who
            return names
        if token.pos_ in ("VERB", "AUX", "ADP") or token.lower_ in (".", ";", ",", "who", "and"):
            return set()
        i += 1
        steps += 1
    return set()


def _owner_subject(site: Site, document: Document, starts: Sequence[int]) -> set[str]:
    verb = _verb_be(site)
    if verb is None:
        return set()
    for child in verb.children:
        if child.dep_ == "nsubj":
            return _run(site.doc, document, starts, child.i, -1)
    return set()


def _verb_be(site: Site) -> Token | None:
    token = site.doc[site.last]
    for _ in range(4):
        if token.lemma_ in ("be", "turn") and token.pos_ in ("AUX", "VERB"):
            return token
        token = token.head
    return None


def score_features(site: Site, document: Document) -> Features:
    """Which side of "31-24" the number stands on, and the whole score."""
    text, start, end = document.text, site.quantity.start, site.quantity.end
    dashes = "-–—"
    if text[end : end + 1] and text[end : end + 1] in dashes and text[end + 1 : end + 2].isdigit():
        return {"position": ("first",)}
    if start > 0 and text[start - 1] in dashes:
        return {"position": ("second",)}
    return {}
