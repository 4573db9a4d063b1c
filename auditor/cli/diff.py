"""``auditor diff``: what changed between two audits, for people, for a mail and for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli import output
from auditor.config import FAIL_ON

if TYPE_CHECKING:
    from auditor.diff import Difference


@click.command(short_help="Say what changed between two audits.")
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD.json")
@click.argument("new", type=click.Path(path_type=Path), metavar="NEW.json")
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option("--output", "output_", type=click.Path(path_type=Path), metavar="FILE", help="[default: standard output]")
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="never",
    show_default=True,
    help="Least severity of a new finding that gives exit code 1.",
)
def diff(old: Path, new: Path, format_: str, output_: Path | None, fail_on: str) -> int:
    """Say what changed between two audits: findings, figures that were silently edited, documents."""
    from auditor.diff import difference, load

    if output_:
        output.check_writable(output_)
    found = difference(load(old), load(new))
    content = {"text": text, "markdown": markdown, "json": as_json}[format_](found).encode("utf-8", "backslashreplace")
    if output_:
        output.write_file(output_, content)
    else:
        output.write_stdout(content)
    order = list(FAIL_ON)
    counted = [f for f in found.new if f["decision"] is None]
    return int(any(order.index(f["severity"]) <= order.index(fail_on) for f in counted) and fail_on != "never")


def as_json(found: Difference) -> str:
    """One object: ``schema`` and the fields of ``auditor.diff.Difference``."""
    from auditor.diff import SCHEMA

    return json.dumps({"schema": SCHEMA, **asdict(found)}, ensure_ascii=False, indent=1) + "\n"


def text(found: Difference) -> str:
    """For a terminal or a mail in plain text."""
    from auditor.report.words import line

    return _lines(found, line, "{}", "  {}")


def markdown(found: Difference) -> str:
    """For a mail or a comment; nothing of a document is markup."""
    from auditor.report.markdown import escape

    return _lines(found, escape, "### {}\n", "- {}")


def _lines(found: Difference, safe: Callable[[str], str], head: str, item: str) -> str:
    parts: list[str] = []
    for title, items in _sections(found, safe):
        if items:
            parts += [head.format(title), *(item.format(i) for i in items), ""]
    return "\n".join(parts).rstrip() + "\n" if parts else "Nothing changed.\n"


def _sections(found: Difference, safe: Callable[[str], str]) -> Iterator[tuple[str, list[str]]]:
    yield (
        f"Figures that changed ({len(found.figures)})",
        [
            f"{safe(f.document)}:{f.line}: {safe(f.before)} is now {safe(f.after)}: {safe(f.sentence_after)}"
            for f in found.figures
        ],
    )
    yield f"New findings ({len(found.new)})", [_finding(f, safe) for f in found.new]
    yield (
        f"Changed findings ({len(found.changed)})",
        [f"{_finding(c.new, safe)} (before: {_before(c.old, c.new, safe)})" for c in found.changed if c.old and c.new],
    )
    yield f"Findings gone ({len(found.gone)})", [_finding(f, safe) for f in found.gone]
    yield f"Documents added ({len(found.added)})", [safe(name) for name in found.added]
    yield f"Documents removed ({len(found.removed)})", [safe(name) for name in found.removed]
    yield f"Documents renamed ({len(found.renamed)})", [f"{safe(was)} is now {safe(name)}" for was, name in found.renamed]
    yield (
        f"Documents that fare otherwise ({len(found.fared)})",
        [f"{safe(name)}: {was}, now {now}" for name, was, now in found.fared],
    )


def _finding(finding: Any, safe: Callable[[str], str]) -> str:
    decided = f" [{safe(finding['decision'])}]" if finding["decision"] else ""
    return f"{finding['severity']} {safe(finding['name'])}: {safe(finding['message'])}{decided}"


def _before(old: Any, new: Any, safe: Callable[[str], str]) -> str:
    if old["message"] != new["message"]:
        return safe(old["message"])
    return f"{old['severity']}, {safe(old['decision'] or 'not decided')}"
