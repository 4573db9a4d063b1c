"""Options that several commands share, and the configuration under them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from auditor.config import Config, load
from auditor.decisions import DEFAULT_FILE, Decision

if TYPE_CHECKING:
    from auditor.cache import Cache

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _stacked(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def decorate(function: _Command) -> _Command:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def config_options(function: _Command) -> _Command:
    """``--config FILE`` and ``--isolated``, as parameters ``config_file`` and ``isolated``."""
    return _stacked(
        click.option(
            "--config",
            "config_file",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Configuration to use instead of the nearest .auditor.toml, auditor.toml or pyproject.toml.",
        ),
        click.option("--isolated", is_flag=True, help="Read no configuration."),
    )(function)


def reading_options(function: _Command) -> _Command:
    """What says which documents are read, and how: parameters named as the keys of the configuration."""
    return _stacked(
        click.option("--include", multiple=True, metavar="GLOB", help="Audit these documents only; may be repeated."),
        click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these documents out; may be repeated."),
        click.option("--own-voice", multiple=True, metavar="GLOB", help="Documents that answer for their own figures."),
        click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes that read.  [default: 1]"),
        click.option("--cache/--no-cache", default=None, help="Use and keep what need not be computed anew.  [default: keep]"),
        click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on stderr."),
    )(function)


def decision_options(function: _Command) -> _Command:
    """``--decisions FILE``, alias ``--baseline``, as parameter ``decisions``."""
    return click.option(
        "--decisions",
        "--baseline",
        "decisions",
        multiple=True,
        type=click.Path(),
        metavar="FILE",
        help=f"Findings decided before; may be repeated.  [default: {DEFAULT_FILE} if there]",
    )(function)


def decisions_of(config: Config, isolated: bool) -> tuple[Decision, ...]:
    """The decisions of the files that the command line or the configuration names, else of the default file."""
    from auditor.decisions import load

    files = config["decisions"] or (() if isolated or not Path(DEFAULT_FILE).is_file() else (DEFAULT_FILE,))
    return load(files)


def cache_of(config: Config) -> Cache | None:
    """The cache of readings, None where the user wants none."""
    if not config["cache"]:
        return None
    from auditor.cache import Cache, default_folder, prune

    folder = default_folder()
    prune(folder)
    return Cache(folder)


def configuration(config_file: Path | None, isolated: bool, **options: Any) -> Config:
    """The configuration in force with the options of the command line over it.  Raises InputError."""
    from auditor.errors import InputError

    if config_file and isolated:
        raise InputError("--config and --isolated contradict each other; give one of them")
    return load(file=config_file, isolated=isolated).over(options)


def require_paths(config: Config) -> tuple[str, ...]:
    """What to audit, from the command line or the configuration.  Raises a usage error where neither says."""
    paths: tuple[str, ...] = config["paths"]
    if not paths:
        raise click.UsageError(
            "Missing argument PATH: name files or folders, or set 'paths' in auditor.toml", click.get_current_context()
        )
    if "" in paths:
        raise click.UsageError("a PATH is empty; name files or folders, '.' for this one", click.get_current_context())
    return paths
