"""Write the generated files anew: the reference of the command line and the JSON Schema of the configuration.

A test checks that they are fresh.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from auditor import config, decisions
from auditor.cli import init, main
from auditor.report import json as audit_json

ROOT = Path(__file__).parents[1]


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command below ``command`` with its full name, in order."""
    yield path, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from commands(command.commands[name], f"{path} {name}")


def command_line() -> str:
    """The help of every command, as Markdown."""
    parts = ["# Command line\n\nMade by `python docs/reference.py` from the commands themselves.\n"]
    for name, command in commands(main, "auditor"):
        wide = {"max_content_width": 100, "terminal_width": 100}
        context = click.Context(command, info_name=name, **{**main.context_settings, **wide})
        parts.append(f"## {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def configuration() -> str:
    """A Markdown table of the keys of ``auditor.toml``."""
    values = {k.name: ", ".join(f"`{a}`" for a in k.allowed) or k.kind for k in config.KEYS}
    rows = [f"| `{k.name}` | {values[k.name]} | {k.meaning} |" for k in config.KEYS]
    return "\n".join(["| key | value | meaning |", "|---|---|---|", *rows]) + "\n"


def generated() -> dict[Path, str]:
    """What every generated file is to hold."""
    return {
        ROOT / "docs" / "command-line.md": command_line(),
        **{ROOT / "docs" / "ci" / f"{ci}.yml": init.recipe(ci, "seeds/", ".") for ci in ("github", "gitlab")},
        ROOT / "docs" / "configuration-keys.md": "# Keys of the configuration\n\n" + configuration(),
        ROOT / "auditor" / "schemas" / "config.json": json.dumps(config.schema(), indent=2) + "\n",
        ROOT / "auditor" / "schemas" / "decisions.json": json.dumps(decisions.schema(), indent=2) + "\n",
        ROOT / "auditor" / "schemas" / "audit.json": json.dumps(audit_json.schema(), indent=2) + "\n",
    }


if __name__ == "__main__":
    for file, content in generated().items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
