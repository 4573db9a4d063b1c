"""When a value holds: expressions of time in a passage, resolved against the document's date.

Expressions are found strictly first and interpreted then: what is not understood is no date.  The grain stays (a month is its
first to its last day), and what cannot be resolved without a publication date stays unknown.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from auditor import lexicon
from auditor.model import Period

_DAY = datetime.timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of time at ``start:end`` of the passage's text; ``operator`` is since, until or on."""

    start: int
    end: int
    period: Period
    operator: str
    reporting: bool  # the day on which somebody said it, not the day it holds for


@cache
def _pattern() -> re.Pattern[str]:
    words = lexicon.load("time")
    months = "|".join([*words["months"], *words["month_abbreviations"]])
    days = "|".join(words["weekdays"])
    numbers = "|".join(words["numbers"])
    units = "|".join(words["units"])
    quarters = "|".join(words["quarters"])
    year = r"(?:19|20)\d\d"
    return re.compile(
        rf"""\b(?:
          (?P<iso>{year}-\d\d-\d\d)
        | (?P<dmy>(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<m1>{months})\b\.?(?:,?\ (?P<y1>{year}))?)
        | (?P<mdy>(?P<m2>{months})\b\.?\ (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d{{3}}|\.\d)(?:,?\ (?P<y2>{year}))?)
        | (?P<my>(?P<m3>{months})\b\.?,?\ (?:of\ )?(?P<y3>{year}))
        | (?P<month>(?:in|by|since|until|during|last|of|early|late|mid)[\ -](?P<m4>{months})\b(?!\.?,?\ (?:of\ )?\d))
        | (?P<quarter>(?P<q1>{quarters})[\ -]quarter(?:\ (?:of\ )?(?P<y5>{year}))?|q(?P<q2>[1-4])\ (?P<y6>{year}))
        | (?P<weekday>(?:(?P<which>last|next|this)\ )?(?P<wd>{days}))
        | (?P<relative>today|yesterday|tomorrow|tonight|overnight)
        | (?P<this>(?P<rel>this|last|next|previous|past)\ (?P<unit>{units}|weekend))
        | (?P<ago>(?P<n>\d{{1,3}}|{numbers})\ (?P<unit2>{units})s?\ (?:ago|earlier))
        | (?P<year>(?:in|by|since|until|during|from|of|end\ of|as\ of|for|before)\ (?:early\ |late\ |mid-?)?(?P<y4>{year}))
        )\b""",
        re.IGNORECASE | re.VERBOSE,
    )


_SAID = re.compile(
    r"\b(?:said|says|told|announced|reported|added|stated|confirmed|wrote|released|published|according to)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)


_VERBS = "|".join(lexicon.load("time")["foretold"])
_FORETOLD_BEFORE = re.compile(rf"\b(?:{_VERBS})\b[^.,;:]{{0,20}}$", re.IGNORECASE)
_FORETOLD_BEHIND = re.compile(rf"\s(?:had\s)?(?:{_VERBS})\b", re.IGNORECASE)


def _foretold(text: str, before: str, match: re.Match[str]) -> bool:
    """Whether it is the day of a forecast, not the time that it is of: "the 1.8 percent that it named two days earlier"."""
    if not (match.group("weekday") or match.group("ago") or match.group("month") or match.group("this")):
        return False
    if (match.group("unit") or match.group("unit2") or "day").lower() in ("year", "decade"):
        return False
    return _FORETOLD_BEFORE.search(before) is not None or _FORETOLD_BEHIND.match(text, match.end()) is not None


def expressions(text: str, published: datetime.date | None) -> Iterator[Expression]:
    """Every expression of time that can be resolved, in order."""
    for match in _pattern().finditer(text):
        days = _days(match, published)
        if days is None:
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        operator = _operator(before, match.group())
        said = _SAID.search(before)
        close = said is not None and (match.group("weekday") or match.group("relative") or match.group("mdy")) is not None
        yield Expression(
            match.start(),
            match.end(),
            Period(days[0], days[1], text=match.group(), method="text"),
            operator,
            bool(close and said is not None and len(before) - said.start() < 45) or _foretold(text, before, match),
        )


def _operator(before: str, text: str) -> str:
    words = lexicon.load("time")
    tail = before.lower().rstrip()
    first = text.lower().split()[0]
    for name, prepositions in (("since", words["since"]), ("until", words["until"])):
        if first in prepositions or any(re.search(rf"\b{p}(?: the end of| the| early| late| mid)?$", tail) for p in prepositions):
            return name
    return "on"


def _days(match: re.Match[str], published: datetime.date | None) -> tuple[datetime.date, datetime.date] | None:
    group = match.groupdict()
    try:
        if group["iso"]:
            day = datetime.date.fromisoformat(group["iso"])
            return day, day
        for d, m, y in (("d1", "m1", "y1"), ("d2", "m2", "y2")):
            if group[m]:
                return _day_of(int(group[d]), _month_number(group[m]), group[y], published)
        if group["m3"]:
            return _month(int(group["y3"]), _month_number(group["m3"]))
        if group["y4"]:
            year = int(group["y4"])
            return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        if group["quarter"]:
            return _quarter(group, published)
    except ValueError:
        return None
    return _relative(group, published) if published else None


def _month_number(name: str) -> int:
    words = lexicon.load("time")
    name = name.lower()
    return words["months"].index(name) + 1 if name in words["months"] else int(words["month_abbreviations"][name])


def _month(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])


def _day_of(
    day: int, month: int, year: str | None, published: datetime.date | None
) -> tuple[datetime.date, datetime.date] | None:
    if year:
        found = datetime.date(int(year), month, day)
        return found, found
    if published is None:
        return None
    years = (published.year - 1, published.year, published.year + 1)
    found = min((datetime.date(y, month, day) for y in years), key=lambda d: (abs((d - published).days), d))
    return found, found


def _quarter(group: dict[str, str | None], published: datetime.date | None) -> tuple[datetime.date, datetime.date] | None:
    number = int(group["q2"]) if group["q2"] else int(lexicon.load("time")["quarters"][str(group["q1"]).lower()])
    written = group["y5"] or group["y6"]
    if written is None and published is None:
        return None
    year = int(written) if written else published.year  # type: ignore[union-attr]
    first, last = datetime.date(year, 3 * number - 2, 1), _month(year, 3 * number)[1]
    if not written and published and first > published:
        return first.replace(year=year - 1), _month(year - 1, 3 * number)[1]
    return first, last


def _relative(group: dict[str, str | None], published: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    words = lexicon.load("time")
    if group["relative"]:
        shift = {"yesterday": -1, "tomorrow": 1}.get(group["relative"].lower(), 0)
        day = published + shift * _DAY
        return day, day
    if group["weekday"]:
        return _weekday(words["weekdays"].index(str(group["wd"]).lower()), (group["which"] or "").lower(), published)
    if group["m4"]:
        month = _month_number(group["m4"])
        year = published.year if month <= published.month else published.year - 1
        return _month(year, month)
    if group["this"]:
        return _around(str(group["rel"]).lower(), str(group["unit"]).lower(), published)
    if group["ago"]:
        n = str(group["n"]).lower()
        return _ago(int(n) if n.isdigit() else int(words["numbers"][n]), str(group["unit2"]).lower(), published)
    return None


def _weekday(number: int, which: str, published: datetime.date) -> tuple[datetime.date, datetime.date]:
    back = (published.weekday() - number) % 7
    day = published - back * _DAY if which != "next" else published + ((number - published.weekday()) % 7 or 7) * _DAY
    return day, day


def _around(which: str, unit: str, published: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    step = {"this": 0, "next": 1}.get(which, -1)
    if unit == "day":
        return None
    if unit in ("week", "weekend"):
        monday = published - published.weekday() * _DAY + 7 * step * _DAY
        return (monday + 5 * _DAY, monday + 6 * _DAY) if unit == "weekend" else (monday, monday + 6 * _DAY)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return _month(months // 12, months % 12 + 1)
    if unit == "quarter":
        quarters = published.year * 4 + (published.month - 1) // 3 + step
        year, number = quarters // 4, quarters % 4
        return datetime.date(year, 3 * number + 1, 1), _month(year, 3 * number + 3)[1]
    if unit == "year":
        year = published.year + step
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return None


def _ago(n: int, unit: str, published: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    if unit == "day":
        day = published - n * _DAY
        return day, day
    if unit == "week":
        day = published - 7 * n * _DAY
        return day - 3 * _DAY, day + 3 * _DAY
    if unit == "month":
        months = published.year * 12 + published.month - 1 - n
        return _month(months // 12, months % 12 + 1)
    if unit in ("year", "decade"):
        year = published.year - n * (10 if unit == "decade" else 1)
        return (datetime.date(year, 1, 1), datetime.date(year, 12, 31)) if year >= _FIRST_YEAR else None
    return None
