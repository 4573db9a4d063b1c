"""How long the reports of a large corpus take to write, how large they are, and how soon they open and scroll in a browser.

    python benchmarks/report.py [DOCUMENTS] [FIGURES_PER_DOCUMENT] [--keep DIR]

The corpus is made up (50 figures in each of 1,000 documents by default, every tenth figure in conflict with that of another
document); it is judged by the suites of ``expectations/``.  The times in the browser need Chromium and Playwright.
"""

from __future__ import annotations

import argparse
import datetime
import shutil
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from auditor import compare, expect, tables
from auditor.model import (
    Attribution,
    Audit,
    Claim,
    Document,
    Frame,
    Group,
    Origins,
    Passage,
    PassageKind,
    Period,
    Quantity,
    Reading,
    SourceType,
)

SUITES = Path(__file__).parents[1] / "expectations"
THINGS = ("boats", "tents", "crates", "horses", "bridges", "letters", "lamps", "wagons")


def corpus(documents: int, figures: int) -> Audit:
    """An audit of made-up documents; nothing of it depends on chance."""
    readings = tuple(reading(n, figures) for n in range(documents))
    pairs = [(n, n + 1) for n in range(0, documents - 1, 2)]
    groups = tuple(
        Group(((a, c), (b, c)), f"{THINGS[c % 8]} counted at place {c} in week {a}", 0.95)
        for a, b in pairs
        for c in range(0, figures, 5)
    )
    origins = Origins(of=tuple(f"o{n + 1}" for n in range(documents)))
    quantities, measurands = compare.compare(*tables.frames(readings, groups, origins))
    suites = expect.load(SUITES)
    findings, outcomes, validation = expect.expect(suites, quantities, measurands)
    return Audit(
        readings, quantities, measurands, findings, expect.rules(suites), outcomes, origins, groups, {}, ("corpus",),
        validation=validation,
    )  # fmt: skip


def reading(n: int, figures: int) -> Reading:
    """A document of a sentence a figure; of two neighbours every tenth figure differs, half of them name a source."""
    day = datetime.date(2025, 1, 1) + datetime.timedelta(days=n % 300)
    text, passages, claims = "", [], []
    for c in range(figures):
        value = 1_000 + 10 * c + (700 if n % 2 and c % 10 == 0 else 0)
        said = "the harbour office said on Monday" if c % 2 else "as the week went on"
        sentence = f"At place {chr(65 + c % 26)} people counted {value:,} {THINGS[c % 8]} by the water, {said}."
        start = len(text)
        at = start + sentence.index(f"{value:,}")
        passages.append(Passage(c, PassageKind.SENTENCE, start, start + len(sentence), sentence, c // 4))
        quantity = Quantity(
            at, at + len(f"{value:,}"), f"{value:,}", c, Decimal(value), Decimal(value), value=Decimal(value),
            counted=THINGS[c % 8], counted_head=THINGS[c % 8],
        )  # fmt: skip
        source = Attribution(True, "the harbour office", SourceType.NAMED, cue="said") if c % 2 else Attribution()
        claims.append(Claim(quantity, Frame(THINGS[c % 8], "number"), source, Period(day, day, method="published")))
        text += sentence + ("\n\n" if c % 4 == 3 else " ")
    document = Document(f"corpus/day-{n:04}.txt", text, title=f"Day {n}", published=day, outlet="The Gazette")
    return Reading(document, tuple(passages), tuple(claims))


def opened(index: Path) -> dict[str, float]:
    """Seconds until the page is laid out, and until it has scrolled to its end and back; {} without a browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        return {}
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        began = time.perf_counter()
        page.goto(index.as_uri(), wait_until="load")
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        load = time.perf_counter() - began
        began = time.perf_counter()
        page.evaluate(
            """async () => {
              const frame = () => new Promise(done => requestAnimationFrame(done));
              for (let y = 0; y < document.documentElement.scrollHeight; y += 20000) {
                scrollTo({top: y, behavior: "instant"});
                await frame();
              }
              scrollTo({top: 0, behavior: "instant"}); await frame();
            }"""
        )
        scroll = time.perf_counter() - began
        browser.close()
    return {"open": load, "scroll to the end and back": scroll}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="?", type=int, default=1_000)
    parser.add_argument("figures", nargs="?", type=int, default=50)
    parser.add_argument("--keep", type=Path, help="write the reports here and leave them")
    options = parser.parse_args()

    from auditor.pipeline import reports, write_files
    from auditor.report import text

    audit = corpus(options.documents, options.figures)
    print(f"{len(audit.documents):,} documents, {len(audit.quantities):,} figures, {len(audit.findings):,} findings")
    folder = options.keep or Path(tempfile.mkdtemp())
    for name, step in (
        ("reports and tables", lambda: write_files(reports(audit), folder)),
        ("terminal summary", lambda: text.render(audit)),
    ):
        began = time.process_time()
        step()
        print(f"{name}: {time.process_time() - began:.1f} s CPU")
    sizes = {path: path.stat().st_size for path in sorted(folder.rglob("*.html"))}
    index = folder / "index.html"
    print(
        f"index.html: {sizes[index] / 1e6:.2f} MB; {len(sizes) - 1} other pages, the largest {max(sizes.values()) / 1e6:.2f} MB"
    )
    largest = max(sizes, key=lambda path: sizes[path])
    for page in dict.fromkeys((index, largest, folder / "pages" / "documents-1.html")):
        if not page.exists():
            continue
        for what, seconds in opened(page).items():
            print(f"{page.relative_to(folder)}: {what}: {seconds:.2f} s")
    if not options.keep:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
