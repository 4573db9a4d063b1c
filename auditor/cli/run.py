"""``auditor run``: the audit, its outputs and its exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import output
from auditor.cli.formats import PairingCommand, Target, format_options, targets, write
from auditor.cli.progress import progress
from auditor.report import REPORTERS

if TYPE_CHECKING:
    from auditor.model import Audit

FAIL_ON = ("critical", "warning", "info", "never")
REPORTS = Path("reports")


@click.command(cls=PairingCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@format_options(list(REPORTERS), "text")
@click.option(
    "--output-dir",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the reports and tables.  [default: reports, or none where --format says what to write]",
)
@click.option("--no-reports", is_flag=True, help="Write no folder of reports.")
@click.option("--expectations", type=click.Path(path_type=Path), metavar="DIR", help="Folder of suites.")
@click.option(
    "--fail-on", type=click.Choice(FAIL_ON), default="critical", show_default=True, help="Least severity that fails the run."
)
@click.option("--strict", is_flag=True, help="Fail the run where a document could not be read.")
@click.option("--own-voice", multiple=True, metavar="GLOB", help="Documents that answer for their own figures; may be repeated.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Processes that read.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on stderr.")
@click.pass_context
def run(
    ctx: click.Context,
    paths: tuple[str, ...],
    output_dir: Path | None,
    no_reports: bool,
    expectations: Path | None,
    fail_on: str,
    strict: bool,
    own_voice: tuple[str, ...],
    jobs: int,
    quiet: bool,
    formats: tuple[str, ...],
    outputs: tuple[Path, ...],
) -> int:
    """Audit the documents below PATHS (files and folders).

    Writes the reports into --output-dir and a summary to standard output; with --format it writes just the formats asked
    for, and the folder only if --output-dir is given too.  Exit code: 0 no finding at or above --fail-on, 1 findings,
    2 the audit could not run.
    """
    from auditor.errors import InputError
    from auditor.model import Settings
    from auditor.pipeline import audit

    if no_reports and output_dir:
        raise InputError("--no-reports and --output-dir contradict each other; give one of them")
    wanted = targets(ctx, formats, outputs, "text")
    folder = None if no_reports or (formats and not output_dir) else output_dir or REPORTS
    if folder:
        output.check_writable(folder, folder=True)
    with progress(quiet) as tell:
        result = audit(paths, settings=Settings(own_voice=own_voice, jobs=jobs), expectations=expectations, progress=tell)
    if folder:
        _write_reports(result, folder)
    for target in wanted:
        write(target, _render(target, result))
    if folder and not quiet:
        click.echo(f"reports: {folder / 'index.html'}", err=True)
    return _exit_code(result, fail_on, strict)


def _render(target: Target, audit: Audit) -> str | bytes:
    from auditor.report import render

    return render(target.format, audit)


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
