"""Each format, opened by a real consumer of it: a schema, a reader or a parser of another project."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import junitparser
import openpyxl
import pandas as pd
import pytest
from markdown_it import MarkdownIt

from auditor import schemas
from auditor.model import Severity
from auditor.report import REPORTERS, render
from auditor.report.findings import COLUMNS

SARIF = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))


def findings(audit, name):
    return [f for f in audit.findings if f.name == name]


@pytest.mark.parametrize("name", sorted(set(REPORTERS) - {"text"}))
def test_every_format_gives_the_same_bytes_twice_and_names_the_unreadable_document(audit, name):
    first, second = render(name, audit), render(name, audit)
    assert first == second
    if isinstance(first, str):
        assert "bad" in first
        assert "no text: binary" in first.replace("\\n", " ")
        first.encode("utf-8")


def test_json_keeps_its_published_schema(audit):
    validator = jsonschema.Draft202012Validator(json.loads(schemas.text("audit")))
    content = json.loads(render("json", audit))
    assert [e.message for e in validator.iter_errors(content)] == []
    content["findings"][0]["severity"] = "grave"
    del content["documents"][0]["status"]
    assert len(list(validator.iter_errors(content))) == 2


def test_jsonl_has_an_object_a_finding(audit):
    rows = [json.loads(line) for line in render("jsonl", audit).splitlines()]
    assert len(rows) == len(audit.findings) + 1
    assert all(tuple(row) == COLUMNS for row in rows)
    assert rows[-1]["name"] == "unreadable-document"


def test_csv_holds_every_finding_and_no_formula(audit):
    rows = list(csv.DictReader(io.StringIO(render("csv", audit), newline="")))
    assert len(rows) == len(audit.findings) + 1
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@", "\t"))]


def test_parquet_holds_every_finding(audit):
    frame = pd.read_parquet(io.BytesIO(render("parquet", audit)))
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == len(audit.findings) + 1
    assert frame["line"].iloc[0] == 1


def test_xlsx_has_a_sheet_a_table_and_only_inert_cells(audit):
    book = openpyxl.load_workbook(io.BytesIO(render("xlsx", audit)))
    assert book.sheetnames == ["findings", "measurands", "quantities", "documents"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "inlineStr"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert any(str(cell.value).startswith("=cmd") for cell in cells)
    assert book["quantities"].max_row == len(audit.quantities) + 1
    assert book["findings"].max_row == len(audit.findings) + 2


def test_sarif_is_valid(audit):
    errors = jsonschema.Draft202012Validator(SARIF).iter_errors(json.loads(render("sarif", audit)))
    assert [e.message for e in errors] == []


def test_sarif_describes_a_rule_in_plain_text_and_shows_its_page(audit):
    described = json.loads(render("sarif", audit))["runs"][0]["tool"]["driver"]["rules"]
    for rule, entry in zip(audit.rules, described, strict=True):
        assert entry["fullDescription"]["text"].rstrip(".")
        assert "#" not in entry["fullDescription"]["text"]
        assert entry["fullDescription"]["text"] in " ".join(rule.notes.split())
        assert entry["help"]["markdown"] == rule.notes


def test_sarif_links_the_other_side(audit):
    run = json.loads(render("sarif", audit))["runs"][0]
    conflict = next(r for r in run["results"] if r["ruleId"] == "ND201")
    assert conflict["level"] == "error"
    at = conflict["locations"][0]["physicalLocation"]
    assert at["artifactLocation"]["uri"] == "docs/na%C3%AFve%20%E2%80%9Ctwo%E2%80%9D.md"
    assert {k: at["region"][k] for k in ("startLine", "startColumn", "endLine", "endColumn")} == {
        "startLine": 1,
        "startColumn": 18,
        "endLine": 1,
        "endColumn": 23,
    }
    related = {r["id"]: r["physicalLocation"]["artifactLocation"]["uri"] for r in conflict["relatedLocations"]}
    assert related == {1: "docs/one.txt", 2: "docs/page.html"}
    assert {int(n) for n in re.findall(r"(?<!\\)\]\((\d+)\)", conflict["message"]["text"])} == set(related)
    assert conflict["partialFingerprints"]["auditorFinding/v1"] == findings(audit, "conflicting-figures")[0].fingerprint
    assert run["tool"]["driver"]["rules"][conflict["ruleIndex"]]["id"] == "ND201"


def test_lines_are_those_of_the_file_and_columns_are_given_where_they_are_too(audit):
    run = json.loads(render("sarif", audit))["runs"][0]
    places = [p["physicalLocation"] for r in run["results"] for p in (*r["locations"], *r.get("relatedLocations", ()))]
    regions = {p["artifactLocation"]["uri"]: {k for k in p["region"] if k != "snippet"} for p in places}
    lines = {p["artifactLocation"]["uri"]: p["region"]["startLine"] for p in places}
    assert (lines["docs/one.txt"], lines["docs/page.html"], lines["news.jsonl"]) == (2, 7, 3)
    assert regions["docs/one.txt"] == {"startLine", "startColumn", "endLine", "endColumn"}
    assert regions["docs/page.html"] == regions["news.jsonl"] == {"startLine"}
    assert "file=docs/page.html,title=ND301 unsourced-figure,line=7::" in render("github", audit)
    assert ("docs/page.html", 7) in {
        (i["location"]["path"], i["location"]["lines"]["begin"]) for i in json.loads(render("gitlab", audit))
    }


def test_sarif_carries_decisions_and_unreadable_documents(audit):
    run = json.loads(render("sarif", audit))["runs"][0]
    suppressed = [r for r in run["results"] if "suppressions" in r]
    assert [r["suppressions"][0]["justification"] for r in suppressed] == ["boats are ours"]
    assert suppressed[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "news.jsonl"
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert len(notes) == 1
    assert "no text: binary" in notes[0]["message"]["text"]


def test_junit_has_a_case_a_rule_and_document(audit):
    suites = list(junitparser.JUnitXml.fromstring(render("junit", audit).encode()))
    assert [s.name.split()[0] for s in suites] == [o.rule for o in audit.outcomes]
    assert {s.tests for s in suites} == {len(audit.documents)}
    conflict = next(s for s in suites if "conflicting-figures" in s.name)
    assert (conflict.failures, conflict.errors) == (3, 1)
    unsourced = next(s for s in suites if "unsourced" in s.name)
    assert (unsourced.failures, unsourced.skipped) == (0, 1), "warnings do not fail where only critical findings do"
    failed = [case for case in conflict if case.result and isinstance(case.result[0], junitparser.Failure)]
    assert "2,400" in failed[0].result[0].text


def test_github_annotations_are_one_line_each(audit):
    lines = render("github", audit).splitlines()
    undecided = [f for f in audit.findings if f.decision is None]
    assert len(lines) == len(undecided) + 1
    assert all(re.match(r"::(error|warning|notice) file=[^,:]+(,\w+=[^,:]*)*::", line) for line in lines), lines
    assert lines[0].startswith(
        "::error file=docs/naïve “two”.md,title=ND201 conflicting-figures,line=1,endLine=1,col=18,endColumn=23::"
    )
    assert not [line for line in lines if "::error::" in line.removeprefix("::error")[8:] and line.startswith("::warning::")]


def test_gitlab_fingerprints_are_unique(audit):
    issues = json.loads(render("gitlab", audit))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == sum(f.decision is None for f in audit.findings) + 1
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith("./")


def test_markdown_shows_document_text_as_it_is(audit):
    text = render("markdown", audit)
    html = MarkdownIt("commonmark", {"html": True}).render(text)
    assert "<script" not in html
    assert "<a " not in html
    assert "<code>a</code>" not in html
    assert not re.search(r"@\w", text), "nobody is mentioned"
    assert html.count("conflicting-figures") == 1
    assert "docs/bad.txt" in html
    assert "a decision has expired" in html


def test_markdown_stays_below_what_hosts_accept(audit):
    import dataclasses

    many = dataclasses.replace(audit, findings=audit.findings * 2_000)
    text = render("markdown", many)
    assert len(text) < 65_536
    assert "more, in the report" in text


def test_levels_follow_severities(audit):
    run = json.loads(render("sarif", audit))["runs"][0]
    assert {r["level"] for r in run["results"]} == {
        {Severity.CRITICAL: "error", Severity.WARNING: "warning", Severity.INFO: "note"}[f.severity] for f in audit.findings
    }
