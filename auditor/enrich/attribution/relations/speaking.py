"""Who speaks in a passage, whatever is said: what quotations and lead-ins are given to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.enrich.attribution.cues import cues
from auditor.enrich.attribution.relations.broken import broken, mistagged
from auditor.enrich.attribution.relations.phrases import according_to
from auditor.enrich.attribution.relations.relation import FINITE, OURSELVES, Relation, bounds, lemma
from auditor.enrich.attribution.sources import source_tokens, subject, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SPEAKING = {"say", "think"}
_NEAR_TELLER = 8  # tokens between a quotation and the verb of who tells it


def speakers(doc: Doc) -> tuple[Relation, ...]:
    """Who speaks in the passage, by which verb or phrase, whatever its content."""
    found = []
    for token in doc:
        if token.pos_ == "VERB" and cues().verbs.get(lemma(token), frozenset()) & _SPEAKING:
            head = subject(token)
            if head is not None and head.i != token.i and head.lower_ not in OURSELVES:
                found.append(Relation(frozenset(), source_tokens(head), (token.i, token.i + 1), "speaker"))
    found += [relation for relation in (*according_to(doc), *broken(doc), *mistagged(doc)) if relation.source]
    return tuple(sorted(found, key=lambda relation: relation.cue))


def teller(doc: Doc, first: int, goes_on: bool) -> Relation | None:
    """Who tells the quotation that ends right before token ``first``: ``Osei shrugged``, ``said Osei``.

    With ``goes_on``, the quotation's comma says that its sentence goes on, and any verb will do; else a sentence of nothing but
    subject and verb.
    """
    if doc[first].tag_ in FINITE and "say" in cues().verbs.get(lemma(doc[first]), ()) and _own(doc[first]) is None:
        end = next((t.i for t in doc[first + 1 :] if t.is_punct or t.tag_ in FINITE or t.pos_ == "ADP"), len(doc))
        named = any(t.is_title for t in doc[first + 1 : end])
        return Relation(frozenset(), trimmed(doc, first + 1, end), (first, first + 1), "speaker") if named else None
    verb = next((t for t in doc[first : first + _NEAR_TELLER] if t.tag_ in FINITE and t.pos_ == "VERB"), None)
    told = _own(verb) if verb is not None else None
    if verb is None or told is None or not first <= told.i < verb.i or told.lower_ in OURSELVES:
        return None
    short = all(t.is_punct or t.pos_ == "ADV" for t in doc[verb.i + 1 : bounds(verb)[1]])
    return Relation(frozenset(), source_tokens(told), (verb.i, verb.i + 1), "speaker") if goes_on or short else None


def _own(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)
