"""Take the pictures of the report that the documentation shows: of our own stories, light, dark and narrow.

python docs/screenshots.py
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]


def main() -> None:
    from auditor.pipeline import audit, pages, write_files

    folder = Path(tempfile.mkdtemp())
    os.chdir(ROOT)  # names of documents are relative to it
    write_files(pages(audit(["seeds"], expectations="expectations")), folder)
    index = folder / "index.html"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, width, height, scheme in (
            ("report", 1180, 1150, "light"),
            ("report-dark", 1180, 1150, "dark"),
            ("report-narrow", 390, 1150, "light"),
        ):
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(index.as_uri())
            page.screenshot(path=ROOT / "docs" / f"{name}.png")
        page = browser.new_page(viewport={"width": 1180, "height": 620})
        page.goto(index.as_uri())
        document_view(page)
        page.screenshot(path=ROOT / "docs" / "report-document.png")
        browser.close()
    shutil.rmtree(folder)


def document_view(page: Page) -> None:
    """Show a document with the details of its first figure in a finding, else of its first figure."""
    figures = page.locator(".text .q.conflict, .text .q.differs")
    figure = figures.first if figures.count() else page.locator(".text .q").first
    figure.evaluate("e => e.closest('.document').scrollIntoView({behavior: 'instant'})")
    figure.evaluate("e => e.focus({preventScroll: true, focusVisible: true})")
    page.wait_for_timeout(200)


if __name__ == "__main__":
    main()
