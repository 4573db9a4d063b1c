"""Findings as Parquet: a row a finding."""

from __future__ import annotations

from auditor.model import Audit
from auditor.report import findings, table


def render(audit: Audit) -> bytes:
    """Columns as in ``auditor.report.findings.COLUMNS``."""
    return table.parquet(findings.frame(audit))
