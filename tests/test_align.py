"""Which figures measure the same thing: small stories, levels, and the laws of clustering."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import align
from auditor.align.cluster import clusters
from auditor.align.items import complete, item
from auditor.model import Document, Origins, Settings
from auditor.pipeline import read_one


def read(*texts, published="2026-11-20"):
    day = datetime.date.fromisoformat(published)
    return [read_one(Document(f"d{n}", text, published=day), Settings()) for n, text in enumerate(texts)]


def groups(*texts, **of):
    """The groups as sets of 'document: figure'."""
    readings = read(*texts, **of)
    found = align.align(readings, Origins(of=tuple(f"o{n}" for n in range(len(readings)))), Settings())
    return [{f"{r}: {readings[r].claims[c].quantity.text}" for r, c in group.members} for group in found]


FERRY = (
    "The ferry Marlinda ran aground off Osk on Friday with a broken rudder. {} "
    "The harbour master Ida Brand closed the Osk channel."
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("At least 14 people were hurt.", "Fourteen passengers were injured."),
        ("The accident injured 14.", "14 people were taken to hospital."),
        ("It carried 212 passengers.", "There were 212 people on board."),
        ("Three crewmen were hurt.", "Five people were wounded."),
        ("Captain Jon Hale, 51, was on the bridge.", "The 51-year-old captain Jon Hale was on the bridge."),
        ("The damage is put at 3.4 million euros.", "It caused damage of 3.4 million euros."),
        ("The police found a one-month-old boy.", "The police found a three-week-old boy."),
        ("In Sarmaliya, 14 passengers were hurt.", "Nineteen passengers were hurt in Sarmalya."),
        ("Fourteen people were hurt.", "The number of people hurt has risen to 19."),
        ("Its oil is worth 73.20 dollars a barrel.", "A barrel of its oil is worth 73.20 dollars."),
    ],
)
def test_one_thing_in_two_wordings(left, right):
    assert any({document[0] for document in group} == {"0", "1"} for group in groups(FERRY.format(left), FERRY.format(right)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Fourteen people were hurt.", "Fourteen people were killed."),
        ("Captain Jon Hale, 51, was on the bridge.", "The cook Ann Roe, 29, was on deck."),
        ("It carried 212 passengers.", "It carried 40 cars."),
        ("Repairs cost 3.4 million euros.", "It is 3.4 metres too long."),
        ("Repairs cost 3.4 million euros.", "Repairs cost 3.4 million dollars."),
    ],
)
def test_two_things_that_look_alike(left, right):
    assert groups(FERRY.format(left), FERRY.format(right)) == []


def test_two_events_in_other_places_on_other_days_are_two_things():
    first = "A bomb killed 12 people at the market of Dera on Monday. The governor of Dera, Sana Karim, blamed rebels."
    second = "A bomb killed 31 people at the harbour of Tolme on Thursday. The mayor of Tolme, Per Aasen, spoke of an accident."
    assert groups(first, second) == []


def test_two_attacks_in_one_town_in_one_week_are_two_things():
    town = "A bomb killed {} people at the market of Dera on {}. The governor of Dera, Sana Karim, blamed the Northern Front."
    assert groups(town.format(12, "Monday"), town.format(31, "Thursday")) == []
    assert groups(town.format(12, "Monday"), town.format(31, "Monday")) != []


def test_figures_of_other_causes_are_the_likelier_two_things():
    town = "The mayor of Dera, Per Aasen, spoke to the people of Dera on Monday evening. {}"
    causes = (
        "Mortar fire killed 12 people in Dera.",
        "Shelling killed 31 people in Dera.",
        "Air strikes killed 31 people in Dera.",
    )
    readings = read(*map(town.format, causes))
    same, other = align.explain(readings, (0, 0), (1, 0)), align.explain(readings, (0, 0), (2, 0))
    assert [x.level for levels in (same[1], other[1]) for x in levels if x.attribute == "cause"] == ["same", "different"]
    assert other[0] < same[0]


def test_two_pollsters_ask_two_samples():
    poll = "Anna Renn leads Piet Castell by {} percent to 38 percent, a {} poll in Tolland shows."
    assert "0: 44" not in set().union(*groups(poll.format(44, "Veldt Research"), poll.format(47, "Harbour University")))
    assert {"0: 44", "1: 47"} in groups(poll.format(44, "Veldt Research"), poll.format(47, "Veldt Research"))


def test_two_bounds_of_one_document_are_two_things():
    assert (
        groups("At least 11 people were killed in Idra on Friday. Elsewhere at least eight people were killed on Friday.") == []
    )


@pytest.mark.parametrize(
    ("read_whole", "text"),
    [
        (True, "The profit was 3 million dollars."),
        (True, "At least 14 people were hurt."),
        (True, "The toll rose to 58."),
        (False, "Lind passed her with 2,117 points."),
        (True, "The Harvest Party won 34 percent of the vote."),
        (False, "It was 34 percent of the vote."),
        (False, "The survey has a margin of error of 3.5 percent."),
    ],
)
def test_whether_it_was_read_what_is_measured(read_whole, text):
    (reading,) = read(text)
    assert complete(item(0, 0, reading)) is read_whole


def test_a_pair_is_explained_attribute_by_attribute():
    readings = read(FERRY.format("At least 14 people were hurt."), FERRY.format("Nineteen people were injured."))
    probability, levels = align.explain(readings, (0, 0), (1, 0))
    assert 0 < probability < 1
    assert {level.attribute for level in levels} >= {"head", "event", "value", "sentence", "document"}
    assert probability == pytest.approx(align.probability(sum(level.points for level in levels)))


def test_figures_of_other_kinds_are_never_compared():
    readings = read("It cost 40 dollars.", "It carried 40 people.")
    probability, levels = align.explain(readings, (0, 0), (1, 0))
    assert probability == 0
    assert levels[0].attribute == "kind"


def test_copies_of_one_document_make_one_group_each():
    text = FERRY.format("At least 14 people were hurt when the ferry hit the rocks near the lighthouse.")
    found = groups(*[text] * 60)
    assert [len(group) for group in found] == [60]


def test_nothing_and_no_figures():
    assert align.align([], Origins(of=()), Settings()) == ()
    assert groups("No figure here.", "None here.") == []


@pytest.mark.parametrize("texts", [("שלום 14 אנשים נפצעו.", "14 people."), ("14", "14"), ("", "14 people were hurt.")])
def test_odd_texts_raise_nothing(texts):
    groups(*texts)


def test_a_document_with_many_figures_stays_within_bounds():
    many = " ".join(f"The district of Name{n} counted {n + 1000} houses." for n in range(400))
    assert isinstance(groups(many, many), list)


links = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
    st.one_of(st.none(), st.floats(0, 1)),
    max_size=20,
)


@given(links, st.floats(0.1, 0.9), st.floats(0, 1))
def test_clusters_are_a_partition_and_do_not_depend_on_order(given_links, cut, best):
    found = clusters(8, given_links, cut, best)
    assert sorted(n for nodes in found for n in nodes) == list(range(8))
    assert found == clusters(8, dict(sorted(given_links.items())), cut, best)


@given(links)
def test_without_a_link_over_the_cut_all_stay_alone(given_links):
    assert len(clusters(8, {pair: p and p * 0.49 for pair, p in given_links.items()}, 0.5)) == 8
