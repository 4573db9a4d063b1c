"""The group of commands, and the boundary at which every error becomes one line and an exit code."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from auditor import __version__
from auditor.cli import baseline, cache, completion, config, diff, explain_pair, extract, init, rules, run
from auditor.errors import AuditorError

INTERRUPTED = 130


class Program(click.Group):
    """A group whose errors are one line on stderr: 2 for what could not run, 130 for an interrupt."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        if os.environ.get(f"_{(prog_name or 'auditor').upper()}_COMPLETE"):
            super().main(args, prog_name, **extra)
        _open_streams()
        signal.signal(signal.SIGTERM, _terminated)
        _silence_libraries()
        try:
            code = super().main(args, prog_name or "auditor", **{**extra, "standalone_mode": False})
            sys.stdout.flush()
        except (click.exceptions.Abort, KeyboardInterrupt):
            if sys.stderr.isatty():
                click.echo(err=True)  # below the ^C that the terminal shows
            code = _failed("interrupted; former outputs are as they were", INTERRUPTED)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            code = 2
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "auditor"
            code = _failed(f"{error.format_message().rstrip('.')}; see '{command} --help'")
        except click.ClickException as error:
            code = _failed(error.format_message())
        except AuditorError as error:
            code = _failed(str(error))
        except BrokenPipeError:  # the reader of stdout went away: nobody is left to tell
            code = 2
        except Exception as error:
            full = isinstance(error, OSError) and error.errno == errno.ENOSPC
            if os.environ.get("AUDITOR_DEBUG") and not full:
                raise
            code = _failed("cannot write: no space left" if full else _internal(error))
        _close_stdout()
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as interrupt:  # click would write an empty line of its own
            raise click.exceptions.Abort from interrupt


def _open_streams() -> None:
    """A stdout or stderr that was closed before we came swallows what is written."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - for the life of the program


def _silence_libraries() -> None:
    """stderr is for our messages: libraries log and warn there, and some set up logging for the whole program."""
    if not os.environ.get("AUDITOR_DEBUG"):
        logging.basicConfig(handlers=[logging.NullHandler()])
        if not sys.warnoptions:
            warnings.simplefilter("ignore")


def _failed(message: str, code: int = 2) -> int:
    with contextlib.suppress(OSError):  # a stderr that cannot be written leaves the exit code
        click.echo(f"auditor: {' '.join(message.split())}", err=True)
    return code


def _terminated(number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _internal(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "?"
    return (
        f"internal error at {where}: {type(error).__name__}: {error}. This is a fault of auditor {__version__}, not yours: "
        "run the same command with AUDITOR_DEBUG=1 and report what it prints with the issue tracker of the project"
    )


def _close_stdout() -> None:
    """Flush, or let go of a stdout that is gone, so that the interpreter does not complain at its end."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="auditor")
def main() -> None:
    """Find the figures in documents, and say which conflict and which have no source."""


for command in (
    run.run,
    extract.extract,
    diff.diff,
    baseline.baseline,
    rules.rules,
    rules.explain,
    explain_pair.explain_pair,
    config.config,
    init.init,
    cache.cache,
    completion.completion,
):
    main.add_command(command)
