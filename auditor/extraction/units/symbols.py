"""Signs and symbols behind the numeral, under the guards that names of models and ordinals need."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.extraction.sentence import Figure, Sentence
from auditor.extraction.units.per import EACH, PER_UNIT
from auditor.extraction.units.table import BLANKS, WORDLIKE_SIGNS, Unit, table
from auditor.lexicon import load

_LEXICON = load("units")
_DENOMINATOR = re.compile(rf"/(?:{'|'.join(sorted(EACH | PER_UNIT))}|[km]?g|[mdkc]?[LlmJ]|h|hr|s|min)\b")
_ENDS = re.compile(r"\s?(?:$|[.,;)]|of\b)")
_LABELS = frozenset(load("exclusions")["labels"]["words"])
_ONE_LETTER = frozenset("mgWVLJhlFCKstAN")
_HYPHENS = frozenset("-–‑")
_SMALL = re.compile(f"[{''.join(_LEXICON['lower_case']['single']).lower()}]\\b")
_PENCE = re.compile(r"p\b")
_LINES = ("240", "360", "480", "576", "720", "1080", "1440", "2160", "4320")  # "1080p" is a resolution
_INCHES = re.compile(r"\s?[\"”″](?=[\s.,;:)]|$)|''")
_SPACED_FEET = re.compile(r"[′'’](?=\s?[0-9]{1,2}\s?[\"”″])")
_FEET = re.compile(r"[′'’](?=[\s.,;:)]|$|[0-9]{1,2}[\"”″])")
_BRACKET = re.compile(r"\[([^\W\d_]{1,12})\]|\(([^\W\d_]{2,12})\)")  # "80 [m]", "80 (kg)"


def symbol(s: Sentence, figure: Figure, ceiling: int) -> Iterable[tuple[int, Unit]]:
    """At most one (end, unit): a symbol behind the numeral, under the guards that model names and ordinals need."""
    at = figure.end
    gap = 0
    if s.text[at : at + 1] in BLANKS or (s.text[at : at + 1] in _HYPHENS and s.text[at + 1 : at + 2].isalpha()):
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
            or (following == "/" and not (_DENOMINATOR.match(s.text, end) or s.text[end + 1 : end + 2].isdigit()))
            or (following == "-" and not _goes_on(s.text, end + 1, symbol, gap))
            or (not gap and s.word(figure.first - 1) in _LABELS)
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
    if (symbol == "PS" and not gap) or (symbol == "in." and not gap) or (symbol in {"in", "pc"} and gap):
        return
    if symbol.endswith(".") and not s.text[end : end + 9].strip():
        end -= 1
    yield end, unit


def _capitalised(raw: str) -> bool:
    return len(raw) > 1 and raw[0].isupper()


def _goes_on(text: str, at: int, symbol: str, gap: int) -> bool:
    """What may stand behind the hyphen of ``5m-high``, ``10C-15C``; not of "a 2004 F-250", "5W-30"."""
    return text[at : at + 1].islower() or (
        not gap and re.match(rf"[0-9]{{1,6}}(?:\.[0-9]{{1,3}})?\s?{symbol}\b", text[at : at + 12]) is not None
    )


def _sign_after(s: Sentence, at: int, gap: int) -> Iterable[tuple[int, Unit]]:
    match = table().signs.match(s.text, at)
    if match and gap and match.group() in table().codes:
        return  # a word of its own, with a scale behind it perhaps
    if match and not (match.group()[-1].isalnum() and s.text[match.end() : match.end() + 1].isalnum()):
        sign = match.group()
        digit_follows = re.match(r"\s?\d", s.text[match.end() : match.end() + 2]) is not None
        wordlike = sign in WORDLIKE_SIGNS or sign in {"RM", "Rs", "Rs.", "Rp", "DM", "Sh", "PS"}
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


def _blank(text: str, at: int) -> bool:
    return text[at : at + 1].isspace()
