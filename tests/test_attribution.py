"""Who answers for a figure: one table of wordings, and the places where text goes wrong."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.enrich.attribution import attributions
from auditor.model import Attribution, Document, Quantity, Settings
from auditor.parse import Parses
from auditor.segment import segment

CASES = tomllib.loads((Path(__file__).parent / "corpus" / "attribution.toml").read_text(encoding="utf-8"))["case"]


def said_of(text: str, **document: object) -> Attribution:
    """The attribution of the figure in brackets."""
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "", 1).replace("]", "", 1)
    whole = Document(name="text", text=plain, **document)  # type: ignore[arg-type]
    passages = segment(whole)
    passage = next(p for p in passages if p.start <= start < p.end)
    figure = Quantity(start, end, plain[start:end], passage.index, Decimal(1), Decimal(1))
    (said,) = attributions(whole, passages, (figure,), Parses(passages), Settings())
    if said.source_start is not None:
        assert " ".join(plain[said.source_start : said.source_end].split()) == said.source
    if said.cue_start is not None:
        assert " ".join(plain[said.cue_start : said.cue_end].split()) == said.cue
    return said


@pytest.mark.parametrize(
    ("source", "text"), [pytest.param(case.get("source"), text, id=text[:60]) for case in CASES for text in case["texts"]]
)
def test_wordings(source, text):
    said = said_of(text)
    assert (said.source or "").lower() == (source or "").lower()
    assert said.attributed is (source is not None)
