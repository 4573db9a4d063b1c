"""A hand-written audit for the tests of the reports: a strike at a port, told by six documents, and judged by the shipped suites.

Nothing here reads text: every claim is placed by the words around it, so that the reports are tested whatever extraction finds.
The second half plants markup and script wherever a hostile document or suite can put text.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from auditor import tables
from auditor.expect import expect, load, rules
from auditor.model import (
    Attribution,
    Audit,
    Claim,
    Document,
    Factuality,
    Finding,
    Frame,
    Group,
    Level,
    Modifier,
    Origins,
    Passage,
    PassageKind,
    Period,
    Quantity,
    Reading,
    SharedPassage,
    SourceType,
    Status,
)

SUITES = Path(__file__).parents[1] / "expectations"

NOTHING = Frame()

WIRE = """Dockers walk out at Port Halden

HALDEN, March 3 - About 2,300 dockers have walked out at Port Halden, the harbour union said on Monday. The stoppage is the
first in eleven years.

The stoppage costs the port $4 million a day, according to the harbour authority. Some 18,000 containers wait on the quay.

The union wants 6,000 dockers to join before the week is out.
"""
MIRROR = """Dockers walk out at Port Halden

About 2,300 dockers have walked out at Port Halden, the harbour union said on Monday. The stoppage is the
first in eleven years.

The stoppage costs the port $6 million a day, according to the harbour authority.
"""
BRIEF = """# Morning brief

- The strike goes on: about 2,300 dockers are out, the union says.
- Reportedly 31,000 containers are stuck.
"""
DIGEST = """The strike in its fourth week

By late March 4,900 dockers were out at Port Halden. Between 9,000 and 9,500 containers wait on the quay.

Insurers may lose 70% of their premiums.
"""


def audit(*, hostile: bool = False, decided: bool = False, before: str = "", suites: Path = SUITES) -> Audit:
    """The story's audit; ``hostile`` plants markup in every string, ``decided`` marks one finding as accepted.

    ``before`` is put before the text of the first document.
    """
    readings = _readings(before)
    origins = Origins(
        of=("o1", "o1", "o2", "o3", "o4"),
        shared=(SharedPassage((0, 33, 150), (1, 33, 150), 1.0),),
        why={"o1": "2 passages in the same words; both credit the Coast Wire"},
    )
    if hostile:
        readings = tuple(_planted(r) for r in readings)
    groups = _groups()
    if hostile:
        groups = tuple(dataclasses.replace(g, label=PLANT + g.label) for g in groups)
    quantities, measurands = tables.frames(readings, groups, origins)
    _fill_quantities(quantities)
    _fill_measurands(measurands)
    loaded = load(suites)
    findings, outcomes, validation = expect(loaded, quantities, measurands)
    if decided:
        findings = (_accepted(findings[0]), *findings[1:])
    return Audit(
        readings=readings,
        quantities=quantities,
        measurands=measurands,
        findings=findings,
        rules=rules(loaded),
        outcomes=outcomes,
        origins=origins,
        groups=groups,
        not_compared={"measured in one place only": 2, "vague": 1},
        paths=("stories/port",),
        validation=validation,
    )


def _accepted(finding: Finding) -> Finding:
    return dataclasses.replace(finding, decision="accepted", decision_reason="the authority corrected it by phone")


# ---- the readings


def _readings(before: str) -> tuple[Reading, ...]:
    union = {"source": "the harbour union", "source_entity": "harbour union", "cue": "said"}
    authority = {"source": "the harbour authority", "source_entity": "harbour authority", "cue": "according to"}
    wire = Document(
        "stories/port/wire.txt", before + WIRE, title="Dockers walk out at Port Halden", published=_day(3, 3),
        outlet="Coast Wire", published_method="dateline",
    )  # fmt: skip
    mirror = Document("stories/port/mirror.txt", MIRROR, title="Dockers walk out", published=_day(3, 4), outlet="The Mirror")
    brief = Document("stories/port/brief.md", BRIEF, title="Morning brief", published=_day(3, 12), status=Status.PARTIAL,
                     reason="1 table could not be read")  # fmt: skip
    digest = Document("stories/port/digest.txt", DIGEST, published=_day(3, 28))
    scan = Document("stories/port/scan.pdf", "", status=Status.UNREADABLE, reason="binary: no text in it")
    strikers = Frame("dockers", "number on strike", ("Port Halden",), "strike", "Port Halden")
    boxes = Frame("containers", "number waiting")
    cost = Frame("stoppage", "cost")
    return (
        _reading(
            wire,
            [
                _claim("2,300", 2300, "dockers", 50, Modifier.ABOUT, frame=strikers, **union),
                _claim("$4 million", 4_000_000, None, 0, unit="US dollar", per="day", frame=cost, **authority),
                _claim("18,000", 18000, "containers", 500, Modifier.ABOUT, frame=boxes, **authority),
                _claim("6,000", 6000, "dockers", 0, frame=strikers, factuality=Factuality.PLANNED, **union),
            ],
        ),
        _reading(
            mirror,
            [
                _claim("2,300", 2300, "dockers", 50, Modifier.ABOUT, frame=strikers, **union),
                _claim("$6 million", 6_000_000, None, 0, unit="US dollar", per="day", frame=cost, **authority),
            ],
        ),
        _reading(
            brief,
            [
                _claim("2,300", 2300, "dockers", 50, Modifier.ABOUT, frame=strikers, **(union | {"source": "the union"})),
                _claim("31,000", 31000, "containers", 500, frame=boxes, cue="reportedly", source_type=SourceType.VAGUE),
            ],
        ),
        _reading(
            digest,
            [
                _claim("4,900", 4900, "dockers", 50, frame=strikers, as_of=_day(3, 31)),
                _claim("9,000 and 9,500", None, "containers", 0, Modifier.RANGE, low=9000, high=9500, frame=boxes),
                _claim("70%", 70, None, 0, unit="percent", frame=Frame("insurers", "loss of premiums")),
            ],
        ),
        Reading(scan),
    )


def _day(month: int, day: int) -> datetime.date:
    return datetime.date(2025, month, day)


def _claim(
    text: str, value: float | None, counted: str | None, half: float, modifier: Modifier = Modifier.EXACT, *,
    low: float | None = None, high: float | None = None, unit: str | None = None, per: str | None = None,
    frame: Frame = NOTHING, factuality: Factuality = Factuality.ACTUAL, as_of: datetime.date | None = None,
    source: str | None = None, source_type: SourceType | None = None, **attribution: Any,
) -> tuple[Quantity, Claim]:  # fmt: skip
    """A quantity without a place yet, and its claim."""
    quantity = Quantity(
        0, 0, text, 0,
        Decimal(str((value or 0) - half if low is None else low)), Decimal(str((value or 0) + half if high is None else high)),
        value=None if value is None else Decimal(str(value)), modifier=modifier, unit=unit, per=per, counted=counted,
    )  # fmt: skip
    kind = source_type or (SourceType.NAMED if source else SourceType.NONE)
    said = Attribution(attributed=source is not None, source=source, source_type=kind, **attribution)
    return quantity, Claim(quantity, frame, said, as_of and Period(as_of, as_of), factuality)


def _reading(document: Document, drafts: Sequence[tuple[Quantity, Claim]]) -> Reading:
    passages = _passages(document.text)
    claims, at = [], 0
    for quantity, claim in drafts:
        at = document.text.index(quantity.text, at)
        passage = next(p.index for p in passages if p.start <= at < p.end)
        placed = dataclasses.replace(quantity, start=at, end=at + len(quantity.text), passage=passage)
        as_of = claim.as_of or Period(document.published, document.published, method="published")
        claims.append(dataclasses.replace(claim, quantity=placed, as_of=as_of))
        at += len(quantity.text)
    return Reading(document, passages, tuple(claims))


def _passages(text: str) -> tuple[Passage, ...]:
    """Sentences end at a full stop and a blank; paragraphs at an empty line or a list mark."""
    found: list[Passage] = []
    for paragraph, block in enumerate(re.finditer(r"(?:[^\n]+\n?)+?(?=\n|\Z|- )", text)):
        for sentence in re.finditer(r"\S.*?(?:\.(?=\s)|\Z)", block.group(), re.DOTALL):
            start, end = block.start() + sentence.start(), block.start() + len(block.group()[: sentence.end()].rstrip())
            kind = PassageKind.HEADLINE if not found else PassageKind.SENTENCE
            found.append(Passage(len(found), kind, start, end, text[start:end].replace("\n", " "), paragraph))
    return tuple(found)


def _groups() -> tuple[Group, ...]:
    levels = (
        Level("counted", "same head", 4.0, "dockers", "dockers"),
        Level("place", "same", 3.0, "Port Halden", "Port Halden"),
        Level("as of", "differs", -1.0, "3 March", "late March"),
        Level("unit of the army", "cannot say", 0.0),
    )
    return (
        Group(((0, 0), (1, 0), (2, 0), (3, 0)), "dockers on strike at Port Halden", 0.96, levels),
        Group(((0, 1), (1, 1)), "cost of the stoppage a day", 0.99),
        Group(((0, 2), (2, 1), (3, 1)), "containers waiting on the quay", 0.9),
    )


# ---- the facts, as ``compare`` would fill them


def _fill_quantities(frame: Any) -> None:
    frame["unsourced"] = [t == "none" for t in frame["source_type"]]
    frame["vague_source"] = [t == "vague" for t in frame["source_type"]]
    frame.loc[5, ["copy_of", "copy_gap"]] = ["q2", 1 / 3]


def _fill_measurands(frame: Any) -> None:
    facts: list[dict[str, Any]] = [
        {
            "relation": "superseded", "sides": [["q1", "q5", "q7"], ["q9"]], "older": "about 2,300", "newer": "4,900",
            "gap": 2500.0, "relative_gap": 0.51, "ratio": 2.13, "days_apart": 28.0, "superseded_gap": 0.51,
            "superseded_sides": [["q1", "q5", "q7"], ["q9"]], "superseded": "about 2,300", "superseded_by": "4,900",
            "superseded_difference": "113% more",
            "single_origin": False, "older_document": "wire.txt", "newer_document": "digest.txt", "difference": "113% more",
        },
        {
            "relation": "agree", "sides": [], "gap": 0.0, "older": "$4 million", "newer": "$6 million", "single_origin": True,
        },
        {
            "relation": "conflict", "sides": [["q3"], ["q8"], ["q10"]], "conflict_sides": [["q3"], ["q8"], ["q10"]],
            "older": "between 9,000 and 9,500", "newer": "31,000",
            "gap": 21000.0, "relative_gap": 0.69, "ratio": 3.35, "days_apart": 25.0, "conflict_gap": 0.69,
            "difference": "3.4 times as many",
            "single_origin": False, "older_document": "digest.txt", "newer_document": "brief.md",
        },
    ]  # fmt: skip
    for n, row in enumerate(facts):
        for name, value in row.items():
            frame.at[n, name] = value


# ---- markup where a hostile document or suite can put it

PLANT = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


def _planted(reading: Reading) -> Reading:
    """The reading with markup in name, title, outlet, text, source and counted; offsets stay right, the text grows at its end."""
    document = reading.document
    hostile = dataclasses.replace(
        document,
        name=document.name + PLANT,
        title=f"{PLANT}{document.title or ''}",
        outlet=PLANT,
        byline=PLANT,
        reason=PLANT,
        url=f'javascript:alert(1)//"{PLANT}',
        text=document.text + f"\n{PLANT}\n</script></style>--> \x00\x1b[31m \u202eevil\u202c \ud800\n",
    )
    claims = tuple(
        dataclasses.replace(
            claim,
            frame=dataclasses.replace(claim.frame, entity=PLANT, property=PLANT, qualifiers=(PLANT,)),
            attribution=dataclasses.replace(
                claim.attribution,
                source=claim.attribution.source and PLANT + claim.attribution.source,
                cue=claim.attribution.cue and PLANT + claim.attribution.cue,
            ),
            quantity=dataclasses.replace(claim.quantity, counted=PLANT),
        )
        for claim in reading.claims
    )
    return Reading(hostile, reading.passages, claims)


def hostile_suites(folder: Path) -> Path:
    """The shipped suites with markup, script, links and ``$`` in every description, note and message."""
    import json

    for file in sorted(SUITES.glob("*.json")):
        suite = json.loads(file.read_text(encoding="utf-8"))
        for entry in suite["expectations"]:
            entry["description"] = f"{PLANT} $PARAMETER ${{x}}"
            entry["notes"] = f"{PLANT}\n\n[click](javascript:alert(1)) ![i](https://example.org/i.png) `{PLANT}` <b>bold</b>"
            entry["meta"]["message"] = PLANT.replace("{", "{{").replace("}", "}}") + entry["meta"]["message"]
        (folder / file.name).write_text(json.dumps(suite), encoding="utf-8")
    return folder
