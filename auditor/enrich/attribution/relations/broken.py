"""Verbs as cues where the parse breaks: tags, marks and the order of words stand in for the tree.

Newswire drops commas and headlines run into sentences; the model then loses the clause that a cue governs, or takes the cue
for a noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.enrich.attribution.cues import cues, source_words
from auditor.enrich.attribution.relations.relation import FINITE, OURSELVES, VERBAL, Relation, bounds, lemma
from auditor.enrich.attribution.sources import is_passive, source_tokens, subject, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOMINAL = frozenset({"ADV", "ADP", "DET", "NOUN", "PROPN", "NUM", "ADJ", "PART", "PUNCT", "SPACE", "SYM", "X", "CCONJ"})
_SCANNED = ("NOUN", "PROPN", "ADJ", "PART", "NUM", "PRON")
_STARTING = ("DET", "PRON", "PROPN", "NOUN", "NUM", "ADJ", "SCONJ")


def broken(doc: Doc) -> Iterator[Relation]:
    """Reporting verbs whose content the parse lost: it is what stands before a closing or inverted cue, or behind a loose one."""
    for verb in doc:
        if lemma(verb) not in cues().tail | cues().loose or verb.tag_ not in ("VBD", "VBZ", "VBP", "NNS", "VBN") or not verb.i:
            continue
        start, end = _sentence(doc, verb)
        if _closes(doc, verb, end) and lemma(verb) in cues().tail:
            yield from _tail(doc, verb, start)
        elif verb.pos_ == "VERB" and verb.dep_ != "parataxis" and not _has_clause(verb):
            yield from _inverted(doc, verb, start, end)
            yield from _loose(doc, verb, end)


def _has_clause(verb: Token) -> bool:
    return any(child.dep_ in ("ccomp", "parataxis") for child in verb.children)


def _sentence(doc: Doc, verb: Token) -> tuple[int, int]:
    """Token range of the verb's sentence; a capitalised function word behind the verb begins the next."""
    start, end = bounds(verb)
    after = verb.i + 1
    if after < end and doc[after].is_title and doc[after].pos_ in ("DET", "PRON", "ADP", "SCONJ"):
        end = after
    return start, end


def _closes(doc: Doc, verb: Token, end: int) -> bool:
    """Whether nothing but time and place stands behind the verb."""
    rest = doc[verb.i + 1 : end]
    if len(rest) and (rest[0].tag_ == "VBG" or (lemma(verb) == "tell" and rest[0].pos_ == "PROPN")):
        return True
    if len(rest) and rest[0].pos_ not in ("ADP", "ADV", "PUNCT", "SPACE") and rest[0].lower_ not in cues().after_cue:
        return False
    if any(t.lower_ in source_words().days for t in rest[:2]) and not _has_clause(verb):
        return not any(t.tag_ in FINITE for t in rest)
    return all(t.pos_ in _NOMINAL or t.tag_ in ("PRP$", "VBN", "VBG") for t in rest)


def _tail(doc: Doc, verb: Token, start: int) -> Iterator[Relation]:
    """``..., the poll found.``"""
    before = _phrase_before(doc, verb, start)
    if before is not None:
        before = _behind_count(doc, *before)
    if before is not None and any(t.pos_ in VERBAL for t in doc[start : before[0]]):
        yield Relation(frozenset(range(start, before[0])), trimmed(doc, *before), (verb.i, verb.i + 1), "tail")


def _phrase_before(doc: Doc, verb: Token, start: int) -> tuple[int, int] | None:
    """The noun phrase that ends right before the verb, by the parse or scanned back to a determiner."""
    if verb.dep_ == "relcl" and lemma(verb.head) in cues().sayable:
        return None
    speaker = subject(verb) if verb.pos_ == "VERB" else None
    if speaker is not None and speaker.i < verb.i:
        found = source_tokens(speaker)
        apart = doc[found[1] : verb.i]
        whole = found[0] == start and any(t.pos_ == "VERB" for t in speaker.subtree)  # the parse takes all before the cue for it
        if not whole and (any(t.is_punct for t in apart) or not any(t.pos_ == "VERB" for t in apart)):
            return found
    if is_passive(verb) and not (verb.dep_ == "advcl" and lemma(verb) in ("say", "report")) and not _apposed(verb):
        return None
    at = _scanned_back(doc, verb.i, start)
    if verb.pos_ == "NOUN" and (verb.lower_ not in cues().mistagged or (at > start and doc[at - 1].pos_ in ("ADP", "ADJ"))):
        return None
    return (at, verb.i) if any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in doc[at : verb.i]) else None


def _apposed(verb: Token) -> bool:
    """``..., a review of the books found``: read as an apposition with a participle."""
    noun = verb.head
    edge = noun.left_edge.i
    return bool(verb.dep_ == "acl" and noun.dep_ == "appos" and edge > 0 and verb.doc[edge - 1].text == ",")


def _behind_count(doc: Doc, first: int, end: int) -> tuple[int, int]:
    """Without a comma the content's last count runs into the source: ``killed 13 people MSF said``."""
    count = next((t.i for t in reversed(doc[first:end]) if t.pos_ == "NUM"), None)
    if count is None or count + 2 >= end or not doc[first : count + 1].text.strip():
        return first, end
    at = count + 2
    while at < end - 1 and (doc[at].pos_ == "ADP" or doc[at].lower_ in cues().after_cue):
        at += 1
    return at, end


def _scanned_back(doc: Doc, end: int, start: int) -> int:
    """First token of the run of nouns, adjectives, possessives and of-phrases that ends at ``end``, up to its determiner."""
    at = end
    while at > start and (doc[at - 1].pos_ in _SCANNED or doc[at - 1].lower_ in ("of", "for", "the", "a", "an")):
        at -= 1
        if doc[at].pos_ in ("DET", "PRON"):
            break
    if at > start + 1 and doc[at - 1].lower_ in ("of", "by", "from"):  # "the report of the city", if a mark stands before it
        joint = at - 2 if doc[at - 2].tag_ in ("VBN", "VBD") else at - 1  # "a letter seen by the paper"
        whole = _scanned_back(doc, joint, start)
        if start < whole < joint and doc[whole - 1].is_punct:
            return whole
    return at


def _inverted(doc: Doc, verb: Token, start: int, end: int) -> Iterator[Relation]:
    """``... said the monitor.``"""
    if lemma(verb) != "say" or not any(t.tag_ in FINITE for t in doc[start : verb.i]):
        return
    own = subject(verb)
    if own is not None and _is_counted(own):
        own = None
    elif own is not None and own.i < verb.i:
        return
    after = [t for t in doc[verb.i + 1 : end] if not t.is_punct]
    if own is not None:
        source = source_tokens(own)
    elif any(t.pos_ in ("NOUN", "PROPN") for t in after) and all(t.pos_ in _NOMINAL for t in after) and not _has_object(verb):
        source = trimmed(doc, verb.i + 1, end)
    else:
        return
    yield Relation(frozenset(range(start, verb.i)), source, (verb.i, verb.i + 1), "inverted")


def _is_counted(speaker: Token) -> bool:
    """Whether a number counts the speakers: where commas are missing, they are the content's last words."""
    return any(child.dep_ == "nummod" for child in speaker.children)


def _has_object(verb: Token) -> bool:
    """``say the same of her``"""
    return any(c.dep_ == "dobj" and c.pos_ not in ("NOUN", "PROPN") for c in verb.children)


def _loose(doc: Doc, verb: Token, end: int) -> Iterator[Relation]:
    """``police said the 34-year-old shot and killed ...`` where "shot" was taken for a noun."""
    speaker = subject(verb)
    if lemma(verb) not in cues().loose or speaker is None or speaker.i > verb.i or speaker.lower_ in OURSELVES:
        return
    rest = doc[verb.i + 1 : end]
    if len(rest) and rest[0].pos_ in _STARTING and any(t.tag_ in FINITE for t in rest):
        yield Relation(frozenset(range(verb.i + 1, end)), source_tokens(speaker), (verb.i, verb.i + 1), "loose")


def mistagged(doc: Doc) -> Iterator[Relation]:
    """``Smith claims he's ...`` read as a noun: the rest of the sentence is its content."""
    for token in doc[1:-1] if len(doc) > 2 else ():
        if token.lower_ not in cues().mistagged or token.pos_ != "NOUN":
            continue
        before, after = doc[token.i - 1], doc[token.i + 1]
        if (before.pos_ not in ("PROPN", "PRON", "NOUN") and before.tag_ != "VBG") or before.dep_ == "poss":
            continue
        if after.lower_ != "that" and after.pos_ not in ("PRON", "DET", "NUM", "PROPN"):
            continue
        start, end = bounds(token)
        behind = token.i - 1 if before.tag_ == "VBG" else token.i  # "one ranking pegs"
        source = trimmed(doc, _scanned_back(doc, behind, start), token.i)
        yield Relation(frozenset(range(token.i + 1, end)), source, (token.i, token.i + 1), "mistagged")
