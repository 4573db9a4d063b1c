"""What a figure measures: the frame of a claim, from the parse of its sentence and the words around it.

The features are what alignment compares, attribute by attribute (``auditor.align``); entity, property and qualifiers are for
people.  Nothing here looks at another document.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence

from auditor.enrich.classes import classes, compared_by
from auditor.enrich.frame.ages import age_features, score_features
from auditor.enrich.frame.causes import cause_of, only_cause
from auditor.enrich.frame.events import event_features, mend_casualties
from auditor.enrich.frame.site import Features, Site, is_whole, site_of
from auditor.enrich.frame.surveys import Survey, pollsters, survey_features
from auditor.enrich.frame.things import count_features, measure_features, owner_features, qualifier_features
from auditor.enrich.frame.words import content_word, sentence_features
from auditor.enrich.lead import Lead
from auditor.enrich.places import common_words
from auditor.model import Document, Frame, Kind, Passage, Period, Quantity
from auditor.parse import Parse, Parses

_LONG_PAST = 6  # days before publication
_NEAR = 7  # tokens on each side that count as the figure's own words


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
    not_names = common_words(document.text)
    asked = pollsters(passages)
    found: list[Frame] = [Frame()] * len(quantities)
    for index, members in by_passage.items():
        for n, frame in zip(
            members,
            _of_passage(document, passages[index], parses[index], [quantities[m] for m in members], not_names, asked.get(index)),
            strict=True,
        ):
            own = dict(frame.features)
            found[n] = _with(frame, {**common, **_dated(periods[n], lead.day, document, undated="undated" in own), **own})
    return _carried(quantities, found)


def _dated(period: Period | None, lead_day: str | None, document: Document, *, undated: bool) -> Features:
    """The day of the event: the sentence's, unless it is another's, else the lead's; and whether it lies well before
    publication."""
    if period is None or period.method != "text" or period.start is None or period.end is None:
        return {"lead_day": (lead_day,)} if lead_day else {}  # "the most since 1994" holds for now
    end = period.end
    found: Features = (
        {"lead_day" if undated else "day": (period.start.isoformat(),)}
        if (end - period.start).days <= 1
        else {"period": (period.start.isoformat(), end.isoformat())}
    )
    if document.published and (document.published - end).days > _LONG_PAST:
        found["past"] = ("dated",)
    return found


def _of_passage(
    document: Document,
    passage: Passage,
    parse: Parse,
    quantities: Sequence[Quantity],
    not_names: frozenset[str],
    survey: Survey | None,
) -> Iterator[Frame]:
    starts = [parse.to_document[token.idx] for token in parse.doc]
    shared = sentence_features(document, passage, parse, starts, not_names)
    head_before: str | None = None
    event_before: tuple[str, ...] = ()
    initial: Quantity | None = None  # the last figure that was told at first
    before: dict[tuple[Kind, str | None], tuple[Quantity, Features]] = {}
    sites = [site_of(quantity, parse.doc, starts) for quantity in quantities]
    shared_heads, cause = _shared_heads(sites), only_cause(parse.doc)
    answers: Sequence[Features] = [{}] * len(quantities)
    if survey is not None:
        answers = survey_features(passage, quantities, survey, frozenset(shared["names"]))
    for quantity, site, answer in zip(quantities, sites, answers, strict=True):
        if site is None:
            yield Frame(entity=quantity.counted, features=tuple(sorted(shared.items())))
            continue
        told = {**shared, **_features(site, document, starts), **answer}
        features = {name: value for name, value in told.items() if value}
        if quantity.kind is Kind.COUNT:
            of_persons = features.get("event", ("",))[0] in classes().of_persons
            if "head" not in features and head_before and (head_before in classes().person_classes or not of_persons):
                features["head_class"] = (head_before,)
            head_before = features.get("head_class", (None,))[0] or head_before
            if event_before and features.get("event", event_before) != event_before:
                features.pop("rest", None)  # "two killed and five others wounded": all the wounded
            event_before = features.get("event", event_before)
        if cause and features.get("event", ("",))[0] in classes().of_persons:
            features.setdefault("cause", (cause,))
        if quantity.kind is Kind.COUNT and site.head in shared_heads:
            features["subset"] = ("yes",)
        if initial and initial.kind is quantity.kind and not _overtaken(document.text[initial.end : quantity.start]):
            features["initial"] = ("yes",)
        initial = quantity if "initial" in features else None
        alike = (quantity.kind, quantity.unit)
        if alike in before:
            features |= _beside(document, *before[alike], quantity)
        if _moved(document.text, quantity):
            features["former"] = ("yes",)
        before[alike] = quantity, features
        yield _frame(site, features)


_SHORT = 120  # characters between two figures that are compared


def _beside(document: Document, left: Quantity, given: Features, right: Quantity) -> Features:
    """What a figure takes from the one before it that it is compared with: "5 percent, down from 7"."""
    between = " ".join(document.text[left.end : right.start].lower().split())
    other = right.kind is Kind.COUNT and right.counted_head not in (None, left.counted_head)  # "12 people from 3 villages"
    if other or len(between) > _SHORT:
        return {}
    how = compared_by(between)
    moved = "former" in given and between.endswith("to")
    if how is None and not moved:
        return {}
    found: Features = {"former": ("yes",)} if how == "former" else {}
    if right.kind is not Kind.COUNT:
        found |= {name: given[name] for name in ("event", "about", "whose", "modifiers") if name in given}
    return found


def _moved(text: str, quantity: Quantity) -> bool:
    """Whether it is what something rose or fell from: "from 5 percent to 7"."""
    before, after = text[max(0, quantity.start - _SHORT) : quantity.start], text[quantity.end : quantity.end + _SHORT]
    return before.lower().split()[-1:] == ["from"] and "to" in after.lower().split()[:3]


def _shared_heads(sites: Sequence[Site | None]) -> set[int]:
    """The nouns that two counts share, each for a part: "one Sarmian and two Kessarian climbers"."""
    counts = [site for site in sites if site and site.quantity.kind is Kind.COUNT]
    wholes = {site.head for site in counts if is_whole(site.doc, site.first)}  # "11 of their 64 seats"
    heads = Counter(site.head for site in counts if site.head is not None and site.head not in wholes)
    return {head for head, times in heads.items() if times > 1}


def _overtaken(between: str) -> bool:
    return not classes().cues["overtaken"].isdisjoint(between.lower().split())


def _features(site: Site, document: Document, starts: Sequence[int]) -> Features:
    found: Features = {}
    kind = site.quantity.kind
    doc = site.doc
    left, right = max(0, site.first - _NEAR), min(len(doc), site.last + _NEAR + 1)
    found["near"] = tuple(sorted({lemma for t in doc[left:right] if (lemma := content_word(t))}))
    if kind is Kind.AGE:
        told_first = {name: value for name, value in qualifier_features(site).items() if name == "initial"}
        return found | age_features(site, document, starts) | told_first
    if kind is Kind.SCORE:
        return found | score_features(site, document)
    if kind is Kind.COUNT:
        found |= count_features(site)
    else:
        found |= measure_features(site)
    found |= owner_features(site, document, starts)
    found |= event_features(site, found.get("about", ()), counted=kind is Kind.COUNT)
    found |= mend_casualties(found)
    if found.get("event", ("",))[0] in classes().of_persons and (cause := cause_of(site)):
        found["cause"] = (cause,)
    found |= qualifier_features(site)
    return found


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
