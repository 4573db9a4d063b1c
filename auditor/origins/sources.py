"""One name for all the names of a source that the corpus shows: full names and acronyms, family names, a country's bodies.

Careful on purpose: two names are one source only where a text puts them side by side ("the Coastal Survey Office (CSO)"), where a
document has one full name that a short one fits, where both are the same body of the same country, or where the user says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from auditor import lexicon
from auditor.model import Attribution, Claim, Reading, Settings, SourceType

_LONGEST = 300  # characters of a source that are looked at
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'&.-]{0,40}"
_JOINED = rf"(?: (?:(?:of|for|and)(?: the)? |(?:de|del|al|la|el|van|von|bin|ibn|&) )?{_CAPITAL})"
_NAME = re.compile(rf"{_CAPITAL}{_JOINED}{{0,9}}")
_PERSON = re.compile(
    r"\b[A-ZÀ-ÖØ-Þ][a-zß-ÿ][\w’'-]{0,20}(?: (?:[A-Z]\.|(?:de|del|al|van|von|bin)|[A-ZÀ-ÖØ-Þ][\w’'-]{1,20})){1,3}"
)
_ACRONYM = re.compile(rf"(?P<full>{_CAPITAL}{_JOINED}{{1,9}}),? \((?:the )?(?P<short>[A-Z][A-Za-z]{{1,9}}s?)\)")
_OWNED = re.compile(
    r"\b(?P<owner>[A-Z]\w{1,20}(?: [A-Z]\w{1,20}){0,2})(?:['’]s|['’]) "
    rf"(?=(?P<name>{_CAPITAL}{_JOINED}{{1,9}}))"
)
_OWNER = re.compile(r"^(?P<owner>[^’']{1,60})['’]s? (?P<rest>.+)$")
_APART = re.compile(r"[,;:(](?!\d)| who | which | that | whose ")
_ADDRESS = re.compile(r"https?://(?:www\.)?(?P<site>[^/\s?#]{1,200})")
_OWN_CAPITAL = re.compile(r"[A-ZÀ-Þ][\w-]*(?:['’]s\b|,? \(?(?:19|20)\d\d)")
_NAMED = frozenset({SourceType.NAMED, SourceType.DOCUMENT, SourceType.OUTLET})


@dataclass(frozen=True, slots=True)
class Mention:
    """A source as written, taken apart: the ``name`` in it, the ``country`` it belongs to, else the ``common`` noun."""

    name: str | None
    country: str | None
    common: str
    article: bool = False  # "the Observatory"; people have none

    @property
    def kind(self) -> str | None:
        """The kind of a country's body that it is."""
        return _kind(self.name or self.common)


def name_sources(readings: Sequence[Reading], settings: Settings) -> tuple[Reading, ...]:
    """The readings with ``attribution.source_entity`` set: one name for all the names of a source that the corpus shows.

    A group of ``settings.entities`` is one source under its first name.  A source that is no name ("police") is itself, without
    article and in lower case; a pronoun has none.
    """
    corpus = _Corpus(readings, settings)
    return tuple(_named(reading, corpus) for reading in readings)


def _named(reading: Reading, corpus: _Corpus) -> Reading:
    if not any(claim.attribution.source for claim in reading.claims):
        return reading
    claims = tuple(_with_entity(claim, corpus.entity(claim.attribution, reading)) for claim in reading.claims)
    return replace(reading, claims=claims)


def _with_entity(claim: Claim, entity: str | None) -> Claim:
    return replace(claim, attribution=replace(claim.attribution, source_entity=entity)) if entity else claim


class _Corpus:
    """What the corpus says of names: which are one, and how the one is shown."""

    def __init__(self, readings: Sequence[Reading], settings: Settings) -> None:
        self._parent: dict[str, str] = {}
        self._written: dict[str, Counter[str]] = {}
        self._names: dict[int, list[str]] = {}  # by the id of a reading: full names in its text
        self._asked = {_key(name): group[0] for group in settings.entities for name in group}
        self._bodies = _bodies(readings)
        with_sources = [r for r in readings if any(c.attribution.source for c in r.claims)]
        self._add_agencies()
        self._add_acronyms(with_sources)
        self._add_owners(with_sources)

    def entity(self, said: Attribution, reading: Reading) -> str | None:
        """The name to show for the source of a figure."""
        if not said.source:
            return None
        address = _ADDRESS.match(said.source)
        if address:
            return address["site"].lower()
        mention = mention_of(said.source)
        plain = _key(mention.name or mention.common)
        if said.source_type not in _NAMED or not plain or plain in _words("pronouns"):
            return None if plain in _words("pronouns") else mention.common or None
        full = self._full(mention, reading)
        for key in (_key(said.source), plain, _key(full) if full else plain):
            if key in self._asked:
                return self._asked[key]
        if full:
            self._see(full)
            return self._shown(_key(full))
        body = self._body(mention)
        return self._shown(body) if body else mention.common

    def _full(self, mention: Mention, reading: Reading) -> str | None:
        """The full name that a mention stands for in its document; None where it names nothing."""
        name = mention.name
        if name is None or len(name.split()) > 1 or name.isupper() or _key(name) in self._parent:
            return name
        text = reading.document.text
        bodies = {full for full in self._bodies if name in full.split() and full in text}
        if bodies or mention.article:
            return bodies.pop() if len(bodies) == 1 else name
        names = self._full_names(reading)
        for place in (-1, 0):  # a family name stands last, in some countries first
            fitting = {full for full in names if full.split()[place] == name}
            if fitting:
                return fitting.pop() if len(fitting) == 1 else name
        return name

    def _full_names(self, reading: Reading) -> list[str]:
        """Names of people in the reading's text."""
        if id(reading) not in self._names:
            runs = (m.group() for p in reading.passages if p.audited for m in _PERSON.finditer(p.text))
            found = {_bare(run) for run in runs}
            self._names[id(reading)] = sorted(n for n in found if 1 < len(n.split()) < 5 and not _dated(n))
        return self._names[id(reading)]

    def _body(self, mention: Mention) -> str | None:
        """The key of a country's body ("south korea/intelligence"); None where the mention is of no such body."""
        return f"{mention.country}/{mention.kind}" if mention.country and mention.kind else None

    def _add_agencies(self) -> None:
        for names in lexicon.load("agencies")["agencies"]:
            for name in names:
                self._join(_key(names[0]), _key(name))
            self._see(names[0], 1_000)

    def _add_acronyms(self, readings: Sequence[Reading]) -> None:
        """ "Full Name (FN)": one source, unless the corpus reads the short form in two ways."""
        meant: dict[str, dict[str, str]] = {}
        for match in _matches(_ACRONYM, readings):
            full = _abbreviated(match["full"], match["short"])
            if full:
                meant.setdefault(_key(match["short"]), {}).setdefault(_key(full), full)
        for short, fulls in sorted(meant.items()):
            if len(fulls) == 1:
                ((key, full),) = fulls.items()
                self._see(full, 2)
                self._join(key, short)

    def _add_owners(self, readings: Sequence[Reading]) -> None:
        """ "Oslo's National Survey": a name tied to one country is that country's body, if it is the only one of its kind."""
        owners: dict[str, set[str]] = {}
        written: dict[str, str] = {}
        for match in _matches(_OWNED, readings):
            country = _country(match["owner"].removesuffix("'s").removesuffix("’s"))
            name = _bare(re.split(r" and (?=[^'’]{1,40}['’]s )", match["name"])[0])
            if country and _kind(name):
                owners.setdefault(_key(name), set()).add(country)
                written.setdefault(_key(name), name)
        bodies: dict[str, list[str]] = {}
        for key, countries in sorted(owners.items()):
            if len(countries) == 1:
                bodies.setdefault(f"{next(iter(countries))}/{_kind(written[key])}", []).append(key)
        for body, keys in bodies.items():
            if len({self._root(key) for key in keys}) == 1:
                for key in keys:
                    self._see(written[key], 2)
                    self._join(key, body)

    def _see(self, name: str, times: int = 1) -> None:
        self._written.setdefault(_key(name), Counter())[name] += times

    def _root(self, key: str) -> str:
        self._parent.setdefault(key, key)
        while self._parent[key] != key:
            key = self._parent[key]
        return key

    def _join(self, kept: str, other: str) -> None:
        a, b = self._root(kept), self._root(other)
        if a != b:
            self._parent[b] = a

    def _shown(self, key: str) -> str:
        """The name of a source: its longest one that is written, of those joined; a country's body without a name by its kind."""
        root = self._root(key)
        joined = sorted(k for k in self._parent if k in self._written and self._root(k) == root) if root in self._parent else []
        if root in self._written:
            return _commonest(self._written[root])
        if joined:
            return _commonest(self._written[max(joined, key=lambda k: (len(k), k))])
        country, _, kind = key.partition("/")
        return f"{country.title()}'s {_kinds()[kind][0]}" if kind in _kinds() else key


def _bodies(readings: Sequence[Reading]) -> list[str]:
    """Sources of three words and more, which a document may shorten to one of them ("the Observatory")."""
    sources = {c.attribution.source for r in readings for c in r.claims if c.attribution.source}
    names = {mention_of(source).name for source in sources}
    return sorted(name for name in names if name and len(name.split()) > 2)


def _dated(name: str) -> bool:
    """Whether a run of capitalised words holds a day or a month, or is a place of many names."""
    words = set(name.lower().split())
    return bool(words & (_words("calendar") | _words("titles") | _words("commons")))


def _commonest(written: Counter[str]) -> str:
    return min(written, key=lambda name: (-written[name], name))


def mention_of(source: str) -> Mention:
    """A source as written, taken apart.

    >>> mention_of("Ostland's spy agency").common
    'spy agency'
    """
    text = " ".join(source[:_LONGEST].split()).strip("\"'“”‘’ ")
    text = _APART.split(f"{text} ")[0].strip()
    words = [w for w in text.split() if w.lower().split("-")[-1] not in _words("adjuncts") or "-" not in w]
    while words and words[0].lower() in _words("determiners"):
        words = words[1:]
    text, country = " ".join(words), None
    owner = _OWNER.match(text)
    if owner and _country(owner["owner"]):
        country, text = _country(owner["owner"]), owner["rest"]
    else:
        for size in (2, 1):
            head = " ".join(words[:size])
            if len(words) > size and _country(head):
                country = _country(head)
                run = _NAME.match(text)
                text = text if run and len(run.group().split()) > size and not _kind(text) else " ".join(words[size:])
                break
    return Mention(_name_in(text), country, _lowered(text), source.lower().startswith("the "))


def _name_in(text: str) -> str | None:
    """The name that a source is, or that stands beside a role ("Ole Eide head of the guard"); None for "Lenvik police"."""
    found = _NAME.search(text)
    if not found or set(text[: found.start()].lower().split()) & _words("prepositions"):
        return None
    name, after = _bare(found.group()), text[found.end() :].lower().split()
    if len(name.split()) == 1 and name.lower() in _words("titles") | _words("commons"):
        return None
    apposed = bool(after) and (after[0] in _words("determiners") or (len(name.split()) > 1 and after[0] in _words("roles")))
    return name if name and (apposed or not after) else None


def _lowered(text: str) -> str:
    """Without the capital that only a sentence's beginning gave it ("Police"); "Lund 2021" and "Lloyd's list" have their own."""
    rest = text[1:]
    named = _OWN_CAPITAL.match(text)
    return text.lower() if not named and (rest.islower() or not rest) else text.rstrip(".")


def _bare(name: str) -> str:
    """A name without titles before it and a possessive ending."""
    words = [word for word in name.split() if word]
    titles = _words("titles") | frozenset(lexicon.load("abbreviations")["before_name"]) | _words("determiners")
    while len(words) > 1 and words[0].lower().rstrip(".") in titles:
        words = words[1:]
    name = re.sub(r"['’]s?$", "", " ".join(words)).rstrip(",")
    return name if re.search(r"\b\w\.$", name) else name.rstrip(".")


def _abbreviated(full: str, short: str) -> str | None:
    """The words of ``full`` that ``short`` abbreviates; None where it is no abbreviation of them."""
    letters = [c.lower() for c in short if c.isupper()]
    words = full.split()
    for start in range(len(words)):
        part = words[start:]
        capitals = [w[0].lower() for w in part if w[0].isupper()]
        initials = [w[0].lower() for w in part]
        if len(letters) > 1 and letters in (capitals, initials):
            return _bare(" ".join(part)) if start == 0 or len(part) > 1 else None
    return None


def _matches(pattern: re.Pattern[str], readings: Sequence[Reading]) -> Iterator[re.Match[str]]:
    for reading in readings:
        for passage in reading.passages:
            if passage.audited:
                yield from pattern.finditer(" ".join(passage.text.split()))


def _key(name: str) -> str:
    words = re.sub(r"[^\w\s/&]", " ", re.sub(r"(?<=\b\w)\.", "", name.lower())).split()
    while len(words) > 1 and words[0] in _words("determiners"):
        words = words[1:]
    return " ".join(words)


def _country(text: str) -> str | None:
    return _countries().get(" ".join(text.lower().split()).removeprefix("the "))


def _kind(text: str) -> str | None:
    lower = f" {text.lower()} "
    return next((kind for kind, phrases in _kinds().items() if any(f" {phrase} " in lower for phrase in phrases)), None)


@cache
def _kinds() -> Mapping[str, Sequence[str]]:
    kinds: Mapping[str, Sequence[str]] = lexicon.load("institutions")["kinds"]
    return kinds


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon.load("institutions")["words"][name])


@cache
def _countries() -> dict[str, str]:
    """Every name, capital and demonym in lower case -> the country's name."""
    table: Mapping[str, Iterable[str]] = lexicon.load("places")["countries"]
    return {word: name for name, words in table.items() for word in (name, *words)}
