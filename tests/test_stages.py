"""How far the counting had come: the corpus of (stage, wordings)."""

import tomllib
from pathlib import Path

import pytest

from auditor.model import Document, Settings
from auditor.pipeline import read_one

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "stages.toml").read_text(encoding="utf-8"))
CASES = [(case.get("stage"), text) for case in CORPUS["case"] for text in case["texts"]]


@pytest.mark.parametrize(("stage", "text"), CASES, ids=[text for _, text in CASES])
def test_stage(stage, text):
    start = text.index("[")
    claims = read_one(Document("a", text.replace("[", "").replace("]", "")), Settings()).claims
    found = [claim.stage for claim in claims if claim.quantity.start <= start < claim.quantity.end]
    assert found == [stage]
