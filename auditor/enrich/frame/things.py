"""What is counted or measured: the noun with its modifiers, whose it is, and what narrows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from auditor import lexicon
from auditor.enrich.classes import classes, has
from auditor.enrich.frame.events import counts_on, event_class, is_event_noun, trigger_left, what_is_done
from auditor.enrich.frame.site import NOUNS, Features, Site, governor, lemma
from auditor.enrich.frame.words import names_in
from auditor.model import Document, Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARING = {"xcomp", "conj", "advcl", "pcomp"}  # a verb without a subject of its own shares that of the verb above
_PERCENT = ("percent", "percentage", "point", "cent")
_COMPARING = ("from", "than", "on", "with", "to")  # "6 percent more than a year ago" holds for now
_HEDGED = 4  # tokens from a preposition, with hedges, to its figure
_CLIMB = 6  # edges from a figure up to its verb
_OWNERS = {"poss", "nsubj", "nsubjpass"}


def count_features(site: Site) -> Features:
    if site.head is None:
        return {}
    head = site.doc[site.head]
    noun = _singular(head.text) or (site.quantity.counted_head or lemma(head)).lower()
    known = classes()
    if is_event_noun(head):
        return {} if trigger_left(site) is not None and counts_on(head) else {"head_event": (event_class(what_is_done(head)),)}
    found: Features = {"head": (noun,), "head_class": (_seat(site, noun) or known.nouns.get(noun, noun),)}
    modifiers = _modifiers(site)
    if modifiers:
        found["modifiers"] = tuple(sorted(modifiers))
    return found


def _seat(site: Site, noun: str) -> str | None:
    """The class of the members of a parliament, who are as many as its seats; nothing of them is said where they are killed."""
    cues = classes().cues
    if noun not in cues["representatives"]:
        return None
    return "seat" if any(token.lower_ in cues["parliaments"] for token in site.doc) else None


def _singular(written: str) -> str | None:
    """Of a plural of capitals: "KOs", "KO's"."""
    stem = re.fullmatch(r"([A-Z]{2,4})['’]?s", written)
    return stem.group(1).lower() if stem else None


def _modifiers(site: Site) -> set[str]:
    head = site.doc[site.head] if site.head is not None else None
    if head is None:
        return set()
    found = set()
    for child in head.children:
        if (
            child.dep_ in ("amod", "compound", "nmod", "poss")
            and not site.first <= child.i <= site.last
            and child.lower_.isalpha()
        ):
            found.add(child.lemma_.lower())
        elif child.dep_ == "prep" and child.lower_ == "of" and child.i == head.i + 1:
            found |= {lemma(c) for c in child.children if c.dep_ == "pobj" and c.pos_ == "NOUN"}  # "five counts of murder"
    return {m for m in found if m not in classes().cues["rest"] and m not in classes().cues["stop"]}


@cache
def _speech() -> frozenset[str]:
    words = lexicon.load("factuality")
    return frozenset([*words["reporting"]["verbs"], *words["planned"]["verbs"], "put"])


def owner_features(site: Site, document: Document, starts: Sequence[int]) -> Features:
    """Names of who performs or owns what is measured: the possessor or of-phrase of its noun, else the subject of its verb."""
    token = site.anchor
    for _ in range(5):
        names: set[str] = set()
        for owner in _owners(token, site):
            if owner.lower_ in ("we", "our", "us") and document.outlet:
                names |= {word.lower() for word in re.findall(r"\w{3,}", document.outlet)}
            names |= names_in(document, site.doc, starts, owner.left_edge.i, min(owner.right_edge.i + 1, owner.i + 4))
        if names:
            return {"whose": tuple(sorted(names))}
        if token.head.i == token.i or (token.pos_ == "VERB" and token.dep_ not in _SHARING):
            break
        token = token.head
    return {}


def _owners(token: Token, site: Site) -> list[Token]:
    owners = [g for c in token.children if c.dep_ == "prep" and c.lower_ in ("of", "for", "at", "by") for g in c.children]
    if token.lemma_.lower() not in _speech():
        owners += [c for c in token.children if c.dep_ in _OWNERS and not site.first <= c.i <= site.last]
    return owners


def qualifier_features(site: Site) -> Features:
    """Subset, rest, severe, composite, past, initial and planned: what narrows the figure."""
    cues, doc = classes().cues, site.doc
    found: Features = {}
    before = [t.lower_ for t in doc[max(0, site.first - 4) : site.first]]
    after = [t.lower_ for t in doc[site.last + 1 : site.last + 4]]
    end = max(site.last, site.head or 0)
    around = " ".join(t.lower_ for t in doc[max(0, site.first - 8) : min(len(doc), end + 9)])
    tail = " ".join(t.lower_ for t in doc[end + 1 : end + 4])
    if any(word in ("including", "includes", "include", "included", "among") for word in before) or tail.startswith(
        ("of them", "of whom", "of which")
    ):
        found["subset"] = ("yes",)
    if _among(site):
        found["subset"] = ("yes",)
    following = [t.lower_ for t in doc[site.last + 1 : site.last + 3]]
    if len(following) == 2 and following[0] == "of" and following[1] in ("the", "those", "these"):
        found["subset"] = ("yes",)
    if any(word in cues["rest"] for word in after[:2]) or (
        before and before[-1] in ("another", "other", "further", "additional")
    ):
        found["rest"] = ("yes",)
    close = {t.lower_ for t in doc[max(0, site.first - 4) : site.first]} | {t.lower_ for t in doc[end + 1 : end + 5]}
    if not cues["severe"].isdisjoint(close):
        found["severe"] = ("yes",)
    if any(has(around, cue) for cue in cues["composite"]):
        found["composite"] = ("yes",)
    if any(has(around, cue) for cue in cues["past"]):
        found["past"] = ("yes",)
        if not any(has(around, f"{word} {cue}") for cue in cues["past"] for word in _COMPARING):
            found["before"] = ("yes",)
    if any(has(around, cue) for cue in cues["initial"]):
        found["initial"] = ("yes",)
    if _undated(site):
        found["undated"] = ("yes",)
    if any(has(tail, cue) or has(around, cue) for cue in cues["per_day"]):
        found["per_day"] = ("yes",)
    return found


def _undated(site: Site) -> bool:
    """Whether the day of the sentence is not the event's: it is that of a count ("had risen to 15 by Tuesday"), or of what came
    after ("arrested on Tuesday after a blast that killed 12")."""
    verb = governor(site.anchor)
    if verb is not None and verb.lemma_.lower() in classes().cues["linking_verbs"]:
        return True
    token = site.anchor
    for _ in range(_CLIMB):
        if token.dep_ in ("pobj", "pcomp") and token.head.lower_ in classes().cues["following"]:
            return True
        token = token.head
    return False


def _among(site: Site) -> bool:
    """Whether the figure's verb holds among some alone: "among voters under 30 it was 58 percent"."""
    token = site.anchor
    for _ in range(_CLIMB):
        if token.pos_ in ("VERB", "AUX"):
            return any(child.lower_ == "among" and child.dep_ == "prep" and child.i < site.first for child in token.children)
        token = token.head
    return False


def measure_features(site: Site) -> Features:
    """The property of a measure, sum of money or share: the noun it is an amount of."""
    unit = {*(site.quantity.unit or "").split(), *_PERCENT}
    nouns = [t for t in _property_nouns(site) if t.lower_.isalpha() and lemma(t) not in unit]
    if not nouns:
        return {}
    lemmas = list(dict.fromkeys(lemma(t) for t in nouns))
    found: Features = {"about": tuple(lemmas)}
    modifiers = {
        c.lemma_.lower()
        for t in nouns[:1]
        for c in t.children
        if c.dep_ in ("amod", "compound", "poss", "nmod") and c.lower_.isalpha()
    }
    if modifiers:
        found["modifiers"] = tuple(sorted(modifiers - classes().cues["stop"]))
    return found


def _property_nouns(site: Site) -> list[Token]:
    """Nouns that say what is measured, nearest first: "$5 billion deal", "revenue of $5bn", "turnout was 60 %".

    A share's of-phrase ("43 percent of its capacity") is what it is a share of, and comes last.
    """
    doc = site.doc
    unit = doc[site.last]
    following = doc[site.last + 1] if site.last + 1 < len(doc) else None
    if following is not None and following.i == unit.head.i and following.pos_ in NOUNS:
        unit = following  # '5 billion dollars', '40 miles'
    below, above = list(_below(unit, site)), [token for token in _above(unit, site) if token.i != unit.i]
    nearest = above + below if site.quantity.kind is Kind.SHARE else below + above
    return [noun for token in nearest for noun in (*_measured(token, site), token)]


def _measured(token: Token, site: Site) -> list[Token]:
    """What a noun that only says that something is measured is of: "the unemployment rate", "a forecast of growth"."""
    if token.lemma_.lower() not in classes().cues["measuring"]:
        return []
    dimension = site.quantity.dimension
    beside = [
        c
        for c in token.children
        if not site.first <= c.i <= site.last
        and (c.dep_ in ("compound", "nmod") or (c.dep_ == "amod" and classes().property(c.lower_, dimension)))
    ]
    return [*beside[::-1], *_below(token, site)]


def _above(unit: Token, site: Site) -> Iterator[Token]:
    """Nouns that the figure hangs on, up to its verb, and the verb's subject or object."""
    cues = classes().cues
    climbing = unit
    for _ in range(_CLIMB):
        if climbing.head.i == climbing.i:
            return
        label, climbing = climbing.dep_, climbing.head
        if climbing.pos_ in NOUNS and not site.first <= climbing.i <= site.last:
            yield climbing
            if label not in ("compound", "nummod", "amod", "quantmod", "nmod"):
                yield from _below(climbing, site)
        elif climbing.pos_ in ("VERB", "AUX"):
            linking = climbing.pos_ == "AUX" or climbing.lemma_.lower() in cues["linking_verbs"]
            says_of_subject = linking or _to_level(climbing, site)
            wanted = ("nsubj", "nsubjpass") if says_of_subject else ("dobj", "obj")
            told = [c for c in climbing.children if c.dep_ in wanted and c.pos_ in NOUNS and c.i != unit.i]
            if not told and says_of_subject and climbing.dep_ == "xcomp":  # "prices are expected to climb by 4 percent"
                told = [c for c in climbing.head.children if c.dep_ in wanted and c.pos_ in NOUNS]
            yield from told
            return
        elif climbing.pos_ == "ADJ":
            yield climbing


def _to_level(verb: Token, site: Site) -> bool:
    """ "slowed to 4 percent", "was put at $5": a verb without an object that leads to a level says it of its subject."""
    before = site.doc[max(0, site.first - _HEDGED) : site.first]
    return any(t.head.i == verb.i and t.lower_ in ("to", "at", "by") for t in before) and not any(
        c.dep_ in ("dobj", "obj") for c in verb.children
    )


def _below(token: Token, site: Site) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "for", "on"):
            yield from (g for g in child.children if g.dep_ == "pobj" and g.pos_ in NOUNS and not site.first <= g.i <= site.last)
        elif child.dep_ in ("npadvmod", "amod") and child.pos_ == "ADJ" and child.i > site.last:
            yield child
