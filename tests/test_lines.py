"""On which line of its file a figure stands, also where its text was taken out of a format with other lines."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from auditor.model import Document, Mark, Settings
from auditor.read import documents
from auditor.read.html import document_of
from auditor.read.lines import lines_of

PAGE = """<!doctype html>
<html><head><title>The bridge, 12</title>
<style>p { margin: 12px }</style></head>
<body><nav>About 12 &middot; News</nav>
<article>
<h1>The new bridge is 940&nbsp;metres
long</h1>
<p>It was built in <b>31
months</b> by 1,200 people &amp; 14
cranes.</p><p>It cost 77 million.</p>
<table><caption>Traffic on the bridge over the years</caption>
<tr><th>Year<th>Cars</tr>
<tr><td>2019</td>
  <td>4,500</td></tr>
</table>
</article></body></html>
"""


def line_of(document: Document, figure: str) -> int | None:
    return document.line_of_file(document.text.index(figure))


@pytest.mark.parametrize(
    ("figure", "line"), [("940", 6), ("31", 8), ("1,200", 9), ("14", 9), ("77", 10), ("2019", 13), ("4,500", 14)]
)
def test_a_figure_of_a_page_stands_on_the_line_of_its_source(figure, line):
    assert line_of(document_of(PAGE, "page.html"), figure) == line


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_of_pages_do_not_depend_on_how_they_end(tmp_path, newline):
    file = tmp_path / "page.html"
    file.write_bytes(PAGE.replace("\n", newline).encode())
    (document,) = documents([str(file)], Settings())
    assert line_of(document, "77") == 10


def test_every_figure_of_the_seeds_pages_stands_on_its_line():
    seen = 0
    for file in (Path(__file__).parents[1] / "seeds").rglob("*.html"):
        source = file.read_text(encoding="utf-8").split("\n")
        (document,) = documents([str(file)], Settings())
        for match in re.finditer(r"\d[\d,.]*\d", document.text):
            line = document.line_of_file(match.start())
            assert line is not None
            assert match.group() in source[line - 1]
            seen += 1
    assert seen > 20


def test_a_document_of_a_corpus_stands_on_its_line_and_a_text_on_its_own(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "One."}\n\n{"id": 2, "text": "Two.\\nThree 3."}\n', encoding="utf-8")
    (tmp_path / "b.txt").write_text("Four.\n\nFive 5.\n", encoding="utf-8")
    one, two, text = documents([str(tmp_path)], Settings())
    assert (line_of(one, "One"), line_of(two, "3"), line_of(text, "5")) == (1, 3, 3)


def test_what_is_not_found_again_has_no_line_and_what_follows_has():
    text = "Not of this page at all.\n\nIt cost 77 million."
    marks = (Mark("paragraph", 0, 24), Mark("paragraph", 26, len(text)))
    document = Document("a", text, lines=lines_of(PAGE, text, marks))
    assert document.line_of_file(4) is None
    assert line_of(document, "77") == 10


def test_short_words_are_not_taken_for_others_like_them():
    text = "12"
    assert Document("a", text, lines=lines_of(PAGE, text, (Mark("paragraph", 0, 2),))).line_of_file(0) is None


@pytest.mark.parametrize("seed", range(30))
def test_lines_never_raise_and_are_within_the_page(seed):
    chance = random.Random(seed)
    pieces = [
        "<p>",
        "</p>",
        "<b>",
        "\n",
        "<td>",
        "&amp;",
        "&#0;",
        "<",
        ">",
        "<!--",
        "-->",
        "12 boats came to the town",
        "é",
        "<script>",
    ]
    source = "".join(chance.choices(pieces, k=200))
    document = document_of(source, "page.html")
    assert all(0 <= line <= source.count("\n") + 1 for _, line in document.lines)
    assert [offset for offset, _ in document.lines] == sorted(offset for offset, _ in document.lines)
