"""Pictures: small, repeatable, themeable, safe, and legible without seeing them."""

from __future__ import annotations

import dataclasses
import datetime
import xml.etree.ElementTree as ET

import pytest

from auditor.report import plots

FIRST = plots.Point(
    "3 Mar · wire.txt (A)", "about 2,300", 2300, 2250, 2350, datetime.date(2025, 3, 3), 0, "actual", "about 2,300 in wire"
)
LATER = plots.Point(
    "28 Mar · digest.txt (B)", "4,900", 4900, 4900, 4900, datetime.date(2025, 3, 28), 1, "planned", "4,900 in digest"
)
TRACK = plots.Track("wire.txt", 900, (10, 400), ((400, "critical"),))


def drawings():
    yield plots.intervals([FIRST, LATER], "k")
    yield plots.timeline([FIRST, LATER], "k")
    yield plots.strip([TRACK], "k")


@pytest.mark.parametrize("n", range(3))
def test_a_picture_is_small_well_formed_and_has_no_inline_style(n):
    svg = list(drawings())[n]
    root = ET.fromstring(svg.replace("&#39;", "'"))
    assert len(svg) < 6_000
    assert not [e for e in root.iter() if "style" in e.attrib or e.tag in ("script", "style", "image")]
    assert "#0000" not in svg
    assert "://" not in svg


def test_the_same_picture_twice_is_the_same_text():
    assert list(drawings()) == list(drawings())


def test_what_is_drawn_is_said_in_words():
    assert 'role="img" aria-label="Intervals: about 2,300 in wire; 4,900 in digest"' in plots.intervals([FIRST, LATER], "k")


def test_ids_of_two_pictures_differ():
    def ids(svg):
        return {e.get("id") for e in ET.fromstring(svg).iter() if e.get("id")}

    assert ids(plots.intervals([FIRST, LATER], "k")).isdisjoint(ids(plots.intervals([FIRST, LATER], "l")))


@pytest.mark.parametrize(
    "change",
    [
        {"label": "<b>$x^2$ & “q” \u202e \x00 日本", "text": "$5"},
        {"low": None, "high": None},
        {"value": 9e14, "low": None, "high": 9.1e14},
        {"value": 0.0, "low": 0.0, "high": 0.0},
        {"value": -40.0, "low": -41.0, "high": -39.0},
        {"value": 1e-9, "low": 1e-9, "high": 1e-9},
    ],
)
def test_odd_values_can_be_drawn(change):
    odd = dataclasses.replace(LATER, **change)
    for svg in (plots.intervals([FIRST, odd], "k"), plots.timeline([FIRST, odd], "k")):
        assert "<b>" not in svg
        ET.fromstring(svg)


def test_values_far_apart_get_a_logarithmic_axis():
    far = dataclasses.replace(LATER, value=4.9e6, low=4.9e6, high=4.9e6)
    assert "1 million" in plots.intervals([FIRST, far], "k")


def test_a_corpus_of_many_documents_is_cut():
    svg = plots.strip([dataclasses.replace(TRACK, label=f"doc{n:03}", figures=tuple(range(900))) for n in range(300)], "k")
    assert "doc039" in svg
    assert "doc040" not in svg
    assert len(svg) < 120_000


def test_labels_of_near_points_do_not_stand_on_each_other():
    near = dataclasses.replace(FIRST, text="2,310", value=2310, low=2310, high=2310, day=datetime.date(2025, 3, 5))
    third = dataclasses.replace(near, text="2,320", value=2320, low=2320, high=2320, day=datetime.date(2025, 3, 6))
    root = ET.fromstring(plots.timeline([FIRST, near, third, LATER], "k"))
    labels = [e for e in root.iter() if (e.text or "").startswith(("about 2,300", "2,310", "2,320"))]
    heights = [float(e.get("y") or e.get("transform", "").rpartition(" ")[2].rstrip(")")) for e in labels]
    assert len(heights) == 2  # the third has no room, and stands in the words beside the picture
    assert abs(heights[0] - heights[1]) > 8
