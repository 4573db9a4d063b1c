"""Which figures an editor would ask a source for, why the others not, and how pressing each question is.

The reasons are facts about kinds of figures, tried in the order of ``_REASONS``; the suites judge.
"""

from __future__ import annotations

import bisect
import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from auditor import lexicon
from auditor.model import Attribution, Document, Kind, Modifier, Passage, PassageKind, Quantity
from auditor.parse import Parses

_SMALL = 12  # counts up to here can be seen
_ROUGH = 1_000  # "thousands" and more
_PLAIN = 5_000  # counts of plain things up to here are public record
_OLDEST = 110  # years
_NEAR = 6  # words between a figure and the word that says what kind of figure it is
_VOTES_BEFORE = 3  # passages before a count, among which seats or delegates are named
_POLL_REACH = 1_500  # characters through which a poll named once carries
_LONGEST = 2_000  # characters of a passage that are looked through
_HEAD = 4  # the last passage that can be headline or standfirst of the whole text
_BODY = 500  # figures of a text that its headline may round
_BESIDE = 90  # characters on each side of a figure, in which other headlines show by their capitals
_TEASER = 8  # words there, at least
_CAPITALS = 0.85  # of them
_RECENT = 12  # figures before one that it may have been reckoned from
_JOINED = re.compile(r"\b(?P<who>\w{3,20}) of (?:[a-z]{2,12} ){0,2}$")  # "a panel of nearly "
_TITLED = re.compile(r"[A-Z]\w{1,30} (?:of |for |[A-Z]\w{1,30} )$")  # "Group of 20", "Fight for 15 Movement", "KLM News 13"
_PLURAL = re.compile(r" (?:[a-z]{2,20} )?[a-z]{2,20}s\b| people\b")
_LISTED_AGES = re.compile(r"\bage[sd]? (?:\d{1,3},? (?:and |or )?){1,9}$")
_WORD = re.compile(r"[^\W\d_]+|%|[a-z]\.[a-z]\.", re.IGNORECASE)

_WEIGHTS = {
    Kind.MONEY: 0.7,
    Kind.COUNT: 0.5,
    Kind.SHARE: 0.45,
    Kind.MEASURE: 0.35,
    Kind.MAGNITUDE: 0.35,
    Kind.SCORE: 0.1,
    Kind.AGE: 0.1,
}
_CASUALTY = 0.85
_LEAST_TRIVIAL = 0.2


@dataclass(frozen=True, slots=True)
class Need:
    """``needed``, else ``why`` not; ``weight`` from 0 to 1 says how pressing the question is; ``elsewhere`` is the source, in the
    words as written, that the document gives for the same figure at another place, where it gives none here."""

    needed: bool
    why: str | None
    weight: float
    elsewhere: str | None = None


def needs(
    document: Document,
    passages: Sequence[Passage],
    quantities: Sequence[Quantity],
    attributions: Sequence[Attribution],
    parses: Parses,
) -> tuple[Need, ...]:
    """For every quantity, in the same order: whether an editor would ask who says so, why not, and how urgently."""
    context = _Context(document, passages, quantities, attributions, parses)
    return tuple(context.need(index) for index in range(len(quantities)))


def needs_source(
    document: Document,
    passages: Sequence[Passage],
    quantities: Sequence[Quantity],
    attributions: Sequence[Attribution],
    parses: Parses,
) -> tuple[tuple[bool, str | None], ...]:
    """For every quantity, in the same order: whether an editor would ask who says so, and if not, why not."""
    return tuple((need.needed, need.why) for need in needs(document, passages, quantities, attributions, parses))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a passage in order: where each begins in the document, as written and as lemma, in lower case."""

    starts: tuple[int, ...]
    lower: tuple[str, ...]
    lemmas: tuple[str, ...]

    def around(self, start: int, end: int, reach: int) -> tuple[str, ...]:
        """Lemmas and words within ``reach`` words of the span ``start:end``."""
        first, last = bisect.bisect_left(self.starts, start), bisect.bisect_left(self.starts, end)
        near = slice(max(0, first - reach), last + reach)
        return (*self.lemmas[near], *self.lower[near])

    def before(self, start: int) -> tuple[str, ...]:
        return self.lower[: bisect.bisect_left(self.starts, start)]

    def behind(self, end: int) -> tuple[str, ...]:
        return self.lower[bisect.bisect_left(self.starts, end) :]


@dataclass(slots=True)
class _Mentions:
    """Of all mentions of one figure: the first, the first outside headlines, and those that have a source."""

    first: int
    in_text: int | None = None
    sourced: list[int] = field(default_factory=list)


class _Context:
    """What several figures of one document share."""

    def __init__(
        self,
        document: Document,
        passages: Sequence[Passage],
        quantities: Sequence[Quantity],
        attributions: Sequence[Attribution],
        parses: Parses,
    ) -> None:
        self.document, self.passages, self.parses = document, passages, parses
        self.quantities, self.attributions = quantities, attributions
        self._notes = {" ".join(mark.target.split()) for mark in document.marks if mark.kind == "reference" and mark.target}
        self._words: dict[int, _Words] = {}
        self._mentions: dict[tuple[object, ...], _Mentions] = {}
        self._of_passage: dict[int, list[int]] = {}
        for index, quantity in enumerate(quantities):
            mentions = self._mentions.setdefault(_key(quantity), _Mentions(index))
            if attributions[index].attributed:
                mentions.sourced.append(index)
            if mentions.in_text is None and not self._in_headline(index):
                mentions.in_text = index
            self._of_passage.setdefault(quantity.passage, []).append(index)

    def need(self, index: int) -> Need:
        casualty = self.is_casualty(index)
        reasons = _ALWAYS if casualty else (*_ALWAYS, *_UNLESS_CASUALTY)
        why = next((reason for reason, applies in reasons if applies(self, index)), None)
        weight = _weight(self.quantities[index], casualty) if why is None else 0.0
        answering = None if self.attributions[index].attributed else self.answering(index)
        return Need(why is None, why, weight, None if answering is None else self.attributions[answering].source)

    def answering(self, index: int) -> int | None:
        """The mention of the same figure that has a source, of those that are not this one; for a headline, also a figure of the
        text that it rounds."""
        mentions = self._mentions[_key(self.quantities[index])]
        same = next((other for other in mentions.sourced if other != index), None)
        if same is not None or not self._in_headline(index):
            return same
        return next((other for other in self._rounded(index) if self.attributions[other].attributed), None)

    def _rounded(self, index: int) -> Iterator[int]:
        """Figures of the text that the headline's may stand for: ``dozens hurt`` for 36, ``14 million`` for 14 million euros."""
        headline = self.quantities[index]
        if headline.passage > _HEAD:
            return
        for other, quantity in enumerate(self.quantities[:_BODY]):
            if not self._in_headline(other) and _may_round(headline, quantity):
                yield other

    def words(self, passage: int) -> _Words:
        if passage not in self._words:
            parse = self.parses[passage]
            tokens = [t for t in parse.doc if _WORD.match(t.text)]
            self._words[passage] = _Words(
                tuple(parse.to_document[t.idx] for t in tokens),
                tuple(t.lower_ for t in tokens),
                tuple(str(t.lemma_).lower() for t in tokens),
            )
        return self._words[passage]

    def near(self, index: int, reach: int = _NEAR) -> frozenset[str]:
        quantity = self.quantities[index]
        return frozenset(self.words(quantity.passage).around(quantity.start, quantity.end, reach))

    def is_casualty(self, index: int) -> bool:
        """A count of people or animals killed, hurt, missing or driven out; of many thousands only where a number says so."""
        quantity = self.quantities[index]
        if quantity.kind is not Kind.COUNT or (quantity.modifier is Modifier.VAGUE and (quantity.low or 0) >= _ROUGH):
            return False
        if self._is_of(quantity, "kin") or _list("accused").intersection(self.words(quantity.passage).behind(quantity.end)[:4]):
            return False  # "the mother of 12 was killed", "two men accused of killing"
        return self._may_be_living(quantity) and bool(self.near(index) & _list("casualties"))

    def _before(self, quantity: Quantity) -> str:
        return self.document.text[max(0, quantity.start - _BESIDE) : quantity.start]

    def _is_of(self, quantity: Quantity, name: str) -> bool:
        """``a panel of nearly 32``: whether a word of the list holds the count."""
        found = _JOINED.search(self._before(quantity)) if quantity.kind is Kind.COUNT else None
        return found is not None and found["who"].lower() in _list(name)

    def _may_be_living(self, quantity: Quantity) -> bool:
        head = quantity.counted_head or (quantity.counted or "").split(" ")[-1]
        return not head or head[:1].isupper() or head.lower() in _list("person")

    # --- reasons, each a fact about one figure

    def in_note(self, index: int) -> bool:
        """In a footnote, or in the entry of a list that a reference mark points to."""
        passage = self.passages[self.quantities[index].passage]
        return passage.kind is PassageKind.FOOTNOTE or " ".join(passage.text.split()) in self._notes

    def in_teaser(self, index: int) -> bool:
        """Among the headlines of other articles that a page's text ends in, or a number by itself (how often it was shared)."""
        quantity = self.quantities[index]
        passage = self.passages[quantity.passage]
        if passage.kind is not PassageKind.SENTENCE:
            return False
        before = passage.text[max(0, quantity.start - passage.start - _BESIDE) : quantity.start - passage.start]
        behind = passage.text[quantity.end - passage.start : quantity.end - passage.start + _BESIDE]
        before = before.rpartition(". ")[2]
        alone = not any(c.isalnum() for c in before + behind)
        words = [w for w in _WORD.findall(before.partition(" ")[2] + " " + behind.rpartition(" ")[0]) if len(w) > 3]
        capital = [w for w in words if w[0].isupper() and not w.isupper()]
        return alone or (len(words) >= _TEASER and len(capital) >= _CAPITALS * len(words))

    def in_table(self, index: int) -> bool:
        """In a table, but not its first figure: the table is asked for once."""
        at = self.quantities[index].passage
        if self.passages[at].kind is not PassageKind.TABLE_CELL or not index:
            return False
        before = self.quantities[index - 1].passage
        return all(self.passages[p].kind is PassageKind.TABLE_CELL for p in range(before, at))

    def is_score(self, index: int) -> bool:
        quantity = self.quantities[index]
        if quantity.kind is Kind.SCORE or (quantity.unit == "point" and self.near(index) & _list("points")):
            return True
        counts = quantity.unit == "point" or (quantity.kind is Kind.COUNT and _size(quantity) <= _PLAIN)
        return (
            counts and len(_list("sport").intersection(self.words(quantity.passage).lemmas)) > 1 and not self.is_casualty(index)
        )

    def is_magnitude(self, index: int) -> bool:
        return self.quantities[index].kind is Kind.MAGNITUDE

    def is_age(self, index: int) -> bool:
        return self.quantities[index].kind is Kind.AGE

    def is_duration(self, index: int) -> bool:
        quantity = self.quantities[index]
        return quantity.dimension == "time" or (quantity.unit or "").split(" per ")[0] in ("hour", "day", "minute")

    def is_distance(self, index: int) -> bool:
        return self.quantities[index].dimension == "length"

    def repeats_sourced(self, index: int) -> bool:
        """The same value has a source at another place of the document."""
        return self.answering(index) is not None

    def repeats(self, index: int) -> bool:
        """The same value stands in the text before, or is a headline's that the text repeats: it is asked for once."""
        mentions = self._mentions[_key(self.quantities[index])]
        if self._in_headline(index):
            return mentions.in_text is not None or mentions.first != index or next(self._rounded(index), None) is not None
        return mentions.in_text != index

    def _in_headline(self, index: int) -> bool:
        return self.passages[self.quantities[index].passage].kind is PassageKind.HEADLINE

    def is_supposed(self, index: int) -> bool:
        quantity = self.quantities[index]
        before = self.words(quantity.passage).before(quantity.start)
        return bool(_list("supposed").intersection(before)) or "?" in self.passages[quantity.passage].text[-3:]

    def is_known(self, index: int) -> bool:
        quantity = self.quantities[index]
        words = _known().get(str(quantity.value)) if quantity.value is not None else None
        return bool(words and words & self.near(index, 3)) or (quantity.kind is Kind.SHARE and quantity.value in (0, 100))

    def is_small(self, index: int) -> bool:
        quantity = self.quantities[index]
        plain = quantity.kind is Kind.COUNT or (quantity.kind is Kind.MEASURE and quantity.unit == "point")
        return plain and _size(quantity) <= _SMALL

    def is_rough(self, index: int) -> bool:
        quantity = self.quantities[index]
        return quantity.modifier is Modifier.VAGUE and quantity.kind is not Kind.MONEY

    def is_bare_sum(self, index: int) -> bool:
        """``billions of dollars``: a size, not an amount."""
        quantity = self.quantities[index]
        return quantity.modifier is Modifier.VAGUE and (len(quantity.text.split()) == 1 or _size(quantity) < _PLAIN)

    def is_price(self, index: int) -> bool:
        """A price that the market shows, or how far it moved."""
        quantity = self.quantities[index]
        small = quantity.kind is Kind.MONEY and _size(quantity) < _PLAIN
        if quantity.kind is Kind.MONEY and self.near(index) & _list("capitalization"):
            return True
        near = self.near(index) & _list("market")
        words = self.words(quantity.passage)
        part = "of" in words.lower[(at := bisect.bisect_left(words.starts, quantity.end)) : at + 3]  # "20 percent of the stock"
        return (small and bool(near)) or (
            quantity.kind is Kind.SHARE and bool(self.near(index, 2 * _NEAR) & _list("moved")) and not part
        )

    def is_listed(self, index: int) -> bool:
        """``the 400 richest``: how long a list is."""
        quantity = self.quantities[index]
        behind = (*(quantity.counted or "").lower().split()[:2], *self.words(quantity.passage).behind(quantity.end)[:1])
        return quantity.kind is Kind.COUNT and bool(_list("superlative").intersection(behind))

    def is_bare_age(self, index: int) -> bool:
        """``voters under 45``."""
        quantity = self.quantities[index]
        before = self.words(quantity.passage).before(quantity.start)[-1:]
        behind = self.words(quantity.passage).behind(quantity.end)[:2]  # "voters 45 and older"
        bound = bool(_list("age").intersection(before)) or (behind[:1] in (("and",), ("or",)) and behind[-1] in _list("aged"))
        bound = bound or _LISTED_AGES.search(self._before(quantity)) is not None
        return quantity.kind is Kind.COUNT and bound and not quantity.counted and (quantity.value or 0) < _OLDEST

    def is_elected(self, index: int) -> bool:
        """A result of a vote or of a race in the polls."""
        quantity = self.quantities[index]
        if quantity.kind is Kind.COUNT:
            here = self.passages[max(0, quantity.passage - _VOTES_BEFORE) : quantity.passage + 1]
            said = {word for passage in here for word in _WORD.findall(passage.text[:_LONGEST].lower())}
            if "vote" in self.near(index, 2) or self.near(index, 4) & _list("balloting"):
                return True
            return _size(quantity) <= _PLAIN and bool({word.removesuffix("s") for word in said} & _list("electoral"))
        near = self.near(index, 2 * _NEAR)
        counted = len(near & _list("election")) > 1 or bool(near & _list("race") or self.near(index, 4) & _list("balloting"))
        led = "point" in (quantity.unit or "") and bool(set(self.words(quantity.passage).lemmas) & _list("elections"))
        return self._is_share(index) and (counted or led)

    def is_public(self, index: int) -> bool:
        """``a $3 billion merger``, ``a tax rate of 12 percent``."""
        quantity = self.quantities[index]
        if quantity.kind not in (Kind.MONEY, Kind.SHARE):
            return False
        if quantity.kind is Kind.MONEY and self.near(index) & _list("acquired"):
            return True
        words = self.words(quantity.passage)
        last = bisect.bisect_left(words.starts, quantity.end)
        first = bisect.bisect_left(words.starts, quantity.start)
        before, behind = words.lemmas[max(0, first - 4) : first], words.lemmas[last : last + 4]
        close = (*words.lemmas[max(0, first - 2) : first], *words.lower[max(0, first - 2) : first])
        held = quantity.kind is Kind.SHARE and _list("held").intersection(before)
        return bool(held or _list("public").intersection((*close, *behind)) or _list("sought").intersection(before))

    def _is_share(self, index: int) -> bool:
        quantity = self.quantities[index]
        net = (
            quantity.kind is Kind.COUNT and not quantity.counted and (quantity.value or 0) < 0
        )  # "minus 40": approval less disapproval
        return quantity.kind is Kind.SHARE or "point" in (quantity.unit or "") or net

    def is_fraction(self, index: int) -> bool:
        """``half``, ``two-thirds``: a share in words is a manner of speaking."""
        quantity = self.quantities[index]
        return quantity.kind is Kind.SHARE and not any(c.isdigit() for c in quantity.text)

    def is_describing(self, index: int) -> bool:
        """``a 28-page report``, ``the Group of 20``, ``a panel of 32 judges``: part of what a thing is called."""
        quantity = self.quantities[index]
        if quantity.kind is Kind.MONEY:
            return False
        behind = self.document.text[quantity.end : quantity.end + _BESIDE]
        named = quantity.kind is Kind.COUNT and _TITLED.search(self._before(quantity)) and not _PLURAL.match(behind)
        return bool(named) or self._is_of(quantity, "collective") or self._is_of(quantity, "kin") or behind[:1] in ("-", "‑")

    def is_plain(self, index: int) -> bool:
        quantity = self.quantities[index]
        if quantity.kind is Kind.COUNT and self.near(index, 3) & _list("population"):
            return True
        if quantity.kind is not Kind.COUNT or _size(quantity) > _PLAIN:
            return False
        head = (quantity.counted_head or (quantity.counted or "").split(" ")[-1]).lower()
        return head in _list("plain")

    def is_polled(self, index: int) -> bool:
        """A share behind a poll that the text names."""
        quantity = self.quantities[index]
        if not self._is_share(index):
            return False
        passage = self.passages[quantity.passage]
        end = min(passage.end, quantity.end + _POLL_REACH)
        before = self.document.text[max(0, passage.start - _POLL_REACH, end - 3 * _POLL_REACH) : end].lower()
        return any(word in _list("poll") for word in re.findall(r"\w+", before))

    def is_method(self, index: int) -> bool:
        """How a poll was made: its sample, its margin of error."""
        near = self.near(index)
        before = self.words(self.quantities[index].passage).before(self.quantities[index].start)[-3:]
        if before[-1:] == ("of",) and _list("poll").intersection(before):
            return True  # "a survey of 1,200 homes"
        return len(near & _list("method")) > 1 or bool(near & _list("method") and near & _list("poll"))

    def is_reckoned(self, index: int) -> bool:
        """The sum, difference or percentage of figures just before it."""
        quantity = self.quantities[index]
        if quantity.value is None or not quantity.value:
            return False
        recent = [
            other
            for n, other in enumerate(self.quantities[max(0, index - _RECENT) : index + _RECENT], max(0, index - _RECENT))
            if n != index and other.value and 0 <= quantity.passage - other.passage <= 1
        ]
        return any(_reckons(quantity, a, b) for a, b in itertools.permutations(recent[-_RECENT:], 2))

    def continues(self, index: int) -> bool:
        """Its sentence carries on from one with sourced figures, or stands between two of one source."""
        at = self.quantities[index].passage
        before, after = self._sources(at, -1), self._sources(at, 1)
        if before and self._begins_continuing(at):
            return True
        return bool(before & after)

    def _begins_continuing(self, passage: int) -> bool:
        lower = self.words(passage).lower
        part = lower[1:3] in (("of", "them"), ("of", "those"), ("of", "these"))  # "five of them"
        return part or any(tuple(start) == lower[: len(start)] for start in lexicon.load("needs_source")["continuing"])

    def _sources(self, passage: int, step: int) -> frozenset[str]:
        """Sources of the figures of the neighbouring passage in the same paragraph."""
        at = passage + step
        if not 0 <= at < len(self.passages) or self.passages[at].paragraph != self.passages[passage].paragraph:
            return frozenset()
        found = (self.attributions[index] for index in self._of_passage.get(at, ()))
        return frozenset((said.source or "").lower() for said in found if said.attributed)


_Reason = tuple[str, Callable[[_Context, int], bool]]
_ALWAYS: tuple[_Reason, ...] = (
    ("stands in a note", _Context.in_note),
    ("stands among other headlines", _Context.in_teaser),
    ("in a table that is asked for once", _Context.in_table),
    ("a score", _Context.is_score),
    ("a magnitude that stations measure", _Context.is_magnitude),
    ("an age", _Context.is_age),
    ("a duration", _Context.is_duration),
    ("a distance or length", _Context.is_distance),
    ("given with a source elsewhere in the text", _Context.repeats_sourced),
    ("asked for at its other mention", _Context.repeats),
    ("supposed or asked, not claimed", _Context.is_supposed),
    ("carries on from a sourced sentence", _Context.continues),
)
_UNLESS_CASUALTY: tuple[_Reason, ...] = (
    ("known to everybody or so by definition", _Context.is_known),
    ("a small count that can be seen", _Context.is_small),
    ("a rough count", _Context.is_rough),
    ("a fraction in words", _Context.is_fraction),
    ("describes what a thing is", _Context.is_describing),
    ("a count of public record", _Context.is_plain),
    ("a size, not an amount", _Context.is_bare_sum),
    ("a market price", _Context.is_price),
    ("made public by the act it belongs to", _Context.is_public),
    ("the length of a list", _Context.is_listed),
    ("an age", _Context.is_bare_age),
    ("the result of a vote", _Context.is_elected),
    ("from the poll named before", _Context.is_polled),
    ("how a poll was made", _Context.is_method),
    ("follows from figures beside it", _Context.is_reckoned),
)


def _key(quantity: Quantity) -> tuple[object, ...]:
    """What makes two mentions one figure, whatever their hedges."""
    value = quantity.value if quantity.value is not None else (quantity.low, quantity.high)
    return (quantity.kind, quantity.unit, value)


def _may_round(headline: Quantity, quantity: Quantity) -> bool:
    """Whether a headline's figure may be another's, with a hedge of its own or without its unit."""
    if headline.kind is not quantity.kind and headline.unit is not None:
        return False
    if headline.unit not in (None, quantity.unit) or quantity.value is None:
        return False
    heads = {head.lower().removesuffix("s") for q in (headline, quantity) if (head := q.counted_head)}
    if len(heads) > 1 and not heads <= _list("person"):
        return False
    if headline.modifier is Modifier.EXACT or headline.low is None:
        return headline.value == quantity.value
    return headline.low <= quantity.value <= (2 * headline.low if headline.high is None else headline.high)


def _reckons(quantity: Quantity, a: Quantity, b: Quantity) -> bool:
    """Whether the quantity is what two others of one unit come to, within the last place that it writes."""
    if a.unit != b.unit or a.kind is not b.kind or a.value is None or b.value is None or quantity.value is None:
        return False
    value, place = abs(quantity.value), quantity.granularity or Decimal(1)
    if quantity.kind is Kind.SHARE and a.kind is not Kind.SHARE:
        change = abs(a.value - b.value) / b.value * 100
        return abs(value - change) <= place / 2 or abs(value - a.value / b.value * 100) <= place / 2
    same = quantity.unit == a.unit and quantity.kind is a.kind and value > _SMALL
    return same and (value == abs(a.value - b.value) or (value == a.value + b.value and value > max(a.value, b.value)))


def _weight(quantity: Quantity, casualty: bool) -> float:
    """Casualties and money first, larger figures before smaller, rough ones last."""
    base = _CASUALTY if casualty else _WEIGHTS[quantity.kind]
    if quantity.modifier is Modifier.VAGUE:
        base -= _LEAST_TRIVIAL
    return round(base + 0.015 * math.log10(1 + float(min(_size(quantity), Decimal(10) ** 10))), 3)


def _size(quantity: Quantity) -> Decimal:
    """The number as written, else the larger bound that the wording sets."""
    if quantity.value is not None:
        return abs(quantity.value)
    return max((abs(bound) for bound in (quantity.low, quantity.high) if bound is not None), default=Decimal(0))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(lexicon.load("needs_source")[name])


@cache
def _known() -> dict[str, frozenset[str]]:
    return {value: frozenset(words) for value, words in lexicon.load("needs_source")["known"].items()}
