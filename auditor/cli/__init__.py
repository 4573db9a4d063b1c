"""The command line: arguments, exit codes and output files.  Only this package prints.

Exit codes: 0 no finding at or above ``--fail-on``, 1 findings, 2 the audit could not run (130 interrupted).
Data goes to stdout, messages to stderr.  Modules here import nothing heavy at their top: ``auditor --help`` is to be quick.
"""

from auditor.cli.main import main

__all__ = ["main"]
