"""Who answers for a figure: one table of wordings, and the places where text goes wrong."""

from __future__ import annotations

import time
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.enrich.attribution import attributions
from auditor.model import Attribution, Document, Mark, Quantity, Settings, SourceType
from auditor.parse import Parses
from auditor.read.markdown import marks
from auditor.segment import segment

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "attribution.toml").read_text(encoding="utf-8"))
CASES = CORPUS["case"]


def said_of(text: str, brackets: str = "[]", **document: object) -> Attribution:
    """The attribution of the figure in brackets."""
    start, end = text.index(brackets[0]), text.index(brackets[1]) - 1
    plain = text.replace(brackets[0], "", 1).replace(brackets[1], "", 1)
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


@pytest.mark.parametrize("case", [pytest.param(case, id=case["about"]) for case in CORPUS["markdown"]])
def test_markdown(case):
    plain = case["text"].replace("⟦", "").replace("⟧", "")
    said = said_of(case["text"], "⟦⟧", marks=marks(plain, paragraphs=True))
    assert (said.source, said.attributed) == (case.get("source"), "source" in case)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Maria Oduya said that [40] boats sank.", SourceType.NAMED),
        ("The harbour office said that [40] boats sank.", SourceType.NAMED),
        ("Officials said that [40] boats sank.", SourceType.ANONYMOUS),
        ("Union officials said that [40] boats sank.", SourceType.ANONYMOUS),
        ("Experts say [40] boats sank.", SourceType.ANONYMOUS),
        ("Sources say [40] boats sank.", SourceType.VAGUE),
        ("Unconfirmed reports say [40] boats sank.", SourceType.VAGUE),
        ("A report by the ministry says [40] boats sank.", SourceType.DOCUMENT),
        ("According to the census, [40] boats are left.", SourceType.DOCUMENT),
        ("The agency Reuters reported that [40] boats sank.", SourceType.NAMED),
        ("Reuters reported that [40] boats sank.", SourceType.OUTLET),
        ("The Daily Herald reported that [40] boats sank.", SourceType.OUTLET),
        ("State media said [40] boats sank.", SourceType.OUTLET),
        ("Some [40] boats reportedly sank.", SourceType.VAGUE),
        ("Some [40] boats sank.", SourceType.NONE),
    ],
)
def test_kinds_of_source(text, kind):
    assert said_of(text).source_type is kind


@pytest.mark.parametrize("text", ["The store reportedly lost [40] crates.", "Allegedly, [40] crates were lost."])
def test_a_hedge_names_no_one_but_is_told(text):
    said = said_of(text)
    assert (said.attributed, said.source, said.route) == (False, None, "hedge")
    assert said.cue in ("reportedly", "Allegedly")


def test_a_passive_is_told_as_the_reason():
    said = said_of("Damage is estimated at [40] million euros.")
    assert (said.attributed, said.cue, said.route) == (False, "estimated", "passive")


@pytest.mark.parametrize(
    ("text", "source", "chain"),
    [
        ("The harbour office told Reuters that [40] boats sank.", "The harbour office", ("Reuters",)),
        ("About [40] boats sank, Reuters reported, citing the harbour office.", "Reuters", ("the harbour office",)),
        ("Reuters said the harbour office expects that [40] boats will sink.", "Reuters", ("the harbour office",)),
    ],
)
def test_chains(text, source, chain):
    said = said_of(text)
    assert (said.source, said.chain) == (source, chain)


def test_a_document_answers_for_its_own_figures_where_it_names_nobody_else():
    own = said_of("We counted [40] seals.", own_voice=True, title="Seal Watch")
    assert (own.attributed, own.source, own.source_type) == (True, "Seal Watch", SourceType.OWN)
    other = said_of("The harbour office counted seals and said it saw [40].", own_voice=True)
    assert other.source_type is SourceType.NAMED


def marked(text: str, mark: str, kind: str, target: str | None = None) -> Attribution:
    start = text.replace("[", "", 1).replace("]", "", 1).index(mark)
    return said_of(text, marks=(Mark(kind, start, start + len(mark), target),))


def test_a_reference_mark_gives_its_note():
    said = marked("The bank holds [40] seals.^3 It is wide.", "^3", "reference", "Seal Watch, count of May.")
    assert (said.source, said.cue, said.source_type) == ("Seal Watch, count of May.", "^3", SourceType.DOCUMENT)
    assert marked("It is wide.^3 The bank holds [40] seals.", "^3", "reference", "A note.").attributed is False


def test_a_link_over_the_figure_is_its_source():
    said = marked("The bank holds [40] seals this year.", "40 seals", "link", "https://example.org/count")
    assert (said.source, said.cue, said.route) == ("https://example.org/count", "40 seals", "link")


def test_a_link_elsewhere_or_inside_the_site_is_none():
    assert not marked("The bank of Harwich holds [40] seals.", "Harwich", "link", "https://example.org/").attributed
    assert not marked("The bank holds [40] seals this year.", "40 seals", "link", "/tags/seals").attributed
    assert not marked("The bank holds [40] seals", "The bank holds 40 seals", "link", "https://example.org/").attributed


def test_a_table_has_the_source_of_its_source_line():
    text = "Year\n[500]\nSource: Seal Watch\n"
    marks = tuple(Mark("table_cell", text.replace("[", "").replace("]", "").index(c), e) for c, e in (("Year", 4), ("500", 8)))
    said = said_of(text, marks=marks)
    assert (said.source, said.source_type, said.route) == ("Seal Watch", SourceType.DOCUMENT, "source_line")


QUOTED = '"We lost [40] crates in one night and nobody saw it. '


@pytest.mark.parametrize(
    "text",
    [
        QUOTED,
        QUOTED + '"' * 50,
        '"' * 5_001 + "[40] crates",
        "“" * 3_000 + "[40] crates were lost here" + "”" * 3_000,
        '"He said "we lost [40] crates in a night" and left," she said.',
        "(" * 3_000 + "[40] crates",
        "(Source: " + "x" * 20_000 + " [40]",
        "said " * 400 + "that [40] crates were lost",
        "that he said " * 300 + "[40]",
        "قال المتحدث إن [40] شخصا قتلوا",
        "\u202eThe office said that [40] crates were lost.\u202c",
        "[40]",
        "“[40]",
    ],
    ids=range(13),
)
def test_bad_text_is_read_in_time(text):
    began = time.process_time()
    said = said_of(text)
    assert time.process_time() - began < 100  # a run-away, whatever the machine
    assert len(said.source or "") <= 200


def test_a_source_of_many_pages_is_cut():
    said = said_of("[40] crates were lost, according to " + "the office of the harbour of " * 200 + "Harwich.")
    assert said.attributed
    assert 0 < len(said.source or "") <= 200


def test_a_quotation_never_closed_ends_with_its_paragraph():
    text = "“We lost crates, the clerk told the court that day.\n\nThe store has [40] rooms and a yard."
    assert not said_of(text).attributed


def test_a_quotation_never_closed_ends_with_its_sentence_where_no_other_goes_on():
    assert not said_of("“We lost crates, she said. The duty on them is [7] percent.\n\nThe store has a yard.").attributed


def test_a_document_that_quotes_itself_is_not_its_own_source():
    said = "The harbour office said that [40] crates of plums were lost."
    text = f"{said.replace('[', '').replace(']', '')}\n\nAs we wrote above: “{said}”"
    assert said_of(text).source == "The harbour office"


def test_speech_that_goes_on_in_the_next_paragraph_keeps_its_speaker():
    text = "“It was a long night for us,” the clerk said. “We had no light.\n\n“We lost [40] crates before dawn came up.”"
    assert said_of(text).source == "the clerk"
