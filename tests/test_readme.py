"""What the README lists is what the code declares."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_generated_parts_are_fresh():
    spec = importlib.util.spec_from_file_location("update", ROOT / "docs" / "update.py")
    update = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(update)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for part in ("quantities", "measurands", "rules"):
        assert f"<!-- {part}: generated -->" in readme
    assert update.updated(readme) == readme, "run: python docs/update.py"
