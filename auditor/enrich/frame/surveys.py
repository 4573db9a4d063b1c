"""Polls and surveys: who asked, of whom a share is, and whose it is ("Renn leads Castell among women, 49 percent to 40").

Two surveys of the same question measure two things, as two pollsters asked two samples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from auditor import lexicon
from auditor.enrich.classes import has
from auditor.enrich.frame.site import Features
from auditor.model import Kind, Passage, Quantity

_MOST = 40  # pollsters of a document
_CARRIED = 4  # passages behind the last word of a survey that may still tell of it
_NAME = r"[A-Z][\w&.’'-]{0,40}"
_RUN = re.compile(rf"(?<!\w){_NAME}(?:(?:[ /]| (?:of|and|for|the) ){_NAME}){{0,7}}")
_BEFORE = re.compile(rf"({_RUN.pattern})(?:['’]s)? (?:[a-z]+ ){{0,2}}(?:poll|survey|tracker)\b")
_BEHIND = re.compile(
    rf"\b(?:poll|survey)\b(?: (?!publish|print|commission|pay|paid)[a-z]+){{0,4}} (?:by|from) (?:the )?({_RUN.pattern})"
)
_VERSUS = re.compile(r"^[\s%]*(?:percent|per cent|points?)?,?\s*(?:to|against|versus|-|–)\s*$")
_FOR = re.compile(rf"^[\s%]*(?:percent|per cent)?(?: of [a-z]+)? for (?:[A-Z][a-z]+\. )?({_NAME}(?: {_NAME})?)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_GROUP_BEHIND = 40  # characters behind a share in which "among women" may stand


@cache
def _words(table: str, key: str = "words") -> frozenset[str]:
    return frozenset(lexicon.load("surveys")[table][key])


@dataclass(frozen=True, slots=True)
class Survey:
    """Who asked, in lower-cased words (none: not said), and the pollsters that the document names."""

    named: frozenset[str]
    known: tuple[frozenset[str], ...]

    def of(self, before: str) -> frozenset[str]:
        """Who asked, as told by the words before a figure: "36 percent with Veldt and 41 with Harbour"."""
        words = _small(before)
        found = {name: max(map(_last(words), name)) for name in self.known if name.issubset(words)}
        return max(found, key=lambda name: (found[name], sorted(name))) if found else self.named


def _last(words: list[str]) -> Callable[[str], int]:
    return lambda word: len(words) - 1 - words[::-1].index(word)


def pollsters(passages: Sequence[Passage]) -> dict[int, Survey]:
    """Index of every passage that tells of a survey -> who asked.

    A text with one pollster tells of that one to its end; else a passage tells of the last one named, some passages long.
    """
    audited = [passage for passage in passages if passage.audited]
    telling = {passage.index for passage in audited if _tells(passage.text)}
    if not telling:
        return {}
    known = list(dict.fromkeys(name for passage in audited for name in _names(passage.text)))[:_MOST]
    alone = len(known) == 1 and len(telling) > 1
    found: dict[int, Survey] = {}
    named: frozenset[str] = frozenset()
    left = 0
    for passage in audited:
        here = [name for name in known if name <= frozenset(_small(passage.text))]
        named = here[-1] if here else named
        left = _CARRIED if here or passage.index in telling else left - 1
        if (left > 0 or (alone and found)) and not _holds(passage.text, "votes"):
            average = _holds(passage.text, "averages")
            found[passage.index] = Survey(frozenset({"average"}), ()) if average else Survey(named, tuple(known))
    return found


def _tells(text: str) -> bool:
    return _holds(text, "cues") and not _holds(text, "cues", "not")


def _holds(text: str, table: str, key: str = "words") -> bool:
    small = text.lower()
    return any(has(small, phrase) for phrase in _words(table, key))


def _names(text: str) -> list[frozenset[str]]:
    """The words that tell each pollster named in a text from others, in order."""
    runs = [(match.start(1), match.group(1)) for pattern in (_BEFORE, _BEHIND) for match in pattern.finditer(text)]
    runs += [(m.start(), m.group()) for m in _RUN.finditer(text) if not _words("organisations").isdisjoint(_small(m.group()))]
    names = [frozenset(_small(run)) - _words("generic") for _, run in sorted(runs)]
    return [name for name in names if name]


def _small(run: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(run)]


def survey_features(passage: Passage, quantities: Sequence[Quantity], survey: Survey, names: frozenset[str]) -> list[Features]:
    """For each quantity of a passage that tells of a survey: who asked, the group, and whose share it is.

    ``names`` are the lower-cased words that the passage writes as names.
    """
    found: list[Features] = []
    shares = [q for q in quantities if q.kind is Kind.SHARE or q.unit in _POINTS]
    owners = _owners(passage, shares, names - frozenset().union(*survey.known))
    for quantity in quantities:
        features: Features = {}
        if quantity in shares or quantity.kind is Kind.COUNT:
            features["survey"] = tuple(sorted(survey.of(_text(passage, passage.start, quantity.start)))) or ("unnamed",)
        if quantity in shares:
            k = shares.index(quantity)
            beside = _beside(passage, shares, k)
            features["whose"] = owners[k]
            if owners[k] and quantity.kind is Kind.SHARE and not _tells_other(beside):
                event = "support" if owners[k][0] in _OTHER else "vote"
                features |= {"event": (event,), "about": (event,)}
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
        side = _side(_beside(passage, shares, k))
        if behind and not names.isdisjoint(_small(behind.group(1))):
            owners[k] = tuple(_small(behind.group(1)))
        elif side:
            owners[k] = (side,)
            if _paired(passage, shares, k):
                owners[k + 1] = (_OTHER.get(side, side),)
        elif _paired(passage, shares, k) and len(told) > 1:
            owners[k], owners[k + 1] = tuple(told[-2]), tuple(told[-1])
        elif told:
            owners[k] = tuple(told[0 if k else -1])  # "and Renn, the mayor of Osk, 14 percent"
    return owners


def _side(beside: tuple[str, str]) -> str | None:
    """The side of a referendum that a share is of: ``52 percent in favour``, ``Yes on 52 percent``, ``opponents at 44``."""
    before, behind = (re.findall(r"[a-z]+", text.lower()) for text in beside)
    if behind[:1] and behind[0] in _PERCENT:
        behind = behind[1:]
    if behind[:2] in (["for", "the"], ["for", "it"]):
        return "yes"
    told = [word for word in behind[:6] if word in _sides()] or [word for word in before if word in _sides()][-1:]
    return _sides()[told[0]] if told else None


@cache
def _sides() -> dict[str, str]:
    return {word: side for side, words in lexicon.load("surveys")["sides"].items() for word in words}


_OTHER = {"yes": "no", "no": "yes", "leave": "remain", "remain": "leave"}


def _beside(passage: Passage, shares: Sequence[Quantity], k: int) -> tuple[str, str]:
    end = shares[k + 1].start if k + 1 < len(shares) else passage.end
    return _gap(passage, shares, k), _text(passage, shares[k].end, min(end, shares[k].end + _GROUP_BEHIND))


def _tells_other(beside: tuple[str, str]) -> bool:
    """Whether the share is of something else than votes: "Renn's approval stands at 41 percent"."""
    return any(not _words("answers").isdisjoint(_small(text)) for text in beside)


def _group(beside: tuple[str, str]) -> tuple[str, ...]:
    """Words of the group of whom a share is, as told before it, or right behind it."""
    before, behind = (re.findall(r"[a-z0-9]+", text.lower()) for text in beside)
    found = {word for word in before if word in _words("groups")} | set(_bounds(beside[0]))
    if behind[:1] and behind[0] in _PERCENT:
        behind = behind[1:]
    if behind[:1] and behind[0] in _words("groups", "leading"):
        found |= {word for word in behind[:6] if word in _words("groups")}
    return tuple(sorted(found))


def _bounds(text: str) -> list[str]:
    """``under 30``, ``over 65``, ``aged 18 to 34``."""
    return re.findall(r"\b(?:under|over|aged) [0-9]{2}\b", text.lower())


_PERCENT = frozenset({"percent", "per", "points"})
