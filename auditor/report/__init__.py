"""Audit -> text or bytes.  One file a format, with one function ``render(audit)``; ``REPORTERS`` says which.

The table holds names of modules and not functions, so that ``auditor --help`` can list the formats without loading any.
"""

from __future__ import annotations

from importlib import import_module

from auditor.model import Audit

REPORTERS: dict[str, str] = {
    "text": "auditor.report.text",
    "json": "auditor.report.json",
    "jsonl": "auditor.report.jsonl",
    "csv": "auditor.report.csv",
    "parquet": "auditor.report.parquet",
    "xlsx": "auditor.report.xlsx",
    "sarif": "auditor.report.sarif",
    "junit": "auditor.report.junit",
    "github": "auditor.report.github",
    "gitlab": "auditor.report.gitlab",
    "markdown": "auditor.report.markdown",
}


def render(name: str, audit: Audit) -> str | bytes:
    """The audit in one of the formats of ``REPORTERS``."""
    content: str | bytes = import_module(REPORTERS[name]).render(audit)
    return content
