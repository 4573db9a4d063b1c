"""Findings as JSON Lines: an object a finding."""

from __future__ import annotations

import json

from auditor.model import Audit
from auditor.report.findings import rows


def render(audit: Audit) -> str:
    """An object a line with the keys of ``auditor.report.findings.COLUMNS``."""
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows(audit))
