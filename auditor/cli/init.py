"""``auditor init``: the files to begin with, each commented, none overwritten."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import click

from auditor.cli import output
from auditor.errors import InputError, OutputError

_CI = {"github": ".github/workflows/figures.yml", "gitlab": "figures.gitlab-ci.yml"}


@click.command(short_help="Write the files to begin with.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--documents", default="docs", show_default=True, metavar="PATH", help="What the workflow audits.")
@click.option("--package", default="auditor", show_default=True, help="What the workflow installs: a name, wheel or git address.")
@click.option("--ci", type=click.Choice([*_CI, "none"]), default="github", show_default=True, help="Whose workflow to write.")
@click.option("--suites/--no-suites", default=True, show_default=True, help="Copy the suites, to edit them.")
@click.option("--pre-commit/--no-pre-commit", default=True, show_default=True, help="Write an entry for pre-commit.")
def init(folder: Path, documents: str, package: str, ci: str, suites: bool, pre_commit: bool) -> int:
    """Write into FOLDER (default: this one) a commented auditor.toml, the suites, a CI workflow and a pre-commit entry.

    What is there already stays as it is.
    """
    _plain(documents, r"[\w./@%+,:=~-]+", "--documents", "a path without blanks and quotes")
    _plain(package, r"[^\"\\\n]+", "--package", "what pip installs, without quotes")
    files = {"auditor.toml": template("auditor.toml").replace('paths = ["docs"]', f'paths = ["{documents}"]')}
    if suites:
        files |= {f"expectations/{file.name}": file.read_text(encoding="utf-8") for file in _suites()}
    if ci != "none":
        files[_CI[ci]] = recipe(ci, documents, package)
    if pre_commit:
        files[".pre-commit-config.yaml"] = template("pre-commit.yaml")
    for name, content in files.items():
        _write(folder / name, content)
    if not (folder / documents).exists():
        click.echo(f"auditor: there is no {folder / documents} yet: make it, or name what to audit in auditor.toml", err=True)
    return 0


def _plain(value: str, allowed: str, option: str, what: str) -> None:
    """Raise InputError for a value that would be something else in the files that are written, such as a command."""
    if not re.fullmatch(allowed, value):
        raise InputError(f"{option} is {value!r}; allowed: {what}")


def template(name: str) -> str:
    """One of the files that ship."""
    return (resources.files("auditor.cli") / "templates" / name).read_text(encoding="utf-8")


def recipe(ci: str, documents: str, package: str) -> str:
    """The workflow of a CI system."""
    return template(f"{ci}.yml").replace("@DOCUMENTS@", documents).replace("@PACKAGE@", package)


def _suites() -> list[Path]:
    from auditor.expect.suites import shipped

    return sorted(file for file in shipped().iterdir() if file.suffix in (".json", ".md"))


def _write(path: Path, content: str) -> None:
    if path.exists():
        click.echo(f"kept     {path}", err=True)
        return
    output.check_writable(path.parent, folder=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {path.parent}: {error.strerror or error}") from error
    output.write_file(path, content.encode())
    click.echo(f"written  {path}", err=True)
