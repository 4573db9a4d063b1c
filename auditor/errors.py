"""What can go wrong on the user's side.  Every message: what failed, which value, what is allowed, what to do."""

from __future__ import annotations


def why(error: Exception) -> str:
    """What an error says, without the number and the file name that the system adds: our messages name the file."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


class AuditorError(Exception):
    """The audit could not run (exit code 2).  The message is one line for a person."""


class InputError(AuditorError):
    """A path, option or corpus that the user gave cannot be used."""


class SuiteError(AuditorError):
    """A suite of expectations cannot be used: unreadable, unknown expectation, missing column, failed metric."""


class ModelError(AuditorError):
    """The English model is missing or its files are not the ones that were pinned."""


class OutputError(AuditorError):
    """A report or table could not be written."""
