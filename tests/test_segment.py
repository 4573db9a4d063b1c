"""Text -> passages: own examples, a line a kind of wording."""

import itertools
import time

import pytest

from auditor.model import Document, Mark, PassageKind
from auditor.segment import segment
from auditor.segment.sentences import LONGEST, sentences


def parts(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "marked",
    [
        # "|" is where a sentence ends; it is taken out before
        "The mill burned.| Two men were hurt.",
        "The U.S. Army sent 40 trucks.| They left at 5 a.m. Sunday.",
        "He flew to the U.S.| The visit took two days.",
        "The blaze began at 5 a.m.| Firemen came at once.",
        "Mr. Orlov met Lt. Gen. Anna Brandt and Sgt. Po.| Both left.",
        "J. R. Hale and Mary K. Stone signed.| No one else did.",
        "Prices rose 2.5 percent, i.e. $1.2 million.| Wages did not.",
        "Acme Inc. bought Borealis Ltd. for $3 bn.| The price is final.",
        "It was the No. 5 seed.| He said no.| 5 people stayed.",
        "The child fell ill.| Doctors found nothing.",
        "“We lost 30 men.” | He paused.",
        "“How many?” Brandt asked.| “Nine.”",
        '"Stop!" he said.| The car stopped.',
        '"Nobody came," she said.| "Nobody."',
        "He waited … and waited.| Then he left.",
        "What now?| How many more?!| Nobody knows.",
        "See pp. 4 and vol. 2 for the figures of Sept. 4.| They are old.",
        "The plan.|The city had none.| It failed.",
        "Read it at example.com or at Node.js pages.| It is free.",
        "(It rained.) | The match went on.",
        "the total was 40.| the rest was 12.",
        "at 4 p.m. eastern time",
        "1. First we count.| 2. Then we sum.",
        "Smith et al. found 12 cases.| Others found more.",
        "On Aug. 4 in Paris, Ill. a man won.",
        "He came with Mr. and Mrs. Doe.| They sat.",
        "no stop at all and 5 figures",
    ],
)
def test_sentences(marked):
    expected = [part.strip() for part in marked.split("|")]
    assert parts(marked.replace("|", "")) == expected


def kinds(text, **fields):
    document = Document(name="d", text=text, **fields)
    passages = segment(document)
    for index, passage in enumerate(passages):
        assert passage.index == index
        assert len(passage.text) == passage.end - passage.start
        assert 0 <= passage.start < passage.end <= len(text)
        assert "\n" not in passage.text
    assert all(a.end <= b.start for a, b in itertools.pairwise(passages))
    return [(p.kind.value, " ".join(p.text.split())) for p in passages]


def test_a_story_with_headline_subheading_and_paragraphs():
    text = "Flood takes 12 bridges\n\nRiver at its highest\n\nTwelve fell. Nobody was hurt.\n\nOutlook\n\nWork begins in May."
    assert kinds(text) == [
        ("headline", "Flood takes 12 bridges"),
        ("headline", "River at its highest"),
        ("sentence", "Twelve fell."),
        ("sentence", "Nobody was hurt."),
        ("headline", "Outlook"),
        ("sentence", "Work begins in May."),
    ]


def test_one_line_without_a_stop_is_a_sentence():
    assert kinds("engine with 275 horsepower at 3000 rpm") == [("sentence", "engine with 275 horsepower at 3000 rpm")]


def test_paragraph_numbers_group_sentences():
    passages = segment(Document(name="d", text="One came. Two left.\n\nThree stayed. Four slept."))
    assert [p.paragraph for p in passages] == [0, 0, 1, 1]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "  \n \n"])
def test_a_stray_line_break_inside_a_sentence_is_a_blank(gap):
    text = f"The ministry said that the number of wounded soldiers in the camp{gap}rose to 240 in one night."
    assert [kind for kind, _ in kinds("Title of it\n\n" + text)] == ["headline", "sentence"]


def test_a_long_line_that_stops_before_a_sum_goes_on():
    line = "The town by the mouth of the river is worst off of all the eight on this coast, and its deficit for the year came to"
    assert len(segment(Document("a", f"{line}\n$16 million, they said."))) == 1


def test_wrapped_text_is_joined_and_keeps_its_paragraphs():
    text = (
        "The harbour town of Lenvik counted its losses on Monday after the\n"
        "Storm of the year had taken 14 boats and the roof of the Town\n"
        "Hall. Nobody was hurt. The mayor, Mr. Eide, put the damage at\n"
        "$3.5 million and asked the county for help with the repairs of\n"
        "its quay.\n\n"
        "Two boats were found."
    )
    assert [text for _, text in kinds(text)] == [
        "The harbour town of Lenvik counted its losses on Monday after the "
        "Storm of the year had taken 14 boats and the roof of the Town Hall.",
        "Nobody was hurt.",
        "The mayor, Mr. Eide, put the damage at $3.5 million and asked the county for help with the repairs of its quay.",
        "Two boats were found.",
    ]


def test_lines_that_are_paragraphs_are_not_joined():
    text = "Summary\nThe fleet has 40 ships.\nThe crews number 900.\nOutlook\nThe fleet will grow by 5 ships."
    assert [kind for kind, _ in kinds(text)] == ["headline", "sentence", "sentence", "headline", "sentence"]


def test_list_items_and_table_rows_of_plain_text():
    text = "Losses\n\n- 12 boats\n- 3 cars and\n  a shed\n\nTown\tDead\tHurt\nLenvik\t3\t14\nVaag\t0\t2\n"
    assert kinds(text) == [
        ("headline", "Losses"),
        ("list_item", "12 boats"),
        ("list_item", "3 cars and a shed"),
        *(("table_cell", cell) for cell in ["Town", "Dead", "Hurt", "Lenvik", "3", "14", "Vaag", "0", "2"]),
    ]
    rows = {p.paragraph for p in segment(Document(name="d", text=text)) if p.kind is PassageKind.TABLE_CELL}
    assert len(rows) == 3


@pytest.mark.parametrize(
    "line",
    [
        "Copyright 2021 Lenvik Post. All rights reserved.",
        "Related article: 12 boats lost in May",
        "Sign up for our newsletter and get 5 stories a day.",
        "We use cookies on 3 of our sites.",
        "Please consider making a donation of $5.",
        "Read more",
        "https://example.org/2021/12/story-4711",
    ],
)
def test_boilerplate_lines(line):
    text = f"Storm takes 14 boats\n\nFourteen boats sank in the storm.\n\n{line}\n\nNobody was hurt, the mayor said."
    assert ("boilerplate", line) in kinds(text)
    assert not any(p.audited for p in segment(Document(name="d", text=text)) if p.kind is PassageKind.BOILERPLATE)


def test_an_appeal_runs_from_its_opener_to_its_last_sign():
    text = (
        "Fourteen boats sank in the storm, police said.\n\nA message from the Lenvik Post:\n\nDear readers,\n\n"
        "Two printers have closed this year. Paper costs 40 percent more.\n\nTo go on, we need your help.\n\n"
        "Support us monthly from $2.\n\nThe storm came at night, and 3 men were missing."
    )
    found = kinds(text)
    assert [kind for kind, _ in found] == ["sentence"] + ["boilerplate"] * 5 + ["sentence"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The family asked people to donate to a home for 40 children.",
        "“We need your help, we need your support,” the minister told 300 voters.",
        "The newspaper lost 4,000 subscribers, and its newsletter 900.",
        "The firm holds the copyright on 12 songs.",
    ],
)
def test_news_about_giving_is_no_boilerplate(sentence):
    assert ("sentence", sentence) in kinds(f"A day in town\n\nIt was Monday.\n\n{sentence}\n\nIt rained.")


def test_copyright_sentence_at_the_end_of_a_long_paragraph():
    body = "Fourteen boats sank in the storm that came over the town of Lenvik at night, and nobody could say on Monday how many "
    body += "of them were insured or who would pay for it all."
    found = kinds(f"{body} Copyright 2021 Lenvik Post. All rights reserved. Nobody was hurt.")
    assert [kind for kind, _ in found] == ["sentence", "boilerplate", "boilerplate", "sentence"]


def test_headline_agency_and_date_repeated_in_the_first_line_are_parted_from_it():
    found = kinds("Storm takes 14 boats\n\nStorm takes 14 boats Reuters Tuesday 14 Nov 2017 The storm of Monday took 14 boats.")
    assert found[1:] == [
        ("headline", "Storm takes 14 boats Reuters Tuesday 14 Nov 2017"),
        ("sentence", "The storm of Monday took 14 boats."),
    ]
    assert kinds("The day\n\nOn 14 Nov 2017 The Hague saw 3 marches.")[1][0] == "sentence"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("LENVIK, Norway (AP) - The storm took 14 boats.", "LENVIK, Norway (AP) -"),
        ("LENVIK, Norway, March 4, 2021 (AP) — The storm took 14 boats.", "LENVIK, Norway, March 4, 2021 (AP) —"),
        ("SAN MARCO -- A storm took 14 boats.", "SAN MARCO --"),
        ("OSLO (NTB) The storm took 14 boats.", "OSLO (NTB)"),
        ("(Reuters) - The storm took 14 boats.", "(Reuters) -"),
        ("04.03.2021 The storm took 14 boats.", "04.03.2021"),
        ("NATO — which met in Oslo — sent 14 boats.", None),
        ("NATO (the alliance) sent 14 boats.", None),
        ("UNICEF counted 14 boats - The Hague none.", None),
        ("ALL BOATS ARE LOST, SAYS THE MAYOR OF LENVIK. THE STORM TOOK 14.", None),
        ("IKEA (Ltd) sold 14 boats.", None),
    ],
)
def test_a_place_before_the_first_sentence_is_parted_from_it(line, place):
    found = kinds(f"Storm takes 14 boats\n\n{line}\n\nNobody was hurt.")
    assert (found[1] == ("headline", place)) == (place is not None)
    assert found[1][0] == ("headline" if place else "sentence")


def test_marks_of_a_reader_are_kept_and_markup_is_blank():
    text = "# Boats\n\nSome **14** boats [sank](http://x.org/9)."
    marks = (Mark("heading", 2, 7), Mark("markup", 0, 2), Mark("markup", 14, 16), Mark("markup", 18, 20), Mark("markup", 27, 28))
    marks += (Mark("markup", 32, 49), Mark("link", 28, 32, "http://x.org/9"))
    passages = segment(Document(name="d", text=text, marks=marks))
    assert [(p.kind.value, p.text) for p in passages] == [
        ("headline", "Boats"),
        ("sentence", "Some   14   boats  sank" + " " * 17 + "."),
    ]


def test_gallery_counters_are_blank():
    assert kinds("Men at work Image 3 of 10 on the quay.") == [("sentence", "Men at work on the quay.")]


@pytest.mark.parametrize(
    "text",
    ["", "   \n\n ", "...", "___\n\n---"],
)
def test_nothing_to_say_is_no_passage(text):
    assert segment(Document(name="d", text=text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "7" * 300_000,
        "a " * 500_000,
        "A. " * 200_000,
        "Mr. " * 200_000,
        "Mr. A. " * 100_000,
        "“" * 200_000,
        "." * 200_000,
        "\n" * 300_000,
        "- \n" * 100_000,
        "word\n" * 100_000,
        "| " * 200_000,
        "\t" * 200_000 + "\n" + "\t" * 200_000,
        "said “ten.” " * 50_000,
        " " * 500_000 + "x",
        "x." + " " * 500_000 + "y",
        "12 Jan " * 50_000,
        "-" * 300_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_text_takes_little_time(text):
    began = time.process_time()
    passages = segment(Document(name="d", text=text))
    assert time.process_time() - began < 100  # a run-away, whatever the machine
    assert all(p.end - p.start <= LONGEST for p in passages)
