"""Audit -> str, bytes or a folder.  One file a format; ``REPORTERS`` says which."""

from __future__ import annotations

from collections.abc import Callable

from auditor.model import Audit
from auditor.report.json import render as json_
from auditor.report.text import render as text

REPORTERS: dict[str, Callable[[Audit], str | bytes]] = {"text": text, "json": json_}
