"""The units: our own table first, then quantulum3's catalogue, cleaned."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from auditor.extraction.sentence import Figure, Sentence
from auditor.lexicon import load
from auditor.model import Kind

_LEXICON = load("units")
_CURRENCIES = load("currencies")
_IRREGULAR: dict[str, str] = _LEXICON["plurals"]
BLANKS = frozenset(" \u00a0\u202f\u2009")
WORDLIKE_SIGNS = frozenset({"PS", "DM", "Sh", "TRY", "ALL"})
_KINDS = {"currency": Kind.MONEY, "ratio": Kind.SHARE, "age": Kind.AGE}
_LONGEST = 6  # words of a unit's name


@dataclass(frozen=True, slots=True)
class Unit:
    """``name`` is canonical; ``dimension`` what it measures ("currency" for money)."""

    name: str
    dimension: str


@dataclass(frozen=True, slots=True)
class Table:
    """Words (lower case, joined over blanks and hyphens) and symbols (exact case) of all units."""

    words: dict[tuple[str, ...], Unit]
    first_words: frozenset[str]
    symbols: re.Pattern[str]
    by_symbol: dict[str, Unit]
    signs: re.Pattern[str]
    by_sign: dict[str, Unit]
    codes: dict[str, Unit]
    dimensions: dict[str, str]  # by canonical name


def plural(word: str) -> str:
    """The plural of an English unit's last word."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return word[:-1] + "ies"
    return word + "s"


@cache
def table() -> Table:
    """The units, loaded once."""
    words: dict[tuple[str, ...], Unit] = {}
    by_symbol: dict[str, Unit] = {}
    for name, entry in _LEXICON["units"].items():
        unit = Unit(name, entry["dimension"])
        _add_words(words, unit, entry["words"])
        by_symbol.update((symbol, unit) for symbol in entry["symbols"])
    by_sign: dict[str, Unit] = {}
    codes: dict[str, Unit] = {}
    for name, entry in _CURRENCIES["currencies"].items():
        unit = Unit(name, "currency")
        _add_words(words, unit, entry["nouns"])
        by_sign.update((sign, unit) for sign in entry["signs"])
        codes.update((code, unit) for code in entry["codes"])
        if name.endswith(" dollar"):  # "CAD$", "NZD $"
            by_sign.update(
                (f"{written}{sign}", unit) for code in entry["codes"] for written in (code, code.lower()) for sign in ("$", " $")
            )
    codes.update((code, codes[code.upper()]) for code in _CURRENCIES["lower_case"]["codes"])
    _add_catalogue(words, by_symbol)
    small = ((symbol.lower(), by_symbol[symbol]) for symbol in _LEXICON["lower_case"]["symbols"] if symbol in by_symbol)
    by_symbol = {**dict(small), **by_symbol}
    return Table(
        words,
        frozenset(key[0] for key in words),
        _any_of(by_symbol, r"(?![\w°²³])"),
        by_symbol,
        _any_of({**by_sign, **codes}, ""),
        {**by_sign, **codes},
        codes,
        {unit.name: unit.dimension for unit in words.values()},
    )


def _add_words(words: dict[tuple[str, ...], Unit], unit: Unit, surfaces: Iterable[str]) -> None:
    for surface in surfaces:
        parts = re.findall(r"[^\W\d_]+|[^\s\w.-]", surface.lower())
        key = tuple(parts)
        words.setdefault(key, unit)
        split = next((n for n, part in enumerate(parts) if n and part in {"per", "of", "an", "a"}), len(parts))
        words.setdefault((*parts[: split - 1], plural(parts[split - 1]), *parts[split:]), unit)


def _add_catalogue(words: dict[tuple[str, ...], Unit], symbols: dict[str, Unit]) -> None:
    """What quantulum3 knows and we do not, without its surfaces that are ordinary words of English."""
    from quantulum3 import load as catalogue

    skipped = frozenset(_LEXICON["catalogue"]["skip_words"])
    kept = frozenset(_LEXICON["catalogue"]["keep_symbols"])
    units = catalogue.units("en_US").names
    for name in sorted(units):
        entry = units[name]
        surfaces = [s for s in entry.surfaces if s and s.isascii() and len(s) > 3 and s not in skipped]
        known = next((words[surface] for surface in map(key, entry.surfaces) if surface in words), None)
        dimension = "currency" if entry.entity.name == "currency" else entry.entity.name
        unit = known or Unit(_american(name), dimension)
        _add_words(words, unit, surfaces)
        symbols.update((s, unit) for s in entry.symbols if s in kept and s not in symbols)


def key(surface: str) -> tuple[str, ...]:
    """The words of a unit's name, as the table has them."""
    return tuple(re.findall(r"[^\W\d_]+", surface.lower()))


def _american(name: str) -> str:
    return re.sub(r"metre\b", "meter", re.sub(r"litre\b", "liter", name))


def _any_of(surfaces: Iterable[str], tail: str) -> re.Pattern[str]:
    longest_first = sorted(surfaces, key=lambda s: (-len(s), s))
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))}){tail}")


def longest(s: Sentence, j: int) -> tuple[Unit, int] | None:
    """The unit of most words from token ``j`` on, over hyphens and points of abbreviation, and the token behind it."""
    units = table()
    if s.word(j) not in units.first_words or (j < len(s) and s.masked[j]):
        return None
    best: tuple[Unit, int] | None = None
    key: list[str] = []
    k = j
    while len(key) < _LONGEST and k < len(s):
        if k > j and s.joint(k):
            k += 1
            continue
        if s.word(k) == "." and k > j and s.glued(k) and len(s.word(k - 1)) == 1:  # "U.S. dollars"
            k += 1
            continue
        if s.word(k) == "." and len(s.word(k - 1)) <= 4 and k > j and (*key, s.word(k + 1)) in units.words:
            k += 1
            continue
        key.append(s.words[k])
        k += 1
        unit = units.words.get(tuple(key))
        if unit is not None:
            best = unit, k
    return best


def set_unit(figure: Figure, unit: Unit) -> None:
    """Make the figure an amount of the unit."""
    figure.unit, figure.dimension = unit.name, unit.dimension
    figure.kind = _KINDS.get(unit.dimension, Kind.MEASURE)
