"""The stories of ``seeds/``, end to end: what their ``findings.toml`` promises is found, and nothing that it rules out.

``docs/stories.md`` says how such a file is written.  An entry with ``known_gap`` is expected to fail and fails this test when it
does not, so that the list of what the audit cannot do stays true.
"""

from __future__ import annotations

import importlib.util
import itertools
import math
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import auditor
from auditor.model import Finding, Severity

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
CONFLICTS = ("conflicting-figures", "conflicting-values")
DISCREPANCIES = (
    *(*CONFLICTS, "possible-conflict", "superseded-figure", "plan-outcome-gap", "scale-slip"),
    *("conflict-within-document", "altered-copy"),
)
COMPLETE = (*CONFLICTS, "superseded-figure", "scale-slip", "altered-copy")  # a story lists every finding of these rules
KEYS = {  # what an entry may hold, beside `why` and `known_gap`
    "finding": {"rule", "sides", "figures", "severity"},
    "figure": {"at", "is"},
    "same": {"figures"},
    "origin": {"documents", "others"},
    "may": {"rule", "sides"},
    "never": {"opposed", "together", "rule", "figures", "quantity"},
}

Entry = Mapping[str, Any]
STORIES = {file.parent.name: tomllib.loads(file.read_text("utf-8")) for file in sorted(SEEDS.glob("*/findings.toml"))}


class Result:
    """The audit of all of ``seeds/`` as one corpus, asked in the words of ``findings.toml``."""

    def __init__(self, audit: auditor.Audit) -> None:
        self.findings: Sequence[Finding] = audit.findings
        self.rows = {row["id"]: row for row in audit.quantities.to_dict("records")}
        self.texts = {_short(document.name): document.text for document in audit.documents}
        self.origin = {_short(d.name): o for d, o in zip(audit.documents, audit.origins.of, strict=True)}

    def spans(self, story: str, reference: str) -> tuple[str, tuple[int, int]]:
        """Document and span of "document: figure", or of its n-th occurrence there, "document: figure [n]"."""
        match = re.fullmatch(r"(?P<document>[^:]+): (?P<figure>.+?)(?: \[(?P<nth>\d+)\])?", reference)
        assert match, f"{story}: {reference!r} is not written as 'document: figure' or 'document: figure [n]'"
        document, nth = f"{story}/{match['document']}", int(match["nth"] or 1)
        assert document in self.texts, f"no document {document!r}; there are {', '.join(self.texts)}"
        figure = rf"(?<![\w$€£.,]){re.escape(match['figure'])}(?!\w|[.,]\d)"
        found = [m.span() for m in re.finditer(figure, self.texts[document])]
        if not found and match["figure"] in (SEEDS / document.partition("#")[0]).read_text("utf-8"):
            return document, (-1, -1)  # the reader drops it, as it does the menus of a page
        assert len(found) >= nth, f"{document}: {match['figure']!r} stands there {len(found)} times, not {nth}"
        return document, found[nth - 1]

    def quantity(self, story: str, reference: str) -> str | None:
        """Id of the quantity read at a reference, None where none is."""
        document, (start, end) = self.spans(story, reference)
        rows = (r for r in self.rows.values() if _short(r["document"]) == document and r["start"] < end and start < r["end"])
        return next((row["id"] for row in rows), None)

    def group(self, story: str, reference: str) -> str | None:
        """Id of what the quantity at a reference measures; None where it is not read or compared with nothing."""
        found = self.quantity(story, reference)
        group = self.rows[found]["group"] if found else None
        return group if isinstance(group, str) else None

    def opposed(self, finding: Finding) -> Iterator[frozenset[str]]:
        """The pairs of quantities that a finding sets against each other."""
        for left, right in itertools.combinations(finding.sides, 2):
            yield from (frozenset(pair) for pair in itertools.product(left, right))


def _short(name: str) -> str:
    """A document's name from its story on: ``troops/wires.jsonl#harbour-post``."""
    return Path(name).relative_to(SEEDS).as_posix()


def _entries(*kinds: str) -> list[Any]:
    """A parameter for every entry of these kinds in every story."""
    entries = []
    for story, file in STORIES.items():
        for kind in kinds:
            for number, entry in enumerate(file.get(kind, ()), 1):
                gap = entry.get("known_gap")
                marks = [pytest.mark.xfail(reason=gap, strict=True, raises=Missed)] if gap else []
                entries.append(pytest.param(story, entry, id=f"{story}-{kind}-{number}", marks=marks))
    return entries


class Missed(AssertionError):  # noqa: N818 - reads as what it says: something promised was missed
    """The audit falls short of a story (a mistake in the story's file is a plain assertion)."""


def rules(entry: Entry) -> Sequence[str]:
    """The rules that an entry names; "conflict" stands for the contradictions, however sure."""
    named = entry.get("rule", DISCREPANCIES)
    return CONFLICTS if named == "conflict" else [named] if isinstance(named, str) else named


def expect(holds: object, message: str) -> None:
    if not holds:
        raise Missed(message)


@pytest.fixture(scope="module")
def result() -> Result:
    return Result(auditor.audit([SEEDS]))


@pytest.mark.parametrize("story", STORIES)
def test_file_is_well_formed(story: str, result: Result) -> None:
    file = STORIES[story]
    assert {"title", "about"} <= file.keys() <= {"title", "about", *KEYS}
    assert sum(name.startswith(f"{story}/") for name in result.texts) >= 2
    for kind, keys in KEYS.items():
        for entry in file.get(kind, ()):
            assert entry.keys() <= {*keys, "why", "known_gap"}, entry
            for reference in _references(entry):
                result.spans(story, reference)


def _references(entry: Entry) -> Iterator[str]:
    yield from filter(None, [entry.get("at")])
    yield from entry.get("figures", ())
    yield from entry.get("quantity", ())
    for key in ("sides", "opposed", "together"):
        yield from itertools.chain.from_iterable(entry.get(key, ()))


@pytest.mark.parametrize(("story", "entry"), _entries("finding"))
def test_is_found(story: str, entry: Entry, result: Result) -> None:
    findings = [f for f in result.findings if f.name in rules(entry)]
    if "severity" in entry:
        findings = [f for f in findings if f.severity == entry["severity"]]
    for reference in entry.get("figures", ()):
        found = result.quantity(story, reference)
        expect(any(found in finding.quantities for finding in findings), f"no {entry['rule']} at {reference}")
    if "sides" in entry:
        sides = [[result.quantity(story, reference) for reference in side] for side in entry["sides"]]
        pairs = {frozenset(pair) for a, b in itertools.combinations(sides, 2) for pair in itertools.product(a, b)}
        expect(
            any(pairs <= set(result.opposed(finding)) for finding in findings),
            f"no {entry['rule']} between {' and '.join(map(str, entry['sides']))}",
        )


@pytest.mark.parametrize(("story", "entry"), _entries("figure"))
def test_figure_is_read(story: str, entry: Entry, result: Result) -> None:
    found = result.quantity(story, entry["at"])
    expect(found, f"{entry['at']} is not read")
    row = result.rows[found]
    for column, value in entry["is"].items():
        assert column in row, f"no column {column!r}"
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        same = math.isclose(row[column], value, rel_tol=1e-9) if is_number else row[column] == value
        expect(same, f"{entry['at']}: {column} is {row[column]!r}, not {value!r}")


@pytest.mark.parametrize(("story", "entry"), _entries("same"))
def test_measures_the_same_thing(story: str, entry: Entry, result: Result) -> None:
    groups = {result.group(story, reference) for reference in entry["figures"]}
    expect(len(groups) == 1 and None not in groups, f"not put together: {entry['figures']}")


@pytest.mark.parametrize(("story", "entry"), _entries("origin"))
def test_copies_have_one_origin(story: str, entry: Entry, result: Result) -> None:
    copies = {result.origin[f"{story}/{name}"] for name in entry["documents"]}
    others = {result.origin[f"{story}/{name}"] for name in entry.get("others", ())}
    expect(len(copies) == 1, f"{entry['documents']} have the origins {sorted(copies)}")
    expect(not copies & others and len(others) == len(entry.get("others", ())), f"{entry['others']} are no copies")


@pytest.mark.parametrize(("story", "entry"), _entries("never"))
def test_is_never_found(story: str, entry: Entry, result: Result) -> None:
    for reference in entry.get("quantity", ()):
        expect(result.quantity(story, reference) is None, f"{reference} is read as a quantity")
    for reference in entry.get("figures", ()):
        found = result.quantity(story, reference)
        flagged = any(found in f.quantities for f in result.findings if f.name in rules(entry))
        expect(not flagged, f"{entry['rule']} at {reference}")
    for left, right in itertools.combinations(entry.get("opposed", ()), 2):
        for a, b in itertools.product(left, right):
            pair = frozenset([result.quantity(story, a), result.quantity(story, b)])
            names = [f.name for f in result.findings if f.name in rules(entry) and pair in result.opposed(f)]
            expect(not names, f"{names} sets {a} against {b}")
    for left, right in itertools.combinations(entry.get("together", ()), 2):
        for a, b in itertools.product(left, right):
            groups = [result.group(story, reference) for reference in (a, b)]
            expect(None in groups or groups[0] != groups[1], f"{a} and {b} are put together")


@pytest.mark.parametrize("rule", COMPLETE)
def test_nothing_else_is_found(rule: str, result: Result) -> None:
    """Every finding of these rules is one that a story lists, be it as a known gap."""
    listed = {pair for story, file in STORIES.items() for pair in _listed(story, file, rule, result)}
    for finding in (f for f in result.findings if f.name == rule):
        stray = [sorted(pair) for pair in result.opposed(finding) if pair not in listed]
        words = [[f"{_short(result.rows[i]['document'])}: {result.rows[i]['text']}" for i in pair] for pair in stray]
        assert not words, f"{rule}: {finding.message} {words}"


def _listed(story: str, file: Entry, rule: str, result: Result) -> Iterator[frozenset[str | None]]:
    """The pairs that findings of a rule may set against each other; where there is a gap, it may bear another rule's name."""
    entries = [(entry, entry.get("sides", ())) for kind in ("finding", "may") for entry in file.get(kind, ())]
    entries += [(entry, entry.get("opposed", ())) for entry in file.get("never", ()) if "known_gap" in entry]
    for entry, sides in entries:
        if "known_gap" in entry or rule in rules(entry):
            for a, b in itertools.combinations(sides, 2):
                ids = ([result.quantity(story, reference) for reference in side] for side in (a, b))
                yield from (frozenset(pair) for pair in itertools.product(*ids))


# --- the development stories, and the measure taken on them ---------------------------------------------------------------------


def _benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("stories_benchmark", ROOT / "benchmarks" / "stories.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


benchmark = _benchmark()
DEVELOPMENT = [*benchmark.load(benchmark.FOLDER), *benchmark.load(benchmark.FOLDER / "held")]


def _ideal(story: Any) -> tuple[list[dict[str, Any]], list[Finding]]:
    """The audit of a story that agrees with all its labels."""
    ids = {figure: f"q{number}" for number, figure in enumerate(story.figures)}
    rows = [
        {
            **{"id": ids[f], "document": f"stories.jsonl#{f.document}", "start": f.start, "end": f.end},
            **{"text": f.text, "sentence": "", "group": f.thing, "low": _bound(f.low), "high": _bound(f.high)},
        }
        for f in story.figures
    ]
    findings = []
    for a, b in itertools.combinations(story.figures, 2):
        verdict = story.verdict(a, b) if a.thing and a.thing == b.thing else "agree"
        if verdict in ("conflict", "update") and a.document != b.document:
            name = {"conflict": "conflicting-figures", "update": "superseded-figure"}[verdict]
            findings.append(Finding("", name, Severity.CRITICAL, "", (ids[a], ids[b]), ((ids[a],), (ids[b],))))
    return rows, findings


def _bound(value: float) -> float | None:
    return None if math.isinf(value) else value


def test_there_are_stories_of_many_kinds() -> None:
    assert len(DEVELOPMENT) >= 10
    assert all(len(story.documents) >= 2 and story.traps and story.figures for story in DEVELOPMENT)


@pytest.mark.parametrize("story", DEVELOPMENT, ids=lambda story: story.name)
def test_an_audit_that_agrees_with_the_labels_has_full_marks(story: Any) -> None:
    score = benchmark.Scorer([story], *_ideal(story)).score(story)
    assert not score.errors
    assert {name: str(count) for name, count in score.counts.items()} == dict.fromkeys(benchmark.MEASURES, "100/100")
    assert (score.named_right, score.traps_together, score.traps_opposed) == (score.named, 0, 0)
    assert score.traps


def test_mistakes_cost_marks() -> None:
    story = DEVELOPMENT[0]
    rows, findings = _ideal(story)
    lost = next(row for row in rows if row["group"] is None)
    thrown_together = [{**row, "group": "all"} for row in rows if row is not lost]
    score = benchmark.Scorer([story], thrown_together, [*findings[1:], _one_against_all(thrown_together)]).score(story)
    alignment, conflicts, figures = (score.counts[name] for name in ("alignment", "conflicts", "figures"))
    assert figures.hit == figures.there - 1
    assert alignment.right < alignment.found
    assert conflicts.right < conflicts.found
    assert score.traps_together > 0


def _one_against_all(rows: Sequence[Mapping[str, Any]]) -> Finding:
    ids = tuple(row["id"] for row in rows)
    return Finding("", "conflicting-figures", Severity.CRITICAL, "", ids, (ids[:1], ids[1:]))


@pytest.mark.parametrize(
    ("words", "value"),
    [("4", 4), ("1,500", 1500), ("$4.1 billion", 4.1e9), ("70%", 70), ("Fifty-two", 52), ("Two hundred thousand", 200_000)],
)
def test_plain_numerals_of_the_labels(words: str, value: float) -> None:
    assert benchmark.number(words) == value


def test_labels_can_be_written_as_json() -> None:
    for story in DEVELOPMENT:
        written = benchmark.gold(story)
        texts = {document["doc"]: document["text"] for document in written["docs"]}
        figures = {figure["id"]: figure for figure in written["figures"]}
        assert all(texts[f["doc"]][f["start"] : f["end"]] == f["surface"] for f in figures.values())
        for left, right, verdict in written["conflict_pairs"]:
            assert verdict in ("conflict", "update")
            assert figures[left]["measurand"] == figures[right]["measurand"]
