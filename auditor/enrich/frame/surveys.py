"""Polls and surveys: who asked, of whom a share is, and whose it is ("Renn leads Castell among women, 49 percent to 40").

Two surveys of the same question measure two things, as two pollsters asked two samples.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from auditor import lexicon
from auditor.enrich.classes import has
from auditor.enrich.frame.site import Features
from auditor.model import Kind, Passage, Quantity

_CARRIED = 4  # passages behind the last word of a survey that may still tell of it
_NAME = r"[A-Z][\w&.’'-]{0,40}"
_RUN = re.compile(rf"(?<!\w){_NAME}(?:(?:[ /]| (?:of|and|for|the) ){_NAME}){{0,7}}")
_BEFORE = re.compile(rf"({_RUN.pattern})(?:['’]s)? (?:[a-z]+ ){{0,2}}(?:poll|survey)\b")
_BEHIND = re.compile(rf"\b(?:poll|survey)\b(?: [a-z]+){{0,4}} (?:by|from|for) (?:the )?({_RUN.pattern})")
_VERSUS = re.compile(r"^[\s%]*(?:percent|per cent|points?)?,?\s*(?:to|against|versus|-|–)\s*$")
_FOR = re.compile(rf"^[\s%]*(?:percent|per cent)?(?: of [a-z]+)? for (?:[A-Z][a-z]+\. )?({_NAME}(?: {_NAME})?)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_GROUP_BEHIND = 40  # characters behind a share in which "among women" may stand


@cache
def _words(table: str, key: str = "words") -> frozenset[str]:
    return frozenset(lexicon.load("surveys")[table][key])


def pollsters(passages: Sequence[Passage]) -> dict[int, frozenset[str]]:
    """Index of every passage that tells of a survey -> lower-cased words of who asked, none where that is not said."""
    texts = [passage.text for passage in passages if passage.audited]
    if not any(_tells(text) for text in texts):
        return {}
    found: dict[int, frozenset[str]] = {}
    named: frozenset[str] = frozenset()
    left = 0
    for passage in passages:
        if not passage.audited:
            continue
        tells, names = _tells(passage.text), _names(passage.text)
        left = _CARRIED if tells or names else left - 1
        named = names or named
        if left > 0:
            found[passage.index] = named
    return found


def _tells(text: str) -> bool:
    small = text.lower()
    return any(has(small, cue) for cue in _words("cues")) and not any(has(small, cue) for cue in _words("cues", "not"))


def _names(text: str) -> frozenset[str]:
    """The words that tell the pollster named in a text from others."""
    runs = [match.group(1) for pattern in (_BEFORE, _BEHIND) for match in pattern.finditer(text)]
    runs += [run for run in _RUN.findall(text) if not _words("organisations").isdisjoint(_small(run))]
    return frozenset(word for run in runs for word in _small(run)) - _words("generic")


def _small(run: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(run)]


def survey_features(
    passage: Passage, quantities: Sequence[Quantity], pollster: frozenset[str], names: frozenset[str]
) -> list[Features]:
    """For each quantity of a passage that tells of a survey: who asked, the group, and whose share it is.

    ``names`` are the lower-cased words that the passage writes as names.
    """
    found: list[Features] = []
    shares = [q for q in quantities if q.kind is Kind.SHARE or q.unit in _POINTS]
    owners = _owners(passage, shares, names - pollster)
    for quantity in quantities:
        features: Features = {}
        if quantity in shares or quantity.kind is Kind.COUNT:
            features["survey"] = tuple(sorted(pollster)) or ("unnamed",)
        if quantity in shares:
            k = shares.index(quantity)
            beside = _beside(passage, shares, k)
            if owners[k]:
                features["whose"] = owners[k]
                if quantity.kind is Kind.SHARE and not _tells_other(beside):
                    features |= {"event": ("vote",), "about": ("vote",)}
            group = _group(beside)
            if group or (k and "group" in found[-1] and _paired(passage, shares, k - 1)):
                features["group"] = group or found[-1]["group"]
        found.append(features)
    return found


_POINTS = frozenset({"point", "percentage point"})


def _text(passage: Passage, start: int, end: int) -> str:
    return passage.text[max(0, start - passage.start) : max(0, end - passage.start)]


def _gap(passage: Passage, shares: Sequence[Quantity], k: int) -> str:
    return _text(passage, shares[k - 1].end if k else passage.start, shares[k].start)


def _paired(passage: Passage, shares: Sequence[Quantity], k: int) -> bool:
    """Whether share ``k`` and the next are those of two rivals: "49 percent to 40"."""
    return k + 1 < len(shares) and _VERSUS.match(_gap(passage, shares, k + 1)) is not None


def _owners(passage: Passage, shares: Sequence[Quantity], names: frozenset[str]) -> list[tuple[str, ...]]:
    owners: list[tuple[str, ...]] = [()] * len(shares)
    for k, share in enumerate(shares):
        if k and _paired(passage, shares, k - 1):
            continue  # set with the first of the two
        behind = _FOR.match(_text(passage, share.end, share.end + _GROUP_BEHIND))
        told = [run for run in map(_small, _RUN.findall(_gap(passage, shares, k))) if names.issuperset(run) and run]
        if behind and not names.isdisjoint(_small(behind.group(1))):
            owners[k] = tuple(_small(behind.group(1)))
        elif _paired(passage, shares, k) and len(told) > 1:
            owners[k], owners[k + 1] = tuple(told[-2]), tuple(told[-1])
        elif told:
            owners[k] = tuple(told[-1])
    return owners


def _beside(passage: Passage, shares: Sequence[Quantity], k: int) -> tuple[str, str]:
    end = shares[k + 1].start if k + 1 < len(shares) else passage.end
    return _gap(passage, shares, k), _text(passage, shares[k].end, min(end, shares[k].end + _GROUP_BEHIND))


def _tells_other(beside: tuple[str, str]) -> bool:
    """Whether the share is of something else than votes: "Renn's approval stands at 41 percent"."""
    return any(not _words("answers").isdisjoint(_small(text)) for text in beside)


def _group(beside: tuple[str, str]) -> tuple[str, ...]:
    """Words of the group of whom a share is, as told before it, or right behind it."""
    before, behind = (re.findall(r"[a-z0-9]+", text.lower()) for text in beside)
    found = {word for word in before if word in _words("groups")}
    if behind[:1] and behind[0] in _PERCENT:
        behind = behind[1:]
    if behind[:1] and behind[0] in _words("groups", "leading"):
        found |= {word for word in behind[:6] if word in _words("groups")}
    return tuple(sorted(found))


_PERCENT = frozenset({"percent", "per", "points"})
