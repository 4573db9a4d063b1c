"""The event that a count counts by, and the property that a measure is an amount of: the trigger word beside or above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from auditor import units
from auditor.enrich.classes import classes, has
from auditor.enrich.frame.site import Features, Site, governor, is_whole, lemma
from auditor.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_CROSSED = {"conj", "advcl", "ccomp", "relcl", "parataxis", "acl"}
_WINDOW = 60  # tokens from a figure within which a trigger is looked for: keeps lists of numbers linear
_FARTHEST = 5.0
_OTHER_CLAUSE = 4.0  # what a measure is of stands in its own clause
_BESIDE = 13  # tokens on each side in which a phrase tells what is counted or measured
_HAPPENING = ("time", "length", "point")  # dimensions of what happens: it lasts, takes place so far away, scores


def event_features(site: Site, about: Sequence[str], *, counted: bool) -> Features:
    """The event with its trigger and role; for a measure the property, of the nouns ``about`` first."""
    if not counted and ((told := _remaining(site) or _property(site, about)) or site.quantity.dimension not in _HAPPENING):
        return told
    if counted and is_whole(site.doc, site.first):
        return {"whole": ("yes",)}
    if counted:
        if site.head is not None and (event := _happening(site.doc[site.head])):
            return {"event": (event,), "trigger": (lemma(site.doc[site.head]),)}
        adjacent, phrase = _adjacent(site), _phrase(site)
        if phrase and (adjacent is None or adjacent.i == site.head or event_class(adjacent) == "lost"):  # "lost their lives"
            return {"event": (phrase,)}
        if adjacent is not None:
            return _told_by(site, adjacent)
    triggers = _triggers_thing if counted and not _of_person(site) else _triggers
    nearest = _nearest(site, triggers, crossing=_OTHER_CLAUSE)
    if nearest is not None:
        return _told_by(site, nearest)
    verb = _governor(site)
    if verb is not None and not (triggers is _triggers_thing and event_class(verb) in classes().of_persons):
        return _told_by(site, verb)
    nearest = _nearest(site, triggers)
    return {} if nearest is None else _told_by(site, nearest)


def _happening(head: Token) -> str | None:
    """The event of "44 attacks", "60 air strikes": what is counted are happenings, whatever verb stands beside them."""
    event = classes().events.get(lemma(head))
    return event if event in classes().happenings else None


def _remaining(site: Site) -> Features:
    """The time of "7:41 to go", "two weeks left"."""
    time = units.base(site.quantity.unit)
    if time is None or time.dimension != "[time]":
        return {}
    after = [" ".join(t.lower_ for t in site.doc[i : i + 2]) for i in (site.last + 1, site.last + 2)]
    told = any(words == cue or words.startswith(f"{cue} ") for words in after for cue in classes().cues["remaining"])
    return {"event": ("remaining",), "trigger": ("remaining",)} if told else {}


def _governor(site: Site) -> Token | None:
    """The verb of the figure, where it says what happens."""
    verb = governor(site.anchor)
    return None if verb is None or verb.lemma_.lower() in classes().cues["light_verbs"] else verb


def _of_person(site: Site) -> bool:
    """Whether what is counted may be people: what happens to people beside "three shells" does not happen to the shells."""
    if site.head is None:
        return True
    noun = lemma(site.doc[site.head])
    head_class = classes().nouns.get(noun)
    if head_class:
        return head_class in classes().person_classes
    return noun.endswith(classes().agents) or site.doc[site.head].pos_ == "PROPN"


def _triggers_thing(token: Token) -> bool:
    return _triggers(token) and event_class(token) not in classes().of_persons


def _told_by(site: Site, trigger: Token) -> Features:
    return {"event": (event_class(trigger),), "trigger": (trigger.lemma_.lower(),), "role": (_role(site, trigger),)}


def _adjacent(site: Site) -> Token | None:
    """The trigger beside the figure.  In "killed 12 wounded 20" the second verb is the second number's."""
    right, left = _right(site), trigger_left(site)
    return left if right is None or (left is not None and counts_on(right)) else right


def event_class(token: Token) -> str:
    events = classes().events
    if events.get(token.lemma_.lower()) == "shot" and _deadly(token):
        return "killed"
    return events.get(token.lower_) or events.get(lemma(token)) or lemma(token)


def _deadly(token: Token) -> bool:
    """ "shot dead", "fatally shot", "shot to death"."""
    around = [t.lower_ for t in token.doc[max(0, token.i - 1) : token.i + 3]]
    return "dead" in around or "fatally" in around or "death" in around


def _triggers(token: Token) -> bool:
    known = classes()
    if token.lemma_.lower() in known.verbs:
        return str(token.tag_).startswith("VB")
    return token.lower_ in known.events or token.lemma_.lower() in known.events


def _right(site: Site) -> Token | None:
    """'58 people were killed', '12 dead', '5 others wounded': a trigger just right of the noun phrase."""
    following = site.doc[site.last + 1] if site.last + 1 < len(site.doc) else None
    if following is not None and _triggers(following) and following.tag_ in ("JJ", "VBN") and following.i != site.head:
        return following  # "five dead", "12 wounded soldiers"
    start = max(site.last, site.last if site.head is None else site.head) + 1
    if site.head is not None and is_event_noun(site.doc[site.head]):
        return what_is_done(site.doc[site.head])
    for token in site.doc[start : start + 4]:
        if _triggers(token) and token.tag_ in ("VBN", "VBD", "JJ", "NN", "NNS", "VBP", "VB", "NNP", "RB"):
            return token
        if token.lower_ not in classes().cues["skip_right"] and token.tag_ not in ("RB",):
            return None
    return None


def what_is_done(noun: Token) -> Token:
    """The verb of a noun that tells an event itself, where it tells more: "3,200 jobs were cut", "40 ballots were spoiled"."""
    known, verb = classes(), noun.head
    if noun.lemma_.lower() not in known.nominal or noun.dep_ not in ("dobj", "nsubj", "nsubjpass"):
        return noun
    done = [verb, *(c for c in verb.children if c.dep_ in ("xcomp", "oprd", "acomp"))]  # "are to be cut", "were declared invalid"
    light, of_persons = known.cues["light_verbs"], known.of_persons
    told = (t for t in done if _triggers(t) and t.lemma_.lower() not in light and event_class(t) not in of_persons)
    return next((t for t in told if t.pos_ in ("VERB", "ADJ")), noun)


def counts_on(trigger: Token) -> bool:
    """Whether a number of its own follows the trigger."""
    for token in trigger.doc[trigger.i + 1 : trigger.i + 5]:
        if token.like_num:
            return True
        if token.lower_ not in classes().cues["skip_left"]:
            return False
    return False


def is_event_noun(token: Token) -> bool:
    """ "3 dead", "12 arrests": the noun tells what happened to people, not what they are."""
    known = classes()
    event = event_class(token)
    if token.lemma_.lower() in known.nominal:
        return True
    if event not in known.of_persons or event == "casualty":
        return False
    singular = token.lower_ == token.lemma_.lower()  # "five shot" are people, "five shots" are shots
    return token.lemma_.lower() not in known.nouns or singular


def trigger_left(site: Site) -> Token | None:
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
    if any(has(after, cue) for cue in cues["wounds"]) and any(has(after, place) for place in cues["hospital"]):
        return "wounded"
    own = _own_words(site)
    for event, phrases in classes().phrases.items():
        if any(has(own, phrase) for phrase in phrases):
            return event
    return "killed" if _of_person(site) and has(before, "toll") else None


def _own_words(site: Site) -> str:
    """The words around a figure; the figure itself is left out."""
    before, after = site.doc[max(0, site.first - _BESIDE) : site.first], site.doc[site.last + 1 : site.last + _BESIDE + 1]
    return " ".join([*(t.lower_ for t in before), "…", *(t.lower_ for t in after)])


def _property(site: Site, about: Sequence[str]) -> Features:
    """The property of a measure: that of a phrase, of the nouns that it is an amount of, or of the nearest word of its clause.

    What only tells a change comes last.
    """
    known, dimension = classes(), site.quantity.dimension
    if phrase := known.property_in(_own_words(site), dimension):
        return {"event": (phrase,)}

    def told_by(token: Token) -> str:
        return known.property(token.lemma_.lower(), dimension) or known.property(token.lower_, dimension) or ""

    def tells_level(token: Token) -> bool:
        return _tells_property(token) and told_by(token) not in ("", *known.changes)

    def tells_change(token: Token) -> bool:
        return told_by(token) in known.changes

    nouns = [(noun, told) for noun in about if (told := known.property(noun, dimension))]
    changes = [(noun, told) for noun, told in nouns if told in known.changes]
    found = next(((noun, told) for noun, told in nouns if told not in known.changes), None)
    if found is None and (nearest := _nearest(site, tells_level, crossing=_OTHER_CLAUSE)):
        found = (nearest.lemma_.lower(), told_by(nearest))
    if found is None and not changes and (nearest := _nearest(site, tells_change, crossing=_OTHER_CLAUSE)):
        changes = [(nearest.lemma_.lower(), told_by(nearest))]
    found = found or next(iter(changes), None)
    return _level(site, {"event": (found[1],), "trigger": (found[0],)} if found else {})


def _level(site: Site, told: Features) -> Features:
    """Where nothing but a change or a trade is told, money per thing is a price, and "rose to $73" is no rise."""
    quantity, known = site.quantity, classes()
    if told and told["event"][0] not in (*known.changes, "share_price"):
        return told
    if quantity.kind is Kind.MONEY and quantity.per and quantity.per not in known.cues["terms"]:
        return {"event": ("price",)}
    level = any(t.lower_ == "to" for t in site.doc[max(0, site.first - 2) : site.first])
    return {} if told and told["event"][0] in known.changes and level and quantity.kind is not Kind.SHARE else told


def _tells_property(token: Token) -> bool:
    """Not "the highest since 1994", which is no height, nor "last season", which is no duration."""
    return token.tag_ not in ("JJS", "RBS") and not (token.lower_ == "last" and token.pos_ == "ADJ")


def _nearest(site: Site, triggers: Callable[[Token], bool], crossing: float = 0.75) -> Token | None:
    """The nearest trigger by tree distance, dearer by ``crossing`` into another clause; None beyond five edges."""
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
            cost = distance[token.i] + 1.0 + (crossing if edge.dep_ in _CROSSED else 0.0)
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


def mend_casualties(found: Features) -> Features:
    """A head that tells the event itself ("3 dead") is elided; what is killed and is no known thing is a person."""
    known = classes()
    mended: Features = {}
    event = found.get("event", (None,))[0]
    if found.get("head_class") == ("soldier",) and event in known.of_soldiers:
        mended["event"] = ("deployed",)
    if "head_event" in found and ("trigger" in found or "event" not in found):
        event = found["head_event"][0]
        mended["event"] = (event,)
    if event in known.of_persons:
        head_class = found.get("head_class", (None,))[0]
        if head_class is None:
            mended["elided"] = ("yes",)
        elif head_class not in known.nouns.values() and event in ("killed", "wounded", "shot"):
            mended["head_class"] = ("person",)
    return mended
