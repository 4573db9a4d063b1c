"""The words that name a source, and what kind of source they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.enrich.attribution.cues import cues, source_words
from auditor.model import SourceType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST = 200  # characters of a source; longer ones are cut at a word
_CLIMB = 6  # heads between a verb and the subject that it shares


def subject(verb: Token) -> Token | None:
    """Head of the noun phrase that does the saying; None for a passive without agent or a verb without subject."""
    for _ in range(_CLIMB):
        own = _own_subject(verb)
        if own is not None:
            return own
        if is_passive(verb):
            return None
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return verb.head if verb.tag_ != "VBN" else None
        if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "prep", "pcomp", "parataxis", "dep") or verb.head.i == verb.i:
            return None
        if verb.dep_ in ("ccomp", "advcl") and verb.tag_ not in ("VBG", "VB"):
            return None
        verb = verb.head
    return None


def _own_subject(verb: Token) -> Token | None:
    if is_passive(verb):
        agents = (c for child in verb.children if child.dep_ == "agent" for c in child.children if c.dep_ == "pobj")
        return next(agents, None)
    own = [child for child in verb.children if child.dep_ == "nsubj"]
    if not own:
        return next((c for c in verb.children if c.dep_ == "compound" and c.i == verb.i - 1 and verb.pos_ == "VERB"), None)
    nearest = min(own, key=lambda child: (abs(child.i - verb.i), child.i))
    return verb.head if nearest.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else nearest


def is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children) or (
        verb.tag_ == "VBN" and not any(child.dep_ == "aux" for child in verb.children) and verb.dep_ in ("acl", "advcl", "amod")
    )


def source_tokens(head: Token) -> tuple[int, int]:
    """Token range ``first:end`` of the noun phrase, without relative clauses, trailing days and marks."""
    doc = head.doc
    first, end = head.left_edge.i, head.right_edge.i + 1
    for child in head.children:
        if child.i > head.i and child.dep_ in ("relcl", "acl", "advcl", "ccomp", "parataxis", "punct_"):
            end = min(end, child.left_edge.i)
    while first and doc[first - 1].dep_ == "nsubj" and doc[first - 1].pos_ == "PROPN" and doc[first - 1].head.i == head.head.i:
        first -= 1  # a name that the parse counts as a second subject
    return trimmed(doc, first, max(end, head.i + 1))


def trimmed(doc: Doc, first: int, end: int) -> tuple[int, int]:
    """The range without marks, days and conjunctions at its ends, at most LONGEST characters."""
    loose = source_words().days | {"on"}
    while end - 1 > first and (_is_joint(doc[end - 1]) or doc[end - 1].lower_ in loose):
        if doc[end - 1].text == ")" and any(t.text == "(" for t in doc[first : end - 1]):
            break
        end -= 1
    if doc[end - 1].text != ")" and end < len(doc) and doc[end].text == ")" and any(t.text == "(" for t in doc[first:end]):
        end += 1  # "Osei (2018)"
    while first < end - 1 and (_is_joint(doc[first]) or doc[first].pos_ == "ADV"):
        first += 1
    while end - 1 > first and doc[end - 1].idx + len(doc[end - 1]) - doc[first].idx > LONGEST:
        end -= 1
    return first, end


def _is_joint(token: Token) -> bool:
    return bool(token.is_punct or token.is_space) or token.pos_ == "CCONJ"


def source_type(doc: Doc, first: int, end: int) -> SourceType:
    """What kind of source the tokens ``first:end`` name."""
    words, span = source_words(), doc[first:end]
    if not len(span):
        return SourceType.ANONYMOUS
    head = span.root
    if is_vague(doc, first, end):
        return SourceType.VAGUE
    if head.lemma_.lower() in cues().document and head.pos_ != "PROPN":
        return SourceType.DOCUMENT
    names = [token for token in span if token.pos_ == "PROPN"]
    if _is_outlet(span.text, head):
        return SourceType.OUTLET
    if head.lower_ in words.pronouns:
        return SourceType.ANONYMOUS if head.lower_ == "they" else SourceType.NAMED
    if head.lemma_.lower() in words.anonymous and not any(name.dep_ in ("appos", "conj") or name.i == head.i for name in names):
        return SourceType.ANONYMOUS
    return SourceType.NAMED


def is_vague(doc: Doc, first: int, end: int) -> bool:
    """``sources``, ``some people``, ``unconfirmed reports``: words for a source that tell nothing of it."""
    words = [token for token in doc[first:end] if not token.is_punct]
    if any(token.lower_ in cues().vague_adjectives for token in words):
        return True
    told = [t for t in words if t.pos_ != "DET" and t.lower_ not in cues().vague_quantifiers]
    return all(token.lemma_.lower() in cues().vague_heads for token in told) and not any(
        t.lower_ in ("the", "this", "its") for t in words
    )


def _is_outlet(text: str, head: Token) -> bool:
    words = source_words()
    bare = text.removeprefix("the ").removeprefix("The ").removesuffix("'s").removesuffix("’s")
    if bare in words.outlets or head.text in words.outlets:
        return True
    if head.lemma_.lower() in words.outlet_words:
        return True
    last = bare.split()[-1] if bare.split() else ""
    named = last in words.outlet_endings and bare[:1].isupper() and len(bare.split()) > 1
    return named or " news agency" in text.lower()
