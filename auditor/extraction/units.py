"""Units and currencies beside a numeral: our table first, then quantulum3's catalogue, cleaned."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from auditor.extraction.numerals import SCALES
from auditor.extraction.sentence import Figure, Sentence
from auditor.lexicon import load
from auditor.model import Kind

_LEXICON = load("units")
_CURRENCIES = load("currencies")
_BETWEEN = frozenset(_LEXICON["ordinary"]["between"])
_EACH = frozenset(_LEXICON["per"]["each"])
_PER_UNIT = frozenset(_LEXICON["per"]["unit"])
_TO_THE = frozenset(_LEXICON["per"]["to_the"])
_TIMES = frozenset(_LEXICON["per"]["times"])
_MOMENTS = frozenset(_LEXICON["per"]["moments"])
_PARTS = {part: (frozenset(entry["of"]), Decimal(entry["count"])) for part, entry in _CURRENCIES["parts"].items()}
_NATIONAL = frozenset(_CURRENCIES["national"]["nouns"])
_LONGEST = 6  # words of a unit's name
_IRREGULAR: dict[str, str] = _LEXICON["plurals"]


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


# -- finding


def attach(sentence: Sentence, figures: list[Figure]) -> None:
    """Give each figure the unit that stands before or after it, and what it is per."""
    for index, figure in enumerate(figures):
        if figure.unit is not None:
            continue
        floor = _behind(sentence, figures[index - 1]) if index else 0
        ceiling = sentence.starts[figures[index + 1].first] if index + 1 < len(figures) else len(sentence.text)
        _before(sentence, figure, floor)
        _after(sentence, figure, ceiling)
        if index and figure.unit == "meter" and figures[index - 1].unit == "hour" and figures[index - 1].after == figure.first:
            figure.unit, figure.dimension = "minute", "time"  # "2h 30m"
        _per(sentence, figure)


def _behind(s: Sentence, figure: Figure) -> int:
    return max(figure.end, s.ends[figure.after - 1])


_KINDS = {"currency": Kind.MONEY, "ratio": Kind.SHARE, "age": Kind.AGE}


def _set(figure: Figure, unit: Unit, kind: Kind | None = None) -> None:
    figure.unit, figure.dimension = unit.name, unit.dimension
    figure.kind = kind or (_KINDS.get(unit.dimension, Kind.MEASURE))


def _before(s: Sentence, figure: Figure, floor: int) -> None:
    """A currency's sign or code before the numeral: ``$5``, ``US $5``, ``EUR 5``, ``-$5``, ``PS2.7m``, ``R50 million``."""
    start = figure.start
    edge = start - 1 if start > floor and s.text[start - 1] in _BLANKS else start
    if edge - 1 > floor and s.text[edge - 1] in _MINUS:  # "$-50.8bn"
        found = _sign_before(s, edge - 1, edge - 1, floor, signs_only=True)
    else:
        found = _sign_before(s, edge, start, floor)
    found = found or _name_before(s, figure, start, floor)
    if found is None:
        return
    unit, begin = found
    _set(figure, unit)
    figure.signed = True
    figure.start = begin
    while figure.first > 0 and s.starts[figure.first] > begin:
        figure.first -= 1


def _sign_before(s: Sentence, edge: int, start: int, floor: int, *, signs_only: bool = False) -> tuple[Unit, int] | None:
    """The currency whose sign ends at ``edge``, and where the sign begins; ``start`` is where the numeral does."""
    for width in range(min(_LONGEST_SIGN, edge - floor), 0, -1):
        begin = edge - width
        candidate = s.text[begin:edge]
        unit = table().by_sign.get(candidate)
        if unit is None and s.small and " " not in candidate and candidate.upper() not in table().codes:
            unit = table().by_sign.get(candidate.upper())
        if unit is None or (candidate[0].isalpha() and begin > 0 and s.text[begin - 1].isalnum()):
            continue
        if (candidate in _WORDLIKE_SIGNS and edge < start and candidate != "RM") or (signs_only and candidate[-1].isalpha()):
            continue
        if candidate == "PS" and _CONSOLE.match(s.text, start):
            continue
        return unit, begin
    return None


def _name_before(s: Sentence, figure: Figure, start: int, floor: int) -> tuple[Unit, int] | None:
    """``R50 million``, ``dollar 22.5 million``: a letter or a noun that stands for a currency before large numbers only."""
    if start <= floor or not (figure.scaled or "," in s.raw(figure.first)):
        return None
    i = figure.first - 1
    glued = s.glued(figure.first)
    name = (
        _CURRENCIES["scaled"].get(s.raw(i))
        if glued and figure.scaled
        else None
        if glued
        else _CURRENCIES["before"].get(s.word(i))
    )
    return None if name is None or s.glued(i) else (Unit(name, "currency"), s.starts[i])


_MINUS = frozenset("-−")
_LONGEST_SIGN = 8
_CONSOLE = re.compile(r"[1-9](?![0-9.,km])")  # "PS4"
_WORDLIKE_SIGNS = frozenset({"PS", "DM", "Sh", "TRY", "ALL"})


def _after(s: Sentence, figure: Figure, ceiling: int) -> None:
    j = figure.last
    if figure.kind is Kind.MONEY:
        _money_after(s, figure)
        return
    if j < len(s) and s.masked[j]:
        return
    if not figure.spelled or figure.scaled:
        for unit_end, unit in _symbol(s, figure, ceiling):
            _set(figure, unit)
            while figure.after < len(s) and s.starts[figure.after] < unit_end:
                figure.after += 1
            if unit.dimension in {"currency", "ratio"} or not s.text[figure.end].isspace():
                figure.end = unit_end
            _age(s, figure)
            return
    found = _words(s, j, figure)
    if found is None:
        return
    unit, after = found
    if unit.name == "dollar" and s.word(after) == "bill":
        return
    if unit.name == "german mark" and s.word(after - 1) == "mark":  # "past the 200 mark"
        return
    if unit.name == "pound-mass" and figure.scale >= _A_MILLION and s.word(after) != "of":
        unit = Unit("pound sterling", "currency")
    _set(figure, unit)
    figure.after = after
    _age(s, figure)


def _money_after(s: Sentence, figure: Figure) -> None:
    """``$75 U.S.``, ``$5 million dollars``, ``75 USD million``."""
    j = figure.last
    if s.raw(j) == "U" and s.raw(j + 1) == "." and s.raw(j + 2) == "S":
        figure.after = j + 4 if s.raw(j + 3) == "." else j + 3
        return
    found = _words(s, j, figure)
    if found is not None and found[0].dimension == "currency":
        if figure.unit == "dollar":
            figure.unit = found[0].name if found[0].name.endswith("dollar") else figure.unit
        figure.after = found[1]
    elif s.raw(j) in table().codes and not s.is_number(j + 1):
        figure.unit = table().codes[s.raw(j)].name
        figure.after = j + 1


_A_MILLION = 1_000_000
_DENOMINATOR = re.compile(rf"/(?:{'|'.join(sorted(_EACH | _PER_UNIT))}|[km]?g|[mdkc]?[LlmJ]|h|hr|s|min)\b")
_ENDS = re.compile(r"\s?(?:$|[.,;)]|of\b)")
_ONE_LETTER = frozenset("mgWVLJhlFCKstAN")


def _symbol(s: Sentence, figure: Figure, ceiling: int) -> Iterable[tuple[int, Unit]]:
    """At most one (end, unit): a symbol behind the numeral, under the guards that model names and ordinals need."""
    at = figure.end
    gap = 0
    if s.text[at : at + 1] in _BLANKS or (s.text[at : at + 1] in _HYPHENS and s.text[at + 1 : at + 2].isalpha()):
        gap = 1
    at += gap
    match = table().symbols.match(s.text, at)
    if match is None or at >= ceiling:
        small = _SMALL.match(s.text, at) if s.small and not gap else None
        if small and at < ceiling:
            yield small.end(), table().by_symbol[small.group().upper()]
        else:
            yield from _sign_after(s, at, gap)
        return
    symbol, end = match.group(), match.end()
    unit = table().by_symbol[symbol]
    following = s.text[end : end + 1]
    if symbol in _ONE_LETTER:
        if (
            following in {"'", "’", "&"}
            or (following == "." and s.text[end + 1 : end + 2].isalpha())  # another abbreviation
            or (following == "/" and not _DENOMINATOR.match(s.text, end))
            or (following == "-" and not _goes_on(s.text[end + 1 : end + 2], gap))
        ):
            return
        if symbol in {"A", "N", "t", "K"} and gap and not _ENDS.match(s.text, end):
            return
        if symbol == "A" and not gap and _capitalised(s.raw(figure.first - 1)):  # "Gate 39A"
            return
        if symbol == "s" and not gap and "." not in s.raw(figure.last - 1):  # "the 30s"
            return
        if symbol in {"F", "C"} and s.text[at - 1 : at] == "-":
            return
        if symbol in {"C", "F", "J", "L", "K"} and gap and following == " " and s.text[end + 1 : end + 2].isupper():
            return
    if symbol == "PS" or (symbol == "in." and not gap) or (symbol in {"in", "pc"} and gap):
        return
    if symbol.endswith(".") and not s.text[end : end + 9].strip():
        end -= 1
    yield end, unit


def _capitalised(raw: str) -> bool:
    return len(raw) > 1 and raw[0].isupper()


def _goes_on(following: str, gap: int) -> bool:
    """What may stand behind the hyphen of ``5m-high``, ``10C-15C``; not of "a 2004 F-250"."""
    return following.islower() or (following.isdigit() and not gap)


_BLANKS = frozenset(" \u00a0\u202f\u2009")
_HYPHENS = frozenset("-–‑")
_SMALL = re.compile(f"[{''.join(_LEXICON['lower_case']['single']).lower()}]\\b")
_PENCE = re.compile(r"p\b")
_LINES = ("240", "360", "480", "576", "720", "1080", "1440", "2160", "4320")  # "1080p" is a resolution
_INCHES = re.compile(r"\s?[\"”″](?=[\s.,;:)]|$)|''")
_SPACED_FEET = re.compile(r"[′'’](?=\s?[0-9]{1,2}\s?[\"”″])")
_FEET = re.compile(r"[′'’](?=[\s.,;:)]|$|[0-9]{1,2}[\"”″])")


def _sign_after(s: Sentence, at: int, gap: int) -> Iterable[tuple[int, Unit]]:
    match = table().signs.match(s.text, at)
    if match and gap and match.group() in table().codes:
        return  # a word of its own, with a scale behind it perhaps
    if match and not (match.group()[-1].isalnum() and s.text[match.end() : match.end() + 1].isalnum()):
        sign = match.group()
        digit_follows = re.match(r"\s?\d", s.text[match.end() : match.end() + 2]) is not None
        wordlike = sign in _WORDLIKE_SIGNS or sign in {"RM", "Rs", "Rs.", "Rp", "DM", "Sh", "PS"}
        if not wordlike and not (digit_follows and not _blank(s.text, match.end())):
            yield match.end(), table().by_sign[sign]
            return
    if gap == 0 and _PENCE.match(s.text, at) and not s.text[max(0, at - 4) : at].endswith(_LINES):
        yield at + 1, Unit("penny", "currency")
        return
    if gap == 0 or s.text[at : at + 1] in {'"', "″"}:
        quote = s.text.count('"', 0, min(at, 400)) % 2 == 0 and s.text.count("”", 0, min(at, 400)) >= s.text.count(
            "“", 0, min(at, 400)
        )
        match = _INCHES.match(s.text, at)
        if match and quote:
            yield match.end(), Unit("inch", "length")
            return
    if gap == 0 or s.text[at : at + 1] in {"'", "’", "′"}:
        match = (_SPACED_FEET if gap else _FEET).match(s.text, at)
        if match and s.text.count("'", 0, min(at, 400)) % 2 == 0 and s.text.count("‘", 0, min(at, 400)) == 0:
            yield match.end(), Unit("foot", "length")
    bracket = _BRACKET.match(s.text, at)
    if bracket and (bracket.group(1) or bracket.group(2)) in table().by_symbol:
        yield bracket.end(), table().by_symbol[bracket.group(1) or bracket.group(2)]


_BRACKET = re.compile(r"\[([^\W\d_]{1,12})\]|\(([^\W\d_]{2,12})\)")  # "80 [m]", "80 (kg)"


def _blank(text: str, at: int) -> bool:
    return text[at : at + 1].isspace()


def _words(s: Sentence, j: int, figure: Figure) -> tuple[Unit, int] | None:
    """The longest unit in words from token ``j`` on, over hyphens and words such as "straight"; and the token behind it."""
    if (s.joint(j) and (s.hyphen(j) or not s.word(j + 1).endswith("s"))) or (s.word(j) == "+" and s.glued(j)):
        j += 1
    if s.word(j) == "of" and (figure.scaled or figure.vague or figure.fraction) and s.word(j + 1) not in {"a", "an", "the"}:
        found = _longest(s, j + 1)
        return found if found and not (figure.fraction and found[0].dimension == "time") else None
    if s.word(j) == "of" and figure.fraction and s.word(j + 1) in {"a", "an"}:
        return _longest(s, j + 2)
    if figure.fraction and figure.spelled and s.word(j) in {"the", "a", "an"}:
        return None
    if s.raw(j) in table().codes and not s.masked[j]:
        scale = SCALES.get(s.word(j + 1))
        if scale is not None and not figure.scaled:  # 75 USD million
            _rescale(figure, scale)
            return table().codes[s.raw(j)], j + 2
        return table().codes[s.raw(j)], j + 1
    if s.raw(j)[:1] in {"M", "k"} and s.raw(j)[1:] in table().codes:  # thirty MUSD
        factor = 1_000_000 if s.raw(j)[0] == "M" else 1000
        _rescale(figure, Decimal(factor))
        return table().codes[s.raw(j)[1:]], j + 1
    found = _longest(s, j) or _national(s, j)
    if found is None and s.word(j) in _BETWEEN:
        k = j + 1
        while s.word(k) in _BETWEEN and k < j + 3:
            k += 1
        found = _longest(s, k)
    return found


def _national(s: Sentence, j: int) -> tuple[Unit, int] | None:
    """``150 Fijian dollars``: a currency that only its country names."""
    noun = s.word(j + 1)
    singular = noun[:-1] if noun.endswith("s") and noun[:-1] in _NATIONAL else noun
    if singular not in _NATIONAL or not s.raw(j)[:1].isupper():
        return None
    return Unit(f"{s.words[j]} {singular}", "currency"), j + 2


def _rescale(figure: Figure, factor: Decimal) -> None:
    if figure.value is not None:
        figure.value *= factor
        figure.low = figure.high = figure.value
    if figure.granularity is not None:
        figure.granularity *= factor


def _longest(s: Sentence, j: int) -> tuple[Unit, int] | None:
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


def _age(s: Sentence, figure: Figure) -> None:
    """``12 years old``, ``12-year-old``, ``6 weeks of age``."""
    if figure.unit not in {"year", "month", "week", "day", "hour", "minute"}:
        return
    j = figure.after + 1 if s.joint(figure.after) else figure.after
    of_age = s.word(j) == "of" and s.word(j + 1) == "age"
    if s.word(j) in {"old", "olds"} or of_age:
        figure.unit, figure.dimension, figure.kind = f"{figure.unit} of age", "age", Kind.AGE
        figure.after = j + 2 if of_age else j + 1


def _per(s: Sentence, figure: Figure) -> None:
    """``per X [per Y]``, ``a X``, ``/X`` behind the unit: one compound unit where X is a unit, else ``per`` alone."""
    bare_price = not figure.spelled and s.word(figure.after) in {"a", "an"} and not figure.scaled  # "at 54.80 a barrel"
    if figure.unit is None and s.word(figure.after) not in {"per", "/"} and not bare_price:
        return
    if figure.kind is Kind.AGE or " per " in (figure.unit or "") or figure.unit == "percentage point":
        return
    names: list[str] = []
    j = figure.after
    all_units = True
    while len(names) < 3:
        step = _denominator(s, j, bool(names))
        if step is None:
            break
        name, j, is_unit = step
        all_units = all_units and is_unit
        names.append(name)
    if not names:
        return
    figure.per = " per ".join(names)
    figure.after = j
    if all_units and figure.unit is not None:
        figure.unit = f"{figure.unit} per {figure.per}"
        figure.dimension = table().dimensions.get(figure.unit, f"{figure.dimension} rate")
        figure.kind = Kind.MONEY if figure.kind is Kind.MONEY else Kind.MEASURE


def _denominator(s: Sentence, j: int, further: bool) -> tuple[str, int, bool] | None:
    k = j + 1 if s.joint(j) else j
    word = s.word(k)
    if s.joint(k + 1) and word in {"a", "per"}:
        k += 1
    if word == "per" or (word == "/" and s.is_word(k + 1) and s.glued(k) == s.glued(k + 1)):
        found = _longest(s, k + 1)
        symbol = table().symbols.match(s.text, s.starts[k + 1]) if k + 1 < len(s) else None
        if symbol is not None and (found is None or symbol.end() > s.ends[found[1] - 1]):  # "per km2"
            return table().by_symbol[symbol.group()].name, bisect_left(s.starts, symbol.end()), True
        if found and found[0].dimension != "ratio" and (word == "per" or found[0].dimension != "currency"):
            return found[0].name, found[1], True
        noun = s.word(k + 1)
        if not s.is_word(k + 1) or noun in {"cent", "se", "capita"} or (word == "/" and noun not in _EACH):
            return (noun, k + 2, False) if noun == "capita" else None
        if noun not in _EACH and s.word(k + 2) in _EACH:  # "per diluted share"
            return s.word(k + 2), k + 3, s.word(k + 2) in _PER_UNIT
        return noun, k + 2, noun in _PER_UNIT
    if word == "to" and s.word(k + 1) == "the" and not further:  # "112 yen to the dollar", "37 miles to the gallon"
        found = _longest(s, k + 2)
        return (found[0].name, found[1], True) if found and found[0].name in _TO_THE else None
    if word == "a" and s.word(k + 1) in _SHARES and s.word(k + 2) == "share":  # "a diluted share"
        return "share", k + 3, True
    moment = s.word(k + 1) in _TIMES and s.word(k + 2) in _MOMENTS  # "a year ago"
    if word in {"a", "an", "each", "every"} and s.word(k + 1) in _EACH and not moment:
        if further and word == "each":
            return None
        found = _longest(s, k + 1)
        name = found[0].name if found and found[0].dimension != "currency" and found[1] == k + 2 else s.word(k + 1)
        return name, k + 2, name in _PER_UNIT or s.word(k + 1) in _PER_UNIT
    return None


_SHARES = frozenset({"diluted", "basic", "common"})


def compound(s: Sentence, figures: list[Figure]) -> list[Figure]:
    """``3 dollars 50 cents``, ``15 dollars 50``, ``6-foot-9``, ``7 minutes 41 seconds`` as one amount each."""
    merged: list[Figure] = []
    for figure in figures:
        _add_article(s, figure)
        whole = merged[-1] if merged else None
        rule = None if whole is None else _parts_rule(s, whole, figure)
        if whole is None or rule is None or whole.value is None or figure.value is None:
            merged.append(figure)
            continue
        count, unit = rule
        in_parts = unit is not None and unit != whole.unit
        whole.value = whole.value * count + figure.value if in_parts else whole.value + figure.value / count
        whole.unit = unit or whole.unit
        whole.low = whole.high = whole.value
        whole.granularity = Decimal(1) if in_parts else Decimal(1) / count
        whole.last, whole.end, whole.after = figure.last, figure.end, figure.after
        _age(s, whole)
    return merged


def _add_article(s: Sentence, figure: Figure) -> None:
    """``an hour and 20 minutes``: the whole is written as "a" or "an"."""
    first = figure.first - 3
    rule = _COMPOUNDS.get((s.word(first + 1), figure.unit or ""))
    if rule is None or figure.value is None or s.word(first) not in {"a", "an"} or s.word(first + 2) != "and":
        return
    count, unit = rule
    figure.value = figure.value + count if unit == figure.unit else 1 + figure.value / count
    figure.low = figure.high = figure.value
    figure.unit, figure.first, figure.start = unit, first, s.starts[first]


def _parts_rule(s: Sentence, whole: Figure, part: Figure) -> tuple[Decimal, str | None] | None:
    """How many of ``part`` make one of ``whole``, and the unit of their sum (None: the whole's)."""
    if whole.value is None or part.value is None or whole.value != int(whole.value) or part.value < 0:
        return None
    gap = [s.word(k) for k in range(whole.after, part.first)]
    if gap not in ([], ["and"], ["-"], [","], [",", "and"]):
        return None
    if whole.kind is Kind.MONEY:
        return _money_parts(s, whole, part, gap)
    for pair, rule in _COMPOUNDS.items():
        first, second = pair
        sign = s.word(part.last) == "in" and not s.is_number(part.last + 1)  # "5 ft 11 in"
        ends = not s.is_word(part.last) or s.word(part.last) in {"and", "tall"}  # "6 foot 9"
        joined = gap == ["-"] or (not gap and (sign or ends or whole.end > s.ends[whole.last - 1]))  # "6-foot-9", "6'9"
        bare = part.unit is None and second == "inch" and joined and not s.hyphen(part.last)
        if whole.unit == first and (part.unit == second or bare) and part.value < rule[0]:
            return rule
    return None


_COMPOUNDS = {
    (pair.split()[0], pair.split()[1]): (Decimal(rule["count"]), str(rule["sum"])) for pair, rule in _LEXICON["compounds"].items()
}


def _money_parts(s: Sentence, whole: Figure, part: Figure, gap: list[str]) -> tuple[Decimal, None] | None:
    assert part.value is not None
    if gap not in ([], ["and"]) or (whole.after == whole.last and whole.end <= s.ends[whole.last - 1]):
        return None
    if not 0 < part.value < 100 or part.value != int(part.value):
        return None
    if part.unit is not None:
        of, count = _PARTS.get(part.unit, (frozenset(), Decimal(0)))
        return (count, None) if whole.unit in of else None
    ends = s.word(part.after) in {"", ".", ",", ";", "!", "?"}
    return (Decimal(100), None) if ends else None


def rate(s: Sentence, offset: int) -> str | None:
    """What a count is per, read behind the character ``offset``, the end of its noun: ``20 burglaries per week``."""
    j = bisect_left(s.starts, offset)
    step = _denominator(s, j, False)
    if step is None or (s.word(j) != "per" and step[0] not in _TIMES):
        return None
    return step[0]
