"""Documents that tell one agency's story in other words: translations and rewrites.

Words do not match there; what stays is who is credited, whom it names in which order, whom it quotes, and its figures.  The first
two and one of the others are asked for, so that two reporters at one event are not taken for one.  Short stories have few names:
there the agency has to be credited as the author of both (byline, outlet, dateline), and all the rest is asked for.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from auditor import lexicon
from auditor.model import Reading

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]{1,30}"
_NAME = re.compile(rf"\b{_CAPITAL}(?: (?:(?:of|for|de|del|al|van|von|bin) )?{_CAPITAL}){{1,6}}")
_QUOTED = re.compile(r"“([^“”]{3,600})”|\"([^\"]{3,600})\"|''([^']{3,600})''")
_WORD = re.compile(r"[^\W\d_]{4,}")
_DATELINE = re.compile(rf"[^\n]{{0,120}}\((?P<agency>{_CAPITAL}(?: {_CAPITAL}){{0,3}})\) ?[-–—]")  # "OSLO, May 3 (Agency) -"
_AGENCIES = 200  # of datelines, that are looked for in every document
_HEAD = 400  # characters of a text that name its author

_KNOWN_TO_MANY = 10  # documents; a name that more of them hold does not lead from one to another
_NAMES = 5  # names in the same order
_NAMES_SHARE = 0.5  # of the document with fewer
_FEW_NAMES = 2  # of stories by one agency
_QUOTES = 3  # sayings with the same words, partly
_QUOTE_LIKENESS = 0.4
_FIGURES = 3  # figures in the same order
_FIGURES_SHARE = 0.75
_MOST = 200  # names, sayings or figures of a document that are compared


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Two documents (indices of readings) and, in words, what they have in common."""

    left: int
    right: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Story:
    """What a translation keeps: credited agencies, its authors among them, and names, sayings (as sets of words) and figures."""

    credits: frozenset[str]
    authors: frozenset[str]
    names: tuple[str, ...]
    sayings: tuple[frozenset[str], ...]
    figures: tuple[str, ...]


def rewrites(readings: Sequence[Reading], indices: Iterable[int]) -> list[Rewrite]:
    """Pairs of the documents ``indices`` that tell one story of one agency."""
    agencies = _agencies() | _datelined(readings)
    stories = {i: story for i in indices if (story := _story(readings[i], agencies)) and len(story.names) >= _FEW_NAMES}
    holders: dict[str, list[int]] = {}
    for i, story in stories.items():
        for name in dict.fromkeys(story.names):
            holders.setdefault(name, []).append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for listed in holders.values():
        if len(listed) <= _KNOWN_TO_MANY:
            shared.update((a, b) for n, a in enumerate(listed) for b in listed[n + 1 :])
    by_one = (
        pair for pair, count in shared.items() if count >= _NAMES - 1 or stories[pair[0]].authors & stories[pair[1]].authors
    )
    pairs = sorted(pair for pair in by_one if shared[pair] >= _FEW_NAMES)
    return [Rewrite(a, b, evidence) for a, b in pairs if (evidence := _evidence(stories[a], stories[b]))]


def _evidence(a: _Story, b: _Story) -> tuple[str, ...]:
    """What shows that two stories are one; empty where it is not enough."""
    credit = sorted(a.credits & b.credits)
    credited = {_plain(agency) for agency in credit}
    names = _in_order([n for n in a.names if n not in credited], [n for n in b.names if n not in credited])
    enough = names >= _NAMES
    if (
        not credit
        or names < _FEW_NAMES
        or names < _NAMES_SHARE * min(len(a.names), len(b.names))
        or not (enough or a.authors & b.authors)
    ):
        return ()
    sayings = _same_sayings(a.sayings, b.sayings)
    figures = _in_order(a.figures, b.figures)
    told = [f"both credit {' and '.join(credit)}", f"{names} names stand in the same order"]
    if sayings >= (_QUOTES if enough else 1):
        told.append(f"{_counted(sayings, 'saying')} the same in part")
    if figures >= _FIGURES and figures >= _FIGURES_SHARE * min(len(a.figures), len(b.figures)):
        told.append(f"{figures} figures stand in the same order")
    return tuple(told) if len(told) > (2 if enough else 3) else ()


def _counted(number: int, what: str) -> str:
    return f"1 {what} is" if number == 1 else f"{number} {what}s are"


def _in_order(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    """How many items of two lists match without crossing."""
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def _same_sayings(a: Sequence[frozenset[str]], b: Sequence[frozenset[str]]) -> int:
    """How many sayings of ``a`` have their like, in the same order, in ``b``."""
    found, after = 0, 0
    for saying in a:
        for place in range(after, len(b)):
            if len(saying & b[place]) >= _QUOTE_LIKENESS * len(saying | b[place]):
                found, after = found + 1, place + 1
                break
    return found


def _datelined(readings: Sequence[Reading]) -> dict[str, str]:
    """Agencies that no list knows, by the datelines of the corpus."""
    found = (_DATELINE.match(line) for reading in readings for line in reading.document.text[:_HEAD].splitlines())
    times = Counter(match["agency"] for match in found if match)
    return {name: name for name in sorted(times, key=lambda name: (-times[name], name))[:_AGENCIES]}


def _story(reading: Reading, agencies: Mapping[str, str]) -> _Story | None:
    """What a translation of a document would keep; None where it credits no agency."""
    text = "\n".join(passage.text for passage in reading.passages if passage.audited)
    heads = [reading.document.byline, reading.document.outlet]
    credits = _credits(" | ".join(filter(None, (*heads, text))), agencies)
    if not credits:
        return None
    authors = _credits(" | ".join(filter(None, (*heads, *(m[0] for m in _DATELINE.finditer(text[:_HEAD]))))), agencies)
    names = (_plain(match.group()) for match in _NAME.finditer(text))
    quotes = (next(filter(None, match.groups())) for match in _QUOTED.finditer(text))
    sayings = (frozenset(_WORD.findall(quote.lower())) for quote in quotes)
    return _Story(
        credits,
        authors,
        tuple(dict.fromkeys(name for name in names if " " in name and name not in _countries()))[:_MOST],
        tuple(saying for saying in sayings if len(saying) >= 2)[:_MOST],
        tuple(str(claim.quantity.value) for claim in reading.claims if claim.quantity.value is not None)[:_MOST],
    )


def _plain(name: str) -> str:
    """A name without case, hyphens, owner and the word that began its sentence: translations write "Li Wei-min", "Li Wei Min"."""
    name = re.sub(r"['’]s?$", "", name)
    words = re.split(r"['’]s? ", name)[-1].replace("-", " ").lower().split()
    while words and words[0] in _openers():
        words = words[1:]
    return " ".join(words)


@cache
def _openers() -> frozenset[str]:
    table = lexicon.load("institutions")["words"]
    return frozenset(lexicon.load("abbreviations")["starters"]) | {*table["prepositions"], *table["titles"], *table["calendar"]}


@cache
def _agencies() -> dict[str, str]:
    """Each name of a news agency -> the one to show."""
    return {name: names[0] for names in lexicon.load("agencies")["agencies"] for name in names}


def _credits(text: str, agencies: Mapping[str, str]) -> frozenset[str]:
    """The agencies that a text names."""
    found = (name for name in agencies if name in text)
    return frozenset(agencies[name] for name in found if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))


@cache
def _countries() -> frozenset[str]:
    table = lexicon.load("places")["countries"]
    return frozenset(word for name, words in table.items() for word in (name, *words))
