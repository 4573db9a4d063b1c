"""``auditor extract``: the figures alone, for scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli.common import cache_of, config_options, configuration, reading_options, require_paths
from auditor.cli.formats import PairingCommand, format_options, targets, write
from auditor.cli.progress import progress

if TYPE_CHECKING:
    import pandas as pd

TABLE_FORMATS = ("jsonl", "csv", "parquet")


@click.command(cls=PairingCommand)
@click.argument("paths", nargs=-1, metavar="PATH...")
@format_options(TABLE_FORMATS, "jsonl")
@reading_options
@config_options
@click.pass_context
def extract(
    ctx: click.Context,
    /,
    formats: tuple[str, ...],
    outputs: tuple[Path, ...],
    quiet: bool,
    config_file: Path | None,
    isolated: bool,
    **options: Any,
) -> int:
    """Write the figures of the documents below PATHS, a row each; nothing is lined up, nothing is judged."""
    config = configuration(config_file, isolated, **options)
    paths = require_paths(config)
    wanted = targets(ctx, formats, outputs, "jsonl")
    from auditor.pipeline import quantities

    with progress(quiet) as tell:
        frame = quantities(paths, config.settings, cache_of(config), tell)
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
