"""Which figures need a source: one table of wordings with the reason that excuses each; how pressing the others are."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from auditor.model import Claim, Document, Mark, Settings
from auditor.pipeline import read_one

CASES = tomllib.loads((Path(__file__).parent / "corpus" / "needs_source.toml").read_text(encoding="utf-8"))["case"]


def claims(text: str, **document: object) -> tuple[Claim, ...]:
    return read_one(Document(name="text", text=text, **document), Settings()).claims  # type: ignore[arg-type]


def claim_at(text: str) -> Claim:
    """The claim of the figure in brackets."""
    start = text.index("[")
    plain = text.replace("[", "", 1).replace("]", "", 1)
    return next(claim for claim in claims(plain) if claim.quantity.start <= start < claim.quantity.end)


@pytest.mark.parametrize(("why", "text"), [pytest.param(case.get("why"), t, id=t[:60]) for case in CASES for t in case["texts"]])
def test_wordings(why, text):
    claim = claim_at(text)
    assert claim.needs_source_why == why
    assert claim.needs_source is (why is None)
    assert (claim.query_weight > 0) is (why is None)


def test_a_figure_without_a_source_tells_who_answers_for_it_elsewhere():
    text = "[Dozens] hurt in quay fire\n\nA fire on the quay hurt 36 people, the union said. It burned for hours."
    claim = claim_at(text)
    assert (claim.attribution.attributed, claim.source_elsewhere) == (False, "the union")
    sourced = claim_at(text.replace("[", "").replace("]", "").replace("36", "[36]"))
    assert (sourced.attribution.source, sourced.source_elsewhere) == ("the union", None)


def test_the_pressing_questions_weigh_more():
    texts = (
        "The fire killed [36] miners.",
        "The dam cost [$14 million].",
        "The mine employs [1,900] people.",
        "The mine employs [190] people.",
        "About [62] percent of the wells are dry.",
    )
    weights = [claim_at(text).query_weight for text in texts]
    assert weights == sorted(weights, reverse=True)
    assert 0 < weights[-1] < weights[0] <= 1


def test_a_table_is_asked_for_once():
    cells = ("Year", "Wells", "2021", "500", "2022", "640")
    text = "\n".join(cells)
    starts = [text.index(cell) for cell in cells]
    marks = tuple(Mark("table_cell", start, start + len(cell)) for start, cell in zip(starts, cells, strict=True))
    assert [c.needs_source for c in claims(text, marks=marks) if c.quantity.text in ("500", "640")] == [True, False]


def test_the_note_that_a_mark_points_to_is_no_claim():
    text = "The bank holds 400 seals.1\n\nSeal Watch, 900 dives, 2021."
    mark = Mark("reference", text.index("1"), text.index("1") + 1, "Seal Watch, 900 dives, 2021.")
    assert [c.needs_source_why for c in claims(text, marks=(mark,)) if c.quantity.text == "900"] == ["stands in a note"]


def test_ten_times_the_figures_take_about_ten_times_as_long():
    sentence = "The plant {} burned 3,0{:02} tonnes of waste and paid ${} million for it. "

    def seconds(n: int) -> float:
        text = "".join(sentence.format(i, i % 100, 5 + i % 90) for i in range(n))
        began = time.perf_counter()
        claims(text)
        return time.perf_counter() - began

    seconds(5)
    short, long = seconds(15), seconds(150)
    assert long < 25 * short
