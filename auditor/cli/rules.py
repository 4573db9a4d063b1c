"""``auditor rules`` and ``auditor explain``: what is judged, from the suites in force."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.common import config_options, configuration
from auditor.cli.output import write_stdout

if TYPE_CHECKING:
    from auditor.config import Config
    from auditor.model import Rule

_suites = click.option("--expectations", type=click.Path(), metavar="DIR", help="Folder of suites.")


@click.command(short_help="List the rules in force.")
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@_suites
@config_options
def rules(format_: str, expectations: str | None, config_file: Path | None, isolated: bool) -> int:
    """List the rules in force: code, name, severity, and what must hold."""
    found = _rules(configuration(config_file, isolated, expectations=expectations))
    write_stdout({"text": _text, "markdown": _markdown, "json": _json}[format_](found).encode("utf-8", "backslashreplace"))
    return 0


@click.command()
@click.argument("rule")
@_suites
@config_options
def explain(rule: str, expectations: str | None, config_file: Path | None, isolated: bool) -> int:
    """Show the page of a RULE, by its name or code."""
    from auditor.config import nearest
    from auditor.errors import InputError

    config = configuration(config_file, isolated, expectations=expectations)
    found = _rules(config)
    page = next((r for r in found if rule in (r.code, r.name, r.code.lower())), None)
    if page is None:
        names = [name for r in found for name in (r.name, r.code)]
        raise InputError(f"no rule {rule!r}; {nearest(rule, names)}; 'auditor rules' lists them")
    write_stdout(_page(page, config).encode("utf-8", "backslashreplace"))
    return 0


def _rules(config: Config) -> tuple[Rule, ...]:
    from auditor.expect.adjust import adjusted
    from auditor.expect.suites import load
    from auditor.expect.suites import rules as by_code

    return by_code(adjusted(load(config["expectations"]), config["rules"]))


def _text(found: Sequence[Rule]) -> str:
    width = max(len(rule.name) for rule in found) if found else 0
    return "".join(f"{r.code}  {r.name:{width}}  {r.severity.value:8}  {r.description}\n" for r in found)


def _markdown(found: Sequence[Rule]) -> str:
    rows = [f"| {r.code} | `{r.name}` | {r.severity.value} | {r.description} |" for r in found]
    return "\n".join(["| code | rule | severity | what must hold |", "|---|---|---|---|", *rows]) + "\n"


def _json(found: Sequence[Rule]) -> str:
    keys = ("code", "name", "severity", "table", "suite", "description", "message", "notes")
    entries = [{**{k: getattr(r, k) for k in keys}, "expectation": r.expectation, "measured": measured(r)} for r in found]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def measured(rule: Rule) -> dict[str, float]:
    """The measured precision and recall that the suite gives for the rule, as shares."""
    return {key: rule.meta[key] for key in ("precision", "recall") if isinstance(rule.meta.get(key), int | float)}


def _page(rule: Rule, config: Config) -> str:
    parts = [f"{rule.name} ({rule.code}), {rule.severity.value}", "", rule.description, ""]
    if rule.notes:
        parts += [rule.notes.strip(), ""]
    shares = [f"{key} {share:.0%}" for key, share in measured(rule).items()]
    parts.append(f"Measured: {', '.join(shares) if shares else 'precision and recall are not measured for it'}.")
    parts.append(f"Judged: {rule.expectation['type']} on `{rule.table}` with {json.dumps(rule.expectation['kwargs'])}")
    where = config["rules"].get(rule.name) or config["rules"].get(rule.code)
    parts.append(f"Suite: {rule.suite}.json" + (f", changed by {config.origins['rules']}" if where else ""))
    parts.append(f"Allow it in place: <!-- auditor: allow {rule.name} because ... -->")
    return "\n".join(parts) + "\n"
