"""Baselines, decisions and comments: what no longer fails a run, and what is said of those that do nothing."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import jsonschema
import pytest

from auditor import schemas
from auditor.decisions import Decision, baseline, decided, dump, load
from auditor.errors import InputError
from auditor.model import Finding, Severity

TODAY = datetime.date(2026, 5, 1)
FINDING = Finding("ND201", "conflicting-figures", Severity.CRITICAL, "m", ("q1",), fingerprint="f1")


def decide(*decisions: Decision):
    (finding,), warnings = decided([FINDING], decisions, TODAY)
    return finding.decision, finding.decision_reason, warnings


@pytest.mark.parametrize("verdict", ["accepted", "not comparable"])
def test_a_decision_says_why_a_finding_does_not_count(verdict):
    assert decide(Decision("f1", "ND201", verdict, "old story", "Ann")) == (verdict, "old story (Ann)", ())


def test_a_confirmed_finding_still_counts():
    assert decide(Decision("f1", "ND201", "confirmed", "asked them")) == (None, "confirmed: asked them", ())


def test_a_decision_holds_to_the_end_of_its_last_day():
    assert decide(Decision("f1", "ND201", "accepted", until=TODAY))[0] == "accepted"


def test_an_expired_decision_is_told_and_does_not_count():
    decision, _, warnings = decide(Decision("f1", "ND201", "accepted", until=datetime.date(2026, 4, 30), file="d.json"))
    assert decision is None
    assert warnings == ("d.json: ND201 f1: expired on 2026-04-30 and no longer counts",)


@pytest.mark.parametrize("other", [Decision("f2", "ND201", "accepted"), Decision("f1", "ND301", "accepted")])
def test_an_unused_decision_is_told(other):
    decision, _, warnings = decide(other)
    assert decision is None
    assert "unused" in warnings[0]


def test_decisions_that_contradict_each_other_are_told():
    decision, _, warnings = decide(Decision("f1", "ND201", "accepted"), Decision("f1", "ND201", "confirmed"))
    assert decision == "accepted"
    assert "contradicts" in warnings[0]


def test_a_new_baseline_keeps_reasons_and_drops_what_is_gone_or_expired():
    former = [
        Decision("f1", "ND201", "not comparable", "two towns", "Ann"),
        Decision("gone", "ND201", "accepted", "old"),
    ]
    second = Finding("ND301", "unsourced-figure", Severity.WARNING, "m", ("q2",), fingerprint="f9")
    new = baseline([FINDING, second], former, reason="first run", by="Bo", today=TODAY)
    assert [(d.fingerprint, d.reason, d.by) for d in new] == [("f1", "two towns", "Ann"), ("f9", "first run", "Bo")]


def test_a_file_of_decisions_keeps_its_schema_and_comes_back(tmp_path):
    decisions = [Decision("f1", "ND201", "accepted", "r", "Ann", TODAY), Decision("a", "ND101", "confirmed")]
    (tmp_path / "d.json").write_text(dump(decisions), encoding="utf-8")
    jsonschema.Draft202012Validator(json.loads(schemas.text("decisions"))).validate(json.loads(dump(decisions)))
    again = load([tmp_path / "d.json"])
    assert [(d.fingerprint, d.verdict, d.reason, d.by, d.until) for d in again] == [
        ("a", "confirmed", None, None, None),
        ("f1", "accepted", "r", "Ann", TODAY),
    ]


HEAD = '{"schema": "auditor/decisions/1", "decisions": '
DAMAGED = {
    "": "cannot read the decisions",
    "{": "cannot read the decisions",
    "[]": "its schema is 'list'",
    '{"schema": "auditor/decisions/9"}': "'auditor/decisions/9'; allowed: 'auditor/decisions/1'",
    '{"schema": "auditor/decisions/1"}': "is to be a list",
    HEAD + "[1]}": "decision 1: is no object",
    HEAD + '[{"rule": "ND201"}]}': "lacks 'fingerprint'",
    HEAD + '[{"fingerprint": "f", "rule": "r", "verdict": "ok"}]}': "allowed: confirmed",
    HEAD + '[{"fingerprint": "f", "rule": "r", "verdict": "accepted", "until": "soon"}]}': "a day such as",
    HEAD + '[{"fingerprint": "f", "rule": "r", "verdict": "accepted", "by": 7}]}': "a text or null",
}


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_file_is_an_error_with_its_place(tmp_path, text):
    (tmp_path / "d.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load([tmp_path / "d.json"])
    assert DAMAGED[text] in str(error.value)
    assert str(error.value).startswith(str(tmp_path / "d.json"))


def test_a_baseline_makes_a_run_pass_until_something_new_comes(conflicting, auditor):
    assert auditor("run", conflicting, "--no-reports").exit_code == 1
    assert auditor("baseline", conflicting, "--reason", "first run", "--by", "Ann").exit_code == 0
    result = auditor("run", conflicting, "--no-reports")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(auditor("run", conflicting, "--format", "json").stdout)["findings"]
    assert {f["decision"] for f in found} == {"accepted"}
    assert {f["decision_reason"] for f in found} == {"first run (Ann)"}
    (conflicting / "four.txt").write_text("On Monday 7,900 soldiers crossed the river, the mayor said.\n", encoding="utf-8")
    assert auditor("run", conflicting, "--no-reports").exit_code == 1


def test_edits_elsewhere_moves_and_new_names_do_not_churn_a_baseline(conflicting, auditor):
    (conflicting / "four.md").write_text("# Tents\n\nThere were 300 tents.\n\nIt rained.\n", encoding="utf-8")
    auditor("baseline", conflicting)
    (conflicting / "three.txt").rename(conflicting / "zebra.txt")
    one = (conflicting / "one.txt").read_text(encoding="utf-8")
    (conflicting / "one.txt").write_text("A quiet week.\n\n" + one, encoding="utf-8")
    (conflicting / "four.md").write_text("# Tents\n\nIt rained a lot.\n\nThere were 300 tents.\n", encoding="utf-8")
    result = auditor("run", conflicting, "--no-reports", "--fail-on", "info")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_baseline_can_expire(conflicting, auditor):
    auditor("baseline", conflicting, "--until", "2001-01-01")
    result = auditor("run", conflicting, "--no-reports")
    assert result.exit_code == 1
    assert "expired on 2001-01-01" in result.stderr
    assert auditor("baseline", conflicting, "--until", "soon").exit_code == 2


def test_a_decisions_file_may_be_named(conflicting, auditor):
    auditor("baseline", conflicting, "--output", "known.json")
    assert auditor("run", conflicting, "--no-reports").exit_code == 1
    assert auditor("run", conflicting, "--no-reports", "--baseline", "known.json").exit_code == 0
    Path("auditor.toml").write_text('decisions = ["known.json"]', encoding="utf-8")
    assert auditor("run", conflicting, "--no-reports").exit_code == 0
    assert auditor("run", conflicting, "--no-reports", "--isolated").exit_code == 1
    result = auditor("run", conflicting, "--no-reports", "--decisions", "nowhere.json")
    assert result.exit_code == 2
    assert "nowhere.json" in result.stderr


PAGE = """<html><head><title>Tents</title></head><body><article><h1>Tents</h1>
<p>The camp lies at the river, and much of it was built in the first days of spring by people of the town and others.</p>
{before}<p>{inside}There were 300 tents in the camp, and the volunteers had put up all of them in the course of one week.</p>
<p>There were 40 wells, and people of the town and of the villages around had dug them in the course of one summer.</p>
</article></body></html>
"""
ALLOW = "<!-- auditor: allow {} because we counted -->"


@pytest.mark.parametrize("rule", ["unsourced-figure", "ND301"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# Camp\n\n{}\n\nThere were 300 tents.\n\nThere were 40 wells.\n"),
        ("a.md", "# Camp\n\nThere were 300 tents. {}\n\nThere were 40 wells.\n"),
        ("a.md", "# Camp\n\n{}There were 300 tents.\n\nThere were 40 wells.\n"),
        ("a.html", PAGE.replace("{before}", "{}").replace("{inside}", "")),
        ("a.html", PAGE.replace("{before}", "").replace("{inside}", "{}")),
    ],
)
def test_a_comment_allows_a_rule_for_one_paragraph(tmp_path, monkeypatch, auditor, name, text, rule):
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text.replace("{}", ALLOW.format(rule)), encoding="utf-8")
    result = auditor("run", name, "--format", "json")
    found = {f["message"][1:4].strip("”"): (f["decision"], f["decision_reason"]) for f in json.loads(result.stdout)["findings"]}
    assert found["300"] == ("allowed in place", "we counted"), result.stdout
    assert found["40"] == (None, None)
    assert result.stderr == ""
    assert "allowed in place" not in auditor("run", name, "--format", "json", "--config", _config(tmp_path)).stdout


def _config(folder: Path) -> Path:
    (folder / "strict.toml").write_text("allow_comments = false", encoding="utf-8")
    return folder / "strict.toml"


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("allow unsourced-figure because it is ours", "a.md:3: allow ND301: unused"),
        ("allow unsourced-figure", "gives no reason"),
        ("allow no-such because x", "no such rule"),
        ("forgive all", "not understood"),
    ],
)
def test_a_comment_that_does_nothing_is_told(tmp_path, monkeypatch, auditor, comment, words):
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(
        f"# Camp\n\n<!-- auditor: {comment} -->\nIt rained there.\n\nThere were 300 tents.\n", encoding="utf-8"
    )
    result = auditor("run", "a.md", "--no-reports")
    assert result.exit_code == 0
    assert words in result.stderr
