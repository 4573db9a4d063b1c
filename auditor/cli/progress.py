"""What a person at a terminal sees while documents are read; nothing elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from auditor.model import Document

_OFTEN = 0.1  # seconds between two updates


@contextlib.contextmanager
def progress(quiet: bool = False) -> Iterator[Callable[[Document], None] | None]:
    """A function to call with every document read, or None where stderr is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    started, shown, count = time.monotonic(), 0.0, 0

    def tell(document: Document) -> None:
        nonlocal shown, count
        count += 1
        now = time.monotonic()
        if now - shown >= _OFTEN:
            shown = now
            name = "".join(c if c.isprintable() else "?" for c in document.name)[-50:]
            rate = count / max(now - started, _OFTEN)
            sys.stderr.write(f"\r\x1b[K{count:,} documents read, {rate:,.0f} a second  {name}")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
