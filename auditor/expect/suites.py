"""Reading the suites.  A suite is a JSON file of Great Expectations; every entry is one rule with its own page.

An entry holds ``type`` and ``kwargs`` (the expectation), ``severity``, ``description``, ``notes`` (the rule's page, Markdown)
and ``meta``: ``code``, ``name``, ``message`` (a template over the row's columns) and, for a discrepancy, ``sides`` (the column
that lists the ids of each side) or ``against`` (the column that names the one figure on the other side).
``order`` names the column by which a rule's findings are listed, largest first.
The suite's ``meta.table`` says which table it judges.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from auditor.errors import SuiteError, why
from auditor.model import Rule, Severity

TABLES = ("quantities", "measurands")
_REQUIRED = ("code", "name", "message")


@dataclass(frozen=True, slots=True)
class Suite:
    """A named suite, the table it judges, and its rules in the order of the file."""

    name: str
    table: str
    rules: tuple[Rule, ...]


def folder(given: str | Path | None = None) -> Path:
    """The folder of suites: the one given, else ``./expectations`` if it holds suites, else the one shipped."""
    if given is not None:
        if not Path(given).is_dir():
            raise SuiteError(f"no folder of suites: {given} (--expectations takes a folder of .json suites)")
        return Path(given)
    here = Path("expectations")
    if any(here.glob("*.json")):
        return here
    return shipped()


def shipped() -> Path:
    """The folder of the suites that ship: inside an installed package, beside the package in a checkout."""
    inside = Path(str(resources.files("auditor"))) / "expectations"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "expectations"


def load(given: str | Path | None = None) -> tuple[Suite, ...]:
    """Every suite of the folder, by file name.  Raises SuiteError for a file that is no suite, or a rule given twice."""
    where = folder(given)
    files = sorted(where.glob("*.json"))
    if not files:
        raise SuiteError(f"no suite in {where}: it needs at least one .json file, such as quantities.json")
    suites = tuple(_suite(file) for file in files)
    seen: dict[str, str] = {}
    for suite in suites:
        for rule in suite.rules:
            for key in (rule.code, rule.name):
                if key in seen:
                    raise SuiteError(f"{suite.name}: rule {key!r} stands in {seen[key]} already; codes and names are unique")
                seen[key] = suite.name
    return suites


def rules(suites: Sequence[Suite]) -> tuple[Rule, ...]:
    """All rules, by code."""
    return tuple(sorted((rule for suite in suites for rule in suite.rules), key=lambda rule: rule.code))


def _suite(file: Path) -> Suite:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SuiteError(f"{file}: not a suite: {why(error)}") from error
    table = content.get("meta", {}).get("table") if isinstance(content, dict) else None
    if table not in TABLES:
        raise SuiteError(f"{file}: meta.table is {table!r}; allowed: {', '.join(TABLES)}")
    entries = content.get("expectations")
    if not isinstance(entries, list) or not entries:
        raise SuiteError(f"{file}: a suite without expectations judges nothing; add one or remove the file")
    return Suite(
        str(content.get("name", file.stem)), table, tuple(_rule(file, table, n, entry) for n, entry in enumerate(entries))
    )


def _rule(file: Path, table: str, n: int, entry: Any) -> Rule:
    where = f"{file}: expectation {n + 1}"
    if not isinstance(entry, Mapping) or not isinstance(entry.get("type"), str) or not isinstance(entry.get("kwargs"), Mapping):
        raise SuiteError(f"{where}: needs 'type' and 'kwargs'")
    meta = entry.get("meta", {})
    missing = [key for key in _REQUIRED if not isinstance(meta.get(key), str)]
    if missing:
        raise SuiteError(f"{where} ({entry['type']}): meta lacks {', '.join(missing)}")
    try:
        severity = Severity(str(entry.get("severity")))
    except ValueError:
        allowed = ", ".join(Severity)
        raise SuiteError(f"{where} ({meta['name']}): severity is {entry.get('severity')!r}; allowed: {allowed}") from None
    return Rule(
        code=meta["code"],
        name=meta["name"],
        severity=severity,
        table=table,
        suite=file.stem,
        message=meta["message"],
        description=str(entry.get("description") or ""),
        notes=_text(entry.get("notes")),
        expectation={"type": entry["type"], "kwargs": dict(entry["kwargs"])},
        meta=dict(meta),
    )


def _text(notes: Any) -> str:
    return "\n".join(map(str, notes)) if isinstance(notes, list) else str(notes or "")
