"""``auditor run``: the audit, its outputs and its exit code."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli import kept, output
from auditor.cli.common import (
    cache_of,
    config_options,
    configuration,
    decision_options,
    decisions_of,
    reading_options,
    require_paths,
)
from auditor.cli.formats import PairingCommand, Target, encoded, format_options, targets, write
from auditor.cli.kept import Made
from auditor.cli.progress import progress
from auditor.config import FAIL_ON, Config
from auditor.report import REPORTERS

if TYPE_CHECKING:
    from auditor.cache import Cache
    from auditor.decisions import Decision
    from auditor.model import Audit
    from auditor.report.text import Screen

# Names of outputs beside those of formats.
OUTCOME = "outcome"
REPORTS = "reports/"
_NARROWEST = 46  # columns that the summary needs


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

    if options["output_dir"] == "":
        raise InputError("--output-dir is empty; name a folder, '.' for this one")
    if no_reports and options["output_dir"]:
        raise InputError("--no-reports and --output-dir contradict each other; give one of them")
    config = configuration(config_file, isolated, **options)
    paths = require_paths(config)
    wanted = targets(ctx, formats, outputs, "text")
    folder = None if no_reports or (formats and not options["output_dir"]) else Path(config["output_dir"])
    screen = _screen()
    summary = _step_summary() if "github" in formats else None
    if folder:
        output.check_writable(folder, folder=True)
    cache, decisions, today = cache_of(config), decisions_of(config, isolated), datetime.date.today()
    name_of = {target: f"text on {screen}" if screen and target == Target("text") else target.format for target in wanted}
    names = sorted({*name_of.values(), *([REPORTS] if folder else []), *(["markdown"] if summary else [])})

    def make() -> Made:
        result = audited(paths, config, decisions, cache, quiet, today)
        return Made(_rendered(result, names, screen), result.readings)

    found = kept.outputs(make, config, cache, "run", names, decisions, [d.expired(today) for d in decisions])
    if folder:
        _write_reports(found, folder)
    for target in wanted:
        write(target, found[name_of[target]])
    if summary:
        output.append_file(summary, found["markdown"])
    outcome = Outcome(**json.loads(found[OUTCOME]))
    if not quiet:
        _tell(outcome, folder)
    return outcome.exit_code(config["fail_on"], config["strict"])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What of an audit decides the exit code, and what is told on stderr."""

    worst: str | None
    unreadable: bool
    warnings: Sequence[str]

    def exit_code(self, fail_on: str, strict: bool) -> int:
        """1 for a finding at or above ``fail_on`` and, if ``strict``, for an unreadable document; else 0."""
        if strict and self.unreadable:
            return 1
        return int(self.worst is not None and fail_on != "never" and FAIL_ON.index(self.worst) <= FAIL_ON.index(fail_on))


def audited(
    paths: tuple[str, ...],
    config: Config,
    decisions: Sequence[Decision],
    cache: Cache | None,
    quiet: bool,
    today: datetime.date | None = None,
) -> Audit:
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
            today=today,
            cache=cache,
            progress=tell,
        )
    return dataclasses.replace(found, fail_on=config["fail_on"])


def _tell(outcome: Outcome, folder: Path | None) -> None:
    for warning in outcome.warnings:
        click.echo(f"auditor: {warning}", err=True)
    if folder:
        click.echo(f"reports: {folder / 'index.html'}", err=True)


def _step_summary() -> Path | None:
    """The file that is the summary of a step of GitHub Actions, where the run is one."""
    given = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(given) if given else None


def _screen() -> Screen | None:
    """The terminal that stdout is; its colours are for users who want them (https://no-color.org)."""
    if not sys.stdout.isatty():
        return None
    from auditor.report.text import Screen

    color = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Screen(min(80, max(_NARROWEST, shutil.get_terminal_size().columns)), color)


def _rendered(audit: Audit, names: Sequence[str], screen: Screen | None) -> dict[str, bytes]:
    """The outputs of these names, and the outcome."""
    from auditor.pipeline import reports
    from auditor.report import render, text

    found = {OUTCOME: json.dumps(dataclasses.asdict(_outcome(audit))).encode()}
    for name in names:
        if name == REPORTS:
            found |= {REPORTS + path: content for path, content in reports(audit).items()}
        else:
            found[name] = encoded(render(name, audit) if name in REPORTERS else text.render(audit, screen))
    return found


def _outcome(audit: Audit) -> Outcome:
    from auditor.model import Status

    return Outcome(audit.worst(), any(d.status is Status.UNREADABLE for d in audit.documents), audit.warnings)


def _write_reports(outputs: Mapping[str, bytes], folder: Path) -> None:
    from auditor.pipeline import write_files

    files = {name.removeprefix(REPORTS): content for name, content in outputs.items() if name.startswith(REPORTS)}
    with output.staged(folder) as stage:
        write_files(files, stage)
