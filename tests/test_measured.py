"""Every sentence of ``tests/corpus/measured.toml``: what its figure in brackets measures."""

import re
import tomllib
from pathlib import Path

import pytest

from auditor.model import Document, Settings
from auditor.pipeline import read_one

CASES = tomllib.loads((Path(__file__).parent / "corpus" / "measured.toml").read_text(encoding="utf-8"))["case"]
TOLD = [(case["is"], text) for case in CASES if "is" in case for text in case["texts"]]
NOT_TOLD = [(case["not"], text) for case in CASES if "not" in case for text in case["texts"]]


def measured(text):
    marked = re.search(r"\[(.+?)\]", text)
    claims = read_one(Document("a", text.replace("[", "").replace("]", "")), Settings()).claims
    [claim] = [c for c in claims if c.quantity.start == marked.start()]
    return claim.frame.event


@pytest.mark.parametrize(("what", "text"), TOLD)
def test_what_a_figure_measures(what, text):
    assert measured(text) == what


@pytest.mark.parametrize(("what", "text"), NOT_TOLD)
def test_what_it_does_not_measure(what, text):
    assert measured(text) != what
