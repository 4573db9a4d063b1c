"""The HTML report as a file: what it says, that it is safe, whole, repeatable, and of bounded size."""

from __future__ import annotations

import dataclasses
import importlib.util
from html.parser import HTMLParser
from pathlib import Path

import pytest
import report_story as story

from auditor.report import html, words
from auditor.report.places import FOLDER, INDEX, SMALL_LIMIT
from auditor.report.view import View


class Page(HTMLParser):
    """Ids, addresses, tags and visible text of a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.words: list[str] = []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.append(name)
            if name == "id":
                self.ids.append(value)
            if name in ("href", "src", "action"):
                self.addresses.append(value)

    def handle_data(self, data):
        if self.tags[-1:] != ["script"] and self.tags[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def audit():
    return story.audit()


@pytest.fixture(scope="module")
def page(audit):
    return Page(html.render(audit)[INDEX])


def test_a_reader_learns_what_differs_who_says_what_and_where(page):
    for said in (
        "One figure was altered in a copy",
        "31,000 − 9,250 = 21,750: a factor of 3.4.",
        "About 2,300 stands in 3 documents of 2 origins.",
        "the harbour union",
        "“reportedly” names no one",
        "wire.txt:3:25",
        "read in part",
        "binary: no text in it",
        "2 passages in the same words; both credit the Coast Wire",
        "measured in one place only",
        "not checked",
    ):
        assert said in page.text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("38.4..38.4", "38.4"),
        ("1400..1600", "1400 to 1600"),
        ("20..inf", "20 or more"),
        ("-inf..5", "up to 5"),
        ("police", "police"),
        (None, "–"),
    ],
)
def test_what_was_compared_is_in_words(given, shown):
    assert words.level(given) == shown


def test_a_count_is_followed_by_its_noun_as_the_text_has_it():
    from auditor import audit

    view = View(audit([Path(__file__).parents[1] / "seeds" / "city"]))
    assert {"850 homes", "3,900 names", "12.6 million passengers"} <= {
        f"{words.written(row)} {view.counted(row)}" for row in view.rows.values()
    }


def test_every_link_leads_somewhere(page):
    assert {a[1:] for a in page.addresses if a.startswith("#")} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_fingerprints_are_anchors(audit, page):
    assert {f.fingerprint for f in audit.findings} <= set(page.ids)


def test_nothing_is_loaded_and_nothing_runs_but_the_script_of_the_page(page):
    assert all(a.startswith("#") for a in page.addresses)
    assert page.tags.count("script") == 2
    assert not {name for name in page.attributes if name.startswith("on") or name == "style"}


def test_planted_markup_stays_text(tmp_path):
    hostile = story.audit(hostile=True, suites=story.hostile_suites(tmp_path))
    page = Page(html.render(hostile)[INDEX])
    calm = Page(html.render(story.audit())[INDEX])
    assert page.tags.count("script") == calm.tags.count("script")
    assert "img" not in page.tags
    assert not {name for name in page.attributes if name.startswith("on")}
    assert not [a for a in page.addresses if "javascript:" in a]
    assert "<script>document.title='owned'</script>" in page.text
    assert "\u202e" not in page.text


def test_the_same_audit_gives_the_same_bytes(audit):
    assert html.render(audit) == html.render(story.audit())


def test_things_with_several_values_and_no_finding_have_pictures_too(audit):
    page = Page(html.render(dataclasses.replace(audit, findings=()))[INDEX])
    assert "Pictures of 3 things with several values and no finding" in page.text
    assert page.tags.count("svg") == 3


def test_decisions_that_were_given_are_shown():
    page = Page(html.render(story.audit(decided=True))[INDEX])
    assert "accepted : the authority corrected it by phone" in page.text
    assert "altered in a copy" not in page.text


def test_addresses_survive_edits_elsewhere_in_the_document(page):
    grown = Page(html.render(story.audit(before="A new first line.\n\nAnd another.\n\n"))[INDEX])
    assert [i for i in grown.ids if "-L" not in i] == [i for i in page.ids if "-L" not in i]


def test_what_does_not_fit_goes_to_pages_beside_and_the_page_says_so(audit):
    pages = html.render(audit, limit=140_000)
    index = Page(pages[INDEX])
    assert "would make this page too large" in index.text
    assert [name for name in pages if name.startswith(FOLDER)]
    everywhere = {name: set(Page(content).ids) for name, content in pages.items()}
    for name, content in pages.items():
        for address in Page(content).addresses:
            target, _, anchor = address.partition("#")
            here = (target or name) if "/" not in name or not target else f"{FOLDER}/{target}".replace(f"{FOLDER}/../", "")
            assert not anchor or anchor in everywhere[here], (name, address)


def test_a_hundred_documents_are_one_page_below_its_limit():
    pages = html.render(benchmark().corpus(100, 8))
    assert list(pages) == [INDEX]
    assert 300_000 < len(pages[INDEX]) <= SMALL_LIMIT


@pytest.mark.parametrize("limit", [260_000, 420_000])
def test_sizes_are_not_underestimated(limit):
    pages = html.render(benchmark().corpus(14, 40), limit=limit)
    assert len(pages) > 1
    assert limit / 4 < len(pages[INDEX]) <= limit


def benchmark():
    path = Path(__file__).parents[1] / "benchmarks" / "report.py"
    spec = importlib.util.spec_from_file_location("benchmark_report", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
