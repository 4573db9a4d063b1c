"""Names of one source, in sentences of our own."""

from dataclasses import replace

import pytest

from auditor.model import Attribution, Claim, Document, Quantity, Reading, Settings, SourceType
from auditor.origins import name_sources
from auditor.segment import segment


def entities(*documents, **settings):
    """Each document is (text, sources as written); the entities in the same order."""
    readings = []
    for n, (text, sources) in enumerate(documents):
        document = Document(name=f"d{n}", text=text)
        claims = []
        for source in sources:
            kind = SourceType.ANONYMOUS if source in {"officials", "Officials"} else SourceType.NAMED
            said = Attribution(attributed=True, source=source, source_type=kind)
            claims.append(Claim(Quantity(0, 1, "1", 0, None, None), attribution=said))
        readings.append(Reading(document, segment(document), tuple(claims)))
    named = name_sources(readings, Settings(**settings))
    assert [replace(c.attribution, source_entity=None) for r in named for c in r.claims] == [
        c.attribution for r in readings for c in r.claims
    ]
    return [c.attribution.source_entity for r in named for c in r.claims]


def test_a_name_and_its_acronym_that_a_text_puts_side_by_side():
    found = entities(
        ("The Coastal Survey Office (CSO) said 14 boats sank.", ["The Coastal Survey Office (CSO)", "the CSO"]),
        ("The CSO said 15 boats sank.", ["CSO"]),
    )
    assert found == ["Coastal Survey Office"] * 3


def test_an_acronym_of_two_names_stays_open():
    found = entities(
        ("The Coastal Survey Office (CSO) spoke.", ["the CSO"]),
        ("The Central Statistics Office (CSO) spoke.", ["Central Statistics Office"]),
        ("The CSO spoke.", ["CSO"]),
    )
    assert found[1] == "Central Statistics Office"
    assert found[0] == found[2] == "cso" or found[0] == found[2] == "CSO"


def test_family_names_within_a_document_only():
    found = entities(
        (
            "Mia Holt, a fisher, lost 3 boats. Holt had 5. Sgt. Ole Eide counted 14.",
            ["Mia Holt", "Holt", "police Sgt. Ole Eide", "Eide"],
        ),
        ("A man named Holt lost 9.", ["Holt"]),
    )
    assert found == ["Mia Holt", "Mia Holt", "Ole Eide", "Ole Eide", "Holt"]


def test_a_family_of_two_stays_open():
    assert entities(("Mia Holt and Tom Holt fish. Holt lost 5.", ["Holt"])) == ["Holt"]


def test_a_countrys_body_by_its_name_its_capital_and_its_kind():
    found = entities(
        ("Norway's National Intelligence Service (NIS) counted 40 ships.", ["Norway's National Intelligence Service (NIS)"]),
        ("Oslo's spy agency counted 40 ships.", ["Oslo's spy agency", "the Norwegian spy agency"]),
        ("The NIS counted 45 ships.", ["the NIS"]),
        ("Stockholm's spy agency counted 12.", ["Stockholm's spy agency"]),
    )
    assert found[:4] == ["National Intelligence Service"] * 4
    assert found[4] == "Sweden's spy agency"


def test_two_bodies_of_one_kind_are_not_told_apart_by_it():
    found = entities(
        (
            "Norway's Defence Intelligence Service and Norway's Police Intelligence Service spoke.",
            ["the Defence Intelligence Service"],
        ),
        ("Oslo's spy agency spoke.", ["Oslo's spy agency"]),
    )
    assert found == ["Defence Intelligence Service", "Norway's spy agency"]


def test_what_is_no_name_is_itself():
    found = entities(("Police said 3.", ["Police", "the police", "Officials", "He", "officials"]))
    assert found == ["police", "police", "officials", None, "officials"]


def test_agencies_have_one_name():
    assert entities(("AFP", ["AFP", "Agence France-Presse", "the Associated Press", "AP"])) == ["AFP", "AFP", "AP", "AP"]


def test_the_users_word_goes_first():
    groups = (("Coast Guard", "the guard", "Kystvakten"),)
    assert entities(("x", ["Kystvakten", "The Guard", "the Coast Guard", "Mia Holt"]), entities=groups) == [
        "Coast Guard",
        "Coast Guard",
        "Coast Guard",
        "Mia Holt",
    ]


@pytest.mark.parametrize(
    "source", ["x" * 5_000, "A" * 5_000, "Aa " * 2_000, "’s " * 2_000, "(" * 2_000, "", " ", "،الشرطة", "1 2 3"]
)
def test_hostile_sources(source):
    assert len(entities((source, [source]))) == 1


def test_an_address_is_its_site_and_a_year_leaves_a_name_its_capital():
    found = entities(("A text.", ["https://www.example.org/a/b?c", "Lund 2021", "Lloyd's list"]))
    assert found == ["example.org", "Lund 2021", "Lloyd's list"]
