"""How surely a figure holds: actual, planned, possible, denied or hypothetical (FactBank's classes, coarse).

Read from the parse: the verbs, auxiliaries and nouns above the figure in its clause, up to the verb that reports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditor import lexicon
from auditor.enrich.frame.site import is_whole
from auditor.model import Factuality, Quantity
from auditor.parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Token

_ORDER = (Factuality.DENIED, Factuality.HYPOTHETICAL, Factuality.PLANNED, Factuality.POSSIBLE)
_CLIMB = 14


def factuality(quantity: Quantity, parse: Parse) -> Factuality:
    """The factuality of a quantity in its sentence; ``ACTUAL`` where nothing says otherwise."""
    at = parse.token_at(quantity.start)
    if at is None or is_whole(parse.doc, at):
        return Factuality.ACTUAL
    words = lexicon.load("factuality")
    found: set[Factuality] = set()
    token = parse.doc[at]
    label = ""
    for _ in range(_CLIMB):
        if token.pos_ == "VERB" and token.lemma_.lower() in words["reporting"]["verbs"] and label in ("ccomp", "parataxis"):
            break  # "the record will show that ...": what is shown is no plan
        found |= set(_signs(token, label, words))
        if token.head.i == token.i:
            break
        label, token = token.dep_, token.head
        if label == "relcl":
            found |= set(_signs(token, label, words))  # "a plan that foresees 900 homes"
            break
        if label in ("advcl", "parataxis") and token.pos_ == "VERB":
            # a clause of its own: what is planned around it is not planned in it, unless the clause is the plan's content
            break
    return next((f for f in _ORDER if f in found), Factuality.ACTUAL)


def _signs(token: Token, label: str, words: dict[str, Any]) -> list[Factuality]:
    found = []
    lemma = token.lemma_.lower()
    for name in (Factuality.PLANNED, Factuality.POSSIBLE, Factuality.DENIED):
        entry = words[name.value]
        if (
            token.pos_ in ("VERB", "AUX")
            and lemma in entry["verbs"]
            and label in ("ccomp", "xcomp", "dobj", "nsubjpass", "prep", "conj", "oprd", "")
        ):
            found.append(name)
        if token.pos_ == "VERB" and lemma in entry.get("passive", ()) and label == "nsubjpass":
            found.append(name)
        if token.pos_ == "NOUN" and lemma in entry["nouns"] and label in ("acl", "relcl", "prep", "compound", "appos"):
            found.append(name)
        if token.pos_ == "ADJ" and lemma in entry["adjectives"] and label in ("xcomp", "ccomp", "prep"):
            found.append(name)
        for child in token.children:
            if (
                (child.dep_ in ("amod", "nmod", "acl") and child.lower_ in entry["adjectives"])
                or (child.dep_ in ("aux", "auxpass") and child.lower_ in entry.get("auxiliaries", ()))
                or (child.dep_ == "advmod" and child.lower_ in entry.get("adverbs", ()))
            ):
                found.append(name)
    if token.pos_ in ("VERB", "AUX"):
        for child in token.children:
            if (child.dep_ == "mark" and child.lower_ in words["hypothetical"]["marks"]) or (
                child.dep_ == "aux" and child.lower_ in words["hypothetical"]["auxiliaries"]
            ):
                found.append(Factuality.HYPOTHETICAL)
            elif child.dep_ == "neg" and not (token.pos_ == "AUX" and lemma == "be"):
                found.append(Factuality.DENIED)
    return found
