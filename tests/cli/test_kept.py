"""A second run over the same inputs computes nothing and writes the same bytes; a change of any input is computed."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from test_run import files

from auditor import cache, pipeline
from auditor.expect.suites import shipped

EVERYTHING = (
    "--output-dir",
    "reports",
    "--format",
    "text",
    "--format",
    "json",
    "--output",
    "a.json",
    "--format",
    "xlsx",
    "--output",
    "a.xlsx",
)


@pytest.fixture
def computed(monkeypatch) -> list[str]:
    """The names of the steps that ran: "read" for a document, "judged" for a corpus."""
    steps: list[str] = []
    read_one, audit, quantities = pipeline.read_one, pipeline.audit, pipeline.quantities
    monkeypatch.setattr(pipeline, "read_one", lambda *a: steps.append("read") or read_one(*a))
    monkeypatch.setattr(pipeline, "audit", lambda *a, **k: steps.append("judged") or audit(*a, **k))
    monkeypatch.setattr(pipeline, "quantities", lambda *a: steps.append("listed") or quantities(*a))
    return steps


def outputs() -> dict[str, bytes]:
    return files(Path("reports")) | {name: Path(name).read_bytes() for name in ("a.json", "a.xlsx")}


def test_a_second_run_computes_nothing_and_gives_the_same_bytes_as_one_without_a_cache(conflicting, auditor, computed):
    first = auditor("run", "docs", *EVERYTHING)
    written = outputs()
    computed.clear()
    shutil.rmtree("reports")
    second = auditor("run", "docs", *EVERYTHING)
    assert computed == []
    assert (second.exit_code, second.stdout, second.stderr) == (first.exit_code, first.stdout, first.stderr)
    assert first.exit_code == 1
    assert outputs() == written
    assert auditor("run", "docs", *EVERYTHING, "--no-cache").stdout == first.stdout
    assert computed == ["judged", *["read"] * 3]
    assert outputs() == written


def test_where_outputs_go_and_how_they_are_made_changes_nothing(documents, auditor, computed):
    auditor("run", "docs")
    computed.clear()
    auditor("run", "docs", "--output-dir", "elsewhere", "--jobs", "2", "--quiet")
    assert computed == []
    assert files(Path("elsewhere")) == files(Path("reports"))


def test_extract_computes_nothing_again_either(documents, auditor, computed):
    first = auditor("extract", "docs", "--format", "csv").stdout
    computed.clear()
    assert auditor("extract", "docs", "--format", "csv").stdout == first
    assert computed == []
    assert auditor("extract", "docs").stdout != first
    assert computed == ["listed"], "another format of documents that were read"


def changed_document(monkeypatch):
    Path("docs/two.txt").write_text("A loaf weighs 700 grams, the bakers said.\n", encoding="utf-8")


def another_document(monkeypatch):
    Path("docs/new.txt").write_text("The bridge is 90 metres long.\n", encoding="utf-8")


def renamed_document(monkeypatch):
    Path("docs/two.txt").rename("docs/3.txt")


def changed_suite(monkeypatch):
    file = Path("expectations/quantities.json")
    content = json.loads(file.read_text(encoding="utf-8"))
    content["expectations"][0]["severity"] = "info"
    file.write_text(json.dumps(content), encoding="utf-8")


def changed_setting(monkeypatch):
    Path("auditor.toml").write_text('[rules.unsourced-figure]\nseverity = "info"\n', encoding="utf-8")


def changed_override(monkeypatch):
    Path("auditor.toml").write_text('[[overrides]]\npaths = ["docs/"]\nrules = {unsourced-figure = "off"}\n', encoding="utf-8")


def changed_reading(monkeypatch):
    Path("auditor.toml").write_text('own_voice = ["one.txt"]\n', encoding="utf-8")


def changed_code(monkeypatch):
    monkeypatch.setattr(cache, "whole_version", lambda: "another")


def new_decision(monkeypatch):
    content = {"schema": "auditor/decisions/1", "decisions": [{"fingerprint": "f", "rule": "ND201", "verdict": "accepted"}]}
    Path("auditor-decisions.json").write_text(json.dumps(content), encoding="utf-8")


def damaged_entry(monkeypatch):
    (entry,) = Path(cache.default_folder()).glob("*/outputs/*")
    entry.write_bytes(entry.read_bytes()[:-1])


@pytest.mark.parametrize(
    "change",
    [
        changed_document,
        another_document,
        renamed_document,
        changed_suite,
        changed_setting,
        changed_override,
        changed_reading,
        changed_code,
        new_decision,
        damaged_entry,
    ],
)
def test_a_change_of_anything_is_seen(documents, auditor, computed, monkeypatch, change):
    shutil.copytree(shipped(), "expectations")
    auditor("run", "docs")
    computed.clear()
    change(monkeypatch)
    seen = auditor("run", "docs", "--output-dir", "seen")
    assert "judged" in computed
    fresh = auditor("run", "docs", "--output-dir", "fresh", "--no-cache")
    assert (seen.stdout, files(Path("seen"))) == (fresh.stdout, files(Path("fresh")))


def test_a_decision_that_has_expired_since_no_longer_counts(conflicting, auditor, monkeypatch):
    auditor("baseline", "docs", "--until", "2100-01-31", "--quiet")
    codes = []
    for day in (datetime.date(2100, 1, 30), datetime.date(2100, 1, 31), datetime.date(2100, 2, 1)):
        monkeypatch.setattr("auditor.cli.run.datetime", SimpleNamespace(date=SimpleNamespace(today=lambda day=day: day)))
        result = auditor("run", "docs", "--no-reports")
        codes.append((result.exit_code, "expired on 2100-01-31" in result.stderr))
    assert codes == [(0, False), (0, False), (1, True)]


def test_without_a_cache_nothing_is_read_or_written(documents, auditor, own_cache, monkeypatch):
    auditor("run", "docs", "--no-cache")
    auditor("extract", "docs", "--no-cache")
    auditor("baseline", "docs", "--no-cache")
    assert list(own_cache.iterdir()) == []
    auditor("run", "docs")
    monkeypatch.setattr(cache, "_body", lambda path: pytest.fail("read from the cache"))
    assert auditor("run", "docs", "--no-cache").exit_code == 0


@pytest.mark.parametrize(("content", "again"), [(b"There were 17 boats.", True), (b"", False)])
def test_what_the_machine_could_not_read_is_tried_again(documents, auditor, monkeypatch, content, again):
    (documents / "three.txt").write_bytes(content)
    read_one = pipeline.read_one

    def exhausted(document, settings):
        if document.name.endswith("three.txt"):
            raise MemoryError
        return read_one(document, settings)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "read_one", exhausted)
        first = auditor("run", "docs", "--format", "json").stdout
    assert '"status": "unreadable"' in first
    assert (auditor("run", "docs", "--format", "json").stdout != first) is again


def test_a_document_edited_while_it_was_read_is_not_kept_as_what_it_was(documents, auditor, monkeypatch):
    before = auditor("run", "docs", "--format", "json", "--no-cache").stdout
    text = (documents / "two.txt").read_text(encoding="utf-8")
    audit = pipeline.audit

    def edited(*args, **kwargs):
        changed_document(monkeypatch)
        return audit(*args, **kwargs)

    monkeypatch.setattr(pipeline, "audit", edited)
    assert auditor("run", "docs", "--format", "json").stdout != before
    monkeypatch.setattr(pipeline, "audit", audit)
    (documents / "two.txt").write_text(text, encoding="utf-8")
    assert auditor("run", "docs", "--format", "json").stdout == before


def test_a_folder_that_is_removed_while_it_was_read_is_no_error(documents, auditor, monkeypatch):
    audit = pipeline.audit

    def removed(*args, **kwargs):
        found = audit(*args, **kwargs)
        shutil.rmtree("docs")
        return found

    monkeypatch.setattr(pipeline, "audit", removed)
    assert auditor("run", "docs").exit_code == 0


def test_mistakes_are_told_as_without_a_cache(documents, auditor):
    auditor("run", "docs")
    for options in (["nowhere"], ["docs", "--expectations", "nowhere"]):
        assert auditor("run", *options).stderr == auditor("run", *options, "--no-cache").stderr != ""


def test_two_runs_at_once_may_keep_the_same(tmp_path):
    kept = cache.Cache(tmp_path)
    content = {"a": b"1" * 100_000, "b/c": b"", "d": bytes(range(256))}
    threads = [threading.Thread(target=kept.put_outputs, args=(key, content)) for key in ("k", "k", "l", "k")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept.get_outputs("k") == kept.get_outputs("l") == content
    assert len(os.listdir(next(tmp_path.glob("*/outputs")))) == 2


def test_only_the_outputs_of_the_latest_runs_are_kept(tmp_path):
    kept = cache.Cache(tmp_path)
    for n in range(12):
        kept.put_outputs(f"k{n}", {"a": b"1"})
        os.utime(next(tmp_path.glob(f"*/outputs/k{n}")), (n, n))
        kept.get_outputs("k0")
    assert {p.name for p in tmp_path.glob("*/outputs/*")} == {"k0", *(f"k{n}" for n in range(5, 12))}
