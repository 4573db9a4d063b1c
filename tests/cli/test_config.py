"""What a configuration sets, which one is found, and what is said of each mistake in it."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import jsonschema
import pytest

from auditor import schemas
from auditor.config import load
from auditor.errors import InputError
from auditor.globs import matches

FULL = """
paths = ["texts"]
exclude = ["drafts/"]
output_dir = "out"
fail_on = "warning"
decimal_mark = ","
reference_date = 2024-11-06
own_voice = ["annual-report.md"]
entities = [["NIS", "the spy agency"]]
jobs = 2

[rules]
single-origin = "off"

[rules.conflicting-figures]
severity = "warning"
thresholds = { max_value = 0.05 }

[[overrides]]
paths = ["notes/"]
rules = { unsourced-figure = "info" }
"""


def test_a_file_gives_every_value_its_type(tmp_path, monkeypatch):
    (tmp_path / "auditor.toml").write_text(FULL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    config = load()
    assert config["paths"] == ("texts",)
    assert config["fail_on"] == "warning"
    assert config.settings.decimal_mark == ","
    assert config.settings.entities == (("NIS", "the spy agency"),)
    assert config.settings.reference_date.isoformat() == "2024-11-06"
    assert config["rules"]["single-origin"].severity == "off"
    assert config["rules"]["conflicting-figures"].thresholds == {"max_value": 0.05}
    assert config["overrides"][0].paths == ("notes/",)
    assert (config.origins["jobs"], config.origins["strict"]) == ("auditor.toml", "default")


def test_the_nearest_file_wins_and_its_paths_are_its_own(tmp_path, monkeypatch):
    (tmp_path / "auditor.toml").write_text('fail_on = "info"\noutput_dir = "out"')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert load()["fail_on"] == "info"
    assert load()["output_dir"] == os.path.join("..", "..", "out")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\nfail_on = 1")
    assert load()["fail_on"] == "info"
    (tmp_path / "a" / "pyproject.toml").write_text('[tool.auditor]\nfail_on = "never"')
    assert load()["fail_on"] == "never"
    assert load()["output_dir"] == "reports"
    (tmp_path / "a" / "auditor.toml").write_text('fail_on = "critical"')
    (tmp_path / "a" / ".auditor.toml").write_text('fail_on = "warning"')
    assert load()["fail_on"] == "warning"
    assert load(isolated=True).origins["fail_on"] == "default"


MISTAKES = {
    'fail-on = "info"': "did you mean 'fail_on'?",
    'own_voise = ["a"]': "did you mean 'own_voice'?",
    "zzzzzz = 1": "allowed: paths, include",
    'fail_on = "grave"': "allowed: critical, warning, info, never",
    'jobs = "two"': "a whole number from 1",
    "jobs = true": "a whole number from 1",
    'include = "*.md"': "a list of strings",
    'reference_date = "soon"': "a day such as",
    "strict = 1": "true or false",
    'entities = ["NIS"]': "a list of strings",
    'rules.single-origin = "grave"': "critical, warning, info, off",
    "rules.single-origin.level = 1": "unknown key 'level'",
    "[[overrides]]\npaths = []": "lacks rules",
    "fail_on = ": "cannot read the configuration",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_names_the_file_and_what_is_allowed(tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    Path("auditor.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load()
    assert str(error.value).startswith("auditor.toml")
    assert MISTAKES[text] in str(error.value)


def test_a_binary_configuration_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("auditor.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot read the configuration"):
        load()


def test_config_shows_values_and_origins(documents, auditor):
    Path("auditor.toml").write_text(FULL, encoding="utf-8")
    shown = auditor("config").stdout
    assert 'fail_on = "warning"  # auditor.toml' in shown
    assert "strict = false  # default" in shown
    assert tomllib.loads(shown)["rules"]["conflicting-figures"]["thresholds"] == {"max_value": 0.05}


def test_the_command_line_goes_over_the_file(documents, auditor):
    Path("auditor.toml").write_text('paths = ["docs"]\noutput_dir = "from-file"\nexclude = ["two.txt"]', encoding="utf-8")
    assert auditor("run").exit_code == 0
    found = json.loads(Path("from-file/audit.json").read_text(encoding="utf-8"))
    assert [d["document"] for d in found["documents"]] == ["docs/one.txt"]
    auditor("run", "--output-dir", "other", "--exclude", "nothing")
    assert len(json.loads(Path("other/audit.json").read_text(encoding="utf-8"))["documents"]) == 2
    assert auditor("run", "--isolated").exit_code == 2
    assert "paths" in auditor("run", "--isolated").stderr
    assert auditor("run", "--config", "nowhere.toml").exit_code == 2


def test_the_schema_accepts_what_the_code_accepts():
    schema = json.loads(schemas.text("config"))
    validator = jsonschema.Draft7Validator(schema)
    full = {**tomllib.loads(FULL), "reference_date": "2024-11-06"}
    assert not list(validator.iter_errors(full))
    for text in ("own_voise = []", 'fail_on = "grave"', 'include = "*.md"', "rules.single-origin.level = 1"):
        assert list(validator.iter_errors(tomllib.loads(text))), text


@pytest.mark.parametrize(
    ("name", "glob", "expected"),
    [
        ("docs/drafts/a.md", "drafts/", True),
        ("docs/drafts/a.md", "drafts/*", True),
        ("docs/drafts/a.md", "*.md", True),
        ("docs/drafts/a.md", "docs/*.md", True),
        ("./docs/a.md", "docs/a.md", True),
        ("docs/overdrafts/a.md", "drafts/", False),
        ("news.jsonl#7", "news.jsonl", True),
        ("news.jsonl#7", "*#7", True),
        ("docs/a.md", "a.txt", False),
    ],
)
def test_globs(name, glob, expected):
    assert matches(name, [glob]) is expected
