"""``auditor explain-pair``: attribute by attribute, why two figures were or were not put together."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli.common import cache_of, config_options, configuration, reading_options
from auditor.cli.output import write_stdout
from auditor.cli.progress import progress
from auditor.errors import InputError

if TYPE_CHECKING:
    from auditor.model import Claim, Level, Reading

_SPOT = re.compile(r"(?P<document>.+?):(?P<line>\d+)(?::(?P<column>\d+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a user names: DOC:LINE or DOC:LINE:COLUMN, as outputs write it."""

    document: str
    line: int
    column: int | None

    def __str__(self) -> str:
        return f"{self.document}:{self.line}" + ("" if self.column is None else f":{self.column}")


def _spot(ctx: click.Context, param: click.Parameter, value: str) -> Spot:
    match = _SPOT.fullmatch(value)
    if not match:
        raise click.BadParameter(f"{value!r} is no place; write DOC:LINE or DOC:LINE:COLUMN, as the reports do", ctx, param)
    return Spot(match["document"], int(match["line"]), int(match["column"]) if match["column"] else None)


@click.command("explain-pair")
@click.argument("left", callback=_spot, metavar="DOC:LINE[:COLUMN]")
@click.argument("right", callback=_spot, metavar="DOC:LINE[:COLUMN]")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@reading_options
@config_options
def explain_pair(left: Spot, right: Spot, quiet: bool, config_file: Path | None, isolated: bool, **options: Any) -> int:
    """Say why two figures were or were not put together.

    Figures are compared as in an audit of PATHS (default: the configured ones, else the two documents): how rare a word or a
    name is depends on the other documents.
    """
    from auditor.pipeline import compare_pair, read
    from auditor.report.findings import file_of

    config = configuration(config_file, isolated, **options)
    paths = config["paths"] or tuple(dict.fromkeys(file_of(spot.document) for spot in (left, right)))
    with progress(quiet) as tell:
        readings = tuple(read(paths, config.settings, cache_of(config), tell))
    pair = _found(readings, left), _found(readings, right)
    if pair[0] == pair[1]:
        raise InputError(f"{left} and {right} are one figure; name two")
    probability, levels, together = compare_pair(readings, *pair, config.settings)
    lines = [_shown(readings, *which) for which in pair]
    lines += ["", *_table(levels), "", f"Probability that they measure the same thing: {probability:.2f}"]
    lines.append("The audit puts them together." if together else "The audit does not put them together.")
    write_stdout(("\n".join(lines) + "\n").encode("utf-8", "backslashreplace"))
    return 0


def _found(readings: Sequence[Reading], spot: Spot) -> tuple[int, int]:
    """(reading index, claim index) of the figure at a spot.  Raises InputError that lists the figures there are."""
    names = [reading.document.name for reading in readings]
    matching = [n for n, name in enumerate(names) if name == spot.document or name.removeprefix("./") == spot.document]
    if not matching:
        from auditor.config import nearest

        raise InputError(f"no document {spot.document!r} was read; {nearest(spot.document, names[:20])}")
    r = matching[0]
    here = [(c, claim) for c, claim in enumerate(readings[r].claims) if _place(readings[r], claim)[0] == spot.line]
    if spot.column is not None:
        at = [(c, claim) for c, claim in here if _covers(readings[r], claim, spot.column)]
        here = at or here
    if not here:
        lines = sorted({_place(readings[r], claim)[0] for claim in readings[r].claims})
        raise InputError(f"no figure at {spot}; {spot.document} has figures on lines {', '.join(map(str, lines)) or 'none'}")
    if len(here) > 1:
        choices = ", ".join(f"{_place(readings[r], claim)[1]} ({claim.quantity.text!r})" for _, claim in here)
        raise InputError(f"{spot} has several figures; add a column: {choices}")
    return r, here[0][0]


def _place(reading: Reading, claim: Claim) -> tuple[int, int]:
    text, start = reading.document.text, claim.quantity.start
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _covers(reading: Reading, claim: Claim, column: int) -> bool:
    first = _place(reading, claim)[1]
    return first <= column < first + claim.quantity.end - claim.quantity.start


def _shown(readings: Sequence[Reading], r: int, c: int) -> str:
    from auditor.report.words import line

    reading, claim = readings[r], readings[r].claims[c]
    where = ":".join(map(str, (reading.document.name, *_place(reading, claim))))
    return f"{line(where)}  “{line(claim.quantity.text)}”: {line(reading.passages[claim.quantity.passage].text)}"


def _table(levels: Sequence[Level]) -> list[str]:
    from auditor.report.words import line

    rows = [("attribute", "level", "points", "first", "second")]
    for level in levels:
        points = f"{level.points:+.2f}" if math.isfinite(level.points) else "never"
        rows.append((level.attribute, level.level, points, line(level.left or "-"), line(level.right or "-")))
    widths = [max(len(row[n]) for row in rows) for n in range(4)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)).rstrip() for row in rows]
