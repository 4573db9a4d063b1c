"""The command line: arguments, exit codes and output files.  Only this package prints.

Exit codes: 0 no finding at or above ``--fail-on``, 1 findings, 2 the audit could not run (130 interrupted).
Data goes to stdout, messages to stderr.  Modules here import nothing heavy at their top: ``auditor --help`` is to be quick.
"""

import signal
import threading

if threading.current_thread() is threading.main_thread():  # Ctrl-C while modules load: end without a traceback
    _former = signal.getsignal(signal.SIGINT)
    if _former is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from auditor.cli.main import main

    signal.signal(signal.SIGINT, _former)
else:
    from auditor.cli.main import main

__all__ = ["main"]
