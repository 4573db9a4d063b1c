"""The summary in the terminal."""

from __future__ import annotations

import dataclasses
import re

import pytest
import report_story as story

from auditor.report import text


@pytest.fixture(scope="module")
def summary():
    return text.render(story.audit())


def test_the_worst_finding_stands_with_both_sides(summary):
    critical = summary[summary.index("critical ND101") :].split("\n\n")[0]
    for words in (
        "$4 million per day",
        "    stories/port/wire.txt:6:29\n",
        "says so: the harbour authority; as of 3 March 2025",
        "“The stoppage costs the port $4 million a day, according to the harbour\n      authority.”",
        "$6 million per day",
        "mirror.txt:6:29",
    ):
        assert words in critical


@pytest.mark.parametrize(
    "words",
    [
        "5 documents: 3 read whole, 1 read in part, 1 unreadable",
        "scan.pdf                               0 figures  unreadable: binary: no text",
        "11 figures, 3 things measured in more than one place, 4 independent origins",
        "not compared: 3 figures (measured in one place only 2, vague 1)",
        "  critical      1  conflicting-figures",
        "  not checked: ",
        "plan-outcome-gap",
        "about 2,300 dockers  [3 documents of 2 origins, best sourced]",
        "1 document could not be read and was not audited.",
    ],
)
def test_it_says_what_was_read_and_found(summary, words):
    assert words in summary


@pytest.mark.parametrize("width", [46, 60, 80])
def test_no_line_is_longer_than_the_screen_is_wide(tmp_path, width):
    audits = story.audit(), story.audit(hostile=True, suites=story.hostile_suites(tmp_path))
    lines = [line for audit in audits for line in text.render(audit, text.Screen(width)).split("\n")]
    assert width - 8 < max(map(len, lines)) <= width


def test_without_a_terminal_it_is_80_columns_wide(summary):
    assert summary == text.render(story.audit(), text.Screen(80, color=False))


def test_controls_of_a_document_do_not_reach_the_terminal(tmp_path):
    hostile = text.render(story.audit(hostile=True, suites=story.hostile_suites(tmp_path)))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", hostile)


def test_colour_adds_nothing_but_colour(summary):
    coloured = text.render(story.audit(), text.Screen(color=True))
    assert "\x1b[" not in summary
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == summary


def test_decided_findings_are_counted_and_not_shown():
    decided = text.render(story.audit(decided=True))
    assert "1 finding decided before" in decided
    assert "altered" not in decided


def test_without_findings_it_says_so():
    calm = text.render(dataclasses.replace(story.audit(), findings=()))
    assert calm.startswith("Nothing found.\n")
