"""The generated documentation is what the commands and keys say now."""

import importlib.util
from pathlib import Path

import pytest

spec = importlib.util.spec_from_file_location("reference", Path(__file__).parents[2] / "docs" / "reference.py")
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)


@pytest.mark.parametrize("file", reference.generated(), ids=lambda file: file.name)
def test_generated_files_are_fresh(file):
    assert file.read_text(encoding="utf-8") == reference.generated()[file], "run: python docs/reference.py"
