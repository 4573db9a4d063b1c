"""Judging: what a figure allows, sides, conflict or update, plans, scale slips, headlines."""

import datetime

import pytest

from auditor import align, compare, intervals, tables
from auditor.model import Document, Origins, Settings
from auditor.pipeline import read_one
from auditor.units import base


@pytest.mark.parametrize(
    ("modifier", "value", "granularity", "low", "high"),
    [
        ("exact", 58, 1, 58, 58),
        ("at_least", 56, 1, 56, 56),
        ("more_than", 120, 1, 120, 130),
        ("more_than", 100, 1, 100, 200),
        ("exact", 1_200_000, 100_000, 1_150_000, 1_250_000),
        ("exact", 610_000, 1, 605_000, 615_000),
        ("exact", 1_214_000, 1, 1_213_500, 1_214_500),
        ("exact", 30, 1, 30, 30),
    ],
)
def test_a_figure_as_an_editor_reads_it(modifier, value, granularity, low, high):
    assert intervals.as_read("count", modifier, value, value, value, granularity) == (low, high)


TEMPLATE = "Storm Ada hit the town of Brenne in the district of Lund on Sunday. {} Mayor Ida Brand of Brenne called for help."


def facts(*sentences, template=TEMPLATE):
    """The fact columns of the measurands of documents given as (day, sentence)."""
    readings = [
        read_one(Document(f"d{n}", template.format(sentence), published=day and datetime.date.fromisoformat(day)), Settings())
        for n, (day, sentence) in enumerate(sentences)
    ]
    origins = Origins(of=tuple(f"o{n}" for n in range(len(readings))))
    groups = align.align(readings, origins, Settings())
    _, measurands = compare.compare(*tables.frames(readings, groups, origins))
    return measurands.to_dict("records")


def relations(*sentences, **of):
    return [row["relation"] for row in facts(*sentences, **of)]


@pytest.mark.parametrize(
    ("relation", "sentences"),
    [
        ("agree", [("2026-03-02", "The storm killed 14 people."), ("2026-03-02", "Fourteen people were killed.")]),
        ("agree", [("2026-03-02", "The storm killed dozens of people."), ("2026-03-02", "It killed 58 people.")]),
        ("agree", [("2026-03-02", "It left more than 120 people dead."), ("2026-03-02", "It killed 126 people.")]),
        ("conflict", [("2026-03-02", "The storm killed 14 people."), ("2026-03-02", "The storm killed 19 people.")]),
        ("superseded", [("2026-03-02", "The storm killed 14 people."), ("2026-03-04", "The storm killed 19 people.")]),
        ("conflict", [("2026-03-02", "The storm killed 19 people."), ("2026-03-04", "The storm killed 14 people.")]),
    ],
)
def test_conflict_update_or_agreement(relation, sentences):
    assert relations(*sentences) == [relation]


def test_a_toll_on_which_the_last_day_settles_is_an_update_unless_two_sources_dispute_it():
    early, late = ("2026-03-02", "The storm killed 14 people."), ("2026-03-03", "The storm killed 19 people.")
    assert relations(early, ("2026-03-02", "The storm killed 19 people."), late) == ["superseded"]
    said = [("2026-03-02", f"The storm killed {n} people, {who} said.") for n, who in ((14, "the police"), (19, "the army"))]
    assert relations(*said, late) == ["conflict"]


def test_without_days_the_counts_of_two_sources_contradict_each_other():
    assert relations((None, "The storm killed 14 people."), (None, "The storm killed 19 people.")) == ["superseded"]
    said = [(None, f"The storm killed {n} people, {who} said.") for n, who in ((14, "the police"), (19, "the army"))]
    assert relations(*said) == ["conflict"]


def texts(row, column):
    """The values of each side, by the number of its document."""
    return [sorted(TOLD[int(i[1:]) - 1] for i in side) for side in row[column]]


TOLD = ("9", "14", "17")


def test_what_later_reports_overtook_does_not_contradict_them_though_they_contradict_each_other():
    (row,) = facts(
        ("2026-03-02", "The storm killed 9 people."),
        ("2026-03-05", "The storm killed 14 people, the police said."),
        ("2026-03-05", "The storm killed 17 people, the army said."),
    )
    assert (row["relation"], row["older"], row["newer"], row["difference"]) == ("conflict", "14", "17", "21 % more")
    assert (row["superseded"], row["superseded_by"], row["superseded_difference"]) == ("9", "14 or 17", "at least 56 % more")
    assert texts(row, "conflict_sides") == [["14"], ["17"]]
    assert texts(row, "superseded_sides") == [["9"], ["14", "17"]]
    assert (row["conflict_gap"], row["superseded_gap"]) == (3 / 17, 8 / 17)


@pytest.mark.parametrize(
    ("days", "columns"),
    [
        (("02", "03", "04"), {"superseded_sides": [["9"], ["14"], ["17"]], "conflict_sides": None}),
        (("02", "02", "04"), {"superseded_sides": [["9"], ["14"], ["17"]], "conflict_sides": None}),
        (("02", "02", "02"), {"superseded_sides": None, "conflict_sides": [["9"], ["14"], ["17"]]}),
        (("04", "04", "02"), {"superseded_sides": None, "conflict_sides": [["9"], ["14"], ["17"]]}),
        (("04", "02", "03"), {"superseded_sides": None, "conflict_sides": [["9"], ["14"], ["17"]]}),
    ],
)
def test_no_pair_of_values_is_both_overtaken_and_contradicted(days, columns):
    (row,) = facts(*((f"2026-03-{day}", f"The storm killed {n} people.") for day, n in zip(days, TOLD, strict=True)))
    assert {name: row[name] and texts(row, name) for name in columns} == columns


VOTE = "Brenne elected a council on Sunday. {} percent of the vote. Mayor Ida Brand of Brenne spoke to her supporters."


@pytest.mark.parametrize(
    ("relation", "early", "late"),
    [
        ("superseded", "An exit poll gave the Lake Party 36", "The Lake Party won 38.4"),
        ("superseded", "The Lake Party won 38.4", "The Lake Party won a corrected 36"),
        ("superseded", "The Lake Party won an estimated 36", "The final count gave the Lake Party 38.4"),
        ("conflict", "The Lake Party won an estimated 36", "The Lake Party won 38.4"),
        ("conflict", "An exit poll gave the Lake Party 36", "An exit poll gave the Lake Party 38"),
        ("conflict", "The Lake Party won 36", "The Lake Party won 38.4"),
    ],
)
def test_a_later_stage_of_the_count_overtakes_an_earlier_one(relation, early, late):
    assert relations(("2026-03-01", early), ("2026-03-04", late), template=VOTE) == [relation]


def test_an_age_told_at_first_is_overtaken_and_two_ages_of_one_day_contradict_each_other():
    told = "Ann Roe, {}, of Brenne was killed, {}."
    (row,) = facts(
        ("2026-03-02", told.format("41", "the police said at first")),
        ("2026-03-05", told.format("43", "the police said")),
        ("2026-03-05", told.format("34", "the army said")),
    )
    assert [len(row[name]) for name in ("superseded_sides", "conflict_sides")] == [2, 2]
    assert (row["superseded"], row["superseded_by"]) == ("41", "34 or 43")


def test_a_vague_count_stands_with_the_commonest_value_it_fits():
    rows = facts(
        ("2026-03-02", "The storm hurt five people."),
        ("2026-03-02", "The storm hurt 40 people."),
        ("2026-03-02", "The storm hurt 50 people."),
        ("2026-03-02", "In all, the storm hurt 50 people."),
        ("2026-03-02", "The storm hurt 200 people."),
        ("2026-03-02", "The storm hurt dozens of people."),
    )
    assert [sorted(map(len, row["sides"])) for row in rows] == [[1, 1, 1, 3]]


def test_one_finding_has_a_side_for_each_value():
    rows = facts(
        ("2026-03-02", "The storm killed 14 people."),
        ("2026-03-02", "Fourteen people were killed."),
        ("2026-03-02", "It killed 19 people."),
    )
    assert [sorted(map(len, row["sides"])) for row in rows] == [[1, 2]]
    assert rows[0]["gap"] == 5
    assert rows[0]["difference"] == "36 % more"


def test_a_plan_is_held_against_its_outcome_and_is_no_conflict():
    (row,) = facts(
        ("2026-03-02", "The army plans to send 900 soldiers to Brenne."),
        ("2026-03-20", "The army has sent 610 soldiers to Brenne."),
    )
    assert (row["planned"], row["outcome"]) == ("900", "610")
    assert row["relation"] == "agree"


def test_the_same_digits_on_another_scale():
    rows = facts(("2026-03-02", "Repairs cost 3.4 million euros."), ("2026-03-02", "Repairs cost 3.4 billion euros."))
    assert [row["scale_slip"] for row in rows] == [True]


def test_the_same_number_in_another_unit():
    rows = facts(
        ("2026-03-02", "The flood reached a depth of 20 metres."), ("2026-03-02", "The flood reached a depth of 20 feet.")
    )
    assert [row["scale_slip"] for row in rows] == [True]


def test_two_units_of_one_length_agree():
    rows = facts(
        ("2026-03-02", "The flood reached a depth of 2 metres."), ("2026-03-02", "The flood reached a depth of 6.5 feet.")
    )
    assert [row["relation"] for row in rows] == ["agree"]


@pytest.mark.parametrize(
    ("unit", "dimension", "factor"),
    [
        ("kilometer", "[length]", 1000.0),
        ("mile", "[length]", 1609.344),
        ("kilometer per hour", "[length] / [time]", 1000 / 3600),
        ("hour", "[time]", 3600.0),
    ],
)
def test_units_by_dimension(unit, dimension, factor):
    found = base(unit)
    assert found is not None
    assert (found.dimension, found.factor) == (dimension, pytest.approx(factor))


@pytest.mark.parametrize("unit", [None, "", "dollar", "no such unit", "per", "((("])
def test_what_is_no_physical_unit_has_no_base(unit):
    assert base(unit) is None


def test_figures_that_were_not_compared_are_counted_with_the_reason():
    reading = read_one(Document("a", "The storm killed 14 people."), Settings())
    quantities, _ = compare.compare(*tables.frames([reading], (), Origins(of=("o1",))))
    assert compare.not_compared(quantities) == {"no other document measures the same thing": 1}


def test_a_price_is_compared_by_its_currency_wherever_its_per_stands():
    """Two prices of a tonne that differ by 3 % are no rounding of each other, though one says "a tonne" elsewhere."""
    sentences = (
        ("2026-03-02", "Milling wheat closed at 321 dollars a tonne in Brenne on Monday."),
        ("2026-03-02", "A tonne of milling wheat closed at 312 dollars in Brenne on Monday."),
    )
    assert "conflict" in relations(*sentences, template="{}")
