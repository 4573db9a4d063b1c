"""``auditor config``: what is in force, and why."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from auditor.cli.common import config_options, configuration
from auditor.cli.output import write_stdout
from auditor.config import KEYS, Override, RuleSetting


@click.command("config", short_help="Show every setting in force, and where it comes from.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of auditor.toml, for editors, and stop.")
@config_options
def config(schema: bool, config_file: Path | None, isolated: bool) -> None:
    """Show every setting in force here, as TOML, with where its value comes from."""
    if schema:
        from auditor.schemas import text

        return write_stdout(text("config").encode())
    found = configuration(config_file, isolated)
    lines = [f"{key.name} = {_toml(found[key.name])}  # {found.origins[key.name]}" for key in KEYS]
    return write_stdout(("\n".join(lines) + "\n").encode("utf-8", "backslashreplace"))


def _toml(value: Any) -> str:
    """A value in TOML on one line; an empty string stands for what is not set."""
    if isinstance(value, RuleSetting | Override):
        value = {k: v for k, v in dataclasses.asdict(value).items() if v not in (None, {})}
    match value:
        case None:
            return '""'
        case bool():
            return str(value).lower()
        case datetime.date():
            return value.isoformat()
        case str():
            return json.dumps(value, ensure_ascii=False)
        case Mapping():
            return "{" + ", ".join(f"{json.dumps(k, ensure_ascii=False)} = {_toml(v)}" for k, v in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case _:
            return str(value)
