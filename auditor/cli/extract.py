"""``auditor extract``: the figures alone, for scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.formats import PairingCommand, format_options, targets, write
from auditor.cli.progress import progress

if TYPE_CHECKING:
    import pandas as pd

TABLE_FORMATS = ("jsonl", "csv", "parquet")


@click.command(cls=PairingCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@format_options(TABLE_FORMATS, "jsonl")
@click.option("--own-voice", multiple=True, metavar="GLOB", help="Documents that answer for their own figures; may be repeated.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Processes that read.")
@click.option("--quiet", "-q", is_flag=True, help="No progress on stderr.")
@click.pass_context
def extract(
    ctx: click.Context,
    paths: tuple[str, ...],
    own_voice: tuple[str, ...],
    jobs: int,
    quiet: bool,
    formats: tuple[str, ...],
    outputs: tuple[Path, ...],
) -> int:
    """Write the figures of the documents below PATHS, a row each; nothing is lined up, nothing is judged."""
    from auditor.model import Settings
    from auditor.pipeline import quantities

    wanted = targets(ctx, formats, outputs, "jsonl")
    with progress(quiet) as tell:
        frame = quantities(paths, Settings(own_voice=own_voice, jobs=jobs), tell)
    for target in wanted:
        write(target, render(target.format, frame))
    return 0


def render(name: str, frame: pd.DataFrame) -> str | bytes:
    """The table in one of ``TABLE_FORMATS``."""
    from auditor.report import table

    writers: dict[str, Callable[[pd.DataFrame], str | bytes]] = {
        "jsonl": table.jsonl,
        "csv": table.csv,
        "parquet": table.parquet,
    }
    return writers[name](frame)
