"""Rules that speak, the files to begin with, and the recipes for CI systems."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from auditor.cli.init import recipe, template
from auditor.cli.main import main as program
from auditor.config import KEYS, load
from auditor.expect import load as suites
from auditor.expect import rules

ROOT = Path(__file__).parents[2]


def yaml(text: str) -> dict:
    return YAML(typ="safe", pure=True).load(text)


def test_rules_lists_every_rule_as_it_is_in_force(tmp_path, monkeypatch, auditor):
    monkeypatch.chdir(tmp_path)
    codes = [rule.code for rule in rules(suites())]
    assert [line.split()[0] for line in auditor("rules").stdout.splitlines()] == codes
    assert [entry["code"] for entry in json.loads(auditor("rules", "--format", "json").stdout)] == codes
    Path("auditor.toml").write_text('rules.single-origin = "off"\nrules.ND201 = "info"', encoding="utf-8")
    changed = auditor("rules").stdout
    assert "single-origin" not in changed
    assert re.search(r"ND201\s+conflicting-figures\s+info", changed)


@pytest.mark.parametrize("name", ["conflicting-figures", "ND201", "nd201"])
def test_explain_shows_the_page_of_a_rule(auditor, name):
    page = auditor("explain", name, "--isolated").stdout
    assert page.startswith("conflicting-figures (ND201)")
    assert "auditor: allow conflicting-figures" in page
    assert "Measured:" in page


def test_explain_knows_the_nearest_rule(auditor):
    result = auditor("explain", "conflicting-figure")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean 'conflicting-figures'?" in result.stderr


def test_init_writes_files_that_work_and_overwrites_none(documents, auditor):
    assert auditor("init").exit_code == 0
    assert load()["paths"] == ("docs",)
    assert auditor("run").exit_code == 0
    assert suites() == suites(Path("expectations"))
    for file in (".github/workflows/figures.yml", ".pre-commit-config.yaml"):
        assert yaml(Path(file).read_text(encoding="utf-8"))
    Path("auditor.toml").write_text("# mine", encoding="utf-8")
    again = auditor("init", "--ci", "gitlab")
    assert "kept     auditor.toml" in again.stderr
    assert Path("auditor.toml").read_text(encoding="utf-8") == "# mine"
    assert Path("figures.gitlab-ci.yml").exists()


@pytest.mark.parametrize(
    "option", ["--documents=two words", '--documents=a"b', "--documents=$(x)", '--package=a" b', "--documents="]
)
def test_init_writes_nothing_that_would_be_a_command(tmp_path, monkeypatch, auditor, option):
    monkeypatch.chdir(tmp_path)
    result = auditor("init", option)
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert option.partition("=")[0] in result.stderr


def test_init_tells_what_is_missing(documents, auditor):
    assert "there is no" not in auditor("init").stderr
    assert "there is no texts yet" in auditor("init", "--documents", "texts").stderr


def test_every_commented_line_of_the_configuration_is_true():
    text = template("auditor.toml")
    lines = [re.sub(r"^# (?=\[|\w+(-\w+)* = )", "", line) for line in text.splitlines()]
    content = tomllib.loads("\n".join(lines))
    assert set(content) <= {key.name for key in KEYS}
    assert {"rules", "overrides", "entities", "own_voice"} <= set(content)


def commands(text: str) -> list[list[str]]:
    """Every `auditor ...` command of a recipe, with its variables filled in."""
    found = re.findall(r"(?:- run: |- |entry: )(auditor .*)", text)
    return [shlex.split(line.replace("$DOCUMENTS", "docs"))[1:] for line in found]


@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml", "pre-commit.yaml", ".pre-commit-hooks.yaml"])
def test_the_commands_of_the_recipes_run(documents, auditor, name):
    text = (ROOT / name).read_text(encoding="utf-8") if name.startswith(".") else template(name)
    Path("auditor.toml").write_text('paths = ["docs"]', encoding="utf-8")
    found = commands(text)
    assert found
    for command in found:
        result = auditor(*command)
        assert result.exit_code == 0, result.stderr


def test_the_workflow_names_the_files_that_its_commands_write():
    workflow = yaml(recipe("github", "seeds/", "."))
    steps = workflow["jobs"]["audit"]["steps"]
    assert next(s["with"]["sarif_file"] for s in steps if "upload-sarif" in s.get("uses", "")) == "audit.sarif"
    assert next(s["with"]["path"] for s in steps if "upload-artifact" in s.get("uses", "")) == "reports/"
    assert any("--output audit.sarif --output-dir reports" in s.get("run", "") for s in steps)
    kept = [s for s in steps if s.get("uses", "").startswith("actions/cache/")]
    assert len({s["with"]["path"] for s in kept}) == len({s["with"]["key"] for s in kept}) == 1
    job = yaml(recipe("gitlab", "seeds/", "."))["figures"]
    written = " ".join(job["script"])
    for report in job["artifacts"]["reports"].values():
        assert f"--output {report}" in written


@pytest.mark.skipif(not importlib.util.find_spec("check_jsonschema"), reason="check-jsonschema is not installed")
@pytest.mark.parametrize(("ci", "schema"), [("github", "vendor.github-workflows"), ("gitlab", "vendor.gitlab-ci")])
def test_recipes_keep_the_schema_of_their_system(ci, schema):
    file = ROOT / "docs" / "ci" / f"{ci}.yml"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.skipif(not shutil.which("actionlint"), reason="actionlint is not installed")
def test_the_workflow_passes_its_linter():
    result = subprocess.run(["actionlint", str(ROOT / "docs/ci/github.yml")], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_of_its_shell(auditor, tmp_path, shell):
    script = auditor("completion", shell).stdout
    assert "_AUDITOR_COMPLETE" in script
    if shutil.which(shell):
        (tmp_path / "script").write_text(script, encoding="utf-8")
        assert subprocess.run([shell, "-n", str(tmp_path / "script")], check=False).returncode == 0


def test_completion_offers_commands_and_options():
    def offered(words: str, n: int) -> str:
        environment = {"_AUDITOR_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(n)}
        code = "from auditor.cli import main; main(prog_name='auditor')"
        return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False).stdout

    assert set(program.commands) <= set(re.findall(r"plain,(\S+)", offered("auditor ", 1)))
    assert "--output-dir" in offered("auditor run --out", 2)
    assert "sarif" in offered("auditor run --format sa", 3)
