"""An audit with one of everything that a format must carry, from hostile documents, judged by the shipped suites."""

from __future__ import annotations

import dataclasses
import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from auditor import expect, tables
from auditor.model import (
    Attribution,
    Audit,
    Claim,
    Document,
    Group,
    Origins,
    Passage,
    PassageKind,
    Quantity,
    Reading,
    SourceType,
    Status,
)

HOSTILE = "=HYPERLINK(\"http://evil\") @team [x](javascript:1) <script>alert('1')</script> `a` | ::error::% \x07\x00 ]]>"


def reading(name: str, *lines: tuple[str, str | None, str | None], **document: object) -> Reading:
    """A document of one sentence a line; each line is (sentence, the figure in it, who says so)."""
    text, passages, claims = "", [], []
    for n, (sentence, figure, source) in enumerate(lines):
        start = len(text)
        passages.append(Passage(n, PassageKind.SENTENCE, start, start + len(sentence), sentence, n))
        if figure:
            at = start + sentence.index(figure)
            value = Decimal(figure.replace(",", ""))
            said = Attribution(True, source, SourceType.NAMED, cue="said") if source else Attribution()
            claims.append(Claim(Quantity(at, at + len(figure), figure, n, value, value, value), attribution=said))
        text += sentence + "\n"
    return Reading(Document(name=name, text=text, **document), tuple(passages), tuple(claims))


@pytest.fixture(scope="session")
def audit() -> Audit:
    readings = (
        reading(
            "docs/one.txt",
            ("The river rose.", None, None),
            ("The ministry said 1,500 people fled.", "1,500", "The ministry"),
            published=datetime.date(2024, 3, 1),
        ),
        reading(
            "docs/naïve “two”.md",
            ("Rescuers counted 2,400 people.", "2,400", "=cmd|' /C calc'!A0"),
            (HOSTILE + " 77", "77", None),
        ),
        reading("docs/page.html", ("A page has 1,500 people.", "1,500", None), lines=((0, 7),)),
        reading("news.jsonl#a#b", ("A wire has 31 boats.", "31", None), lines=((0, 3),)),
        Reading(Document("docs/bad.txt", "", status=Status.UNREADABLE, reason="no text:\nbinary")),
    )
    origins = Origins(of=tuple(f"o{n}" for n in range(len(readings))))
    groups = (Group(((0, 0), (1, 0), (2, 0)), "people who fled"),)
    quantities, measurands = tables.frames(readings, groups, origins)
    quantities["unsourced"] = ~quantities["attributed"]
    for name in ("sides", "conflict_sides"):
        measurands.at[0, name] = [["q1", "q4"], ["q2"]]
    measurands.loc[0, ["conflict_gap", "relative_gap", "gap"]] = [0.375, 0.375, 900.0]
    measurands.loc[0, ["older", "newer", "relation"]] = ["1,500", "2,400", "conflict"]
    suites = expect.load(Path(__file__).parents[2] / "expectations")
    findings, outcomes, validation = expect.expect(suites, quantities, measurands)
    decided = [
        dataclasses.replace(f, decision="accepted", decision_reason="boats are ours") if "31" in f.message else f
        for f in findings
    ]
    return Audit(
        readings=readings,
        quantities=quantities,
        measurands=measurands,
        findings=tuple(decided),
        rules=expect.rules(suites),
        outcomes=outcomes,
        origins=origins,
        groups=groups,
        not_compared={"no partner": 2},
        warnings=("a decision has expired",),
        validation=validation,
    )
