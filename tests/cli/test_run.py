"""``auditor run`` and ``auditor extract``: what is written where, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pandas as pd
import pytest

TABLES = ["measurands.csv", "measurands.parquet", "quantities.csv", "quantities.parquet"]


def test_a_conflict_fails_the_run_and_below_the_threshold_does_not(conflicting, auditor):
    assert auditor("run", conflicting, "--no-reports").exit_code == 1
    assert auditor("run", conflicting, "--no-reports", "--fail-on", "never").exit_code == 0


def test_the_least_severity_that_fails_is_the_users(documents, auditor):
    (documents / "three.txt").write_text("There were 300 tents.\n", encoding="utf-8")
    worst = {f["severity"] for f in json.loads(auditor("run", documents, "--format", "json").stdout)["findings"]}
    assert worst == {"warning"}, "a figure without a source"
    assert [
        auditor("run", documents, "--no-reports", "--fail-on", level).exit_code for level in ("critical", "warning", "info")
    ] == [0, 1, 1]


def test_an_unreadable_document_fails_a_strict_run_alone(documents, auditor):
    (documents / "bad.txt").write_bytes(b"\x00\x01\xff" * 100)
    assert auditor("run", documents).exit_code == 0
    assert auditor("run", documents, "--strict").exit_code == 1
    assert "bad.txt" in Path("reports/audit.json").read_text(encoding="utf-8")


def test_the_cache_can_be_cleared(documents, auditor, own_cache):
    auditor("run", documents)
    assert auditor("cache", "folder").stdout.startswith(str(own_cache))
    assert "2 documents forgotten" in auditor("cache", "clear").stderr
    assert "0 documents forgotten" in auditor("cache", "clear").stderr


def test_processes_do_not_change_the_bytes(documents, auditor):
    auditor("run", documents, "--output-dir", "one", "--no-cache")
    auditor("run", documents, "--output-dir", "two", "--no-cache", "--jobs", "2")
    assert files(Path("one")) == files(Path("two"))


def test_github_gets_annotations_beside_the_text_and_a_summary_of_the_step(conflicting, auditor, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    Path("summary.md").write_text("Of an earlier step.\n", encoding="utf-8")
    result = auditor("run", "docs", "--format", "text", "--format", "github")
    assert "::error file=docs/" in result.stdout
    assert "documents" in result.stdout
    summary = Path("summary.md").read_text(encoding="utf-8")
    assert summary.startswith("Of an earlier step.\n<!-- auditor -->")
    assert "1 critical" in summary


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.name[0] != "."}


def test_a_run_writes_reports_and_a_summary(documents, auditor):
    result = auditor("run", documents)
    assert result.exit_code == 0, result.stderr
    assert "2 documents" in result.stdout
    assert {"audit.json", *TABLES} <= set(files(Path("reports")))


def test_two_runs_give_the_same_bytes(documents, auditor):
    auditor("run", documents, "--output-dir", "first")
    auditor("run", documents, "--output-dir", "second")
    assert files(Path("first")) == files(Path("second"))


def test_the_tables_hold_what_the_json_holds(documents, auditor):
    auditor("run", documents)
    rows = json.loads(Path("reports/audit.json").read_text(encoding="utf-8"))["quantities"]
    for frame in (pd.read_parquet("reports/quantities.parquet"), pd.read_csv("reports/quantities.csv")):
        assert frame["text"].tolist() == [row["text"] for row in rows]
        assert frame["value"].tolist() == [row["value"] for row in rows]


@pytest.mark.parametrize(
    ("options", "folder"),
    [
        ([], True),
        (["--format", "json"], False),
        (["--format", "json", "--output", "a.json"], False),
        (["--format", "json", "--output", "a.json", "--output-dir", "reports"], True),
        (["--no-reports"], False),
    ],
)
def test_a_format_asks_for_just_that_output(documents, auditor, options, folder):
    assert auditor("run", documents, *options).exit_code == 0
    assert Path("reports").is_dir() is folder


@pytest.mark.parametrize(
    ("options", "on_stdout", "files"),
    [
        (["--format", "json"], "json", {}),
        (["--format", "text", "--format", "json", "--output", "a"], "text", {"a": "json"}),
        (["--format", "json", "--output", "a", "--format", "text"], "text", {"a": "json"}),
        (["--output", "a", "--format", "json"], None, {"a": "json"}),
        (["--format", "text", "--output", "b", "--format", "json", "--output", "a"], None, {"a": "json", "b": "text"}),
    ],
)
def test_an_output_belongs_to_the_format_before_it(documents, auditor, options, on_stdout, files):
    result = auditor("run", documents, *options)
    assert result.exit_code == 0, result.stderr
    written = {None: result.stdout, **{name: Path(name).read_text(encoding="utf-8") for name in files}}
    for name, kind in {None: on_stdout, **files}.items():
        if kind is None:
            assert written[name] == ""
        else:
            assert written[name].startswith("{") is (kind == "json")
            assert kind == "json" or "2 documents" in written[name]


def test_extract_writes_a_row_a_figure(documents, auditor):
    result = auditor("extract", documents)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert "1,500" in {row["text"] for row in rows}
    assert auditor("extract", documents, "--format", "csv", "--output", "q.csv").exit_code == 0
    assert len(pd.read_csv("q.csv")) == len(rows)
    parquet = auditor("extract", documents, "--format", "parquet").stdout_bytes
    assert pd.read_parquet(io.BytesIO(parquet))["text"].tolist() == [row["text"] for row in rows]


MISTAKES = {
    "no path": (["run"], "Missing argument"),
    "missing path": (["run", "nowhere"], "nowhere"),
    "empty folder": (["run", "empty"], "no document in"),
    "unknown option": (["run", "docs", "--fromat", "json"], "--format"),
    "unknown format": (["run", "docs", "--format", "yaml"], "yaml"),
    "unknown severity": (["run", "docs", "--fail-on", "grave"], "critical"),
    "no number": (["run", "docs", "--jobs", "many"], "many"),
    "no process": (["run", "docs", "--jobs", "0"], "0"),
    "output without format": (["run", "docs", "--output", "a.json"], "--format"),
    "two outputs for a format": (["run", "docs", "--format", "json", "--output", "a", "--output", "b"], "b"),
    "one file for two formats": (["run", "docs", *["--format", "json", "--output", "a"] * 2], "a"),
    "two formats on stdout": (["run", "docs", "--format", "json", "--format", "text"], "standard output"),
    "output is a folder": (["run", "docs", "--format", "json", "--output", "docs"], "is a folder"),
    "output in no folder": (["run", "docs", "--format", "json", "--output", "no/a.json"], "no folder"),
    "reports are a file": (["run", "docs", "--output-dir", "docs/one.txt"], "no folder"),
    "reports into nothing": (["run", "docs", "--output-dir", ""], "--output-dir is empty"),
    "reports or not": (["run", "docs", "--output-dir", "r", "--no-reports"], "contradict"),
    "no suites": (["run", "docs", "--expectations", "empty"], "no suite in empty"),
    "suites nowhere": (["run", "docs", "--expectations", "nowhere"], "nowhere"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_line_and_writes_nothing(documents, auditor, mistake):
    Path("empty").mkdir()
    args, words = MISTAKES[mistake]
    before = sorted(Path().rglob("*"))
    result = auditor(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("auditor: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr
    assert sorted(Path().rglob("*")) == before


def test_a_failed_run_leaves_former_reports_whole(documents, auditor, monkeypatch):
    auditor("run", documents)
    before = files(Path("reports"))
    documents.joinpath("one.txt").write_text("Now 99 boats came.", encoding="utf-8")
    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    result = auditor("run", documents)
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert files(Path("reports")) == before
    assert not [p.name for p in Path("reports").iterdir() if p.name.startswith(".auditor-")]


def test_an_interrupt_leaves_former_reports_whole(documents, auditor, monkeypatch):
    auditor("run", documents)
    before = files(Path("reports"))
    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    result = auditor("run", documents)
    assert result.exit_code == 130
    assert result.stderr == "auditor: interrupted; former outputs are as they were\n"
    assert files(Path("reports")) == before


def test_an_internal_error_says_how_to_report_it(documents, auditor, monkeypatch):
    monkeypatch.setattr("auditor.pipeline.audit", lambda *_, **__: {}["missing"])
    result = auditor("run", documents)
    assert result.exit_code == 2
    assert "internal error" in result.stderr
    assert "report" in result.stderr


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = f"{sys.executable} -m auditor"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace("AUDITOR", program)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_reader_that_goes_away_is_no_error(documents):
    result = shell("AUDITOR extract docs | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}", documents.parent)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "command",
    ["run docs --no-reports > /dev/full", "run docs --format json --output /dev/full", "rules > /dev/full", "--help > /dev/full"],
)
def test_a_full_disk_is_one_line(documents, command):
    result = shell(f"AUDITOR {command}", documents.parent)
    assert result.returncode == 2
    assert result.stderr.startswith("auditor: cannot write")
    assert result.stderr.count("\n") == 1


def test_odd_file_names(documents, auditor):

    for name in (b"a b.txt", b"new\nline.txt", b"bad\xff.txt", b"-dash.txt", "naïve “q”.txt".encode(), b"--format.txt"):
        with open(os.path.join(os.fsencode(documents), name), "w") as file:
            file.write("There were 17 boats.\n")
    result = auditor("run", documents)
    assert result.exit_code == 0, result.stderr
    names = [d["document"] for d in json.loads(Path("reports/audit.json").read_text(encoding="utf-8"))["documents"]]
    assert len(names) == 8
    assert all("\n" not in name for name in names)
    assert any(name.endswith(r"bad\xff.txt") for name in names)
    assert any(name.endswith(r"new\nline.txt") for name in names)
    os.chdir(documents)
    assert auditor("run", "--no-reports", "--", "-dash.txt").exit_code == 0


def test_help_is_quick():
    """Under 0.3 s of CPU: nothing heavy is imported at the top of the command line."""
    heavy = ["pandas", "great_expectations", "spacy", "numpy", "pyarrow", "jinja2", "matplotlib", "trafilatura", "jsonschema"]
    code = f"import sys, auditor.cli; print([m for m in {heavy!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def interrupted(folder: Path, *options: str, after: float, number: int = signal.SIGINT) -> tuple[int, str]:
    """Exit code and stderr of a run that gets a signal after some seconds."""
    command = [sys.executable, "-m", "auditor", "run", "docs", "--no-cache", *options]
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a background job starts with it ignored
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, number)
    return process.wait(60), process.communicate()[1]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("options", [(), ("--jobs", "2")])
def test_an_interrupt_is_one_line_and_leaves_nothing_half_done(documents, options):
    sentence = "In May 1,500 people came to the town, and 300 left it again. "
    (documents / "long.txt").write_text(sentence * 20_000, encoding="utf-8")
    code, words = interrupted(documents.parent, *options, after=2.0)
    assert (code, words) == (130, "auditor: interrupted; former outputs are as they were\n")
    assert not Path("reports").exists()


@pytest.mark.skipif(os.name != "posix", reason="streams of POSIX shells")
def test_closed_streams_and_a_folder_that_is_gone(documents):
    assert shell("AUDITOR rules >&-", documents.parent).returncode == 0
    assert shell("AUDITOR rules 2>&-", documents.parent).stdout.startswith("ND101")
    gone = shell("mkdir gone; cd gone; rmdir ../gone; AUDITOR config", documents.parent)
    assert gone.returncode == 2
    assert gone.stderr.count("\n") == 1


def test_two_runs_into_one_folder_leave_the_whole_set_of_one(documents):
    """Both write at once; each moves its own set in, under a lock."""
    from auditor.cli.output import staged

    def write(word: str) -> None:
        with staged(documents.parent / "reports") as stage:
            for n in range(20):
                (stage / f"{n}.txt").write_text(word, encoding="utf-8")
            (stage / "pages").mkdir()
            (stage / "pages" / "a.html").write_text(word, encoding="utf-8")

    threads = [threading.Thread(target=write, args=(str(n),)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = files(documents.parent / "reports")
    assert len(written) == 21
    assert len(set(written.values())) == 1


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_read(documents, auditor, monkeypatch):
    monkeypatch.setattr("auditor.cli.output.os.access", lambda path, mode: False)
    monkeypatch.setattr("auditor.pipeline.read_one", lambda *_: pytest.fail("read a document"))
    for options in ([], ["--output-dir", "r"], ["--format", "json", "--output", "a.json"]):
        result = auditor("run", "docs", *options)
        assert result.exit_code == 2
        assert "cannot write" in result.stderr
    assert auditor("extract", "docs", "--output", "q.jsonl").exit_code == 2
