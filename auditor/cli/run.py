"""``auditor run``: the audit, its outputs and its exit code."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli import output
from auditor.cli.common import (
    cache_of,
    config_options,
    configuration,
    decision_options,
    decisions_of,
    reading_options,
    require_paths,
)
from auditor.cli.formats import PairingCommand, Target, format_options, targets, write
from auditor.cli.progress import progress
from auditor.config import FAIL_ON, Config
from auditor.report import REPORTERS

if TYPE_CHECKING:
    from auditor.decisions import Decision
    from auditor.model import Audit


@click.command(cls=PairingCommand)
@click.argument("paths", nargs=-1, metavar="PATH...")
@format_options(list(REPORTERS), "text")
@click.option(
    "--output-dir",
    type=click.Path(),
    metavar="DIR",
    help="Folder of the reports and tables.  [default: reports, or none where --format says what to write]",
)
@click.option("--no-reports", is_flag=True, help="Write no folder of reports.")
@click.option("--expectations", type=click.Path(), metavar="DIR", help="Folder of suites.")
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="Least severity that fails the run.  [default: critical]")
@click.option("--strict", is_flag=True, default=None, help="Fail the run where a document could not be read.")
@decision_options
@reading_options
@config_options
@click.pass_context
def run(
    ctx: click.Context,
    /,
    formats: tuple[str, ...],
    outputs: tuple[Path, ...],
    no_reports: bool,
    quiet: bool,
    config_file: Path | None,
    isolated: bool,
    **options: Any,
) -> int:
    """Audit the documents below PATHS (files and folders).

    Writes the reports into --output-dir and a summary to standard output; with --format it writes just the formats asked
    for, and the folder only if --output-dir is given too.  Exit code: 0 no finding at or above --fail-on, 1 findings,
    2 the audit could not run.
    """
    from auditor.errors import InputError

    if no_reports and options["output_dir"]:
        raise InputError("--no-reports and --output-dir contradict each other; give one of them")
    config = configuration(config_file, isolated, **options)
    paths = require_paths(config)
    wanted = targets(ctx, formats, outputs, "text")
    folder = None if no_reports or (formats and not options["output_dir"]) else Path(config["output_dir"])
    if folder:
        output.check_writable(folder, folder=True)
    result = audited(paths, config, decisions_of(config, isolated), quiet)
    if folder:
        _write_reports(result, folder)
    for target in wanted:
        write(target, _render(target, result))
    if "github" in formats:
        _summarize(result)
    if not quiet:
        _tell(result, folder)
    return _exit_code(result, config["fail_on"], config["strict"])


def audited(paths: tuple[str, ...], config: Config, decisions: Sequence[Decision], quiet: bool) -> Audit:
    """The audit that a configuration asks for."""
    from auditor.pipeline import audit

    with progress(quiet) as tell:
        found = audit(
            paths,
            settings=config.settings,
            expectations=config["expectations"],
            rules=config["rules"],
            overrides=config["overrides"],
            decisions=decisions,
            allow_comments=config["allow_comments"],
            cache=cache_of(config),
            progress=tell,
        )
    return dataclasses.replace(found, fail_on=config["fail_on"])


def _tell(audit: Audit, folder: Path | None) -> None:
    for warning in audit.warnings:
        click.echo(f"auditor: {warning}", err=True)
    if folder:
        click.echo(f"reports: {folder / 'index.html'}", err=True)


def _summarize(audit: Audit) -> None:
    """Add the audit to the summary of a step of GitHub Actions, where it runs in one."""
    from auditor.report import markdown

    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        output.append_file(Path(summary), markdown.render(audit).encode("utf-8", "backslashreplace"))


def _render(target: Target, audit: Audit) -> str | bytes:
    from auditor.report import render, text

    if target.format == "text" and target.file is None:
        return text.render(audit, color=_coloured())
    return render(target.format, audit)


def _coloured() -> bool:
    """Colours are for terminals whose user wants them (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _write_reports(audit: Audit, folder: Path) -> None:
    from auditor.pipeline import write_reports

    with output.staged(folder) as stage:
        write_reports(audit, stage)


def _exit_code(audit: Audit, fail_on: str, strict: bool) -> int:
    from auditor.model import Severity, Status

    if strict and any(d.status is Status.UNREADABLE for d in audit.documents):
        return 1
    worst, order = audit.worst(), list(Severity)
    if worst is None or fail_on == "never":
        return 0
    return int(order.index(worst) <= order.index(Severity(fail_on)))
