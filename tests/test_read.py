"""Files -> documents, with files made here."""

import codecs
import datetime
import json
import os
import time

import pytest

from auditor.errors import InputError
from auditor.model import Settings, Status
from auditor.read import documents
from auditor.read.dates import parse_date
from auditor.segment import segment

STORY = "Fourteen boats sank in the storm, the mayor said. Nobody was hurt."


def read(*paths, **settings):
    return list(documents([str(path) for path in paths], Settings(**settings)))


def one(folder, name, content, **settings):
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content, encoding="utf-8", newline="")
    (document,) = read(path, **settings)
    return document


def spans(document, kind):
    return [(document.text[m.start : m.end].strip(), m.target) for m in document.marks if m.kind == kind]


# --- paths


def test_a_missing_path_is_an_error_before_anything_is_read(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    with pytest.raises(InputError, match=r"no such file or folder: .*b\.txt"):
        read(tmp_path / "a.txt", tmp_path / "b.txt")


@pytest.mark.parametrize("name", [None, "picture.png", "report.pdf"])
def test_a_folder_without_a_document_is_an_error(tmp_path, name):
    if name:
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(InputError, match=r"no document in folder .*: files that are read end in \.txt"):
        read(tmp_path)


def test_a_folder_is_read_in_order_of_names_and_each_file_once(tmp_path):
    for name in ["b/2.txt", "b/10.txt", "a.md", "B.TXT", ".hidden/x.txt", "b/.x.txt", "notes.toml"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STORY + name)
    os.symlink(tmp_path / "a.md", tmp_path / "z.md")
    found = [os.path.relpath(d.name, tmp_path) for d in read(tmp_path, tmp_path / "b" / "2.txt")]
    assert found == ["B.TXT", "a.md", "b/10.txt", "b/2.txt"]


def test_documents_of_formats_that_are_not_read_are_listed(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    good, bad = read(tmp_path)
    assert (good.status, bad.status) == (Status.OK, Status.UNREADABLE)
    assert bad.reason.startswith("format not read (.pdf); read are .txt")
    (asked,) = read(tmp_path / "b.pdf")
    assert asked == bad


def test_names_with_odd_bytes_can_be_written(tmp_path):
    for name in [b"bad\xff.txt", b"line\nbreak.txt", "größe.txt".encode()]:
        with open(os.path.join(os.fsencode(tmp_path), name), "w") as file:
            file.write(STORY)
    names = [os.path.basename(d.name) for d in read(tmp_path)]
    assert names == [r"bad\xff.txt", "größe.txt", r"line\nbreak.txt"]
    json.dumps(names, ensure_ascii=False).encode("utf-8")


def test_a_file_that_may_not_be_read_or_is_none(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text(STORY)
    assert [d.reason for d in read(tmp_path)] == [None, "no regular file"]


def test_own_voice_by_glob(tmp_path):
    assert one(tmp_path, "ministry.txt", STORY, own_voice=("*/ministry*",)).own_voice
    assert not one(tmp_path, "paper.txt", STORY, own_voice=("*/ministry*",)).own_voice


# --- bytes


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Größe 14 “m”".encode(), "Größe 14 “m”"),
        (codecs.BOM_UTF8 + "Größe 14".encode(), "Größe 14"),
        ("Größe 14".encode("utf-16"), "Größe 14"),
        (codecs.BOM_UTF16_BE + "Größe 14".encode("utf-16-be"), "Größe 14"),
        ("The height is 14 metres".encode("utf-16-le"), "The height is 14 metres"),
        ("The height is 14 metres".encode("utf-16-be"), "The height is 14 metres"),
        (codecs.BOM_UTF32_LE + "Größe 14".encode("utf-32-le"), "Größe 14"),
        (b"line 1\r\nline 2\r\n", "line 1\r\nline 2\r\n"),
    ],
)
def test_encodings(tmp_path, data, text):
    document = one(tmp_path, "a.txt", data)
    assert (document.text, document.status, document.reason) == (text, Status.OK, None)


def test_an_eight_bit_encoding_is_a_guess_and_says_so(tmp_path):
    text = "The “café” took €14 a head, and 3 men said it was dear. " * 3
    document = one(tmp_path, "a.txt", text.encode("cp1252"))
    assert (document.text, document.status) == (text, Status.PARTIAL)
    assert document.reason == "not UTF-8: read as cp1252, which is a guess"


def test_damaged_utf8_keeps_what_is_whole(tmp_path):
    document = one(tmp_path, "a.txt", "Größe, Höhe, Tiefe und Länge: 14 m²".encode() + b"\xff 15")
    assert document.text.endswith("14 m²\ufffd 15")
    assert (document.status, document.reason) == (Status.PARTIAL, "1 characters are not utf-8 and are lost")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"%PDF-1.4 ...", "binary: it is a PDF"),
        (b"PK\x03\x04....", "binary: it is a ZIP archive or an office document"),
        (bytes(range(256)) * 20, "binary: it holds null bytes"),
        (b"\x01\x02\x03abc" * 50, "binary: it holds control characters"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_what_is_no_text_is_listed_with_its_reason(tmp_path, data, reason, suffix):
    document = one(tmp_path, "a" + suffix, data)
    assert (document.status, document.reason, document.text) == (Status.UNREADABLE, reason, "")


# --- corpora


def test_lines_of_a_corpus(tmp_path):
    rows = [
        {"id": "a", "text": STORY, "title": "Boats", "published": "2021-03-04", "source": "Lenvik Post", "url": "http://x.org"},
        {"id": 7, "text": STORY, "published": "2021-03-04T23:30:00+01:00"},
        {"text": STORY},
    ]
    path = tmp_path / "c.jsonl"
    path.write_text("\n\n".join(json.dumps(row) for row in rows))
    a, b, c = read(path)
    assert [d.name for d in (a, b, c)] == [f"{path}#a", f"{path}#7", f"{path}#line-5"]
    assert (a.title, a.published, a.outlet, a.url) == ("Boats", datetime.date(2021, 3, 4), "Lenvik Post", "http://x.org")
    assert (b.published, b.published_method, c.published) == (datetime.date(2021, 3, 4), "corpus", None)
    assert a.text == b.text == c.text == STORY


def test_bad_lines_are_listed_and_the_rest_is_read(tmp_path):
    lines = [
        b'{"id": "a", "text": "One boat."}',
        b'{"id": "b", "text": ',
        b'["no", "object"]',
        b'{"id": "c"}',
        b'{"id": "d", "text": 4}',
        b'{"id": "e", "text": "  "}',
        b'{"id": "f", "text": "\xff"}',
        b"[" * 100_000,
        b'{"id": "g", "text": "Two.", "n": ' + b"9" * 10_000 + b"}",
        b'{"id": "a", "text": "Another boat."}',
        b'{"id": "h", "text": "lone \\ud800 half", "published": "soon"}',
        b'{"id": "x\\ny", "text": "Three boats."}',
    ]
    path = tmp_path / "c.jsonl"
    path.write_bytes(codecs.BOM_UTF8 + b"\n".join(lines))
    found = [(d.name.removeprefix(f"{path}#"), d.status.value, d.reason) for d in read(path)]
    assert found == [
        ("a", "ok", None),
        ("line-2", "unreadable", "not JSON: Expecting value at column 20"),
        ("line-3", "unreadable", "not a JSON object but list"),
        ("c", "unreadable", "no field 'text' with a string"),
        ("d", "unreadable", "no field 'text' with a string"),
        ("e", "unreadable", "empty"),
        ("line-7", "unreadable", "not UTF-8 at byte 22 of the line"),
        ("line-8", "unreadable", "not JSON that can be read: nested too deep or a number too long"),
        ("line-9", "unreadable", "not JSON that can be read: nested too deep or a number too long"),
        ("a-line-10", "partial", "its id is that of line 1, too"),
        ("h", "partial", "field 'published' is no date: 'soon'"),
        (r"x\ny", "ok", None),
    ]
    assert [d.text for d in read(path)][10] == "lone \ufffd half"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_corpus_in_another_encoding(tmp_path, encoding):
    path = tmp_path / "c.jsonl"
    path.write_text('{"id": "ä", "text": "Größe 14"}\n{"id": "b", "text": "Two."}\n', encoding=encoding)
    assert [(d.name.rpartition("#")[2], d.text) for d in read(path)] == [("ä", "Größe 14"), ("b", "Two.")]


def test_an_empty_corpus_is_listed(tmp_path):
    (tmp_path / "c.jsonl").write_text("\n\n")
    assert [(d.status, d.reason) for d in read(tmp_path)] == [(Status.UNREADABLE, "empty")]


def test_a_corpus_is_read_line_by_line(tmp_path):
    path = tmp_path / "c.jsonl"
    path.write_text('{"id": 1, "text": "One."}\n' * 3)
    stream = documents([str(path)], Settings())
    assert next(stream).name.endswith("#1")


# --- what a text says of itself


@pytest.mark.parametrize(
    ("top", "published", "byline"),
    [
        ("Storm takes 14 boats\nMarch 4, 2021", "2021-03-04", None),
        ("Storm takes 14 boats\nMia Holt | 4 March 2021", "2021-03-04", "Mia Holt"),
        ("Storm takes 14 boats\nBy Mia Holt\nPublished: Thursday, 4 March 2021, 10:30 GMT", "2021-03-04", "Mia Holt"),
        ("Storm takes 14 boats\nBy Mia Holt and Tom van Dyk for AFP", None, "Mia Holt and Tom van Dyk for AFP"),
        ("Storm takes 14 boats\nLast updated 2021-03-04", "2021-03-04", None),
        ("Storm takes 14 boats\n04.03.2021 The storm was heavy.", "2021-03-04", None),
        ("Storm takes 14 boats\nLENVIK, Norway, March 4, 2021 (AFP) - The storm", "2021-03-04", None),
        ("Storm takes 14 boats\nOn 4 March 2020 The Hague saw a storm like it.", None, None),
        ("Storm takes 14 boats\nIt was the worst since March 4, 1991, officials said.", None, None),
        ("Storm takes 14 boats\n3/4/2021", None, None),
        ("Storm takes 14 boats\nBy Monday the storm had gone.", None, None),
        ("Storm takes 14 boats\nFebruary 30, 2021", None, None),
    ],
)
def test_date_and_byline_near_the_top(tmp_path, top, published, byline):
    document = one(tmp_path, "a.txt", f"{top}\n\n{STORY}\n")
    assert document.title == "Storm takes 14 boats"
    assert (document.published and document.published.isoformat()) == published
    assert document.byline == byline
    assert (document.published_method is None) == (published is None)


HEAD = "Storm takes 14 boats"
FAR = "The storm was heavy, the police said on Monday.\n\n" * 20


@pytest.mark.parametrize(
    ("line", "published", "method"),
    [
        ("Lenvik Hall, March 4, 2021", "2021-03-04", "place and date"),
        ("The Lenvik Post, Thursday, 4 March 2021", "2021-03-04", "place and date"),
        ("Øvre Lenvik, Norway, 4 March 2021, 10:30", "2021-03-04", "place and date"),
        ("Published 4 March 2021", "2021-03-04", "date line"),
        ("Updated: March 4, 2021, 10:04", "2021-03-04", "date line"),
        ("Updated 10:04 AM EST, Thu March 4, 2021", "2021-03-04", "date line"),
        ("Published 4 March 2021, last updated 6 March 2021", "2021-03-04", "date line"),
        ("Last updated 6 March 2021 | Published 4 March 2021", "2021-03-04", "date line"),
        ("Posted on March 4, 2021 by Mia Holt", "2021-03-04", "date line"),
        ("Thu 4 Mar 2021", "2021-03-04", "date line"),
        ("Thursday, the 4th of March 2021", "2021-03-04", "date line"),
        ("(4 March 2021)", "2021-03-04", "date line"),
        ("2021-03-04T10:04:00+01:00", "2021-03-04", "date line"),
        ("28/3/2021", "2021-03-28", "date line"),
        ("LENVIK, March 4, 2021 (Agency) - Boats sank.", "2021-03-04", "dateline"),
        ("Lenvik, 4 March 2021 – Boats sank.", "2021-03-04", "dateline"),
        ("LENVIK, 4 March (Agency) - Boats sank.", None, None),
        ("Lenvik Hall, March 4", None, None),
        ("Lenvik Hall, March 4, 2021 was flooded", None, None),
        ("The storm of March 4, 2021", None, None),
        ("It came on March 4, 2021.", None, None),
        ("LOSSES BY 4 March 2021", None, None),
        ("March 2021", None, None),
        ("03/04/2021", None, None),
        ("4 March 2021\nA boat sank.\n6 March 2021\nTwo sank.", None, None),
    ],
)
def test_lines_that_date_a_text(tmp_path, line, published, method):
    for name in ("a.txt", "a.md"):
        document = one(tmp_path, name, f"{HEAD}\n\n{line}\n\n{STORY}\n".replace("\n", "\n\n"))
        assert (document.published and document.published.isoformat(), document.published_method) == (published, method)
        assert (document.published_confidence is None) == (published is None)


def test_a_title_with_a_date_is_about_that_day(tmp_path):
    assert one(tmp_path, "a.txt", f"Storm Mara, 4 March 2021\n\n{STORY}").published is None


@pytest.mark.parametrize(
    ("foot", "published"),
    [
        ("Published 4 March 2021", "2021-03-04"),
        ("Lenvik, 4 March 2021", "2021-03-04"),
        ("Mia Holt\n\n4 March 2021\n\nAll rights reserved.", "2021-03-04"),
        ("It came on 4 March 2021.", None),
        ("4 March 2021\n\n6 March 2021", None),
        ("Sources\n\nLenvik Post, 4 March 2021", None),
        ("* Lenvik Post, 4 March 2021\n* 4 March 2021", None),
        ("© 2021 Lenvik Post", None),
    ],
)
def test_a_date_at_the_foot(tmp_path, foot, published):
    document = one(tmp_path, "a.md", f"{HEAD}\n\n{FAR}{foot}\n")
    assert (document.published and document.published.isoformat()) == published
    assert document.published_method == ("date line at the foot" if published else None)


@pytest.mark.parametrize(
    ("issue", "foot", "published"),
    [
        ("", "© 2021 Lenvik Post", "2021-03-04"),
        ("", "Copyright (c) 2021 Lenvik Post", "2021-03-04"),
        ("March 2021\n\n", "", "2021-03-04"),
        ("", "© 2010-2021 Lenvik Post", None),
        ("March 2020\n\n", "© 2021 Lenvik Post", None),
        ("", "It was the worst since 2019.", None),
    ],
)
def test_a_dateline_takes_its_year_from_another_line(tmp_path, issue, foot, published):
    document = one(tmp_path, "a.txt", f"{HEAD}\n\n{issue}LENVIK, 4 March (Agency) - Boats sank.\n\n{FAR}{foot}\n")
    assert (document.published and document.published.isoformat()) == published
    assert document.published_confidence == (0.6 if published else None)


def test_front_matter_is_read_and_is_no_prose(tmp_path):
    front = "---\ntitle: 'Storm'\ndate: 2021-03-04\nauthor: Mia Holt\nsource: Lenvik Post\nown_voice: true\n---\n"
    for name in ("a.txt", "a.md"):
        document = one(tmp_path, name, front + STORY)
        assert (document.title, document.byline, document.outlet, document.own_voice) == (
            "Storm",
            "Mia Holt",
            "Lenvik Post",
            True,
        )
        assert (document.published, document.published_method) == (datetime.date(2021, 3, 4), "front matter")
        assert [p.text for p in segment(document)] == ["Fourteen boats sank in the storm, the mayor said.", "Nobody was hurt."]
        assert document.text == front + STORY


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-10-19", (2024, 10, 19)),
        ("20241019", (2024, 10, 19)),
        ("2024-10-19T08:00:00Z", (2024, 10, 19)),
        ("Oct. 19, 2024", (2024, 10, 19)),
        ("19th October 2024", (2024, 10, 19)),
        ("28/3/2017", (2017, 3, 28)),
        ("3/4/2017", None),
        ("4/4/2017", (2017, 4, 4)),
        ("3/28/2017", (2017, 3, 28)),
        ("2024-13-01", None),
        ("soon", None),
    ],
)
def test_dates_of_fields(text, date):
    assert parse_date(text) == (datetime.date(*date) if date else None)


# --- Markdown

MARKDOWN = """# The *great* storm

Fourteen boats sank[^1] in the storm that
came over **Lenvik**, a [county report](https://gov.example/r "t") said.[2]

Losses by town
--------------

* 12 boats of _wood_
  and tar
* 2 boats of steel
  1. one small

> We lost 14 boats,
> said the mayor.

| Town | Boats |
|:-----|------:|
| Lenvik | 9 |

![A quay of 1901](a.jpg)

```
x = 4711
```

See [the ministry][min] and 5*3 or snake_case_word.

[^1]: County office, 2021.
[2]: https://example.org/12
[min]: https://min.example/9 "Min"
"""


def test_markdown(tmp_path):
    document = one(tmp_path, "a.md", MARKDOWN)
    assert document.text == MARKDOWN
    assert document.title == "The great storm"
    assert spans(document, "link") == [
        ("county report", "https://gov.example/r"),
        ("the ministry", "https://min.example/9"),
    ]
    assert spans(document, "reference") == [("[^1]", "County office, 2021."), ("[2]", "https://example.org/12")]
    assert [(p.kind.value, " ".join(p.text.split())) for p in segment(document)] == [
        ("headline", "The great storm"),
        ("sentence", "Fourteen boats sank in the storm that came over Lenvik , a county report said."),
        ("headline", "Losses by town"),
        ("list_item", "12 boats of wood and tar"),
        ("list_item", "2 boats of steel"),
        ("list_item", "one small"),
        ("sentence", "We lost 14 boats, said the mayor."),
        ("table_cell", "Town"),
        ("table_cell", "Boats"),
        ("table_cell", "Lenvik"),
        ("table_cell", "9"),
        ("sentence", "See the ministry and 5*3 or snake_case_word."),
        ("footnote", "County office, 2021."),
    ]
    assert ("9", "Lenvik; Boats") in spans(document, "table_cell")


def test_plain_text_with_signs_of_markdown(tmp_path):
    document = one(tmp_path, "a.txt", "## Losses\n\nBy [Mia Holt](#)\n\nThe **14** boats were old.\nThe rest is new.\n")
    assert document.byline == "Mia Holt"
    assert [" ".join(p.text.split()) for p in segment(document)] == [
        "Losses",
        "By Mia Holt",
        "The 14 boats were old.",
        "The rest is new.",
    ]


# --- web pages

PAGE = """<!doctype html><html><head><title>Storm takes 14 boats - Lenvik Post</title>
<meta property="og:site_name" content="Lenvik Post"><meta name="author" content="Mia Holt">
<meta property="article:published_time" content="2021-03-04T10:00:00+01:00"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/n">News 24</a></li></ul></nav>
<article><h1>Storm takes 14 boats</h1>
<p>Fourteen boats sank in the storm that came over <b>Lenvik</b> at night, and
<a href="https://gov.example/report">a report of the county</a> put the damage at $3.5 million.
<sup><a href="#n1">[1]</a></sup></p>
<h2>The losses</h2><ul><li>12 boats of wood</li><li>2 boats of steel</li></ul>
<table><caption>Losses by town</caption><tr><th>Town</th><th>Boats</th></tr><tr><td>Lenvik</td><td>9</td></tr></table>
<p>Nobody was hurt, the police said on Monday. The harbour will be closed for 6 days while the wrecks are lifted.</p>
<figure><img src="a.jpg"><figcaption>The quay after the storm of 3 March.</figcaption></figure>
<ol><li id="n1">County report, page 4.</li></ol></article>
<aside><h3>Related</h3><p>Read more: 20 boats</p></aside>
<footer>Copyright 2021 Lenvik Post. Phone 555 123</footer></body></html>"""


def test_a_page(tmp_path):
    document = one(tmp_path, "a.html", PAGE)
    assert (document.status, document.title, document.outlet, document.byline) == (
        Status.OK,
        "Storm takes 14 boats",
        "Lenvik Post",
        "Mia Holt",
    )
    assert document.published == datetime.date(2021, 3, 4)
    assert (document.published_method, document.published_confidence) == ("htmldate, markup of the page", 0.9)
    assert spans(document, "link") == [("a report of the county", "https://gov.example/report")]
    assert spans(document, "reference") == [("[1]", "County report, page 4.")]
    assert ("9", "Lenvik; Boats") in spans(document, "table_cell")
    assert [(p.kind.value, " ".join(p.text.split())) for p in segment(document)] == [
        ("headline", "Storm takes 14 boats"),
        (
            "sentence",
            "Fourteen boats sank in the storm that came over Lenvik at night, "
            "and a report of the county put the damage at $3.5 million.",
        ),
        ("headline", "The losses"),
        ("list_item", "12 boats of wood"),
        ("list_item", "2 boats of steel"),
        ("caption", "Losses by town"),
        ("table_cell", "Town"),
        ("table_cell", "Boats"),
        ("table_cell", "Lenvik"),
        ("table_cell", "9"),
        ("sentence", "Nobody was hurt, the police said on Monday."),
        ("sentence", "The harbour will be closed for 6 days while the wrecks are lifted."),
        ("caption", "The quay after the storm of 3 March."),
        ("list_item", "County report, page 4."),
    ]


def test_the_charset_of_a_page(tmp_path):
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">').replace("Lenvik</b>", "Lenvík</b>")
    document = one(tmp_path, "a.html", page.encode("cp1252"))
    assert "Lenvík" in document.text
    assert document.status is Status.OK


def test_a_page_of_which_most_figures_are_lost_is_partial(tmp_path):
    hidden = "".join(f"<p>{n}0</p>" for n in range(100, 130))
    page = PAGE.replace("</article>", f"</article><div class='comments' id='comments'>{hidden}</div>")
    document = one(tmp_path, "a.html", page)
    if "1000" in document.text:
        assert document.status is Status.OK
    else:
        assert document.status is Status.PARTIAL
        assert "figures of the page are not in its main text" in document.reason


def test_a_page_without_text_is_unreadable(tmp_path):
    document = one(tmp_path, "a.html", "<html><script>var x = 4711;</script></html>")
    assert (document.status, document.reason) == (Status.UNREADABLE, "no text in the page")


P = "<p>Fourteen boats sank in the storm that came over the town at night, the mayor said to us on Monday.</p>"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 10_000 + P + "</div>" * 10_000,
        "<b>" * 10_000 + P,
        "<table><tr><td>" * 10_000 + P,
        "<ul><li>" * 10_000 + P,
        "<p>" + "Some 14 boats sank. " * 50_000,
        "<p>Some " + "7" * 100_000 + " boats sank.</p>",
        "<" * 200_000 + P,
        "<!--" * 50_000 + P,
        "<script>" * 20_000 + P,
        P + "<p " + 'a="x" ' * 50_000 + ">",
        P + "<p>" + '<a href="#n1">1</a> word ' * 10_000,
        '<p><a href="x' * 20_000 + P,
        "<table><tr><td>1</td><td>2</td></tr></table>" * 2_000 + P,
        '<!DOCTYPE x [<!ENTITY a "14 boats"><!ENTITY b "&a;&a;">]>' + P + "<p>&b;&b;</p>",
    ],
    ids=lambda page: repr(page[:16]),
)
def test_hostile_pages_take_little_time(tmp_path, page):
    began = time.process_time()
    document = one(tmp_path, "a.html", f"<html><body>{page}</body></html>")
    segment(document)
    assert time.process_time() - began < 100  # a run-away, whatever the machine
    assert "boats" in document.text or document.status is Status.UNREADABLE


@pytest.mark.parametrize(
    "text",
    [
        *(sign * 50_000 for sign in ("[", "![", "*", "<", "`", "#", "> ", "- ", "_a", "<a", "[a](", "<!--", "---\n", "By ")),
        *(sign * 20_000 for sign in ("[1]: x\n", "\n- a", "1 March 2021 ", "a[1]")),
        "|a" * 20_000 + "\n" + "|-" * 20_000,
        "---\n" + "a: b\n" * 20_000,
    ],
    ids=lambda text: repr(text[:8]),
)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_hostile_markdown_takes_little_time(tmp_path, text, suffix):
    began = time.process_time()
    segment(one(tmp_path, "a" + suffix, text + "\n\n## End\n\nThe end of **it**."))
    assert time.process_time() - began < 100  # a run-away, whatever the machine


QUOTED = "We lost 14 boats in the storm and we will not rebuild."


@pytest.mark.parametrize(
    "quotation",
    [
        f"<blockquote><p>{QUOTED}</p><footer>— Mia Holt</footer></blockquote>",
        f"<blockquote><p>{QUOTED}</p><footer><p><cite>Mia Holt</cite></p></footer></blockquote>",
        f"<blockquote><p>{QUOTED}</p><cite>Mia Holt</cite></blockquote>",
        f"<blockquote>{QUOTED} <cite>Mia Holt</cite></blockquote>",
        f"<blockquote>{QUOTED.replace('lost', '<em>lost</em>')}<footer>Mia Holt</footer></blockquote>",
        f"<blockquote><p>{QUOTED}</p><p>— Mia Holt</p></blockquote>",
        f"<figure><blockquote><p>{QUOTED}</p></blockquote><figcaption>Mia Holt</figcaption></figure>",
    ],
)
def test_the_signature_of_a_quotation_is_a_paragraph_behind_it(tmp_path, quotation):
    paragraph = f"<p>{STORY}</p>"
    page = f"<article><h1>Storm</h1>\n{paragraph}\n{paragraph}\n{quotation}\n{paragraph}</article>"
    document = one(tmp_path, "a.html", f"<html><body>{page}</body></html>")
    passages = segment(document)
    at = next(n for n, passage in enumerate(passages) if passage.text == QUOTED)
    assert passages[at + 1].text == "— Mia Holt"
    assert len({passage.paragraph for passage in passages[at : at + 3]}) == 3
    assert document.line_of_file(document.text.index("— Mia")) == 4


@pytest.mark.parametrize(
    "words",
    [
        "<blockquote><p>We lost 14 boats, says <cite>The Long Storm</cite>, and more.</p></blockquote>",
        "<blockquote>We lost 14 boats, says <cite>The Long Storm</cite>.</blockquote>",
        "<p>We lost 14 boats. <cite>The Long Storm</cite> says so.</p>",
    ],
)
def test_a_title_that_is_cited_in_a_sentence_is_no_signature(tmp_path, words):
    document = one(
        tmp_path, "a.html", f"<html><body><article><p>{STORY}</p><p>{STORY}</p>{words}<p>{STORY}</p></article></body></html>"
    )
    assert "The Long Storm" in document.text
    assert "—" not in document.text
