"""Which pictures the page shows: one for each of the worst findings with sides and one of the corpus, with their captions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from markupsafe import Markup

from auditor.model import Finding
from auditor.report import plots, words
from auditor.report.places import MOST_PICTURES
from auditor.report.view import View, middle
from auditor.report.words import Row

_OVERTAKEN = "superseded"


def of_findings(view: View, findings: Sequence[Finding]) -> dict[str, Markup]:
    """Pictures with captions, by fingerprint, of the first findings with sides, where they can be drawn."""
    drawn: dict[str, Markup] = {}
    for finding in [finding for finding in findings if finding.sides][:MOST_PICTURES]:
        points = _points(view, finding)
        if len({point.value for point in points}) > 1:
            drawn[finding.fingerprint] = _picture(view, finding, points)
    return drawn


def _picture(view: View, finding: Finding, points: Sequence[plots.Point]) -> Markup:
    key = f"p{finding.fingerprint}-".replace("-", "x")
    measurand = view.measurands.get(finding.measurand or "")
    relation = measurand["relation"] if measurand else None
    days = {point.day for point in points}
    if relation == _OVERTAKEN and None not in days and len(days) > 1:
        return _captioned(plots.timeline(points, key), "Values by the day they hold for; ", points)
    more = len(points) - plots.MOST_POINTS
    start = f"{words.count(more, 'more value')} not drawn; " if more > 0 else ""
    return _captioned(plots.intervals(points, key), f"{start}whiskers: what the wording allows; ", points)


def _captioned(svg: Markup, start: str, points: Sequence[plots.Point]) -> Markup:
    shapes = [f"{plots.SHAPES[name][2]} {name}" for name in plots.SHAPES if any(p.factuality == name for p in points)]
    caption = f"{start}colour: origin (its letter in brackets); {', '.join(shapes)}."
    return svg + Markup("<figcaption>{}</figcaption>").format(caption[:1].upper() + caption[1:])


def of_agreeing(view: View, measurands: Sequence[Row]) -> list[tuple[Row, Markup]]:
    """The given measurands with pictures of their values."""
    return [
        (row, _captioned(plots.intervals(points, f"a{n}x"), "Whiskers: what the wording allows; ", points))
        for n, row in enumerate(measurands)
        if (points := _merged(view, row["quantities"]))
    ]


def _points(view: View, finding: Finding) -> list[plots.Point]:
    """The figures of a finding's sides."""
    return _merged(view, [q for side in finding.sides for q in side])


def _merged(view: View, quantities: Sequence[str]) -> list[plots.Point]:
    """Figures to draw, equal ones of one origin and day as one point, by day."""
    merged: dict[tuple[object, ...], list[Row]] = {}
    for row in (view.rows[q] for q in quantities if q in view.rows):
        value = middle(row)
        if value is not None and abs(value) < plots.MOST_VALUE:
            key = (value, row["low"], row["high"], row["origin"], row["as_of"], row["factuality"])
            merged.setdefault(key, []).append(row)
    points = [_point(view, rows) for rows in merged.values()]
    return sorted(points, key=lambda p: (p.day or datetime.date.max, p.value, p.label))


def _point(view: View, rows: Sequence[Row]) -> plots.Point:
    row = rows[0]
    day = datetime.date.fromisoformat(row["as_of"]) if row["as_of"] else None
    letter = view.origin_name[row["origin"]]
    short = f"{day.day} {day:%b}" if day else "undated"
    documents = {r["document"] for r in rows}
    places = f", {len(documents)}×" if len(documents) > 1 else ""
    name = view.short[row["document"]]
    return plots.Point(
        label=f"{short} · {name if len(name) < 26 else '…' + name[-24:]} ({letter}{places})",
        value=middle(row) or 0.0,
        low=_drawable(row["low"]),
        high=_drawable(row["high"]),
        day=day,
        origin=view.origin_number[row["origin"]],
        factuality=row["factuality"],
        text=words.written(row),
        said=", ".join([words.written(row), row["factuality"], f"as of {words.day(row['as_of'])}", name, f"origin {letter}"]),
    )


def _drawable(end: float | None) -> float | None:
    return end if end is not None and abs(end) < plots.MOST_VALUE else None


def of_corpus(view: View) -> Markup | None:
    """The strip of all findings over the documents that have any figure; None where there is nothing to show."""
    tracks = []
    for document in view.audit.documents:
        rows = view.of_document[document.name]
        if not rows:
            continue
        findings = [
            (row["start"], view.findings_of[row["id"]][0].severity.value) for row in rows if row["id"] in view.findings_of
        ]
        label = view.short[document.name]
        length = max(len(document.text), rows[-1]["end"])
        tracks.append(plots.Track(label, length, tuple(row["start"] for row in rows), tuple(findings)))
    if not any(track.findings for track in tracks):
        return None
    shown = sorted(range(len(tracks)), key=lambda n: (-len(tracks[n].findings), n))[: plots.MOST_DOCUMENTS]
    left = len(tracks) - len(shown)
    legend = ", ".join(f"{sign} {severity}" for severity, (_, _, sign) in plots.SEVERITIES.items())
    caption = f"A bar a document, from its first character to its last; {legend}; thin ticks: all figures."
    if left > 0:
        caption += f" The {words.count(len(shown), 'document')} with most findings; {left:,} more are not drawn."
    svg = plots.strip([tracks[n] for n in sorted(shown)], "strip")
    return svg + Markup("<figcaption>{}</figcaption>").format(caption)
