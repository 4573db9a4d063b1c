"""The document view: every line of a document with its figures marked, linked and explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from auditor.model import Reading
from auditor.report import words
from auditor.report.places import Links
from auditor.report.view import View
from auditor.report.words import Row


def lines(reading: Reading, view: View, links: Links) -> Markup:
    """The document's text as one ``<p>`` a line that is not empty, each with its number; figures are links."""
    text = words.clean(reading.document.text)
    rows = _apart(view.of_document[reading.document.name])
    name = links.places.document_anchor[reading.document.name]
    boilerplate = [(p.start, p.end) for p in reading.passages if not p.audited]
    parts: list[str] = []
    at, number, pending = 0, 0, list(reversed(rows))
    for line in text.split("\n"):
        number += 1
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip():
            continue
        grey = " class=bp" if any(s <= start < e or start <= s < end for s, e in boilerplate) else ""
        parts.append(f'<p id="{name}-L{number}" data-n="{number}"{grey}>{_line(text, start, end, pending, view, links)}</p>\n')
    return Markup("".join(parts))  # noqa: S704 — every piece of text is escaped in _line


def _line(text: str, start: int, end: int, pending: list[Row], view: View, links: Links) -> str:
    """One line; ``pending`` holds the figures from here on, the next one last.  One that goes on keeps its rest there."""
    parts = []
    while pending and pending[-1]["start"] < end:
        row = pending[-1]
        first, last = max(start, row["start"]), min(end, row["end"])
        parts.append(str(escape(text[start:first])))
        parts.append(_figure(row, text[first:last], view, links, first=first == row["start"]))
        start = last
        if row["end"] > end:
            break
        pending.pop()
    parts.append(str(escape(text[start:end])))
    return "".join(parts)


def _figure(row: Row, text: str, view: View, links: Links, first: bool) -> str:
    state = view.state(row)
    target = _target(row, view, links)
    name = f' id="{links.places.figure_anchor[row["id"]]}"' if first else ""
    return f'<a{name} class="q {state}" href="{escape(target)}" data-tip="{escape(tip(row, view))}">{escape(text)}</a>'


def _target(row: Row, view: View, links: Links) -> str:
    """Where a figure leads: its worst finding, else the thing it measures, else itself."""
    for finding in view.findings_of.get(row["id"], ()):
        return links.finding(finding)
    return links.measurand(row["group"]) if row["group"] in view.measurands else links.figure(row)


def tip(row: Row, view: View) -> str:
    """What is known of a figure, a line each: state, measurand, interval, source, day."""
    measurand = view.measurands.get(row["group"] or "")
    what = measurand["label"] if measurand else ", ".join(filter(None, [row["entity"], row["property"]]))
    day = words.day(row["as_of"])
    lines = [
        words.STATES[view.state(row)] + (f": {', '.join(dict.fromkeys(f.name for f in view.findings_of.get(row['id'], ())))}"
                                         if row["id"] in view.findings_of else ""),
        what and f"measures: {words.line(what)}",
        f"allows: {words.interval(row)}",
        f"says so: {words.who(row)}",
        (f"as of: {day}" if day else "as of: unknown") + (f" · {stated}" if (stated := words.stated(row)) else ""),
    ]  # fmt: skip
    return "\n".join(filter(None, lines))


def _apart(rows: Sequence[Row]) -> list[Row]:
    """The figures that do not overlap an earlier one."""

    def apart() -> Iterator[Row]:
        end = -1
        for row in rows:
            if row["start"] >= end and row["end"] > row["start"]:
                end = row["end"]
                yield row

    return list(apart())
