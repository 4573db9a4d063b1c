"""A small folder of documents and the command as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import main

STORY = {
    "one.txt": "The ministry said on Monday that 1,500 soldiers had crossed the river.\n",
    "two.txt": "The bakers of the town said a loaf weighs 600 grams.\n",
}
CONFLICT = "On Monday 2,400 soldiers crossed the river, the army said.\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``docs/`` in an empty folder, which is the working directory."""
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, text in STORY.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def conflicting(documents: Path) -> Path:
    """The same folder with a figure in it that cannot be right beside another one."""
    (documents / "three.txt").write_text(CONFLICT, encoding="utf-8")
    return documents


@pytest.fixture
def auditor():
    """Run the command in this process; ``result.stdout``, ``result.stderr`` and ``result.exit_code`` are what a shell sees."""

    def run(*args: object) -> Result:
        return CliRunner().invoke(main, [str(a) for a in args])

    return run
