"""The report in a real browser: Debian's or any other Chromium; skipped, with the reason, where there is none."""

from __future__ import annotations

import datetime
import json
import os
import shutil
from pathlib import Path

import pytest
import report_story as story

from auditor import decisions
from auditor.pipeline import pages, write_files

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = os.environ.get("AXE_CORE")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install Debian's 'chromium' to test the report in a browser"),
]
playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install '.[dev]'")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Folders of three reports: the story, the story with planted markup, the story with one decision."""
    root = tmp_path_factory.mktemp("reports")
    (root / "suites").mkdir()
    audits = {
        "calm": story.audit(),
        "hostile": story.audit(hostile=True, suites=story.hostile_suites(root / "suites")),
        "decided": story.audit(decided=True),
    }
    for name, audit in audits.items():
        write_files(pages(audit), root / name)
    return root


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, reports):
    """Open a file of the reports; the page fails the test if it asks for anything beyond its file, or if its script fails."""
    contexts = []

    def open_(name: str = "calm/index.html", **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "offline": True} | options)
        contexts.append(context)
        page = context.new_page()
        page.told = []
        page.on("pageerror", lambda error: page.told.append(str(error)))
        page.on("console", lambda message: page.told.append(message.text))
        page.on("request", lambda request: None if request.url.startswith(("file:", "blob:")) else page.told.append(request.url))
        path, _, anchor = name.partition("#")
        page.goto((reports / path).as_uri() + (f"#{anchor}" if anchor else ""))
        return page

    yield open_
    told = [message for context in contexts for page in context.pages for message in getattr(page, "told", [])]
    for context in contexts:
        context.close()
    assert told == []


def cards(page) -> int:
    return page.locator(".card:visible").count()


def test_it_is_complete_without_script(visit):
    page = visit(java_script_enabled=False)
    assert page.locator(".card").count() == len(story.audit().findings)
    assert page.get_by_text("31,000 − 9,250 = 21,750").is_visible()
    assert page.locator(".text .q").first.is_visible()
    assert page.locator("#table-measurands tbody tr").count() == 3
    page.locator("#all-figures summary").click()
    assert page.locator("#table-figures tbody tr").count() == 11
    assert page.locator(".mark button").count() == 0


def test_a_chip_filters_and_the_address_keeps_it(visit):
    page = visit()
    total = cards(page)
    page.locator(".chip[data-rule=ND201]").click()
    assert cards(page) == 1
    assert "rules=ND201" in page.url
    page.reload()
    assert cards(page) == 1
    page.locator(".chip[data-rule=ND201]").click()
    assert cards(page) == total


def test_search_narrows_the_findings_and_says_how_many_are_left(visit):
    page = visit()
    page.fill("#search", "containers waiting")
    assert cards(page) == 1
    assert page.locator("#shown").inner_text().startswith("1 of ")


def test_a_hidden_finding_is_shown_when_its_address_is_opened(visit):
    page = visit()
    page.fill("#search", "nothing has these words")
    assert cards(page) == 0
    target = page.locator(".card").first.get_attribute("id")
    page.evaluate(f"location.hash = '{target}'")
    page.wait_for_selector(f"[id='{target}']:visible")


def test_tables_sort_search_and_export_what_is_shown(visit, tmp_path):
    page = visit()
    page.locator("#all-figures summary").click()
    table = page.locator("#table-figures")

    def column(n):
        return table.locator(f"tbody tr:visible td:nth-child({n})").all_inner_texts()

    table.get_by_role("button", name="Figure", exact=True).click()
    numbers = [float(v) for v in table.locator("tbody tr:visible td:nth-child(2)").evaluate_all("c => c.map(x => x.dataset.v)")]
    assert numbers == sorted(numbers)
    table.get_by_role("button", name="Figure", exact=True).click()
    assert column(2)[0] == "$6 million per day"
    page.locator("#all-figures").get_by_label("Search this table").fill("mirror")
    assert len(column(1)) == 2
    with page.expect_download() as download:
        page.locator("#all-figures").get_by_role("button", name="Export").click()
    lines = Path(download.value.path()).read_bytes().decode().split("\r\n")
    assert lines[0].startswith('"Where","Figure"')
    assert sorted(line.split(",")[0] for line in lines[1:3]) == ['"mirror.txt:3:7"', '"mirror.txt:6:29"']
    assert lines[3:] == [""]


def test_keys_lead_through_findings_and_figures(visit):
    page = visit()

    def focused():
        return page.evaluate("document.activeElement.id")

    page.keyboard.press("f")
    first = focused()
    assert first == page.locator(".card").first.get_attribute("id")
    page.keyboard.press("f")
    page.keyboard.press("F")
    assert focused() == first
    page.keyboard.press("j")
    figure = focused()
    assert figure == page.locator(".text .q").first.get_attribute("id")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert focused() == figure
    page.keyboard.press("u")
    assert page.locator(f"[id='{focused()}']").get_attribute("class").startswith("card")
    page.keyboard.press("/")
    assert focused() == "search"
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert not page.locator("#help").is_visible()


def test_a_figure_shows_what_is_known_of_it_on_hover_and_on_focus(visit):
    page = visit()
    figure = page.locator(".text .q.conflict").first
    content = "getComputedStyle(document.activeElement, '::after').content"
    figure.focus()
    assert "says so: the harbour authority" in page.evaluate(content)
    page.keyboard.press("Escape")
    assert page.evaluate("getComputedStyle(document.activeElement, '::after').display") == "none"


def test_a_link_from_a_side_leads_to_the_figure_in_its_document(visit):
    page = visit()
    page.locator(".side .cite a").first.click()
    target = page.evaluate("document.querySelector(':target').textContent")
    assert target == "$4 million"


def test_decisions_go_out_and_come_back(visit, tmp_path, reports):
    page = visit()
    card = page.locator(".card").first
    card.get_by_role("button", name="not comparable").click()
    card.get_by_label("Reason for the verdict").fill('different days, "see" <mail>')
    page.get_by_label("Who decides").fill("Ann Moss")
    page.get_by_label("holds until").fill("2027-03-31")
    with page.expect_download() as download:
        page.locator("#export").click()
    assert download.value.suggested_filename == decisions.DEFAULT_FILE
    file = tmp_path / "decisions.json"
    shutil.copy(download.value.path(), file)
    (decision,) = decisions.load([file])
    assert (decision.fingerprint, decision.verdict) == (card.get_attribute("id"), "not comparable")
    assert decision.reason == 'different days, "see" <mail>'
    assert (decision.by, decision.until) == ("Ann Moss", datetime.date(2027, 3, 31))

    other = visit()
    assert not other.locator("#export").is_visible()
    other.set_input_files("#import-file", file)
    other.wait_for_selector("#export:visible")
    assert other.locator(".card").first.get_by_role("button", name="not comparable").get_attribute("aria-pressed") == "true"
    with other.expect_download() as again:
        other.locator("#export").click()
    assert json.loads(Path(again.value.path()).read_text()) == json.loads(file.read_text())


def test_decisions_that_were_given_are_shown_and_not_exported_again(visit):
    page = visit("decided/index.html")
    decided = page.locator(".card.decided")
    assert decided.count() == 1
    decided.scroll_into_view_if_needed()
    assert decided.get_by_role("button", name="accepted").get_attribute("aria-pressed") == "true"
    assert not page.locator("#export").is_visible()


@pytest.mark.parametrize("name", ["index.html", "data-docs/index.html", "data-docs/validations/2-quantities.html"])
def test_planted_script_does_not_run(visit, name):
    page = visit(f"hostile/{name}")
    if name == "index.html":
        page.locator(".text .q").first.hover()
        page.locator(".chip").first.click()
        page.locator("th button").first.click()
    assert "owned" not in page.title()
    assert page.locator("img").count() == 0


def test_the_policy_lets_no_other_script_in(visit):
    page = visit()
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b id=x onclick=\"document.title=1\">x</b>')")
    page.evaluate("document.getElementById('x').click()")
    assert page.title() != "1"
    assert any("Content Security Policy" in message for message in page.told)
    page.told.clear()


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_narrow_page_does_not_scroll_sideways(visit, width):
    page = visit("hostile/index.html", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_print_is_a_memo_of_findings(visit):
    page = visit()
    page.emulate_media(media="print")
    assert page.locator(".card").first.is_visible()
    for hidden in ("#documents", "#figures", ".chips", ".mark", "#rules"):
        assert not page.locator(hidden).first.is_visible()


@pytest.mark.skipif(not AXE, reason="no axe-core: set AXE_CORE to the path of axe.min.js")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["calm/index.html", "data-docs/index.html", "data-docs/validations/1-measurands.html"])
def test_axe_core_finds_nothing_serious(visit, name, scheme):
    page = visit(name if name.startswith("calm") else f"calm/{name}", color_scheme=scheme, bypass_csp=True)
    if name == "calm/index.html":
        page.locator("#all-figures summary").click()
        page.locator(".card").first.get_by_role("button", name="accepted").click()
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    page.add_script_tag(path=AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)["violations"]
    serious = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []


@pytest.mark.skipif(not AXE, reason="no axe-core: set AXE_CORE to the path of axe.min.js")
@pytest.mark.parametrize("name", ["decided/index.html", "hostile/index.html"])
def test_axe_core_finds_nothing_serious_on_a_narrow_screen(visit, name):
    page = visit(name, viewport={"width": 390, "height": 800}, bypass_csp=True)
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    page.add_script_tag(path=AXE)
    found = page.evaluate("() => axe.run()")["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found if v["impact"] in ("serious", "critical")] == []
