"""Writing files so that former ones stay whole: everything is written beside its place and moved there at the end."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from auditor.errors import OutputError

_PATIENCE = 60  # seconds that a run waits for another one which moves its reports into the same folder
_LOCK = ".auditor.lock"


def check_writable(path: Path, *, folder: bool = False) -> None:
    """Raise OutputError where ``path`` clearly cannot be written; touches nothing."""
    if folder and path.exists() and not path.is_dir():
        raise OutputError(f"cannot write into {path}: it is no folder")
    if not folder and path.is_dir():
        raise OutputError(f"cannot write {path}: it is a folder; give the name of a file")
    if path.exists() and not folder:
        if not os.access(path, os.W_OK):
            raise OutputError(f"cannot write {path}: no permission, or a read-only place")
        if not path.is_file():
            return  # a device or a pipe
    parent = path if folder and path.exists() else path.absolute().parent
    while folder and not parent.exists():
        parent = parent.parent
    if not parent.is_dir():
        raise OutputError(f"cannot write {path}: no folder {parent}")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise OutputError(f"cannot write {path}: no permission to write into {parent}, or a read-only place")


def write_file(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` whole or not at all; a device or pipe is written directly.  Raises OutputError."""
    try:
        if path.exists() and not path.is_file():
            with path.open("wb", buffering=0) as device:
                device.write(content)
            return
        target = path.resolve()  # a link stays a link
        handle, beside = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
        try:
            with open(handle, "wb") as file:
                file.write(content)
            os.chmod(beside, _mode(target))
            os.replace(beside, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def append_file(path: Path, content: bytes) -> None:
    """Add to the end of a file that others write to, too.  Raises OutputError."""
    try:
        with path.open("ab") as file:
            file.write(content)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def write_stdout(content: bytes) -> None:
    """Write to stdout; a reader that went away (``| head``) is no error.  Raises OutputError (a full disk, say)."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise OutputError(f"cannot write to standard output: {error.strerror or error}") from error


@contextlib.contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A new empty folder to write reports into; at the end each of its entries takes its place in ``folder``.

    On an error or an interrupt ``folder`` is as it was.  Two runs may do this at once: each moves its own set under a lock.
    Raises OutputError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=".auditor-", dir=folder))
    except OSError as error:
        raise OutputError(f"cannot write into {folder}: {error.strerror or error}") from error
    try:
        yield stage
        _move(stage, folder)
    except OSError as error:
        raise OutputError(f"cannot write into {folder}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _move(stage: Path, folder: Path) -> None:
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder / _LOCK, timeout=_PATIENCE), _undisturbed():
            former = stage / ".former"
            former.mkdir()
            for new in sorted(p for p in stage.iterdir() if p != former):
                place = folder / new.name
                if place.is_dir() and not place.is_symlink():
                    os.replace(place, former / new.name)
                os.replace(new, place)
    except Timeout as error:
        raise OutputError(f"another run has been writing into {folder} for {_PATIENCE} s; choose another --output-dir") from error


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off Ctrl-C and termination until the moves are done: they take milliseconds."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signals = (signal.SIGINT, signal.SIGTERM)
    came: list[int] = []
    former = [signal.signal(s, lambda number, _: came.append(number)) for s in signals]
    try:
        yield
    finally:
        for s, handler in zip(signals, former, strict=True):
            signal.signal(s, handler)
    if came:
        raise KeyboardInterrupt


def _mode(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
