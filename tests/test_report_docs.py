"""The Data Docs: complete offline, safe, repeatable, and linked with the report."""

from __future__ import annotations

import re

import pytest
import report_story as story
from test_report_html import Page

from auditor import pipeline
from auditor.expect import docs
from auditor.report import html
from auditor.report.places import Places
from auditor.report.view import View


@pytest.fixture(scope="module")
def audit():
    return story.audit()


@pytest.fixture(scope="module")
def pages(audit):
    return {name: Page(content) for name, content in docs.render(audit, Places(View(audit)).links()).items()}


def test_each_suite_has_its_expectations_and_its_validation(pages):
    assert sorted(pages) == [
        "expectations/1-measurands.html",
        "expectations/2-quantities.html",
        "index.html",
        "validations/1-measurands.html",
        "validations/2-quantities.html",
    ]


def test_what_must_hold_is_said_in_the_words_of_great_expectations(pages):
    assert "superseded_gap values must be less than or equal to 0.0" in pages["expectations/1-measurands.html"].text


def test_a_validation_shows_severity_state_messages_and_places(audit, pages):
    page = pages["validations/2-quantities.html"]
    messages = [finding.message for finding in audit.findings if finding.measurand is None]
    assert messages
    for words in ("critical ND101 altered-copy: failed", "wire.txt:6:29 “$4 million”", *messages):
        assert words in page.text
    assert "possible-conflict: not checked" in pages["validations/1-measurands.html"].text


def test_failing_rows_lead_into_the_document_view(audit, pages):
    ids = set(Page(html.render(audit)["index.html"]).ids)
    rows = [a for a in pages["validations/2-quantities.html"].addresses if "#" in a]
    assert rows
    assert all(a.startswith("../../index.html#") and a.partition("#")[2] in ids for a in rows)


def test_without_links_rows_lead_to_their_findings(audit):
    page = Page(docs.render(audit)["validations/2-quantities.html"])
    assert f"../../index.html#{audit.findings[0].fingerprint}" in page.addresses


def test_planted_markup_stays_text(tmp_path):
    hostile = story.audit(hostile=True, suites=story.hostile_suites(tmp_path))
    for content in docs.render(hostile, Places(View(hostile)).links()).values():
        page = Page(content)
        assert not {"script", "img", "b"} & set(page.tags) - {"b"}
        assert not {a for a in page.attributes if a.startswith("on") or a == "style"}
        assert not re.search(rb"<(?:img|script)", content)
        assert "<script>document.title='owned'</script>" in page.text or page.ids == []


def test_signs_that_not_every_font_has_are_words(audit):
    content = docs.render(audit)["validations/1-measurands.html"].decode()
    assert "<b>not met</b>" in content
    assert "<b>met</b>" in content
    assert not re.search("[✅❌❗]", content)


def test_nothing_comes_from_another_host(pages):
    for page in pages.values():
        assert "link" not in page.tags
        assert not [a for a in page.addresses if "//" in a]


def test_the_same_audit_gives_the_same_bytes(audit):
    assert docs.render(audit) == docs.render(story.audit())


def test_files_are_written_where_their_links_lead(audit, tmp_path):
    pipeline.write_files(pipeline.pages(audit), tmp_path)
    index = tmp_path / "data-docs" / "index.html"
    for address in Page(index.read_bytes()).addresses:
        target = (index.parent / address).resolve()
        assert target.exists() or target == tmp_path / "index.html"
