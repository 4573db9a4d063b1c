"""``auditor cache``: what is kept of documents that were read."""

from __future__ import annotations

import click


@click.group()
def cache() -> None:
    """What is kept of one run for the next."""


@cache.command()
def clear() -> int:
    """Remove everything that is kept."""
    from auditor.cache import clear as clear_
    from auditor.cache import default_folder

    folder = default_folder()
    click.echo(f"{clear_(folder)} documents forgotten in {folder}", err=True)
    return 0


@cache.command()
def folder() -> int:
    """Print the folder in which it is kept."""
    from auditor.cache import default_folder
    from auditor.cli.output import write_stdout

    write_stdout(f"{default_folder()}\n".encode("utf-8", "surrogateescape"))
    return 0
