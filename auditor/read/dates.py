"""Dates as documents write their own: day, month and year, or no date."""

from __future__ import annotations

import datetime
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year{0}>(?:19|20)\d\d)"
_DAY = r"(?P<day{0}>[0-3]?\d)(?:st|nd|rd|th)?"
DATE = (
    r"(?:"
    + (_YEAR + r"[-/](?P<number{0}>[01]?\d)[-/]" + _DAY).format("1")
    + "|"
    + (_DAY + r"(?:[ .-]{{1,2}}| of )" + _MONTH + r",?[ -]" + _YEAR).format("2")
    + "|"
    + (_MONTH + r" " + _DAY + r",? " + _YEAR).format("3")
    + "|"
    + (_DAY + r"\.(?P<number{0}>[01]?\d)\." + _YEAR).format("4")
    + "|"
    + (r"(?P<number{0}>[0-3]?\d)/" + _DAY + "/" + _YEAR).format("5")
    + r")(?!\d)"
)
DAY_AND_MONTH = r"(?:" + (_DAY + " " + _MONTH).format("6") + "|" + (_MONTH + " " + _DAY).format("7") + r")(?!\w)"
MONTH_AND_YEAR = (_MONTH + r",? " + _YEAR).format("8")
YEAR = _YEAR.format("9")
_DATE = re.compile(rf"(?<!\d){DATE}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?!\d)")


def parse_date(text: str) -> datetime.date | None:
    """The date that a field such as "2024-10-19T08:00Z", "October 19, 2024" or "19 Oct 2024" begins with; None if none."""
    text = text.strip()[:80]
    compact = _COMPACT.match(text)
    if compact:
        return _date(*map(int, compact.groups()))
    match = _DATE.search(text)
    return date_of(match) if match else None


def date_of(match: re.Match[str]) -> datetime.date | None:
    """The date of a match of ``DATE``; None where there is no such day, or where day and month cannot be told apart."""
    found = _parts(match)
    day, year = int(found["day"]), int(found["year"])
    if "month" in found:
        return date_of_year(match, year)
    month = int(found["number"])
    if match.groupdict().get("number5"):  # 3/28/2017 or 28/3/2017: told apart only where one of them is no month
        if month > 12 or day == month:
            return _date(year, day, month)
        if day <= 12:
            return None
    return _date(year, month, day)


def date_of_year(match: re.Match[str], year: int) -> datetime.date | None:
    """The date in ``year`` of a match of ``DAY_AND_MONTH``; None where there is no such day."""
    found = _parts(match)
    return _date(year, _MONTHS.index(found["month"][:3].lower()) + 1, int(found["day"]))


def _parts(match: re.Match[str]) -> dict[str, str]:
    """Day, month and year as written, whichever of the wordings matched."""
    return {key[:-1]: value for key, value in match.groupdict().items() if value and key[-1].isdigit()}


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
