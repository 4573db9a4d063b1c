"""What changed between two audits."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from auditor.diff import difference

FIGURES = {
    "a.txt": ["The river rose by 3 metres in 2 days.", "There were 300 tents.", "Bread cost 12 crowns."],
    "b.txt": ["The army has 40 boats.", "It lost 5 of them."],
}


def audit(figures: dict[str, list[str]], findings: list[dict] | None = None) -> dict:
    rows = []
    for document, sentences in figures.items():
        at = 0
        for n, sentence in enumerate(sentences):
            for word in sentence.split():
                if word.isdigit():
                    start = at + sentence.index(word)
                    row = {"document": document, "passage": n, "line": n + 1, "start": start, "sentence": sentence, "text": word}
                    value = float(word)
                    rows.append({**row, "id": f"q{len(rows) + 1}", "value": value, "low": value, "high": value, "unit": None})
            at += len(sentence) + 1
    return {
        "schema": "auditor/audit/1",
        "documents": [{"document": name, "status": "ok"} for name in figures],
        "quantities": rows,
        "findings": findings or [],
    }


def edited(old: str, new: str) -> dict[str, list[str]]:
    figures = copy.deepcopy(FIGURES)
    return {name: [new if s == old else s for s in sentences] for name, sentences in figures.items()}


def finding(fingerprint: str, *quantities: str, rule: str = "ND301", **more: object) -> dict:
    head = {"rule": rule, "name": "unsourced-figure", "severity": "warning", "message": f"m {fingerprint}", "decision": None}
    return {**head, "fingerprint": fingerprint, "quantities": list(quantities), **more}


def test_the_same_audit_differs_in_nothing():
    assert not difference(audit(FIGURES), audit(FIGURES))


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("There were 300 tents.", "There were 800 tents.", [("300", "800")]),
        ("The river rose by 3 metres in 2 days.", "The river rose by 3 metres in 4 days.", [("2", "4")]),
        ("Bread cost 12 crowns.", "Bread then cost 15 crowns.", [("12", "15")]),
        ("Bread cost 12 crowns.", "Bread cost just 12 crowns.", []),
        ("Bread cost 12 crowns.", "Yesterday a loaf was sold for 15 crowns at least.", []),
        ("Bread cost 12 crowns.", "Bread cost little.", []),
    ],
)
def test_a_figure_that_was_silently_edited_is_found(old, new, changes):
    found = difference(audit(FIGURES), audit(edited(old, new)))
    assert [(f.before, f.after) for f in found.figures] == changes
    assert all(f.document == "a.txt" and f.sentence_after == new for f in found.figures)


def test_moved_sentences_are_no_change():
    assert not difference(audit(FIGURES), audit({name: sentences[::-1] for name, sentences in FIGURES.items()}))


def test_documents_added_removed_and_renamed():
    found = difference(audit(FIGURES), audit({"c.txt": ["New: 7 ships."], "z.txt": FIGURES["a.txt"]}))
    assert (found.added, found.removed, found.renamed) == (("c.txt",), ("b.txt",), (("a.txt", "z.txt"),))


def test_an_edit_in_a_renamed_document_is_found():
    new = edited("There were 300 tents.", "There were 800 tents.")
    found = difference(audit(FIGURES), audit({"z.txt": new["a.txt"], "b.txt": new["b.txt"]}))
    assert [(f.document, f.before, f.after) for f in found.figures] == [("z.txt", "300", "800")]


def test_findings_new_gone_and_changed():
    old = audit(FIGURES, [finding("same", "q1"), finding("gone", "q4"), finding("decided", "q5"), finding("was", "q3")])
    new_figures = edited("There were 300 tents.", "There were 800 tents.")
    decided = finding("decided", "q5", decision="accepted")
    new = audit(new_figures, [finding("same", "q1"), finding("new", "q6"), decided, finding("now", "q3")])
    found = difference(old, new)
    assert [f["fingerprint"] for f in found.new] == ["new"]
    assert [f["fingerprint"] for f in found.gone] == ["gone"]
    assert [(c.old["fingerprint"], c.new["fingerprint"]) for c in found.changed] == [("decided", "decided"), ("was", "now")]


def test_a_document_that_fares_otherwise_is_told():
    new = audit(FIGURES)
    new["documents"][1]["status"] = "unreadable"
    assert difference(audit(FIGURES), new).fared == (("b.txt", "ok", "unreadable"),)


def test_diff_of_two_runs(conflicting, auditor):
    auditor("run", "docs", "--format", "json", "--output", "old.json")
    assert auditor("diff", "old.json", "old.json").stdout == "Nothing changed.\n"
    (conflicting / "three.txt").write_text("On Monday 9,900 soldiers crossed the river, the army said.\n", encoding="utf-8")
    (conflicting / "four.txt").write_text("There were 300 tents.\n", encoding="utf-8")
    auditor("run", "docs", "--format", "json", "--output", "new.json")
    text = auditor("diff", "old.json", "new.json").stdout
    assert "docs/three.txt:1: 2,400 is now 9,900" in text
    assert "Documents added (1)\n  docs/four.txt" in text
    assert "New findings" in text
    auditor("diff", "old.json", "new.json", "--format", "json", "--output", "d.json")
    found = json.loads(Path("d.json").read_text(encoding="utf-8"))
    assert found["schema"] == "auditor/diff/1"
    assert found["figures"][0]["after"] == "9,900"
    assert auditor("diff", "old.json", "new.json", "--format", "markdown").stdout.startswith("### Figures that changed")
    assert auditor("diff", "old.json", "new.json", "--fail-on", "warning").exit_code == 1
    assert auditor("diff", "old.json", "old.json", "--fail-on", "info").exit_code == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot read the audit"),
        ("{", "cannot read the audit"),
        ("[]", "its schema is None"),
        ('{"schema": "auditor/audit/9"}', "'auditor/audit/9'"),
        ('{"schema": "auditor/audit/1", "documents": [{}]}', "damaged audit"),
        ('{"schema": "auditor/audit/1", "documents": 7}', "damaged audit"),
    ],
)
def test_a_file_that_is_no_audit_is_named(tmp_path, monkeypatch, auditor, content, words):
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path("a.json").write_text(content, encoding="utf-8")
    result = auditor("diff", "a.json", "a.json")
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
