"""Cue, source and content in one parsed passage: who says what of it.

Every rule ("route") yields relations; which of them answers for a figure is decided by the caller.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.enrich.attribution.cues import cues, source_words
from auditor.enrich.attribution.sources import is_passive, source_tokens, subject, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBAL = ("VERB", "AUX")
_SPEAKING = {"say", "think"}
_VOICING = {"say", "count", "show"}
_NOMINAL = frozenset({"ADV", "ADP", "DET", "NOUN", "PROPN", "NUM", "ADJ", "PART", "PUNCT", "SPACE", "SYM", "X", "CCONJ"})
_SCANNED = ("NOUN", "PROPN", "ADJ", "PART", "NUM", "PRON")
_STARTING = ("DET", "PRON", "PROPN", "NOUN", "NUM", "ADJ", "SCONJ")
_FINAL = frozenset({".", "!", "?", "…", ";", '"', "”", "''"})
_OURSELVES = ("i", "we")
_LONGEST_CLOSING = 4  # tokens of a source that closes a headline
_NEAR_TELLER = 8  # tokens between a quotation and the verb of who tells it
_FINITE = ("VBD", "VBZ", "VBP", "MD")


@dataclass(frozen=True, slots=True)
class Relation:
    """Token indices: ``source`` and ``cue`` as ``first:end``, ``content`` as a set.  ``source`` is None where no one is named
    (a passive).  ``weak`` cues (plans, nouns) give way to others over the same figure."""

    content: frozenset[int]
    source: tuple[int, int] | None
    cue: tuple[int, int]
    route: str
    weak: bool = False


def relations(doc: Doc, headline: bool = False) -> tuple[Relation, ...]:
    """Every attribution relation of a passage."""
    return tuple(_all(doc, headline))


def speakers(doc: Doc) -> tuple[Relation, ...]:
    """Who speaks in the passage, by which verb or phrase, whatever its content."""
    found = []
    for token in doc:
        if token.pos_ == "VERB" and cues().verbs.get(lemma(token), frozenset()) & _SPEAKING:
            head = subject(token)
            if head is not None and head.i != token.i and head.lower_ not in _OURSELVES:
                found.append(Relation(frozenset(), source_tokens(head), (token.i, token.i + 1), "speaker"))
    found += [relation for relation in (*_phrases(doc), *_broken(doc), *_mistagged(doc)) if relation.source]
    return tuple(sorted(found, key=lambda relation: relation.cue))


def teller(doc: Doc, first: int, goes_on: bool) -> Relation | None:
    """Who tells the quotation that ends right before token ``first``: ``Osei shrugged``, ``said Osei``.

    With ``goes_on``, the quotation's comma says that its sentence goes on, and any verb will do; else a sentence of nothing but
    subject and verb.
    """
    if doc[first].tag_ in _FINITE and "say" in cues().verbs.get(lemma(doc[first]), ()) and _own(doc[first]) is None:
        end = next((t.i for t in doc[first + 1 :] if t.is_punct or t.tag_ in _FINITE or t.pos_ == "ADP"), len(doc))
        named = any(t.is_title for t in doc[first + 1 : end])
        return Relation(frozenset(), trimmed(doc, first + 1, end), (first, first + 1), "speaker") if named else None
    verb = next((t for t in doc[first : first + _NEAR_TELLER] if t.tag_ in _FINITE and t.pos_ == "VERB"), None)
    told = _own(verb) if verb is not None else None
    if verb is None or told is None or not first <= told.i < verb.i or told.lower_ in _OURSELVES:
        return None
    short = all(t.is_punct or t.pos_ == "ADV" for t in doc[verb.i + 1 : bounds(verb)[1]])
    return Relation(frozenset(), source_tokens(told), (verb.i, verb.i + 1), "speaker") if goes_on or short else None


def _own(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)


def lemma(token: Token) -> str:
    """The lemma in lower case, mended where the model errs on a cue."""
    return cues().forms.get(token.lower_) or str(token.lemma_).lower()


def bounds(token: Token) -> tuple[int, int]:
    """Token range of the sentence; the model's break counts only behind a mark that ends one ("a.m. UTC" does not)."""
    doc = token.doc
    start, end = token.sent.start, token.sent.end
    while start and doc[start - 1].text not in _FINAL:
        start = doc[start - 1].sent.start
    while end < len(doc) and doc[end - 1].text not in _FINAL:
        end = doc[end].sent.end
    return start, end


def _all(doc: Doc, headline: bool) -> Iterator[Relation]:
    yield from _phrases(doc)
    for token in doc:
        if token.pos_ in _VERBAL or (token.lower_ in cues().mistagged and token.pos_ == "VERB"):
            yield from _verb(token)
        elif token.pos_ == "ADJ" and lemma(token) in cues().adjectives:
            yield from _adjective(token)
        elif token.pos_ == "NOUN":
            if lemma(token) in cues().clausal:
                yield from _clausal_noun(token)
            if lemma(token) in cues().content:
                yield from _noun(token)
    yield from _located(doc)
    yield from _broken(doc)
    yield from _mistagged(doc)
    if headline:
        yield from _headline(doc)


# --- verbs


def _verb(verb: Token) -> Iterator[Relation]:
    classes = cues().verbs.get(lemma(verb))
    if classes is None and lemma(verb) in cues().prepositions.keys() | cues().revising | cues().naming:
        classes = frozenset({"other"})
    if classes is None:
        return
    speaker = subject(verb)
    source = source_tokens(speaker) if speaker is not None and speaker.lower_ not in _OURSELVES else None
    cue = (verb.i, verb.i + 1)
    weak = classes <= {"plan"}
    as_clause = _as_clause(verb)
    if as_clause is not None:
        if source is not None:
            yield Relation(as_clause, source, cue, "as_said")
        return
    document = speaker is not None and _is_document(speaker, verb)
    for content, route in _contents(verb, classes, document):
        tokens = content - _indices(verb)
        if tokens and (source or is_passive(verb)):
            yield Relation(frozenset(tokens), source, cue, route if source else "passive", weak)


def _indices(verb: Token) -> set[int]:
    return {verb.i}


def _contents(verb: Token, classes: frozenset[str], document: bool) -> Iterator[tuple[set[int], str]]:
    word = lemma(verb)
    clausal = bool(classes & {"say", "count", "show", "think"})
    for child in verb.children:
        if child.dep_ in ("ccomp", "parataxis") and clausal and not _set_apart(child, verb):
            yield _subtree(child) - _other_voices(child), "clause"
        elif (child.dep_ == "xcomp" and classes & {"say", "count", "think", "plan"}) or (
            child.dep_ == "ccomp" and "plan" in classes
        ):
            yield _subtree(child) | _raised(verb), "infinitive"
        elif child.dep_ in ("dobj", "attr", "oprd") and word in cues().object and not _particle(verb) and not _of_thing(verb):
            yield _subtree(child), "object"
    for preposition in _prepositions(verb):
        if preposition.lower_ in cues().prepositions.get(word, ()):
            yield _subtree(preposition), "preposition"
    if clausal and verb.dep_ == "parataxis":
        yield _subtree(verb.head) - _subtree(verb), "parenthesis"
    holding = document and (classes & {"say", "show", "count"} or _has_subject(verb))
    if holding or word in cues().whole or _revises(verb) or _names(verb):
        yield _behind_subject(verb), "document" if document else "count"


def _raised(verb: Token) -> set[int]:
    """``some 40 are said to have left``: the subject, which belongs to what is said."""
    raised = [c for c in verb.children if c.dep_ == "nsubjpass"] if "say" in cues().verbs.get(lemma(verb), ()) else []
    return set().union(*map(_subtree, raised))


def _revises(verb: Token) -> bool:
    """``the agency raised the death toll to 61``; an attack raises it, too, but reports nothing."""
    if lemma(verb) not in cues().revising or is_passive(verb):
        return False
    speaker = subject(verb)
    what = [lemma(child) for child in verb.children if child.dep_ == "dobj"]
    return speaker is not None and lemma(speaker) not in cues().events and any(w in cues().revised for w in what)


def _names(verb: Token) -> bool:
    """``called the 12-nation pact a mistake``."""
    return lemma(verb) in cues().naming and any(child.dep_ in ("oprd", "ccomp") for child in verb.children)


def _behind_subject(verb: Token) -> set[int]:
    """The verb's clause without its subject and without clauses joined to it."""
    apart = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") or (c.dep_ == "conj" and c.pos_ in _VERBAL)]
    return _subtree(verb).difference(_other_voices(verb), *map(_subtree, apart))


def _other_voices(verb: Token) -> set[int]:
    """``says it is 4 and the mayor puts it at 5``, ``lists 4, while the mayor lists 5``: clauses beside the verb's that have a
    source and a cue of their own."""
    beside = [c for c in verb.children if c.dep_ == "conj" or (c.dep_ == "advcl" and _contrasted(c))]
    return set().union(*(_subtree(c) for c in beside if _has_subject(c) and _voices(c)))


def _voices(verb: Token) -> bool:
    """Whether the verb gives content of its own; "has" only in "has it at 4"."""
    placed = any(p.lower_ in cues().prepositions.get(lemma(verb), ()) for p in _prepositions(verb))
    return placed or bool(cues().verbs.get(lemma(verb), frozenset()) & _VOICING)


def _contrasted(clause: Token) -> bool:
    return any(c.lower_ in ("while", "whereas") and c.i < clause.i for c in clause.children)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP") for c in verb.children)


def _is_document(speaker: Token, verb: Token) -> bool:
    return lemma(speaker) in cues().document or (speaker.lower_ == "it" and lemma(verb) == "show")


def _set_apart(clause: Token, verb: Token) -> bool:
    """Whether a semicolon or colon ends the clause before the sentence of the verb begins: then it is the reporter's."""
    return clause.i < verb.i and any(t.text in (";", ":") for t in verb.doc[clause.right_edge.i : verb.i])


def _prepositions(verb: Token) -> list[Token]:
    """Prepositions of the verb, and those that the parse hangs on its object ("puts the number lost at ..."), or on a participle
    behind it that was taken for a verb ("identified the body found there as ...")."""
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    cut = [c for c in verb.children if objects and c.dep_ == "advcl" and c.tag_ in ("VBD", "VBN") and not _has_subject(c)]
    inside = [t for o in (*objects, *cut) for t in o.subtree if t.dep_ == "prep" and t.i > o.i]
    return [child for child in verb.children if child.dep_ == "prep"] + inside


def _of_thing(verb: Token) -> bool:
    """``the fleet, which counts 40 boats``: a thing has its number, it does not report it."""
    relative = any(child.dep_ == "nsubj" and child.tag_ == "WDT" for child in verb.children)
    return verb.dep_ == "relcl" and relative and lemma(verb.head) not in cues().document


def _particle(verb: Token) -> bool:
    return any(child.dep_ == "prt" for child in verb.children)


def _as_clause(verb: Token) -> frozenset[int] | None:
    """``as X said``: what it comments on."""
    marked = any(child.lower_ == "as" and child.i < verb.i and child.dep_ in ("mark", "advmod") for child in verb.children)
    if verb.dep_ != "advcl" or not marked or "say" not in cues().verbs.get(lemma(verb), ()):
        return None
    return frozenset(_subtree(verb.head) - _subtree(verb))


def _subtree(token: Token) -> set[int]:
    return {t.i for t in token.subtree}


# --- phrases


def _phrases(doc: Doc) -> Iterator[Relation]:
    lower = [token.lower_ for token in doc]
    for phrase in cues().before_source:
        for at in _occurrences(lower, phrase):
            head = _object_of(doc[at + len(phrase) - 1])
            if head is None:
                continue
            first, end = source_tokens(head)
            if phrase[0] == "," and not _names_someone(head, doc[first]):
                continue
            end = _cut_at_comma(doc, first, end)
            content = set(range(*bounds(doc[at]))) - set(range(at, max(head.right_edge.i + 1, end)))
            content |= _after_source(head, end)
            content -= set(range(at, end))
            yield Relation(
                frozenset(content),
                trimmed(doc, first, end),
                (at, at + len(phrase)),
                "according_to",
                weak=phrase[0] in cues().passing_on,
            )


def _names_someone(head: Token, first: Token) -> bool:
    """``, per the customs office``, ``, per census data``; "per boat" is a rate."""
    return first.pos_ in ("DET", "PROPN") or lemma(head) in cues().document


def _occurrences(lower: list[str], phrase: tuple[str, ...]) -> Iterator[int]:
    at = -1
    while True:
        try:
            at = lower.index(phrase[0], at + 1)
        except ValueError:
            return
        if tuple(lower[at : at + len(phrase)]) == phrase:
            yield at


def _object_of(token: Token) -> Token | None:
    """Head of the noun phrase behind the last word of a phrase."""
    for child in token.children:
        if child.dep_ in ("pobj", "dobj") and child.i > token.i:
            return child
    after = token.i + 1
    if after < len(token.doc) and token.doc[after].pos_ in ("NOUN", "PROPN", "DET", "PRON", "ADJ"):
        chunk = token.doc[after]
        while chunk.head.i > chunk.i and chunk.dep_ in ("det", "compound", "amod", "poss", "nummod"):
            chunk = chunk.head
        return chunk
    return None


def _after_source(head: Token, end: int) -> set[int]:
    return {t.i for t in head.subtree if t.i >= end}


def _cut_at_comma(doc: Doc, first: int, end: int) -> int:
    """``according to X, the ...``: what follows the comma is no part of the name."""
    for at in range(first + 1, end - 1):
        if doc[at].text == "," and doc[at + 1].lower_ in ("the", "a", "an", "with", "which", "who", "and", "but", "while"):
            return at
    return end


# --- adjectives and nouns


def _adjective(adjective: Token) -> Iterator[Relation]:
    """``is confident that ...``"""
    speaker = subject(adjective.head) if adjective.dep_ in ("acomp", "oprd") and adjective.head.pos_ in _VERBAL else None
    if speaker is None or speaker.lower_ in (*_OURSELVES, "it"):
        return
    for child in adjective.children:
        if child.dep_ == "ccomp":
            yield Relation(
                frozenset(_subtree(child)), source_tokens(speaker), (adjective.i, adjective.i + 1), "adjective", weak=True
            )


def _clausal_noun(noun: Token) -> Iterator[Relation]:
    """``voiced fears that ...``, ``raised concern about ...``: the clause belongs to whoever voices it."""
    clauses = [
        c
        for c in noun.children
        if (c.dep_ in ("acl", "ccomp") and any(w.lower_ == "that" for w in c.children)) or c.lower_ in ("about", "over")
    ]
    if not clauses:
        return
    possessor = next((c for c in noun.children if c.dep_ == "poss"), None)
    verb = _voicing(noun)
    voice = possessor or (subject(verb) if verb is not None and verb.pos_ in _VERBAL else None)
    if voice is None:
        return
    source = _possessor_tokens(voice)
    for clause in clauses:
        yield Relation(frozenset(_subtree(clause)), source, (noun.i, noun.i + 1), "noun_clause", weak=True)


def _voicing(noun: Token) -> Token | None:
    """``voiced fears``, ``reacted with fears``, ``said in a statement``: the verb by which a noun is voiced."""
    if noun.dep_ in ("dobj", "attr", "oprd"):
        return noun.head
    return noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in ("with", "in") else None


def _noun(noun: Token) -> Iterator[Relation]:
    """``the agency's estimate of``, ``an estimate by the agency``."""
    possessor = next((c for c in noun.children if c.dep_ == "poss" and c.tag_ != "PRP$"), None)
    if possessor is None:
        by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from")), None)
        possessor = _object_of(by) if by is not None else None
    if possessor is None:
        return
    source = _possessor_tokens(possessor)
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for"):
            yield Relation(frozenset(_subtree(child)), source, (noun.i, noun.i + 1), "noun", weak=True)


def _possessor_tokens(possessor: Token) -> tuple[int, int]:
    first, end = source_tokens(possessor)
    while end - 1 > first and possessor.doc[end - 1].tag_ == "POS":
        end -= 1
    return first, end


def _located(doc: Doc) -> Iterator[Relation]:
    """``In a ... poll released Monday, ...`` at the head of a sentence."""
    for sentence in doc.sents:
        first = sentence[0]
        if first.i != bounds(first)[0]:
            continue
        if first.lower_ not in ("in", "per") or first.dep_ != "prep":
            continue
        head = _object_of(first)
        if head is not None and head.lemma_.lower() in cues().located and head.i - first.i > 1:
            inside = set(range(first.i, head.right_edge.i + 1))
            content = frozenset(set(range(*bounds(first))) - inside)
            yield Relation(content, source_tokens(head), (first.i, first.i + 1), "located", weak=True)


# --- where the parse breaks


def _broken(doc: Doc) -> Iterator[Relation]:
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
        return not any(t.tag_ in _FINITE for t in rest)
    return all(t.pos_ in _NOMINAL or t.tag_ in ("PRP$", "VBN", "VBG") for t in rest)


def _tail(doc: Doc, verb: Token, start: int) -> Iterator[Relation]:
    """``..., the poll found.``"""
    before = _phrase_before(doc, verb, start)
    if before is not None:
        before = _behind_count(doc, *before)
    if before is not None and any(t.pos_ in _VERBAL for t in doc[start : before[0]]):
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


def _is_counted(speaker: Token) -> bool:
    """Whether a number counts the speakers: where commas are missing, they are the content's last words."""
    return any(child.dep_ == "nummod" for child in speaker.children)


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
    if lemma(verb) != "say" or not any(t.tag_ in _FINITE for t in doc[start : verb.i]):
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


def _has_object(verb: Token) -> bool:
    """``say the same of her``"""
    return any(c.dep_ == "dobj" and c.pos_ not in ("NOUN", "PROPN") for c in verb.children)


def _loose(doc: Doc, verb: Token, end: int) -> Iterator[Relation]:
    """``police said the 34-year-old shot and killed ...`` where "shot" was taken for a noun."""
    speaker = subject(verb)
    if lemma(verb) not in cues().loose or speaker is None or speaker.i > verb.i or speaker.lower_ in _OURSELVES:
        return
    rest = doc[verb.i + 1 : end]
    if len(rest) and rest[0].pos_ in _STARTING and any(t.tag_ in _FINITE for t in rest):
        yield Relation(frozenset(range(verb.i + 1, end)), source_tokens(speaker), (verb.i, verb.i + 1), "loose")


def _mistagged(doc: Doc) -> Iterator[Relation]:
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


def links(doc: Doc, relation: Relation) -> tuple[tuple[int, int], ...]:
    """Further links of a relation's chain: whom its source cites, and to whom it spoke ("told Reuters")."""
    found = []
    for verb in doc:
        if lemma(verb) in ("cite", "quote") and verb.pos_ == "VERB":
            speaker = subject(verb)
            if speaker is not None and relation.source and relation.source[0] <= speaker.i < relation.source[1]:
                found += [source_tokens(c) for c in verb.children if c.dep_ == "dobj"]
    cue = doc[relation.cue[0]]
    if lemma(cue) == "tell":
        found += [source_tokens(c) for c in cue.children if c.dep_ in ("dobj", "dative") and c.i > cue.i and c.pos_ == "PROPN"]
    return tuple(found)


def vague_adverb(doc: Doc, token: int) -> int | None:
    """The hedge that names no one ("reportedly") and holds the token in its scope."""
    for adverb in doc:
        if adverb.lower_ in cues().vague_adverbs and (adverb.i + 1 == token or token in _subtree(adverb.head)):
            return int(adverb.i)
    return None


def _headline(doc: Doc) -> Iterator[Relation]:
    """``Police: three dead``, ``Three dead: police``."""
    yield from _closing_headline(doc)
    colon = next((t.i for t in doc[:7] if t.text == ":"), None)
    if not colon or colon + 2 >= len(doc):
        return
    words = [t.lower_ for t in doc[:colon]]
    if words[0] in cues().no_headline_source or words[-1] in cues().topics or any(t.pos_ in _VERBAL for t in doc[:colon]):
        return
    if any(t.pos_ in ("NOUN", "PROPN") for t in doc[:colon]):
        yield Relation(frozenset(range(colon + 1, len(doc))), trimmed(doc, 0, colon), (colon, colon + 1), "headline")


def _closing_headline(doc: Doc) -> Iterator[Relation]:
    """A name behind a colon ("... Aceh: USGS"), or a word for a source behind another mark or by its capital ("... in market town
    Monitor")."""
    last = len(doc) - 1
    colon = next((t.i for t in doc[max(1, last - _LONGEST_CLOSING) :] if t.text == ":"), None)
    if colon and colon < last and doc[last].lower_ not in cues().no_headline_source and _is_name(doc, colon + 1):
        yield Relation(frozenset(range(colon)), (colon + 1, last + 1), (colon, colon + 1), "headline")
        return
    if last < 3 or doc[last].lower_ not in cues().closing_headline:
        return
    at = last
    while at > last - 3 and doc[at - 1].pos_ in ("PROPN", "ADJ", "NOUN") and doc[at - 1].is_title:
        at -= 1
    marked = doc[at - 1].text in (":", "-", "–", "—")
    if marked or (doc[at].is_title and doc[at - 1].is_lower and doc[at - 1].pos_ == "NOUN"):
        yield Relation(frozenset(range(at)), (at, last + 1), (at, last + 1), "headline")
    elif at < last and doc[last].is_title and doc[at - 1].lower_ == "in":  # "... in Harwich Monitor"
        yield Relation(frozenset(range(last)), (last, last + 1), (last, last + 1), "headline")


def _is_name(doc: Doc, first: int) -> bool:
    """Whether the headline's rest is nothing but names or one word for a source."""
    rest = doc[first:]
    named = all(t.pos_ == "PROPN" or (t.is_upper and len(t) > 1) for t in rest)
    return (named or rest[-1].lower_ in cues().closing_headline) and not any(t.like_num for t in rest)
