"""What a figure measures: the event it is counted by, what is counted, whose age, which property."""

import datetime
import decimal

import pytest

from auditor.model import Document, Factuality, Settings
from auditor.pipeline import read_one


def features(text, value, **of):
    claims = read_one(Document("a", text, **of), Settings()).claims
    found = [c for c in claims if c.quantity.value == value]
    assert found, [c.quantity.text for c in claims]
    return dict(found[0].frame.features)


@pytest.mark.parametrize(
    ("event", "value", "text"),
    [
        ("killed", 58, "The blast killed at least 58 people."),
        ("killed", 58, "58 people were killed in the blast."),
        ("killed", 58, "The death toll rose to 58."),
        ("killed", 58, "58 Dead In Harbour Blast"),
        ("killed", 58, "A flood in which 58 people lost their lives."),
        ("killed", 5, "Attack on Port kill 5 injure 50"),
        ("wounded", 50, "Attack on Port kill 5 injure 50"),
        ("killed", 5, "Five dead, dozens injured in quake"),
        ("wounded", 12, "The blast killed 3 people and injured 12 others."),
        ("wounded", 12, "Twelve people were taken to a hospital."),
        ("displaced", 900, "The flood drove 900 families from their homes."),
        ("killed", 7, "Seven people were shot dead at the market."),
        ("arrested", 40, "Police detained 40 demonstrators."),
        ("arrested", 57, "The police confirmed 57 arrests."),
        ("deployed", 900, "The army has sent 900 soldiers to the border."),
        ("deployed", 900, "Some 900 soldiers are being trained in the north."),
        ("infected", 410, "The ministry counted 410 suspected cases."),
        ("employed", 1900, "The plant employs 1,900 people."),
        ("killed", 14, "The number of people killed has risen to 14."),
        ("killed", 58, "The ministry gave the number of deaths as 58."),
        ("killed", 9, "Homicides fell to nine."),
        ("attacked", 44, "The agency recorded 44 attacks on clinics."),
        ("struck", 60, "The air force conducted 60 strikes."),
    ],
)
def test_event(event, value, text):
    assert features(text, value)["event"] == (event,)


@pytest.mark.parametrize(
    ("head", "value", "text"),
    [
        ("person", 58, "The blast killed 58 residents."),
        ("soldier", 900, "The army has sent 900 troops to the border."),
        ("soldier", 900, "The army has sent 900 soldiers to the border."),
        ("child", 4, "Four girls were among the dead."),
        ("building", 30, "The storm destroyed 30 houses."),
        ("person", 2, "Two of the victims were treated at the scene."),
        ("soldier", 1100, "The number of Kessarian marines on the island has risen to 1,100."),
        ("building", 40, "The count of ruined houses reached 40."),
    ],
)
def test_what_is_counted(head, value, text):
    assert features(text, value)["head_class"] == (head,)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4, "Four drones came down by the mill, killing 30 people."),
        (90_000, "Two people have died and 90,000 homes are without electricity."),
        (2, "The mayor shut a two lane stretch of the road after a corpse was seen."),
        (84, "Its 84 turbines are enough for 1.1 million homes."),
    ],
)
def test_what_happens_to_people_does_not_happen_to_things(value, text):
    assert features(text, value).get("event") not in {("killed",), ("wounded",), ("lived",)}


def test_others_of_another_event_are_all_of_that_event():
    assert "rest" not in features("The blast killed 3 people and injured 12 others.", 12)
    assert "rest" in features("The blast killed 3 people, and 12 others died in hospital.", 12)


@pytest.mark.parametrize(
    ("owner", "text"),
    [
        (("ann", "roe"), "Ann Roe, 36, was on the bridge."),
        (("ann", "roe"), "The 36-year-old Ann Roe was on the bridge."),
        (("ann", "roe"), "The bridge was closed by Ann Roe, who was 36 years old."),
    ],
)
def test_whose_age(owner, text):
    assert features(text, 36)["owner"] == owner


@pytest.mark.parametrize(
    ("property_", "value", "text"),
    [
        ("turnout", 71, "Turnout was 71 percent."),
        ("unemployment", 5, "Unemployment stood at 5 percent."),
        ("wind", 120, "Winds of 120 kilometers per hour hit the coast."),
        ("profit", 340_000_000, "The company made a profit of $340 million."),
        ("deficit", 3, "The deficit came to 3 percent of output."),
        ("production", 17, "The country harvested 17 tonnes last season and exported 16."),
        ("turnout", 71, "Turnout reached 71 percent, the highest since 1994."),
    ],
)
def test_property_of_a_measure(property_, value, text):
    assert features(text, value)["event"] == (property_,)


@pytest.mark.parametrize(
    ("former", "now", "text"),
    [
        (7, 5, "The rate fell to 5 percent from 7 percent."),
        (7, 5, "The rate fell from 7 percent to 5 percent."),
        (7, 5, "Growth of 5 percent is expected, compared with an earlier estimate of 7 percent."),
        (1200, 900, "The number of cases fell to 900, down from 1,200 in May."),
    ],
)
def test_what_a_figure_fell_from_is_no_longer_so(former, now, text):
    assert "former" in features(text, former)
    assert "former" not in features(text, now)


def test_where_people_come_from_is_no_former_count():
    assert "former" not in features("Rebels took 12 people from 3 villages.", 3)


def test_what_is_compared_is_of_one_property():
    text = "The ministry sees growth of 1.1 percent, far less than the 1.8 percent that the bank named."
    assert features(text, decimal.Decimal("1.8"))["event"] == features(text, decimal.Decimal("1.1"))["event"] == ("growth",)


@pytest.mark.parametrize(
    ("about", "value", "text"),
    [
        ("unemployment", 7, "The unemployment rate stood at 7 percent."),
        ("growth", 7, "The bank made a forecast of growth of 7 percent."),
        ("price", 7, "Consumer prices are expected to climb by 7 percent."),
    ],
)
def test_what_a_rate_or_a_forecast_is_of(about, value, text):
    assert features(text, value)["about"][0] == about


def test_the_whole_does_not_take_the_verb_of_its_part():
    assert features("The group wants to cut 3,200 of its 41,000 jobs.", 41_000)["event"] == ("employed",)


def test_places_and_days():
    found = features("On Monday 14 people were hurt near Ardal in the north.", 14, published=datetime.date(2026, 11, 25))
    assert found["places"] == ("ardal",)
    assert found["day"] == ("2026-11-23",)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("ardal", "A quake hit Ardal province and killed 14 people."),
        ("ardal", "A quake that hit Portugal's Ardal killed 14 people."),
        ("ardal", "In Portugal's Ardal 14 people were killed."),
        ("ardal", "A storm rocked Ardal, killing 14 people."),
        ("ardal", "In the Kessarian-held town of Ardal 14 people were killed."),
    ],
)
def test_places_by_what_stands_beside_a_name(place, text):
    assert features(text, 14)["places"] == (place,)


def test_a_word_that_the_text_writes_small_is_no_place():
    text = "14 Killed In Barrel Fire Near Ardal\n\nA barrel caught fire near Ardal, and 14 people were killed."
    assert features(text, 14)["places"] == ("ardal",)


@pytest.mark.parametrize(
    ("cause", "text"),
    [
        ("air", "Air strikes killed 14 people after a rocket attack."),
        ("shelling", "The mortar fire killed 14 people, a day after the air strikes."),
        ("air", "14 people were killed in an air-strike."),
        ("quake", "14 people were killed in the earthquake."),
        ("water", "The flood left 14 people dead."),
        ("air", "Fourteen people, killed by a drone strike near the port, were buried."),
        ("gunfire", "A gunman opened fire; 14 people died."),
        (None, "14 people were killed, be it by a rocket or by an air strike; nobody knows."),
        (None, "The company exported 14 rockets."),
    ],
)
def test_what_people_were_killed_by(cause, text):
    assert features(text, 14).get("cause") == (cause and (cause,))


def test_counts_that_share_a_noun_are_parts():
    assert "subset" in features("One Sarmian and two Kessarian climbers were killed.", 2)
    assert "subset" not in features("The party lost 11 of their 64 seats.", 11)
    assert "subset" in features("At least 11 of the dead were nurses.", 11)


def test_a_figure_among_some_is_of_a_part():
    assert "subset" in features("Among voters under 30 it was 58 percent, a study says.", 58)
    assert "subset" not in features("Turnout was 58 percent among heavy rain and wind.", 58)


def test_the_severely_injured_are_some_of_the_injured():
    assert "severe" in features("The blast seriously injured 12 people.", 12)
    assert "severe" in features("The blast left 12 people with serious injuries.", 12)
    assert "severe" not in features("The blast injured 12 people.", 12)


@pytest.mark.parametrize(
    "text", ["She scored with 7 minutes left.", "She scored with 7 minutes to go.", "She had 7 minutes remaining."]
)
def test_time_that_is_left(text):
    assert features(text, 7)["event"] == ("remaining",)


def test_time_after_which_somebody_left_is_not_left():
    assert features("She called 7 minutes after he left.", 7).get("event") != ("remaining",)


@pytest.mark.parametrize(
    "text",
    [
        "The party of Helga Brandt won 34 percent.",
        "He gave 34 euros to Prime Minister Helga Brandt.",
        "The works of Hale cost 34 euros.",
    ],
)
def test_names_of_people_are_no_places(text):
    assert "places" not in features(text, 34)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2026-11-23", "On Monday 14 people were killed."),
        ("2026-11-23", "The toll of Monday's explosion has risen to 14, the hospital said on Tuesday."),
        (None, "The toll has risen to 14 by Tuesday."),
        (None, "Two men were arrested on Tuesday after a blast that killed 14 people."),
    ],
)
def test_the_day_of_the_event_is_not_that_of_the_count(day, text):
    assert features(text, 14, published=datetime.date(2026, 11, 25)).get("day") == (day and (day,))


def test_a_day_that_is_only_looked_back_to_dates_nothing():
    found = features("Turnout reached 71 percent, the highest since 1994.", 71, published=datetime.date(2026, 11, 25))
    assert not {"day", "period", "past"} & found.keys()


def test_countries_speak_under_one_name():
    assert (
        features("Pyongyang sent 900 soldiers.", 900)["countries"]
        == features("North Korean soldiers, 900 of them, left.", 900)["countries"]
    )


def test_what_was_said_at_first_holds_for_the_next_figure_too():
    text = "The police initially said Ann Roe was 37 and Bob Roe was 16, but later gave 36 and 15 as their ages."
    assert features(text, 37)["initial"] == features(text, 16)["initial"] == ("yes",)
    assert "initial" not in features(text, 15)


@pytest.mark.parametrize(
    ("survey", "whose", "group", "text"),
    [
        (("veldt",), ("renn",), None, "Anna Renn leads Castell, 44 percent to 38, a Veldt Research poll shows."),
        (
            ("veldt",),
            ("castell",),
            None,
            "Anna Renn leads Piet Castell, 51 percent to 44 percent, in a survey by Veldt Research.",
        ),
        (("veldt",), ("castell",), None, "In a poll conducted by Veldt Research, Renn has 51 percent and Castell 44 percent."),
        (("harbour",), ("renn",), ("women",), "Among women, Renn stands at 44 percent, Harbour University found in its poll."),
        (("unnamed",), ("castell",), None, "A poll has 51 percent for Renn and 44 percent for Castell."),
        (("unnamed",), None, None, "Those asked in the poll were 44 percent undecided."),
        (None, None, None, "The polls closed at noon, and turnout was 44 percent."),
        (None, None, None, "Economists in a survey by Veldt Research expect 44 percent."),
        (None, None, None, "An exit poll gives the Harvest Party 44 percent."),
    ],
)
def test_a_share_of_a_survey_is_of_who_asked_of_whom_and_for_whom(survey, whose, group, text):
    found = features(text, 44)
    assert found.get("survey") == survey
    if survey:
        assert whose is None or set(whose) <= set(found.get("whose", ()))
        assert found.get("group") == group


def test_a_share_that_a_survey_would_give_is_no_plan():
    text = "A poll shows that Renn would win 44 percent of the vote."
    (claim,) = read_one(Document("a", text), Settings()).claims
    assert claim.factuality is Factuality.ACTUAL
