"""Digits with their separators: the value they write, and the document's own way of writing decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Convention:
    """How a document writes decimals.  ``mark`` is "." or ","; ``shown`` whether the document itself shows it."""

    mark: str
    shown: bool


_NUMBER = re.compile(r"[0-9][0-9.,]*")
_COMMA_DECIMALS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,8},[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3}){2,8}|[0-9]+,[0-9]{1,2}")
_POINT_DECIMALS = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3}){1,8}\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,8}|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,9})|0\.[0-9]+"
)


def convention(text: str, setting: str | None) -> Convention:
    """The decimal mark that ``text`` shows by itself, else ``setting``, else the point."""
    numbers = {number.rstrip(".,") for number in _NUMBER.findall(text)}
    comma = any(map(_COMMA_DECIMALS.fullmatch, numbers))
    point = any(map(_POINT_DECIMALS.fullmatch, numbers))
    if comma != point:
        return Convention("," if comma else ".", shown=True)
    return Convention(setting or ".", shown=False)


_GROUP_MARKS = dict.fromkeys(map(ord, "\u00a0\u202f\u2009 '’"))


def number(raw: str, style: Convention) -> tuple[Decimal | None, str | None]:
    """The value of a run of digits and separators, and why it is uncertain."""
    raw = raw.translate(_GROUP_MARKS)
    commas, points = raw.count(","), raw.count(".")
    if commas and points:
        decimal = max(raw.rfind(","), raw.rfind("."))
        whole = raw[:decimal].replace(",", "").replace(".", "")
        return Decimal(f"{whole}.{raw[decimal + 1 :]}"), None
    if commas > 1 or points > 1:
        return Decimal(raw.replace(",", "").replace(".", "")), None
    if not commas and not points:
        return Decimal(raw), None
    mark = "," if commas else "."
    whole, digits = raw.split(mark)
    grouped = len(digits) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0"
    if not grouped:
        known = mark == "." or style.mark == ","
        return Decimal(f"{whole or '0'}.{digits}"), None if known else "decimal comma in a document of decimal points"
    if style.mark == mark:
        doubtful = None if style.shown else f"'{raw}' may be {whole}{digits} or {whole}.{digits}"
        return Decimal(f"{whole}.{digits}"), doubtful
    return Decimal(whole + digits), None
