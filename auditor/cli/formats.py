"""``--format NAME --output FILE``, repeatable: which format goes where."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from auditor.cli import output
from auditor.errors import InputError

_Command = TypeVar("_Command", bound=Callable[..., Any])

BINARY = {"parquet", "xlsx"}
_BESIDE_TEXT = {"github"}  # workflow commands: they belong into a log, beside what people read


@dataclass(frozen=True, slots=True)
class Target:
    """One output: the name of a format, and a file (None: stdout)."""

    format: str
    file: Path | None = None


class PairingCommand(click.Command):
    """A command that knows in which order ``--format`` and ``--output`` came; ``targets`` is what they say together."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        ctx.meta["auditor.order"] = [p.name for p in order if p.name in ("formats", "outputs")]
        return super().parse_args(ctx, args)


def targets(ctx: click.Context, formats: Sequence[str], outputs: Sequence[Path], default: str) -> list[Target]:
    """An ``--output`` belongs to the ``--format`` before it, or, where none precedes it, to the one that follows.

    Raises InputError for an output without a format, one file given twice, or two formats that would mix on stdout.
    """
    names, files = iter(formats), iter(outputs)
    found: list[Target] = []
    waiting: Path | None = None
    for kind in ctx.meta["auditor.order"]:
        if kind == "formats":
            found.append(Target(next(names), waiting))
            waiting = None
        else:
            file = next(files)
            if found and found[-1].file is None:
                found[-1] = Target(found[-1].format, file)
            elif waiting is None and (not found or len(found) < len(formats)):
                waiting = file
            else:
                raise InputError(f"--output {file} has no --format of its own; write --format NAME --output FILE")
    if waiting is not None:
        if found or default != "jsonl":
            raise InputError(f"--output {waiting} has no --format of its own; write --format NAME --output FILE")
        found.append(Target(default, waiting))
    found = found or [Target(default)]
    _check(found)
    return found


def _check(found: Sequence[Target]) -> None:
    files = [t.file.absolute() for t in found if t.file]
    for file in files:
        if files.count(file) > 1:
            raise InputError(f"two formats go to one file, {file}; give each its own --output")
    plain = [t.format for t in found if t.file is None and t.format not in _BESIDE_TEXT]
    if len(plain) > 1:
        raise InputError(f"{' and '.join(plain)} both go to standard output; give all but one an --output FILE")
    for target in found:
        if target.file is None and target.format in BINARY and sys.stdout.isatty():
            raise InputError(f"{target.format} is no text to show on a terminal; give --output FILE")
        if target.file is not None:
            output.check_writable(target.file)


def encoded(content: str | bytes) -> bytes:
    """An output as UTF-8."""
    return content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")


def write(target: Target, content: bytes) -> None:
    """Write one output to its file or to stdout.  Raises OutputError."""
    if target.file is None:
        output.write_stdout(content)
    else:
        output.write_file(target.file, content)


def format_options(names: Sequence[str], default: str) -> Callable[[_Command], _Command]:
    """The two options, as one decorator; they give the parameters ``formats`` and ``outputs``."""

    def decorate(function: _Command) -> _Command:
        function = click.option(
            "--output",
            "outputs",
            multiple=True,
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Where the --format before it goes.  [default: standard output]",
        )(function)
        return click.option(
            "--format",
            "formats",
            multiple=True,
            metavar="NAME",
            type=click.Choice(list(names)),
            help=f"{', '.join(names)}; may be repeated, each with its --output.  [default: {default}]",
        )(function)

    return decorate
