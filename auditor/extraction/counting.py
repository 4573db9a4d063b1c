"""What a count counts: from the parse where there is one, else from the words themselves."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from auditor.extraction import units
from auditor.extraction.numerals import CARDINALS
from auditor.extraction.sentence import Figure, Sentence
from auditor.lexicon import load
from auditor.model import Kind
from auditor.parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEXICON = load("counting")
_PLURALS: dict[str, str] = _LEXICON["plurals"]
_ENDS = frozenset(_LEXICON["ends"]["words"])
_BEFORE = frozenset(_LEXICON["before"]["words"])
_HARMED = frozenset(_LEXICON["bare"]["harmed"])
_HARMS = frozenset(_LEXICON["bare"]["harms"])
_OPEN = frozenset({"-", "'", "’", "&", "/"})  # the phrase may go on
_PLAIN_ADJECTIVES = frozenset(_LEXICON["plain"]["adjectives"])
_PERSONS = frozenset(_LEXICON["plain"]["persons"])
_BARE = frozenset(_LEXICON["bare"]["words"])
_NOUNS = frozenset({"NOUN", "PROPN"})
_LEFT = frozenset(
    {
        "nummod",
        "quantmod",
        "compound",
        "amod",
        "advmod",
        "nmod",
        "appos",
        "dep",
        "npadvmod",
        "det",
        "predet",
        "poss",
        "npmod",
        "punct",
    }
)
_WINDOW = 8  # tokens to a noun that tags alone show
_WIDEST = 14  # and to one that the parse shows
_CLAUSES = frozenset({"acl", "advcl", "relcl", "ROOT", "ccomp", "pcomp", "xcomp"})
_NO_HEADS = frozenset(_LEXICON["no_heads"]["words"])
_DETERMINING = frozenset(_LEXICON["determining"]["words"])
_FROM_BEFORE = frozenset(_LEXICON["borrowed"]["before"])


class Tokens:
    """The parse of a passage, addressed by offsets into the passage."""

    def __init__(self, parse: Parse, offset: int) -> None:
        self.doc: Doc = parse.doc
        self._starts = [parse.to_document[token.idx] - offset for token in parse.doc if token.idx < len(parse.to_document)]

    def at(self, start: int) -> Token | None:
        """The token that holds the character ``start`` of the passage; None beyond what was parsed."""
        i = bisect_right(self._starts, start) - 1
        return self.doc[i] if i >= 0 and start < self._starts[i] + len(self.doc[i]) else None

    def span(self, token: Token) -> tuple[int, int]:
        start = self._starts[token.i]
        return start, start + len(token.text)


def plain(s: Sentence, figure: Figure) -> None:
    """What is counted where no parse is needed: a plural noun right behind the numeral, with an end of its phrase behind it;
    or nothing, where such an end stands right behind the numeral."""
    if not figure.counts or figure.may_be_name:
        return
    j = figure.last
    if figure.after > j or _multiple(s, figure) or _no_noun(s, j):
        figure.settled = True  # "20 per week", "1 dead"
        return
    before = s.word(figure.first - 1)
    if before in _BEFORE or before.endswith("est"):
        return
    if s.word(j) == "of" and (figure.vague or figure.fraction):
        j += 1
    first = j
    if s.word(j) in _PLAIN_ADJECTIVES:
        j += 1
    if not _plain_noun(s, j):
        return
    figure.settled = True
    noun = _without_s(s.raw(j))
    figure.counted_head = noun.lower()
    figure.counted = f"{s.raw(first)} {noun}" if first < j else noun
    figure.counted_span = (s.starts[j], s.ends[j])
    _add_rate(s, figure)


def _plain_noun(s: Sentence, j: int) -> bool:
    """Whether token ``j`` is a plural noun, and the next token none that it could stand before."""
    word, raw, following = s.word(j), s.raw(j), s.word(j + 1)
    if word in _NO_HEADS or not word.isalpha() or following in _OPEN:
        return False
    if word in _PERSONS:
        return raw == word
    if _without_s(word) == word or s.raw(j + 1) != following:  # no plural; a headline in title case
        return False
    counted = s.is_number(j + 1) or following in CARDINALS  # "six women five children", its comma lost
    return counted or not following[:1].isalpha() or following in _ENDS or (following.endswith("ed") and raw == word)


def _no_noun(s: Sentence, j: int) -> bool:
    """Whether token ``j`` behind a numeral says that no noun comes: "injured" in "20 injured in", not in "20 injured men"."""
    word, following = s.word(j), s.word(j + 1)
    if word in _BARE or (word == "." and j + 1 >= len(s)):
        return True
    if word in _HARMED:
        return not following[:1].isalpha() or following in _ENDS
    return word in _HARMS and s.is_number(j + 1)


def _multiple(s: Sentence, figure: Figure) -> bool:
    """``three times``, ``2x``, ``10-fold``: a multiple of something, not a count of things."""
    if s.hyphen(figure.last) and s.word(figure.last + 1) == "time":  # "a two-time champion"
        return True
    return s.word(figure.last) in {"x", "times"} or s.word(figure.last + 1) == "fold" or s.word(figure.first).endswith("fold")


def _add_rate(s: Sentence, figure: Figure) -> None:
    if figure.per is None and figure.counted_span is not None:
        figure.per = units.rate(s, figure.counted_span[1])
    if figure.per:
        figure.counted = f"{figure.counted} per {figure.per}"


def count(s: Sentence, figure: Figure, tokens: Tokens) -> None:
    """Set what the figure counts, where a noun says so."""
    last = tokens.at(figure.end - 1)
    if last is None or (s.hyphen(figure.last) and s.word(figure.last + 1) in {"of", "for"}):  # "12-of-20 shooting"
        return
    head = _head(last, figure)
    inner = None if head is None else _inner(s, figure, tokens.span(head)[0])
    if head is not None and inner is not None:  # "half of the 4.3M albums": what the inner figure counts
        last = tokens.at(inner.end - 1) or last
        head = _head(last, inner) if tokens.span(head)[0] < inner.end else head
    if head is None or _adverbial(head, last) or (figure.may_be_name and head.tag_ not in {"NNS", "NNPS"}):
        return
    head = _whole_compound(head)
    if _shares_unit(s, figure, tokens.span(head)[0]):
        return
    before, behind = _joined(head, last)
    words = _phrase(head.doc[before], last, tokens.at(figure.start) or last)
    name = singular(head)
    figure.counted_head = name.lower()
    figure.counted = " ".join([*words, f"{head.doc[before : head.i].text}{name}{behind}"]).replace(" - ", "-")
    figure.counted_span = tokens.span(head)
    _add_rate(s, figure)


def _inner(s: Sentence, figure: Figure, start: int) -> Figure | None:
    """The last figure between ``figure`` and its noun, which begins at ``start`` (or is a sign of that figure, misread)."""
    between = [other for other in s.figures if figure.start < other.start <= start]
    return between[-1] if between else None


def _shares_unit(s: Sentence, figure: Figure, start: int) -> bool:
    """``0 3 30 mg``, ``two three or four days``: the noun is the unit of a later figure, and so this one's, too."""
    at = figure.last
    for other in s.figures:
        if other.start <= figure.start:
            continue
        if not all(s.words[k] in _LISTING or s.is_number(k) for k in range(at, other.first)):
            return False
        at = max(at, other.first)
        beside = other.first > figure.last or figure.spelled == other.spelled
        if beside and other.unit and other.end <= start < s.ends[other.after - 1]:
            figure.unit, figure.dimension, figure.kind, figure.per = other.unit, other.dimension, other.kind, other.per
            return True
    return False


_LISTING = frozenset({",", "and", "or", *CARDINALS})
_BORROWED_REACH = 3
_FAR = 60  # tokens between two figures, and no more are looked at


def borrow(s: Sentence, figures: list[Figure]) -> None:
    """Counts without a noun take that of a neighbour, or its unit: ``3.9 million headsets, up from 2.4 million``; ``60 or 80
    makers``; ``from 150 minutes to 70``."""
    for figure in figures:
        if figure.elided_from is not None and figure.elided_from.counted is not None:
            _take(figure, figure.elided_from)
    left: Figure | None = None  # the last one with a noun
    amount: Figure | None = None  # the last sum of money or measure behind it
    for index, figure in enumerate(figures):
        if figure.counted is not None or not figure.counts:
            if figure.counted and figure.counts:
                left, amount = figure, None
            elif figure.kind in (Kind.MONEY, Kind.MEASURE):
                amount = figure
            continue
        right = figures[index + 1] if index + 1 < len(figures) else None
        gap = _gap(s, figure, right) if right is not None and right.counted else []
        compared = left is not None and gap != ["or"] and s.word(figure.first - 1) in _COMPARING  # "up from 4, and 10 trucks"
        if right is not None and gap in _JOINED and not compared and (gap == ["or"] or right.value != 1):
            _take(figure, right)
            continue
        if left is not None and _parallel(s, left, figure):
            _take(figure, left)
            left = figure
            continue
        near = {s.word(k) for k in range(max(0, figure.first - _BORROWED_REACH), figure.first)}
        if not near & _FROM_BEFORE or _of_its_own(s, figure):
            continue
        if amount is not None and _compares(s, amount, figure):
            figure.unit, figure.dimension, figure.kind, figure.per = amount.unit, amount.dimension, amount.kind, amount.per
            continue
        whole = figure.granularity is None or figure.granularity >= 1  # an index at 105.14 counts nothing
        if whole and not _multiple(s, figure) and left is not None and not left.fraction:
            _take(figure, left)
            left = figure


def _of_its_own(s: Sentence, figure: Figure) -> bool:
    """``a town of less than 1,000``: the hedge's "than" compares with no other figure."""
    return s.word(figure.first - 1) == "than" and s.word(figure.first - 3) in _OF


_OF = frozenset({"of", "to", "at", "for", "in"})
_JOINED = (["or"], ["and"], [","], [",", "and"])  # "60 or 80 makers", unlike "27 and one win"
_COMPARING = frozenset({"from", "than", "against", "versus"})


def _parallel(s: Sentence, left: Figure, figure: Figure) -> bool:
    """``12 people in Mosul and 5 in Baghdad``: the same preposition behind both."""
    end = left.counted_span[1] if left.counted_span and left.counted_span[0] >= left.end else left.end
    k = bisect_left(s.starts, max(end, left.end))
    gap = s.words[k : min(figure.first, k + _SPAN + 1)]
    return 2 < len(gap) <= _SPAN and gap[0] in _PLACING and s.word(figure.last) == gap[0] and gap[-1] in _PARALLEL


_PLACING = frozenset({"in", "at", "for", "from", "on", "by", "near", "who", "that", "which"})
_SPAN = 12
_PARALLEL = frozenset({"and", ",", ";", "while", "but", "versus", "against"})


def _compares(s: Sentence, left: Figure, right: Figure) -> bool:
    """``5 tonnes, against 7``; ``from 5 tonnes to 7``; not ``up $3 to 40``."""
    gap = _gap(s, left, right)
    if "to" in gap:
        return gap[-1] == "to" and s.word(left.first - 1) == "from"
    return left.trend is None and not {"from", "against", "compared"}.isdisjoint(gap)


def _gap(s: Sentence, left: Figure, right: Figure) -> list[str]:
    return s.words[left.after : min(right.first, left.after + _FAR)]


def _take(figure: Figure, other: Figure) -> None:
    base = (other.counted or "").split(" per ")[0]
    figure.counted = f"{base} per {figure.per}" if figure.per else base
    figure.counted_head, figure.counted_span = other.counted_head, other.counted_span


def share(figure: Figure) -> None:
    """A fraction of counted things is a share of them, written "% thing"."""
    if figure.fraction and figure.unit is None:
        figure.kind, figure.dimension = Kind.SHARE, "ratio"
        figure.counted = f"% {figure.counted or 'whole'}"


def _head(last: Token, figure: Figure) -> Token | None:
    doc = last.doc
    nxt = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if nxt is not None and nxt.lower_ == "of":
        definite = last.i + 2 < len(doc) and doc[last.i + 2].tag_ in {"DT", "PRP$", "CD", "POS", "NNP"}
        if not (figure.vague or figure.scaled or figure.fraction or definite):
            return None
        objects = [t for t in nxt.children if t.dep_ == "pobj" and t.pos_ in _NOUNS and t.i - nxt.i <= _WINDOW]
        return objects[0] if objects else _by_tags(doc, last.i + 2)
    token = last
    for _ in range(_WIDEST):
        if token.head is token or (token.head.i < token.i and token.i == last.i and token.head.pos_ not in _NOUNS):
            break
        if token.head.i < last.i:
            break
        if token.i != last.i and token.dep_ not in _LEFT:
            break
        token = token.head
        if token.pos_ in _NOUNS and token.dep_ not in {"compound", "nmod"}:
            break
    if token.i > last.i and token.pos_ in _NOUNS and token.lower_ not in _NO_HEADS and token.i - last.i <= _WIDEST:
        between = (doc[k] for k in range(last.i + 1, token.i))
        if not any(t.pos_ in _NOT_BETWEEN and t.tag_ not in {"VBN", "VBG"} and not _prefix(t) for t in between):
            return token
    return _by_tags(doc, last.i + 1)


_NOT_BETWEEN = frozenset({"VERB", "ADP", "AUX"})


def _prefix(token: Token) -> bool:
    """``by`` of "by-elections"."""
    return token.i + 2 < len(token.doc) and _hyphen(token.doc, token.i + 1)


def _by_tags(doc: Doc, i: int) -> Token | None:
    """The last noun of the first run of nouns from token ``i`` on, over adjectives; None at a verb, preposition or stop."""
    found: Token | None = None
    for k in range(i, min(i + _WINDOW, len(doc))):
        token = doc[k]
        if token.pos_ in _NOUNS and token.lower_ not in _NO_HEADS:
            found = token
        elif found is not None:
            if token.text != "-" and token.tag_ != "POS":
                break
        elif not (_passed(token) or _misread(doc, k, i)) or _opens_clause(token, i):
            break
    return found


def _passed(token: Token) -> bool:
    return token.tag_ in _PASSED or token.text in _QUOTES or _prefix(token)


_PASSED = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "DT", "PRP$", "CD", "HYPH", "RB", "POS", "RBR", "RBS", "CC"})
_QUOTES = frozenset("\"“'‘")


def _opens_clause(token: Token, i: int) -> bool:
    """``300 leaving the town``, ``20 and``: what stands at token ``i``, behind the numeral, is not part of its noun phrase."""
    if token.i != i or str(token.tag_) == "CC":
        return int(token.i) == i
    plural = token.i + 1 < len(token.doc) and str(token.nbor().tag_) in {"NNS", "NNPS"}  # "30 paying guests"
    return token.tag_ in {"VBN", "VBG"} and token.dep_ in _CLAUSES and not plural


def _misread(doc: Doc, k: int, i: int) -> bool:
    """``by 271 pledged delegates``: a participle behind a numeral that a preposition or a verb governs, read as a finite verb."""
    if k != i or doc[k].tag_ != "VBD" or k + 1 >= len(doc) or doc[k + 1].tag_ != "NNS":
        return False
    before = i - 2
    while before >= 0 and doc[before].tag_ == "RB":
        before -= 1
    return before < 0 or doc[before].tag_ in {"IN", "VB", "VBD", "VBZ", "VBP", "VBG"}


def _whole_compound(head: Token) -> Token:
    """``15 co-defendants``: the last part of a noun written with hyphens."""
    doc, i = head.doc, head.i
    while i + 2 < len(doc) and _hyphen(doc, i + 1) and doc[i + 2].pos_ in _NOUNS:
        i += 2
    return doc[i]


def _joined(head: Token, last: Token) -> tuple[int, str]:
    """What hyphens join to the head: the first token of ``front-runners``, and what is behind the noun of ``passers-by``."""
    doc, first, end = head.doc, head.i, head.i + 1
    while first - 2 > last.i and _hyphen(doc, first - 1):
        first -= 2
    while end + 1 < len(doc) and _hyphen(doc, end):
        end += 2
    return first, doc[head.i + 1 : end].text


def _hyphen(doc: Doc, i: int) -> bool:
    """Whether token ``i`` is a hyphen that touches both its neighbours."""
    return doc[i].text in _HYPHENS and not doc[i - 1].whitespace_ and not doc[i].whitespace_


_TEMPORAL = frozenset(_LEXICON["times"]["before"])
_PERIODS = frozenset(_LEXICON["times"]["periods"])


def _adverbial(head: Token, last: Token) -> bool:
    """``2.1 last year``, ``20 Thursday night``: the noun phrase behind the numeral says when."""
    if last.i + 1 >= len(last.doc):
        return False
    following = last.doc[last.i + 1]
    return (following.lower_ in _TEMPORAL or following.tag_ == "DT") and head.lower_ in _PERIODS


def _phrase(head: Token, last: Token, first: Token) -> list[str]:
    """Adjectives and nouns that stand before the head, without determiners; those before the numeral, too.

    ``head`` is the noun, or the first part of it where hyphens join some.
    """
    doc = head.doc
    words = [
        str(t.text)
        for t in ([doc[first.i - 1]] if first.i else [])
        if t.lower_ not in _DETERMINING and t.tag_ in {"JJ", "JJS"} and t.head in {head, last} and t.dep_ == "amod"
    ]
    i = last.i + 1
    while i < head.i:
        token = doc[i]
        if token.lower_ == "or" and doc[i + 1].lower_ == "more":  # "200 or more guests"
            i += 2
            continue
        end = _compound_end(doc, i, head.i)
        if any(_modifies(doc[k]) for k in range(i, end)) or (token.is_digit and words and doc[i - 1].tag_ == "NNP"):
            words.append(doc[i:end].text)
        i = end
    return words


def _modifies(token: Token) -> bool:
    return token.pos_ in _NOUNS or (token.tag_ in _ADJECTIVES and token.lower_ not in _DETERMINING)


_ADJECTIVES = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "VBD", "NNP"})


def _compound_end(doc: Doc, i: int, head: int) -> int:
    """The token behind a word written with hyphens from token ``i`` on: ``first-degree`` of "first-degree murder"."""
    end = i + 1
    while end + 1 < head and _hyphen(doc, end):
        end += 2
    return end


_HYPHENS = frozenset({"-", "‐", "‑", "–"})


def singular(token: Token) -> str:
    """The head noun in the singular, in its own case ("people" stays)."""
    text = str(token.text)
    acronym = token.tag_ in {"NNP", "NNS"} and any(map(str.isupper, text[1:-1]))  # "RBIs", "PACs"
    if acronym and text[-1] == "s" and text[:-1].isupper():  # "TDs", too short for any other rule
        return text[:-1]
    name = token.tag_ == "NNPS" or (token.tag_ == "NNP" and token.i and token.nbor(-1).tag_ == "CD")
    if acronym or name:
        return _without_s(text)
    if token.tag_ != "NNS" or text.lower() == "people":
        return text
    if text in _PLURALS:
        return _PLURALS[text]
    lemma = str(token.lemma_) or text
    if lemma.lower() == text.lower():
        return _without_s(text)
    if text[:1].isupper() and not lemma[:1].isupper():
        lemma = lemma[:1].upper() + lemma[1:]
    return lemma


def _without_s(word: str) -> str:
    """The singular of a name in the plural: ``Americans``, ``iPhones``, ``PACs``."""
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith("ies") and len(word) > 4 and word.islower():
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word
