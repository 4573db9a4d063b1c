"""``auditor extract``: the figures alone, for scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli import kept
from auditor.cli.common import cache_of, config_options, configuration, reading_options, require_paths
from auditor.cli.formats import PairingCommand, encoded, format_options, targets, write
from auditor.cli.kept import Made
from auditor.cli.progress import progress

if TYPE_CHECKING:
    import pandas as pd

TABLE_FORMATS = ("jsonl", "csv", "parquet")


@click.command(cls=PairingCommand, short_help="Write the figures alone, a row each.")
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
    """Write the figures of the documents below PATHS, a row each; nothing is lined up, nothing is judged.

    A change ("fell from 5 to 3") is one row with the modifier "change": low is what it was, high what it has become. To an audit
    (`auditor run`) it is two figures, an old and a new one.
    """
    config = configuration(config_file, isolated, **options)
    paths = require_paths(config)
    wanted = targets(ctx, formats, outputs, "jsonl")
    cache = cache_of(config)

    def make() -> Made:
        from auditor.pipeline import quantities, read_all

        with progress(quiet) as tell:
            readings = read_all(paths, config.settings, cache, tell)
        frame = quantities(readings)
        return Made({name: render(name, frame) for name in names}, readings)

    names = sorted({target.format for target in wanted})
    found = kept.outputs(make, config, cache, "extract", names)
    for target in wanted:
        write(target, found[target.format])
    return 0


def render(name: str, frame: pd.DataFrame) -> bytes:
    """The table in one of ``TABLE_FORMATS``."""
    from auditor.report import table

    writers: dict[str, Callable[[pd.DataFrame], str | bytes]] = {
        "jsonl": table.jsonl,
        "csv": table.csv,
        "parquet": table.parquet,
    }
    return encoded(writers[name](frame))
