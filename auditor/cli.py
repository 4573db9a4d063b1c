"""Arguments, exit codes and output files: the only module that prints.

Exit codes: 0 no finding at or above --fail-on, 1 findings, 2 the audit could not run.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="auditor")
def main() -> None:
    """Find the figures in documents, and say which conflict and which have no source."""


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "formats", multiple=True, help="text, json; may be repeated, each with its own --output")
@click.option("--output", "outputs", multiple=True, type=click.Path(path_type=Path))
@click.option("--expectations", type=click.Path(path_type=Path), help="folder of suites")
@click.option("--fail-on", type=click.Choice(["critical", "warning", "info", "never"]), default="critical", show_default=True)
def run(paths: Sequence[str], formats: Sequence[str], outputs: Sequence[Path], expectations: Path | None, fail_on: str) -> None:
    """Audit the documents below PATHS."""
    from auditor.errors import AuditorError
    from auditor.model import Severity
    from auditor.pipeline import audit
    from auditor.report import REPORTERS

    try:
        result = audit(paths, expectations=expectations)
    except AuditorError as error:
        click.echo(f"auditor: {error}", err=True)
        raise SystemExit(2) from error
    for n, name in enumerate(formats or ["text"]):
        content = REPORTERS[name](result)
        if n < len(outputs):
            outputs[n].write_bytes(content if isinstance(content, bytes) else content.encode())
        else:
            click.echo(content, nl=False)
    worst, order = result.worst(), [s.value for s in Severity]
    failed = worst is not None and fail_on != "never" and order.index(worst.value) <= order.index(fail_on)
    raise SystemExit(1 if failed else 0)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "format_", type=click.Choice(["jsonl", "csv", "parquet"]), default="jsonl", show_default=True)
@click.option("--output", type=click.Path(path_type=Path))
def extract(paths: Sequence[str], format_: str, output: Path | None) -> None:
    """Write the quantities of the documents below PATHS; nothing is aligned."""
    import json

    from auditor import tables
    from auditor.model import Origins, Settings
    from auditor.pipeline import read
    from auditor.report.json import records

    readings = list(read(paths, Settings()))
    frame, _ = tables.frames(readings, (), Origins(of=tuple("" for _ in readings)))
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in records(frame))
    if output:
        output.write_text(content, encoding="utf-8")
    else:
        click.echo(content, nl=False)
