"""The day on which a text says it was published: a line at its head or foot that is a date and no more, or its dateline.

Never a date inside a sentence: that is what the text tells, not when it was told.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from auditor.read.dates import DATE, DAY_AND_MONTH, MONTH_AND_YEAR, YEAR, date_of, date_of_year

LONG_LINE = 120  # characters; a longer line is prose, of which only the beginning is looked at
PARTS = re.compile(r"\s*[|•·]\s*|\s+[—–]\s+")
_NEAR = 6  # lines of the head among which a place may stand before the date
_FIRST = 4  # lines of the head that may go on behind their date

_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_ZONE = r"(?: ?\(?[A-Z]{1,5}(?:[+-]\d{1,2})?\)?|[+-]\d\d:?\d\d)?"
_CLOCK = rf"\d{{1,2}}(?:[:.h]?\d\d){{0,2}}h?(?: ?[ap]\.?m\.?)?{_ZONE}"
_TIME = rf"(?:(?:T|,? (?:at |[-–—] ?)?){_CLOCK})?"
_UPDATED = r"(?:last |article )?(?:updated|modified)"
_WORDS = (
    rf"(?:(?:{_UPDATED}|(?:first |article )?(?:published|posted|issued|dated?|created|filed|released)"
    r"|date of publication|publication date)(?: on| at| in)?:? ?)?"
)
_DAY = rf"{_WEEKDAY}(?:the )?{DATE}"
_BY = r"(?: by [^\d|]{2,60})?"
_WHOLE_LINE = re.compile(rf"[(\[]?(?P<words>{_WORDS})(?:{_CLOCK},? (?:on )?)?{_DAY}{_TIME}{_BY}\W{{0,3}}", re.IGNORECASE)
_BEGINNING = re.compile(rf"{_WORDS}{_WEEKDAY}{DATE}", re.IGNORECASE)
_BYLINE_BEFORE = re.compile(
    r"^(?:(?:Posted |Published |Written )?by|By|BY) [^\d|]{2,60}?,? (?:on )?"
    r"(?=(?:\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_UPDATE = re.compile(rf"[;,]? (?={_UPDATED}\b)", re.IGNORECASE)

_CAPITALS = r"[A-Z][A-Z .'/-]{1,30}(?:, [A-Z][\w.]{1,20}){0,2}"
_WORD = r"[A-ZÀ-Þ][\w.'’/-]{0,24}"
_NAME = rf"{_WORD}(?: (?:(?:of|and|on|upon|the|de|del|la|al|el) )?{_WORD}){{0,5}}(?:, {_WORD}){{0,2}}"
_AGENCY = r"\([A-Z][\w.,/ -]{1,40}\)"
_PLACE_AND_DATE = re.compile(rf"[(\[]?{_NAME}, (?i:{_DAY}{_TIME})[.)\]]{{0,2}}")
_BEFORE = rf"(?:{_CAPITALS}|\([A-Z][\w ]{{1,20}}\))[,:]? (?:\([A-Za-z ]{{2,20}}\),? )?(?:[A-Z][a-z]{{2,8}}, )?"
_BEHIND = rf",?(?: {_AGENCY}| ?(?:--|[—–])| -(?= ))"
_DATELINES = (
    re.compile(rf"{_BEFORE}(?i:{DATE})(?:{_BEHIND}|[:.]? (?=[\"“'‘]?[A-Z]))"),
    re.compile(rf"{_NAME}, (?i:{_DAY}){_BEHIND}"),
)
_DATELINE_OF_YEAR = re.compile(rf"{_CAPITALS},? (?i:{_WEEKDAY}{DAY_AND_MONTH})(?!,? ?\d){_BEHIND}")
_GIVES_YEAR = re.compile(rf"(?:(?:copyright|©|\(c\)) ?){{1,2}}{YEAR}(?! ?[-–,/]? ?\d)|{MONTH_AND_YEAR}\W{{0,2}}$", re.IGNORECASE)
_OTHER_TEXTS = re.compile(
    r"\W{0,3}(?:sources?|references|bibliography|(?:foot)?notes|further reading|see also|read more|related|timeline)\b",
    re.IGNORECASE,
)


class Published(NamedTuple):
    """The day, how it was found, and how sure that is."""

    day: datetime.date
    method: str
    confidence: float


def published(head: Sequence[str], foot: Sequence[str], title: str | None) -> Published | None:
    """What the first and the last lines of a text say of its day; None where they say nothing, or name several days.

    A title such as "Storm Mara, March 4, 2021" gives the day of what it is about.
    """
    for method, confidence, dates in (
        ("date line", 0.9, _of_lines(head)),
        ("place and date", 0.8, (_of_place(line) for line in head[:_NEAR] if line != title)),
        ("dateline", 0.8, map(_of_dateline, head[:_NEAR])),
        ("beginning of a line", 0.7, map(_of_beginning, head[:_FIRST])),
        ("date line at the foot", 0.7, _of_foot(foot)),
        ("dateline, year of another line", 0.6, _with_year(head, foot)),
    ):
        day = next(filter(None, dates), None)
        if day:
            return Published(day, method, confidence)
    return None


def is_date_line(part: str) -> bool:
    """Whether a line, or a part of one, is a date and no more."""
    return bool(_WHOLE_LINE.fullmatch(part))


def _of_lines(lines: Iterable[str]) -> Iterator[datetime.date]:
    """The days of the lines that are a date and no more: of the publication, then without a word, then of an update.

    Several days without a word are a list of events.
    """
    named: list[datetime.date] = []
    bare: list[datetime.date] = []
    updated: list[datetime.date] = []
    for part in (part for line in lines for part in _parts(line)):
        match = _WHOLE_LINE.fullmatch(part)
        day = date_of(match) if match else None
        if match and day:
            words = match["words"].lower()
            (updated if "updated" in words or "modified" in words else named if words else bare).append(day)
    yield from named
    yield from bare if len(set(bare)) == 1 else ()
    yield from updated


def _parts(line: str) -> list[str]:
    """A line, and its parts between bars, each without the byline before it."""
    if len(line) > LONG_LINE:
        return []
    parts = [line, *(piece for part in PARTS.split(line) for piece in _UPDATE.split(part))]
    return [_BYLINE_BEFORE.sub("", part).strip() for part in parts]


def _of_place(line: str) -> datetime.date | None:
    """A line that is a place, or a paper's name, with a date: "Lenvik Hall, March 4, 2021"."""
    match = _PLACE_AND_DATE.fullmatch(line) if len(line) <= LONG_LINE else None
    return date_of(match) if match else None


def _of_dateline(line: str) -> datetime.date | None:
    matches = (dateline.match(line[:LONG_LINE]) for dateline in _DATELINES)
    return next((date_of(match) for match in matches if match), None)


def _of_beginning(line: str) -> datetime.date | None:
    """A date at which a line begins and which no sentence goes on from ("14 Nov 2017 The toll …", not "On 14 Nov 2017 …")."""
    match = _BEGINNING.match(line[:LONG_LINE])
    if match and re.match(r"\W{0,4}(?:\s\(?[A-Z]|\()", line[match.end() : match.end() + 8]):
        return date_of(match)
    return None


def _of_foot(lines: Sequence[str]) -> Iterator[datetime.date]:
    """The only day that the last lines name; none where they list other texts, whose days those would be."""
    if any(_OTHER_TEXTS.match(line) for line in lines):
        return
    days = {*_of_lines(lines), *filter(None, map(_of_place, lines))}
    if len(days) == 1:
        yield days.pop()


def _with_year(head: Sequence[str], foot: Sequence[str]) -> Iterator[datetime.date]:
    """A dateline's day and month in the only year that a copyright line or the line of an issue gives."""
    dateline = next(filter(None, (_DATELINE_OF_YEAR.match(line[:LONG_LINE]) for line in head[:_NEAR])), None)
    given = (_GIVES_YEAR.match(line[:LONG_LINE]) for line in (*head, *foot))
    years = {int(year) for match in given if match for key, year in match.groupdict().items() if year and key.startswith("year")}
    if dateline and len(years) == 1:
        day = date_of_year(dateline, years.pop())
        if day:
            yield day
