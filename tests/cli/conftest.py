"""A small folder of documents and the command as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import main

STORY = {
    "one.txt": "The ministry said on Monday that 1,500 soldiers had crossed the river.\n",
    "two.txt": "On Monday 2,400 soldiers crossed the river. Bread costs 12 crowns.\n",
}


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
def auditor():
    """Run the command in this process; ``result.stdout``, ``result.stderr`` and ``result.exit_code`` are what a shell sees."""

    def run(*args: object) -> Result:
        return CliRunner().invoke(main, [str(a) for a in args])

    return run
