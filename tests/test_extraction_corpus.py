"""Every wording of ``tests/corpus/extraction``: what it means, or that it holds no figure.

A wording may end in `` => x``, which takes the place of the case's ``counted`` (or ``unit``, or the value that it holds after
all, ``*`` for any).
"""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from auditor import extraction
from auditor.model import Document, Passage, PassageKind, Quantity, Settings
from auditor.parse import Parses

CORPUS = sorted(Path(__file__).parent.glob("corpus/extraction/*.toml"))


def read(text: str, settings: Settings | None = None) -> tuple[Quantity, ...]:
    passages = (Passage(0, PassageKind.SENTENCE, 0, len(text), text, 0),)
    return extraction.quantities(Document("text", text), passages, Parses(passages), settings or Settings())


def cases(key: str) -> list[Any]:
    found = []
    for path in CORPUS:
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8")).get(key, [])):
            for wording in case["wordings"]:
                found.append(pytest.param(case, wording, id=f"{path.stem}-{number}-{wording}"))
    return found


def differences(quantity: Quantity, meaning: dict[str, str]) -> dict[str, Any]:
    """The fields of ``quantity`` that are not as ``meaning`` says, with what they are."""
    wrong = {}
    for name, wanted in meaning.items():
        value = getattr(quantity, name)
        if isinstance(value, Decimal):
            same = wanted != "none" and value == Decimal(wanted)
        else:
            same = (value is None and wanted == "none") or value == wanted
        if not same:
            wrong[name] = value
    return wrong


@pytest.mark.parametrize(("case", "wording"), cases("case"))
def test_wording_means(case: dict[str, Any], wording: str) -> None:
    text, _, other = wording.partition(" => ")
    meaning = dict(case["meaning"])
    if other:
        meaning["counted" if "counted" in meaning else "unit"] = other
    found = read(text)
    assert any(not differences(q, meaning) for q in found), [(q.text, differences(q, meaning)) for q in found]
    assert case.get("others") or len(found) == 1, [q.text for q in found]


@pytest.mark.parametrize(("case", "wording"), cases("nothing"))
def test_wording_holds_no_figure(case: dict[str, Any], wording: str) -> None:
    text, _, after_all = wording.partition(" => ")
    found = read(text)
    if after_all == "*":
        return
    assert [str(q.value) for q in found] == ([after_all] if after_all else [])


def test_corpus_is_large() -> None:
    assert len(cases("case")) + len(cases("nothing")) >= 500
