"""What documents are called in outputs."""

from __future__ import annotations

import os
import re

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(path: str) -> str:
    """``path`` so that every output can hold it in one line: odd bytes and control characters as backslash escapes."""
    text = os.fsencode(path).decode("utf-8", errors="backslashreplace")
    return _UNWRITABLE.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), text)
