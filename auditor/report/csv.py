"""Findings as CSV: a row a finding."""

from __future__ import annotations

from auditor.model import Audit
from auditor.report import findings, table


def render(audit: Audit) -> str:
    """RFC 4180 with a header, columns as in ``auditor.report.findings.COLUMNS``."""
    return table.csv(findings.frame(audit))
