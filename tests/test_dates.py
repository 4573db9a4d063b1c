"""Expressions of time: found strictly, resolved against the document's date, their grain kept."""

import datetime

import pytest

from auditor.enrich.dates import expressions
from auditor.model import Document, Settings
from auditor.pipeline import read_one

NOW = datetime.date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on 6 November 2024", "2024-11-06", "2024-11-06"),
        ("on the 6th of November 2024", "2024-11-06", "2024-11-06"),
        ("October 19, 2024", "2024-10-19", "2024-10-19"),
        ("Nov. 6", "2026-11-06", "2026-11-06"),
        ("on January 3", "2027-01-03", "2027-01-03"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("by November 2024", "2024-11-01", "2024-11-30"),
        ("in March", "2026-03-01", "2026-03-31"),
        ("in 2023", "2023-01-01", "2023-12-31"),
        ("since 2019", "2019-01-01", "2019-12-31"),
        ("in the first quarter of 2025", "2025-01-01", "2025-03-31"),
        ("Q4 2025", "2025-10-01", "2025-12-31"),
        ("on Monday", "2026-11-23", "2026-11-23"),
        ("on Wednesday", "2026-11-25", "2026-11-25"),
        ("next Friday", "2026-11-27", "2026-11-27"),
        ("yesterday", "2026-11-24", "2026-11-24"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("next year", "2027-01-01", "2027-12-31"),
        ("two days ago", "2026-11-23", "2026-11-23"),
        ("three months ago", "2026-08-01", "2026-08-31"),
        ("four years ago", "2022-01-01", "2022-12-31"),
    ],
)
def test_an_expression_is_resolved(text, start, end):
    found = list(expressions(f"The harbour counted 40 boats {text}.", NOW))
    assert [(e.period.start.isoformat(), e.period.end.isoformat()) for e in found] == [(start, end)]


@pytest.mark.parametrize(
    "text", ["40 boats may come", "a march of 400", "31 February 2024", "the second of 40", "Mayor April Lund", "99 August"]
)
def test_what_is_no_date_is_none(text):
    assert list(expressions(f"He said that {text}.", None)) == []


@pytest.mark.parametrize("text", ["on Monday", "yesterday", "last week", "in March", "two days ago", "Nov. 6"])
def test_without_a_publication_date_it_stays_unknown(text):
    assert list(expressions(f"40 boats left {text}.", None)) == []


def test_the_day_of_a_report_is_told_from_the_day_of_the_event():
    found = list(expressions("Forty people were hurt on Sunday, the police said on Tuesday.", NOW))
    assert [(e.period.text, e.reporting) for e in found] == [("Sunday", False), ("Tuesday", True)]


@pytest.mark.parametrize(
    ("text", "of_the_forecast"),
    [
        ("Growth will be less than the 1.8 percent that the ministry named two days earlier.", True),
        ("It lowered the forecast from the 2.9 percent it had predicted in April.", True),
        ("The bank last week pencilled in 2.3 percent.", True),
        ("Growth of 2.3 percent is expected next year.", False),
        ("Growth came to 2.3 percent in April.", False),
    ],
)
def test_the_day_of_a_forecast_is_not_what_it_is_of(text, of_the_forecast):
    assert [e.reporting for e in expressions(text, NOW)] == [of_the_forecast]


@pytest.mark.parametrize(
    ("text", "operator"),
    [("since 2019", "since"), ("by November 2024", "until"), ("until the end of 2026", "until"), ("in 2026", "on")],
)
def test_operators_are_kept(text, operator):
    assert [e.operator for e in expressions(f"40 boats left {text}.", NOW)] == [operator]


def test_what_stands_behind_a_compared_figure_dates_that_figure():
    text = "Turnout was 54 percent, compared with 47 percent in 2021."
    claims = read_one(Document("a", text, published=NOW), Settings()).claims
    assert [claim.as_of.method for claim in claims] == ["published", "text"]
