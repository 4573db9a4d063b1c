"""What holds for every text: spans, intervals, order, determinism, hostile input; and the parts that need a document."""

import itertools
import os
import subprocess
import sys
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_extraction_corpus import read

import auditor
from auditor import extraction
from auditor.extraction import second
from auditor.extraction.numerals import Convention
from auditor.extraction.sentence import Sentence
from auditor.model import Document, Kind, Modifier, Passage, PassageKind, Settings
from auditor.parse import Parses

_WORDS = """
about|more than|at least|up to|nearly|between|from|to|and|or|of|a|one|two|dozen|hundred|thousand|million|half|third|percent|%|$|€
km|km/h|kg|m|s|years old|-|–|,|.|(|)|'|"|5|12|1,500|2.4|1.500|2016|31-24|½|people|soldiers|per|May|rose|fell|by|Mr
\u200b|٣|²|x|minus|in|every|dozens|couple|few
"""
WORDS = [word for line in _WORDS.split("\n") for word in line.split("|")]
wordings = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
anything = st.text(max_size=200) | wordings | st.lists(st.sampled_from(WORDS), max_size=25).map("".join)


@settings(max_examples=150, deadline=None)
@given(anything)
def test_spans_hold_on_any_text(text: str) -> None:
    found = read(text)
    assert all(text[q.start : q.end] == q.text and q.text.strip() for q in found)
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
    for q in found:
        assert q.low is None or q.high is None or q.low <= q.high
        assert q.counted_start is None or text[q.counted_start : q.counted_end].strip()


@settings(max_examples=120, deadline=None)
@given(anything)
def test_interval_holds_the_value(text: str) -> None:
    for q in read(text):
        if q.value is not None:
            assert q.low is None or q.low <= q.value
            assert q.high is None or q.value <= q.high
        else:
            assert q.modifier in {Modifier.RANGE, Modifier.VAGUE}


def grouped(number: int) -> str:
    return f"{number:,}"


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, 10**12 - 1),
    st.sampled_from([str, grouped]),
    st.sampled_from(["", "about ", "more than ", "up to ", "at least "]),
)
def test_written_number_is_read_back(number: int, write: object, hedge: str) -> None:
    numeral = write(number)  # type: ignore[operator]
    if len(numeral) == 4 and numeral.isdigit():  # may be a year
        return
    (quantity,) = read(f"They had {hedge}{numeral} apples.")
    assert quantity.text == numeral
    assert quantity.value == number


@settings(max_examples=120, deadline=None)
@given(st.decimals("0.01", "999.99", places=2), st.sampled_from(["million", "billion", "thousand"]))
def test_scaled_decimals_are_exact(number: Decimal, scale: str) -> None:
    (quantity,) = read(f"They paid ${number} {scale} for it.")
    assert quantity.value == number * {"thousand": 10**3, "million": 10**6, "billion": 10**9}[scale]
    assert quantity.text == f"${number} {scale}"


def spelled(number: int) -> str:
    ones = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
    tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if number < 20:
        return ones[number]
    if number < 100:
        return tens[number // 10] + (f"-{ones[number % 10]}" if number % 10 else "")
    for scale, word in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            joint = " and " if scale == 100 else " "
            return f"{spelled(number // scale)} {word}" + (f"{joint}{spelled(rest)}" if rest else "")
    raise AssertionError(number)


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 10**12))
def test_spelled_number_is_read_back(number: int) -> None:
    (quantity,) = read(f"They had {spelled(number)} apples.")
    assert quantity.value == number


# -- hostile input

LIGHT = ["1", "one and ", '٣٤,"(\u200b-$']
DENSE = ["1\u200b", "5 p, ", "1:1 ", "5'5\" ", "between 1 and ", "5 per "]


@pytest.mark.parametrize("piece", LIGHT)
def test_a_megabyte_takes_seconds(piece: str) -> None:
    read("5 kg of 20 apples")
    began = time.process_time()
    read((piece * (1_000_000 // len(piece) + 1))[:1_000_000])
    assert time.process_time() - began < 100  # a run-away, whatever the machine


@pytest.mark.parametrize("piece", DENSE)
def test_time_grows_with_length(piece: str) -> None:
    read("5 kg of 20 apples")

    def spent(characters: int) -> float:
        began = time.process_time()
        read((piece * characters)[:characters])
        return time.process_time() - began

    assert spent(32_000) < 10 * spent(8_000) + 1  # four times the length; squared, it would be sixteen


def test_long_digit_runs_are_no_figures() -> None:
    assert read("9" * 100_000) == ()
    assert read("1," * 50_000 + "x") is not None


# -- conventions of separators


@pytest.mark.parametrize(
    ("text", "mark", "value", "uncertain"),
    [
        ("It cost 1.500 crowns.", None, "1.500", True),
        ("It cost 1.500 crowns.", ",", "1500", False),
        ("It cost 1.500 crowns, not 2,75 crowns.", None, "1500", False),
        ("It cost 1.500 crowns, not 2.75 crowns.", None, "1.500", False),
        ("It cost 1,500 crowns.", None, "1500", False),
        ("It cost 1,500 crowns.", ",", "1.500", True),
        ("It cost 1.234.567,89 crowns.", None, "1234567.89", False),
        ("It cost 1,234,567.89 crowns.", None, "1234567.89", False),
        ("It cost 2,75 crowns.", None, "2.75", False),
    ],
)
def test_separators_follow_the_document_then_the_setting(text: str, mark: str | None, value: str, uncertain: bool) -> None:
    quantity = read(text, Settings(decimal_mark=mark))[0]
    assert quantity.value == Decimal(value)
    assert (quantity.uncertain is not None) is uncertain


# -- the second reader


def test_second_reader_agrees_on_plain_measures() -> None:
    for text in ("20 kg", "$2.4 million", "3.5 km/h", "0.5%", "30 °C", "7 miles"):
        (quantity,) = read(f"It was {text} then.")
        assert quantity.second_reading is None


def test_second_reader_dissents_where_it_reads_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "read", lambda window: (second.Reading(20.0, "pound sterling", "currency", 5),))
    (quantity,) = read("It was 20 kg then.")
    assert quantity.second_reading == "20 pound sterling"


def test_second_reader_sees_no_ambiguous_symbol_and_no_long_digits() -> None:
    assert second.read("5 p") == ()
    assert second.read("1" * 30 + " kg") == ()
    assert second.read("5 " + "kg " * 40) == ()


def test_output_does_not_depend_on_the_hash_seed() -> None:
    text = "About 1,500 men and 20 kg, $5 a gallon, 5 kt, 12 p, 3 m, 5 N/mm2 rose 3% to 1.500."
    code = f"import auditor; print(auditor.extract({text!r}).to_csv())"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


# -- fields


def test_granularity_is_the_last_written_place() -> None:
    assert read("2.4 million people")[0].granularity == 100_000
    assert read("1,500 people")[0].granularity == 1
    assert read("0.25 percent")[0].granularity == Decimal("0.01")
    assert read("two million people")[0].granularity == 1_000_000


def test_counted_noun_is_where_the_offsets_say() -> None:
    text = "He said 1,500 mostly elite troops came."
    (quantity,) = read(text)
    assert text[quantity.counted_start : quantity.counted_end] == "troops"
    assert quantity.kind is Kind.COUNT


def test_headlines_and_lists_of_names() -> None:
    assert [q.value for q in read("Harbour Blast: 3 Killed 30 Wounded, Ministry Says")] == [3, 30]
    assert [q.value for q in read("The count is Ames 384, Brown 300 and Clark 37.")] == [384, 300, 37]


def test_a_change_gives_the_old_and_the_new_value() -> None:
    assert [q.value for q in read("The number of cases fell from 52,300 to 48,125.")] == [52300, 48125]


# -- cost


def test_a_passage_full_of_figures_is_not_parsed() -> None:
    phrase = "He saw 5 big grey boats, "
    assert read(phrase)[0].counted == "big grey boat"
    found = read(phrase * 41)
    assert len(found) == 41
    assert {q.counted for q in found} == {None}


def test_passages_with_the_same_words_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "He saw 5 big grey boats."
    text = "\n".join([line] * 3)
    starts = [n * (len(line) + 1) for n in range(3)]
    passages = tuple(Passage(n, PassageKind.SENTENCE, at, at + len(line), line, n) for n, at in enumerate(starts))
    once = extraction.sentence
    texts: list[str] = []

    def watched(text: str, style: Convention) -> Sentence:
        texts.append(text)
        return once(text, style)

    monkeypatch.setattr(extraction, "sentence", watched)
    found = extraction.quantities(Document("text", text), passages, Parses(passages), Settings())
    assert texts == [line]
    assert [(q.passage, text[q.counted_start : q.counted_end]) for q in found] == [(0, "boats"), (1, "boats"), (2, "boats")]


# -- changes


@pytest.mark.parametrize(
    ("old", "new", "unit", "text"),
    [
        (52300, 48125, None, "The number of cases fell from 52,300 to 48,125."),
        (52300, 48125, "dollar", "It fell from $52,300 at noon on Monday to $48,125."),
        (2.5, 4, "millimeter", "The gap was increased from 2.5 to 4.0 mm."),
        (180, 165, "pound-mass", "He dropped from 180 pounds to 165 by running."),
    ],
)
def test_a_change_is_one_quantity_of_a_text_and_two_figures_of_an_audit(
    old: float, new: float, unit: str | None, text: str
) -> None:
    (row,) = auditor.extract(text).to_dict("records")
    assert (row["modifier"], row["low"], row["high"]) == ("change", old, new)
    assert (row["unit"] if isinstance(row["unit"], str) else None) == unit
    assert text[row["start"] : row["end"]] == row["text"]
    first, second = read(text)
    assert (first.value, second.value, second.former) == (Decimal(str(old)), Decimal(str(new)), first.start)


@pytest.mark.parametrize(
    "text",
    ["It takes from 5 to 7 nurses.", "It rose 5 percent to 30 percent.", "He went from 3 jobs in May, and 5 to 7 were open."],
)
def test_a_range_and_a_level_are_no_change(text: str) -> None:
    assert "change" not in set(auditor.extract(text)["modifier"])
