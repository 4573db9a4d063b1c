"""What a figure measures: the frame of a claim, from the parse of its sentence and the words around it.

The features are what alignment compares, attribute by attribute (``auditor.align``); entity, property and qualifiers are for
people.  Nothing here looks at another document.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from auditor import lexicon
from auditor.enrich.classes import classes
from auditor.enrich.lead import Lead
from auditor.enrich.places import places
from auditor.model import Document, Frame, Kind, Passage, Period, Quantity
from auditor.parse import Parse, Parses

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Features = dict[str, tuple[str, ...]]

_NOUNS = {"NOUN", "PROPN"}
_NOMINAL = {"NOUN", "PROPN", "PRON"}
_CROSSED = {"conj", "advcl", "ccomp", "relcl", "parataxis", "acl"}
_LONG_PAST = 6  # days before publication
_WINDOW = 60  # tokens from a figure within which a trigger is looked for: keeps lists of numbers linear
_FARTHEST = 5.0
_NUMBERS = {"dozen", "score", "hundred", "thousand", "million", "billion"}
_OWNERS = {"poss", "nsubj", "nsubjpass"}
_NEAR = 7  # tokens on each side that count as the figure's own words


@dataclass(frozen=True, slots=True)
class Site:
    """A quantity in its parse: tokens ``first`` to ``last`` write the numeral, ``head`` is what it counts (None: elided)."""

    quantity: Quantity
    doc: Doc
    first: int
    last: int
    head: int | None

    @property
    def anchor(self) -> Token:
        return self.doc[self.last if self.head is None else self.head]


def frames(
    document: Document,
    passages: Sequence[Passage],
    quantities: Sequence[Quantity],
    parses: Parses,
    periods: Sequence[Period | None],
    lead: Lead,
) -> tuple[Frame, ...]:
    """A frame for every quantity, in the same order; ``periods`` are the days they hold for, ``lead`` what all share."""
    by_passage: dict[int, list[int]] = {}
    for n, quantity in enumerate(quantities):
        by_passage.setdefault(quantity.passage, []).append(n)
    parses.prefetch(by_passage)
    common: Features = {"lead_places": lead.places} if lead.places else {}
    found: list[Frame] = [Frame()] * len(quantities)
    for index, members in by_passage.items():
        for n, frame in zip(
            members, _of_passage(document, passages[index], parses[index], [quantities[m] for m in members]), strict=True
        ):
            found[n] = _with(frame, {**common, **dict(frame.features), **_dated(periods[n], lead.day, document)})
    return _carried(quantities, found)


def _dated(period: Period | None, lead_day: str | None, document: Document) -> Features:
    """The day of the event: the sentence's, else the lead's; and whether it lies well before publication."""
    if period is None or period.method != "text" or period.start is None:
        return {"lead_day": (lead_day,)} if lead_day else {}
    end = period.end or period.start
    found: Features = (
        {"day": (period.start.isoformat(),)}
        if (end - period.start).days <= 1
        else {"period": (period.start.isoformat(), end.isoformat())}
    )
    if document.published and (document.published - end).days > _LONG_PAST:
        found["past"] = ("dated",)
    return found


def _of_passage(document: Document, passage: Passage, parse: Parse, quantities: Sequence[Quantity]) -> Iterator[Frame]:
    starts = [parse.to_document[token.idx] for token in parse.doc]
    shared = _sentence_features(document, passage, parse, starts)
    head_before: str | None = None
    for quantity in quantities:
        site = _site(quantity, parse.doc, starts)
        if site is None:
            yield Frame(entity=quantity.counted, features=tuple(sorted(shared.items())))
            continue
        features = {**shared, **_features(site, document, starts)}
        if quantity.kind is Kind.COUNT:
            of_persons = features.get("event", ("",))[0] in classes().of_persons
            if "head" not in features and head_before and (head_before in classes().person_classes or not of_persons):
                features["head_class"] = (head_before,)
            head_before = features.get("head_class", (None,))[0] or head_before
        yield _frame(site, features)


def _site(quantity: Quantity, doc: Doc, starts: Sequence[int]) -> Site | None:
    first = bisect.bisect_right(starts, quantity.start) - 1
    last = bisect.bisect_left(starts, quantity.end) - 1
    if first < 0 or last < first:
        return None
    head = None
    if quantity.counted_start is not None:
        head = bisect.bisect_right(starts, quantity.counted_start) - 1
        if head < 0 or first <= head <= last:
            head = None
    if head is not None and doc[head].lemma_.lower() in _NUMBERS:
        head = None  # "five dead, dozens injured"
    if head is None and quantity.kind is Kind.COUNT:
        head = _of_whom(doc, last)
    return Site(quantity, doc, first, last, head)


def _of_whom(doc: Doc, last: int) -> int | None:
    """The noun of "two of the victims"."""
    following = doc[last + 1 : last + 7]
    if len(following) < 2 or following[0].lower_ != "of":
        return None
    for token in following[1:]:
        if token.pos_ in _NOUNS and not (token.dep_ == "compound" and token.head.i > token.i):
            return int(token.i)
        if token.pos_ not in ("DET", "PRON", "ADJ", "NOUN", "PROPN", "NUM"):
            return None
    return None


# --- features of the sentence ---------------------------------------------------------------------------------------------


def _sentence_features(document: Document, passage: Passage, parse: Parse, starts: Sequence[int]) -> Features:
    cues = classes().cues
    text = " ".join(passage.text.lower().split())
    names = _names(document, parse.doc, starts, 0, len(parse.doc))
    written = [document.text[start : start + len(token.text)] for start, token in zip(starts, parse.doc, strict=True)]
    named, local = places(written, cues["not_names"])
    found: Features = {
        "words": tuple(sorted({lemma for t in parse.doc if (lemma := _content(t))})),
        "names": tuple(sorted(names)),
    }
    if named:
        found["countries"] = tuple(named)
    if local:
        found["places"] = tuple(local)
    for flag in ("background", "general"):
        if any(_has(text, cue) for cue in cues[flag]):
            found[flag] = ("yes",)
    return found


def _has(text: str, phrase: str) -> bool:
    at = text.find(phrase)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(phrase) : at + len(phrase) + 1]
        if not (before.isalnum() or after.isalnum()):
            return True
        at = text.find(phrase, at + 1)
    return False


def _content(token: Token) -> str | None:
    word = str(token.lemma_).lower()
    if len(word) < 3 or not word.isalpha() or word in classes().cues["stop"]:
        return None
    return word


_CAPITAL = re.compile(r"[A-Z][\w'’-]*")


def _names(document: Document, doc: Doc, starts: Sequence[int], first: int, last: int) -> set[str]:
    """Lower-cased words of ``first:last`` that are written as names, as the document writes them."""
    found = set()
    for i in range(first, last):
        token = doc[i]
        written = document.text[starts[i] : starts[i] + len(token.text)]
        word = written.lower().removesuffix("'s").removesuffix("’s")
        if (
            _CAPITAL.match(written)
            and len(word) > 2
            and word not in classes().cues["not_names"]
            and (i > 0 or token.pos_ == "PROPN")
        ):
            found.add(word)
    return found


# --- features of the figure -----------------------------------------------------------------------------------------------


def _features(site: Site, document: Document, starts: Sequence[int]) -> Features:
    found: Features = {}
    kind = site.quantity.kind
    doc = site.doc
    left, right = max(0, site.first - _NEAR), min(len(doc), site.last + _NEAR + 1)
    found["near"] = tuple(sorted({lemma for t in doc[left:right] if (lemma := _content(t))}))
    if kind is Kind.AGE:
        found |= _age(site, document, starts)
        return found
    if kind is Kind.SCORE:
        return found | _score(site, document)
    if kind is Kind.COUNT:
        found |= _counted(site)
    else:
        found |= _measured(site)
    found |= _whose(site, document, starts)
    found |= _event(site, counted=kind is Kind.COUNT)
    found |= _mend_casualties(found)
    found |= _qualified(site)
    return found


def _counted(site: Site) -> Features:
    if site.head is None:
        return {}
    head = site.doc[site.head]
    lemma = (site.quantity.counted_head or head.lemma_).lower()
    known = classes()
    if _event_noun(head):
        return {} if _left(site) is not None and _counts_on(head) else {"head_event": (_class(head),)}
    found: Features = {"head": (lemma,), "head_class": (known.nouns.get(lemma, lemma),)}
    modifiers = _modifiers(site)
    if modifiers:
        found["modifiers"] = tuple(sorted(modifiers))
    return found


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
    return {m for m in found if m not in classes().cues["rest"] and m not in classes().cues["stop"]}


@cache
def _speech() -> frozenset[str]:
    words = lexicon.load("factuality")
    return frozenset([*words["reporting"]["verbs"], *words["planned"]["verbs"], "put"])


def _whose(site: Site, document: Document, starts: Sequence[int]) -> Features:
    """Names of who performs or owns what is measured: the possessor or of-phrase of its noun, else the subject of its verb."""
    token = site.anchor
    tokens: list[Token] = []
    for _ in range(5):
        if token.lemma_.lower() not in _speech():
            tokens += [c for c in token.children if c.dep_ in _OWNERS and not site.first <= c.i <= site.last]
        tokens += [g for c in token.children if c.dep_ == "prep" and c.lower_ in ("of", "for", "at", "by") for g in c.children]
        if tokens or token.pos_ == "VERB" or token.head.i == token.i:
            break
        token = token.head
    names: set[str] = set()
    for owner in tokens:
        if owner.lower_ in ("we", "our", "us") and document.outlet:
            names |= {word.lower() for word in re.findall(r"\w{3,}", document.outlet)}
        names |= _names(document, site.doc, starts, owner.left_edge.i, min(owner.right_edge.i + 1, owner.i + 4))
    return {"whose": tuple(sorted(names))} if names else {}


def _event(site: Site, *, counted: bool) -> Features:
    if counted and is_whole(site.doc, site.first):
        return {"whole": ("yes",)}
    if counted:
        adjacent, phrase = _adjacent(site), _phrase(site)
        if phrase and (adjacent is None or _class(adjacent) == "lost"):  # "lost their lives"
            return {"event": (phrase,)}
        if adjacent is not None:
            return _told_by(site, adjacent)
    elif told := _property(site):
        return told
    nearest = _nearest(site)
    if nearest is not None:
        return _told_by(site, nearest)
    verb = _governor(site.anchor)
    if verb is not None and verb.lemma_.lower() not in classes().cues["light_verbs"]:
        return _told_by(site, verb)
    return {}


def _told_by(site: Site, trigger: Token) -> Features:
    return {"event": (_class(trigger),), "trigger": (trigger.lemma_.lower(),), "role": (_role(site, trigger),)}


def _adjacent(site: Site) -> Token | None:
    """The trigger beside the figure.  In "killed 12 wounded 20" the second verb is the second number's."""
    right, left = _right(site), _left(site)
    return left if right is None or (left is not None and _counts_on(right)) else right


def is_whole(doc: Doc, first: int) -> bool:
    """ "3,200 of its 41,000 jobs": the second number is the whole, which the verb does not count."""
    before = doc[max(0, first - 3) : first]
    words = [token.lower_ for token in before]
    return len(words) == 3 and before[0].like_num and words[1] == "of" and words[2] in _OF_WHAT


_OF_WHAT = {"its", "their", "the", "his", "her", "our"}


def _class(token: Token) -> str:
    events = classes().events
    if events.get(token.lemma_.lower()) == "shot" and _deadly(token):
        return "killed"
    return events.get(token.lower_) or events.get(token.lemma_.lower()) or token.lemma_.lower()


def _deadly(token: Token) -> bool:
    """ "shot dead", "fatally shot", "shot to death"."""
    around = [t.lower_ for t in token.doc[max(0, token.i - 1) : token.i + 3]]
    return "dead" in around or "fatally" in around or "death" in around


def _triggers(token: Token) -> bool:
    events = classes().events
    return token.lower_ in events or token.lemma_.lower() in events


def _right(site: Site) -> Token | None:
    """'58 people were killed', '12 dead', '5 others wounded': a trigger just right of the noun phrase."""
    following = site.doc[site.last + 1] if site.last + 1 < len(site.doc) else None
    if following is not None and _triggers(following) and following.tag_ in ("JJ", "VBN") and following.i != site.head:
        return following  # "five dead", "12 wounded soldiers"
    start = max(site.last, site.last if site.head is None else site.head) + 1
    if site.head is not None and _event_noun(site.doc[site.head]):
        return site.doc[site.head]
    for token in site.doc[start : start + 4]:
        if _triggers(token) and token.tag_ in ("VBN", "VBD", "JJ", "NN", "NNS", "VBP", "VB", "NNP", "RB"):
            if token.tag_ in ("VBD", "VBP", "VB") and _class(token) in ("attacked", "fired", "struck", "bought", "sold", "built"):
                return token
            return token
        if token.lower_ not in classes().cues["skip_right"] and token.tag_ not in ("RB",):
            return None
    return None


def _counts_on(trigger: Token) -> bool:
    """Whether a number of its own follows the trigger."""
    for token in trigger.doc[trigger.i + 1 : trigger.i + 5]:
        if token.like_num:
            return True
        if token.lower_ not in classes().cues["skip_left"]:
            return False
    return False


def _event_noun(token: Token) -> bool:
    """ "3 dead", "12 arrests": the noun tells what happened to people, not what they are."""
    known = classes()
    event = _class(token)
    if token.lemma_.lower() in known.nominal:
        return True
    if event not in known.of_persons or event == "casualty":
        return False
    singular = token.lower_ == token.lemma_.lower()  # "five shot" are people, "five shots" are shots
    return token.lemma_.lower() not in known.nouns or singular


def _left(site: Site) -> Token | None:
    """'killed at least 58', 'injuring 12': a trigger just left of the numeral and its hedges."""
    for i in range(site.first - 1, max(-1, site.first - 7), -1):
        token = site.doc[i]
        if _triggers(token) and (token.tag_.startswith("VB") or token.i == 0 or token.pos_ == "PROPN" or token.dep_ == "ROOT"):
            return token
        if token.lower_ not in classes().cues["skip_left"]:
            return None
    return None


def _phrase(site: Site) -> str | None:
    """Events told by a phrase: '… taken to hospital', 'N among the dead', 'toll … N', 'driven from their homes'."""
    cues = classes().cues
    after = " ".join(t.lower_ for t in site.doc[site.last + 1 : site.last + 14])
    before = " ".join(t.lower_ for t in site.doc[max(0, site.first - 12) : site.first])
    if any(_has(after, cue) for cue in cues["wounds"]) and any(_has(after, place) for place in cues["hospital"]):
        return "wounded"
    for event, phrases in classes().phrases.items():
        if any(_has(after, phrase) or _has(before, phrase) for phrase in phrases):
            return event
    return "killed" if _has(before, "toll") else None


def _property(site: Site) -> Features:
    """The property of a measure by the nearest word that tells one."""
    known = classes().properties
    found = _nearest(site, lambda token: token.lower_ in known or token.lemma_.lower() in known)
    if found is None:
        return {}
    return {"event": (known.get(found.lemma_.lower()) or known[found.lower_],), "trigger": (found.lemma_.lower(),)}


def _nearest(site: Site, triggers: Callable[[Token], bool] | None = None) -> Token | None:
    """The nearest trigger by tree distance, dearer across clauses; None beyond five edges."""
    triggers = triggers or _triggers
    origin = site.anchor
    distance: dict[int, float] = {origin.i: 0.0}
    queue = [origin]
    best: tuple[float, int, Token] | None = None
    inside = set(range(site.first, site.last + 1))
    while queue:
        token = queue.pop(0)
        for other in [*token.children, token.head]:
            if other.i == token.i or abs(other.i - origin.i) > _WINDOW:
                continue
            edge = token if other.i == token.head.i else other
            cost = distance[token.i] + 1.0 + (0.75 if edge.dep_ in _CROSSED else 0.0)
            if cost > _FARTHEST or cost >= distance.get(other.i, 99.0):
                continue
            distance[other.i] = cost
            queue.append(other)
            if triggers(other) and other.i not in inside and other.i != site.head and _tells(other):
                rank = (cost, abs(other.i - site.last), other)
                if best is None or rank[:2] < best[:2]:
                    best = rank
    return best[2] if best else None


def _tells(token: Token) -> bool:
    """Whether the word tells an event here: verbs, participles and event nouns do, names do not."""
    return token.pos_ in ("VERB", "NOUN", "ADJ", "AUX", "ADV") or token.tag_ in ("VBN", "VBG")


def _governor(token: Token) -> Token | None:
    seen = 0
    while token.head.i != token.i and seen < 12:
        token = token.head
        seen += 1
        if token.pos_ == "VERB":
            return token
    return token if token.pos_ == "VERB" else None


def _role(site: Site, trigger: Token) -> str:
    """``doer`` where the counted thing is the active subject of the trigger, else ``undergone``."""
    anchor = site.anchor
    for _ in range(6):
        if anchor.head.i == trigger.i and anchor.dep_ in ("nsubj", "agent"):
            passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in trigger.children)
            return "undergone" if passive or trigger.lemma_ in ("die", "perish") else "doer"
        if anchor.head.i == anchor.i:
            break
        anchor = anchor.head
    return "undergone"


def _mend_casualties(found: Features) -> Features:
    """A head that tells the event itself ("3 dead") is elided; what is killed and is no known thing is a person."""
    known = classes()
    mended: Features = {}
    event = found.get("event", (None,))[0]
    if found.get("head_class") == ("soldier",) and event in known.of_soldiers:
        mended["event"] = ("deployed",)
    if "head_event" in found:
        event = found["head_event"][0]
        mended["event"] = (event,)
    if event in known.of_persons:
        head_class = found.get("head_class", (None,))[0]
        if head_class is None:
            mended["elided"] = ("yes",)
        elif head_class not in known.nouns.values() and event in ("killed", "wounded", "shot"):
            mended["head_class"] = ("person",)
    return mended


def _qualified(site: Site) -> Features:
    """Subset, rest, composite, past, initial and planned: what narrows the figure."""
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
    if (
        site.head is not None
        and site.head > site.last
        and [t.lower_ for t in doc[site.last + 1 : site.last + 3]][:2] == ["of", "the"]
    ):
        found["subset"] = ("yes",)
    if any(word in cues["rest"] for word in after[:2]) or (
        before and before[-1] in ("another", "other", "further", "additional")
    ):
        found["rest"] = ("yes",)
    if any(_has(around, cue) for cue in cues["composite"]):
        found["composite"] = ("yes",)
    if any(_has(around, cue) for cue in cues["past"]):
        found["past"] = ("yes",)
    if any(_has(around, cue) for cue in cues["initial"]):
        found["initial"] = ("yes",)
    if any(_has(tail, cue) or _has(around, cue) for cue in cues["per_day"]):
        found["per_day"] = ("yes",)
    return found


def _measured(site: Site) -> Features:
    """The property of a measure, sum of money or share: the noun it is an amount of."""
    nouns = [t for t in _property_nouns(site) if t.lower_.isalpha()]
    if not nouns:
        return {}
    lemmas = list(dict.fromkeys(t.lemma_.lower() for t in nouns))
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


def _property_nouns(site: Site) -> Iterator[Token]:
    """Nouns that say what is measured, nearest first: "$5 billion deal", "revenue of $5bn", "turnout was 60 %"."""
    doc = site.doc
    token = doc[site.last]
    unit = token
    following = doc[site.last + 1] if site.last + 1 < len(doc) else None
    if following is not None and following.i == token.head.i and following.pos_ in _NOUNS:
        unit = following  # '5 billion dollars', '40 miles'
    yield from _below(unit, site)
    seen = 0
    climbing = unit
    while climbing.head.i != climbing.i and seen < 6:
        label, climbing = climbing.dep_, climbing.head
        seen += 1
        if climbing.pos_ in _NOUNS and not site.first <= climbing.i <= site.last:
            yield climbing
            if label not in ("compound", "nummod", "amod", "quantmod", "nmod"):
                yield from _below(climbing, site)
        elif climbing.pos_ in ("VERB", "AUX"):
            if climbing.lemma_.lower() in classes().cues["linking_verbs"] or climbing.pos_ == "AUX":
                yield from (child for child in climbing.children if child.dep_ in ("nsubj", "nsubjpass") and child.pos_ in _NOUNS)
            else:
                yield from (
                    child
                    for child in climbing.children
                    if child.dep_ in ("dobj", "obj") and child.pos_ in _NOUNS and child.i != unit.i
                )
            return
        elif climbing.pos_ == "ADJ":
            yield climbing


def _below(token: Token, site: Site) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "for", "on"):
            yield from (g for g in child.children if g.dep_ == "pobj" and g.pos_ in _NOUNS and not site.first <= g.i <= site.last)
        elif child.dep_ in ("npadvmod", "amod") and child.pos_ == "ADJ" and child.i > site.last:
            yield child


def _age(site: Site, document: Document, starts: Sequence[int]) -> Features:
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
        if not _CAPITAL.match(written) or word in classes().cues["not_names"] or word in classes().nouns:
            break
        names.add(word)
        i += step
    return names


def _owner_left(site: Site, document: Document, starts: Sequence[int]) -> set[str]:
    i = site.first - 1
    while i >= 0 and site.doc[i].lower_ in (
        ",",
        "(",
        "-",
        "age",
        "aged",
        "who",
        "was",
        "is",
        "almost",
        "nearly",
        "now",
        "then",
        "just",
        "about",
    ):
        i -= 1
    return set() if i == site.first - 1 and i >= 0 and site.doc[i].pos_ != "PROPN" else _run(site.doc, document, starts, i, -1)


def _owner_right(site: Site, document: Document, starts: Sequence[int]) -> set[str]:
    i = site.last + 1
    steps = 0
    while i < len(site.doc) and steps < 8:
        token = site.doc[i]
        written = document.text[starts[i] : starts[i] + len(token.text)]
        if _CAPITAL.match(written) and written.lower() not in classes().cues["not_names"]:
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


def _score(site: Site, document: Document) -> Features:
    """Which side of "31-24" the number stands on, and the whole score."""
    text, start, end = document.text, site.quantity.start, site.quantity.end
    dashes = "-–—"
    if text[end : end + 1] and text[end : end + 1] in dashes and text[end + 1 : end + 2].isdigit():
        return {"position": ("first",)}
    if start > 0 and text[start - 1] in dashes:
        return {"position": ("second",)}
    return {}


# --- the frame ------------------------------------------------------------------------------------------------------------


def _carried(quantities: Sequence[Quantity], frames_: Sequence[Frame]) -> tuple[Frame, ...]:
    """Empty slots take theirs from an equal figure of the same document: a bare count its event, an age its owner."""
    by_value: dict[tuple[object, ...], list[int]] = {}
    for n, quantity in enumerate(quantities):
        by_value.setdefault((quantity.kind, quantity.low, quantity.high), []).append(n)
    found = list(frames_)
    for (kind, *_), members in by_value.items():
        if len(members) < 2 or kind not in (Kind.COUNT, Kind.AGE):
            continue
        slot = "event" if kind is Kind.COUNT else "owner"
        donors = [m for m in members if slot in dict(frames_[m].features)]
        for n in members:
            features = dict(frames_[n].features)
            if slot in features or not donors:
                continue
            nearest = min(donors, key=lambda m: (abs(m - n), m))
            given = dict(frames_[nearest].features)
            if kind is Kind.COUNT and features.get("head_class", given.get("head_class")) != given.get("head_class"):
                continue
            features[slot] = given[slot]
            features["carried"] = (slot,)
            found[n] = _with(frames_[n], features)
    return tuple(found)


def _with(frame: Frame, features: Features) -> Frame:
    import dataclasses

    event = features.get("event", (None,))[0]
    return dataclasses.replace(frame, event=event, features=tuple(sorted(features.items())))


def _frame(site: Site, features: Features) -> Frame:
    quantity = site.quantity
    event = features.get("event", (None,))[0]
    about = features.get("about", ())
    if quantity.kind is Kind.AGE:
        entity = " ".join(w.capitalize() for w in features.get("owner", ())) or (features.get("description") or (None,))[0]
        property_: str | None = "age"
    elif quantity.kind is Kind.COUNT:
        entity = quantity.counted or (features.get("head_class") or (None,))[0]
        property_ = event
    else:
        entity = about[1] if len(about) > 1 else None
        property_ = about[0] if about else event
    flags = ("subset", "rest", "composite", "past", "initial", "background", "per_day", "general")
    qualifiers = tuple(flag for flag in flags if flag in features)
    where = features.get("places") or features.get("countries") or ()
    place = " ".join(word.capitalize() for word in where[:1]) or None
    return Frame(
        place=place,
        entity=entity,
        property=property_,
        qualifiers=qualifiers,
        event=event,
        features=tuple(sorted(features.items())),
    )
