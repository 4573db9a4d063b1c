"""Pictures of figures as SVG by matplotlib: intervals, timelines of overtaken figures, findings over the corpus.

The drawings are made small and themeable: colours become classes that the page's style sheet fills (light, dark, print),
styles become attributes (a strict content security policy allows no inline style), text stays text.  Same input, same bytes.
"""

from __future__ import annotations

import datetime
import io
import math
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from auditor.report import words

SHAPES = {
    "actual": ("o", True, "●"),
    "planned": ("s", False, "□"),
    "possible": ("D", False, "◇"),
    "denied": ("X", True, "✖"),
    "hypothetical": ("^", False, "△"),
}
SEVERITIES = {"critical": ("D", "c", "◆"), "warning": ("^", "w", "▲"), "info": ("o", "i", "●")}
ORIGINS = 6  # colours
MOST_POINTS = 14
MOST_VALUE = 1e15  # larger values are not drawn
MOST_DOCUMENTS = 40
MOST_MARKS = 1_500

# Colours that matplotlib draws with, and the classes that stand for them: f* fills, s* strokes.
_COLOURS = {f"#0000{n + 1:02x}": str(n) for n in range(ORIGINS)} | {
    "#000011": "c",
    "#000012": "w",
    "#000013": "i",
    "#000021": "x",  # axes, bars
    "#000022": "b",  # the ground
    "#000023": "t",  # ticks of figures
}
_COLOUR = {name: colour for colour, name in _COLOURS.items()}
_WIDTH = 6.4  # inches; the page scales
_NARROW = 4.2  # inches, legible in the window of a telephone; report.css knows these pictures by their 302 points
_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True)
class Point:
    """A value to draw: its label and text, interval (None: unbounded), day, number of its origin, factuality, and in words."""

    label: str
    text: str
    value: float
    low: float | None
    high: float | None
    day: datetime.date | None
    origin: int
    factuality: str
    said: str


@dataclass(frozen=True, slots=True)
class Track:
    """A document of the strip: its label, length in characters, places of figures, and (place, severity) of findings."""

    label: str
    length: int
    figures: tuple[int, ...]
    findings: tuple[tuple[int, str], ...]


def intervals(points: Sequence[Point], key: str) -> Markup:
    """Values across, a row a point; whiskers are what the wording allows, colours origins, shapes factuality."""
    points = points[:MOST_POINTS]
    figure, axes = _axes(0.38 * len(points) + 0.36, left=0.04, bottom=0.26, width=_NARROW)
    for row, point in enumerate(points):
        label = _cut(point.label, 46)
        axes.annotate(
            label,
            (0, row),
            xytext=(0, 9),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            fontsize=7.5,
            parse_math=False,
        )
        _point(axes, point, point.value, row, horizontal=True)
        end = point.value if point.high is None else max(point.high, point.value)
        axes.annotate(_cut(point.text, 30), (end, row), xytext=(8, -3), textcoords="offset points", fontsize=8, parse_math=False)
    axes.set_yticks([])
    axes.set_ylim(len(points) - 0.5, -0.8)
    _value_axis(axes.xaxis, points)
    return _svg(figure, key, "Intervals: " + "; ".join(p.said for p in points))


def timeline(points: Sequence[Point], key: str) -> Markup:
    """Days across, values up, with a line that steps from each value to the next; every point needs a day."""
    points = sorted((p for p in points if p.day), key=lambda p: (p.day or datetime.date.min, p.value))[:MOST_POINTS]
    figure, axes = _axes(2.1, left=0.11, bottom=0.3)
    days = [p.day.toordinal() for p in points if p.day]
    axes.step(days, [p.value for p in points], where="post", color=_COLOUR["x"], linewidth=1, linestyle=(0, (3, 2)), zorder=1)
    span = days[-1] - days[0] or 1
    rise = max(p.value for p in points) - min(p.value for p in points) or 1.0
    taken: list[tuple[float, float, int]] = []  # where labels stand, in shares of the picture, above or below the point
    former: Point | None = None
    for day, point in zip(days, points, strict=True):
        _point(axes, point, day, point.value, horizontal=False)
        at = (day - days[0]) / span, point.value / rise
        free = [side for side in (1, -1) if not any(side == s and _near(at, (x, y)) for x, y, s in taken)]
        if not free or (former is not None and former.text == point.text):
            continue
        former = point
        taken.append((*at, free[0]))
        axes.annotate(
            _cut(f"{point.text} · {point.label.partition(' · ')[2]}", 50),
            (day, point.value),
            xytext=(-7 if at[0] > 0.6 else 7, 4 if free[0] > 0 else -12),
            textcoords="offset points",
            ha="right" if at[0] > 0.6 else "left",
            fontsize=8,
            parse_math=False,
        )
    shown = [days[0]]
    for day in days:
        if day - shown[-1] > 0.17 * span and (days[-1] - day > 0.17 * span or day == days[-1]):
            shown.append(day)
    axes.set_xticks(shown, [_day(d) for d in shown])
    axes.margins(x=0.06, y=0.2)
    _value_axis(axes.yaxis, points)
    return _svg(figure, key, "Timeline: " + "; ".join(p.said for p in points))


def _near(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether two labels, in shares of the picture, would stand on each other."""
    return abs(a[0] - b[0]) < 0.5 and abs(a[1] - b[1]) < 0.15


def strip(tracks: Sequence[Track], key: str) -> Markup:
    """The corpus as bars, a row a document, with every figure as a tick and every finding as a mark at its place."""
    tracks = tracks[:MOST_DOCUMENTS]
    longest = max((t.length for t in tracks), default=1) or 1
    figure, axes = _axes(0.2 * len(tracks) + 0.1, left=0.31, bottom=0.02)
    left = MOST_MARKS
    for row, track in enumerate(tracks):
        axes.plot([0, track.length / longest], [row, row], color=_COLOUR["x"], linewidth=5, solid_capstyle="butt", zorder=1)
        figures = track.figures[:left]
        places = [x for f in figures for x in (f / longest, f / longest, math.nan)]
        axes.plot(places, [row - 0.2, row + 0.2, math.nan] * len(figures), color=_COLOUR["t"], linewidth=0.8, zorder=2)
        left -= len(figures)
        for severity in reversed(SEVERITIES):
            places = [place / longest for place, of in track.findings if of == severity][: max(0, left)]
            marker, colour, _ = SEVERITIES[severity]
            axes.plot(
                places, [row] * len(places), linestyle="", marker=marker, markersize=5.5,
                color=_COLOUR[colour], markeredgecolor=_COLOUR["b"], markeredgewidth=0.7, zorder=3,
            )  # fmt: skip
            left -= len(places)
    axes.set_yticks(range(len(tracks)), [_cut_left(t.label, 28) for t in tracks], parse_math=False)
    axes.set_ylim(len(tracks) - 0.4, -0.6)
    axes.set_xlim(-0.01, 1.01)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    said = "; ".join(f"{t.label}: {len(t.figures)} figures, {len(t.findings)} in findings" for t in tracks)
    return _svg(figure, key, f"Findings over the corpus: {said}")


# ---- drawing


@cache
def _matplotlib() -> Any:
    import logging

    import matplotlib as mpl

    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    return mpl


_STYLE = {
    "svg.hashsalt": "auditor",
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "axes.unicode_minus": False,
    "path.simplify": False,
}


def _axes(height: float, *, left: float, bottom: float, width: float = _WIDTH) -> tuple[Any, Any]:
    """A figure of ``width`` by ``height`` inches with one plain axes; ``left`` is a share of the width, ``bottom`` inches."""
    mpl = _matplotlib()
    with mpl.rc_context(mpl.rcParamsDefault | _STYLE):
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure

        figure = Figure(figsize=(width, height))
        FigureCanvasSVG(figure)
        axes = figure.add_axes((left, bottom / height, 0.95 - left, 1 - bottom / height - 0.04))
    figure.patch.set_visible(False)
    axes.patch.set_visible(False)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_COLOUR["x"])
    axes.tick_params(length=0, labelsize=8)
    return figure, axes


def _point(axes: Any, point: Point, x: float, y: float, *, horizontal: bool) -> None:
    marker, filled, _ = SHAPES.get(point.factuality, SHAPES["actual"])
    colour = _COLOUR[str(point.origin % ORIGINS)]
    low = point.value - (point.value if point.low is None else point.low)
    high = (point.value if point.high is None else point.high) - point.value
    error = [[max(0.0, low)], [max(0.0, high)]]
    axes.errorbar(
        [x], [y], **{"xerr" if horizontal else "yerr": error}, fmt=marker, markersize=6, color=colour, capsize=3, linewidth=1.4,
        markerfacecolor=colour if filled else _COLOUR["b"], markeredgecolor=colour, markeredgewidth=1.3, zorder=3,
    )  # fmt: skip


def _value_axis(axis: Any, points: Sequence[Point]) -> None:
    """A scale that shows every value: from zero where that costs little, logarithmic where values lie far apart."""
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

    ends = [v for p in points for v in (p.low, p.value, p.high) if v is not None and math.isfinite(v)]
    least, most = min(ends), max(ends)
    set_scale = axis.axes.set_xscale if axis.axis_name == "x" else axis.axes.set_yscale
    set_limits = axis.axes.set_xlim if axis.axis_name == "x" else axis.axes.set_ylim
    if least > 0 and most / least > 50:
        set_scale("log")
        axis.set_major_locator(LogLocator(numticks=6))
    else:
        span = (most - least) or abs(most) or 1.0
        low = 0.0 if 0 <= least <= 2 * span else least - 0.08 * span
        set_limits(low, most + (0.25 if axis.axis_name == "x" else 0.12) * (most - low))
        axis.set_major_locator(MaxNLocator(5))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda value, _: _short(value)))


def _short(value: float) -> str:
    for size, name in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if abs(value) >= size:
            return f"{value / size:.3g}{name}"
    return words.number(round(value, 6))


def _day(ordinal: int) -> str:
    day = datetime.date.fromordinal(ordinal)
    return f"{day.day} {day:%b} {day.year}"


def _cut_left(text: str, most: int) -> str:
    text = words.line(text)
    return text if len(text) <= most else "…" + text[1 - most :]


def _cut(text: str, most: int) -> str:
    text = words.line(text)
    return text if len(text) <= most else text[: most - 1] + "…"


# ---- the SVG as the page needs it


def _svg(figure: Any, key: str, said: str) -> Markup:
    """The figure as a small ``<svg>``; ``key`` (letters and digits) keeps its ids apart from those of other pictures."""
    mpl = _matplotlib()
    buffer = io.StringIO()
    with mpl.rc_context(mpl.rcParamsDefault | _STYLE), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a glyph that DejaVu lacks is no news: text stays text
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    root = ET.fromstring(buffer.getvalue())  # noqa: S314 — matplotlib's own output
    names: dict[str, str] = {}
    for element in root.iter():
        for name in (element.get(_HREF) or "").split():
            names.setdefault(name[1:], f"{key}{len(names)}")
    content = "".join(_element(child, names) for child in root)
    text = words.line(said)
    return Markup('<svg viewBox="{}" role="img" aria-label="{}">{}</svg>').format(
        root.get("viewBox", ""),
        text if len(text) <= 1_500 else text[:1_500] + " …",
        Markup(content),  # noqa: S704 — built of escaped parts
    )


def _element(element: ET.Element, names: Mapping[str, str]) -> str:
    """The element in little text: no metadata, no empty groups, no clipping, colours as classes."""
    tag = element.tag.removeprefix(_SVG)
    if tag in ("metadata", "style", "clipPath") or not isinstance(element.tag, str):
        return ""
    inner = "".join(_element(child, names) for child in element)
    if tag in ("g", "defs"):
        return inner if tag == "g" or not inner else f"<defs>{inner}</defs>"
    attributes = _attributes(element, names)
    if tag == "text":
        inner = str(Markup.escape(element.text or "")) + inner
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"


def _attributes(element: ET.Element, names: Mapping[str, str]) -> str:
    given = {name: value for name, value in element.attrib.items() if name not in ("style", "clip-path", "transform")}
    classes = []
    for name, value in (part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part):
        name, value = name.strip(), value.strip()
        if name in ("fill", "stroke") and value in _COLOURS:
            classes.append(f"{name[0]}{_COLOURS[value]}")
        elif name in ("fill", "stroke", "stroke-width", "stroke-dasharray", "text-anchor", "font-size"):
            given[name] = value.removesuffix("px")
    if classes:
        given["class"] = " ".join(classes)
    if "id" in given:
        given["id"] = names.get(given["id"], "")
    if _HREF in given:
        given["href"] = "#" + names[given.pop(_HREF)[1:]]
    return "".join(
        f' {name}="{Markup.escape(_rounded(value) if name in _NUMERIC else value)}"' for name, value in given.items() if value
    )


_NUMERIC = frozenset({"d", "x", "y", "stroke-width"})


def _rounded(text: str) -> str:
    return re.sub(r"-?\d+\.\d+", lambda m: f"{float(m.group()):.1f}".removesuffix(".0"), " ".join(text.split()))
