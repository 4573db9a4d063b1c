"""``auditor baseline``: the findings of today become decisions, so that only new ones fail a run."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from auditor.cli import output
from auditor.cli.common import cache_of, config_options, configuration, reading_options, require_paths
from auditor.cli.run import audited
from auditor.decisions import DEFAULT_FILE, dump, load
from auditor.decisions import baseline as baseline_of


@click.command(short_help="Write the findings of today as decided.")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--output", "output_", type=click.Path(path_type=Path), metavar="FILE", help=f"File to write.  [default: {DEFAULT_FILE}]"
)
@click.option("--reason", default="known when the baseline was made", show_default=True, help="Why they do not count.")
@click.option("--by", metavar="NAME", help="Who decides so.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Last day on which it holds, such as 2027-01-31."
)
@click.option("--expectations", type=click.Path(), metavar="DIR", help="Folder of suites.")
@reading_options
@config_options
def baseline(
    output_: Path | None = None,
    reason: str = "",
    by: str | None = None,
    until: datetime.datetime | None = None,
    quiet: bool = False,
    config_file: Path | None = None,
    isolated: bool = False,
    **options: Any,
) -> int:
    """Write the findings of today as decisions: a later run fails on others only.

    Decisions that the file holds already keep their reasons; those that are expired or of findings that are gone are left out.
    """
    config = configuration(config_file, isolated, **options)
    paths = require_paths(config)
    file = output_ or Path(next(iter(config["decisions"]), DEFAULT_FILE))
    output.check_writable(file)
    former = load([file]) if file.exists() else ()
    found = audited(paths, config, (), cache_of(config), quiet)
    today = datetime.date.today()
    open_ = [finding for finding in found.findings if finding.decision is None]
    decisions = baseline_of(open_, former, reason=reason, by=by, until=until and until.date(), today=today)
    output.write_file(file, dump(decisions).encode("utf-8", "backslashreplace"))
    if not quiet:
        kept = sum(d in former for d in decisions)
        gone = len(former) - kept
        click.echo(f"{file}: {len(decisions)} findings, {len(decisions) - kept} new, {gone} gone", err=True)
    return 0
