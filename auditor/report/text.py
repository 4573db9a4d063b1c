"""The summary that a person reads in a terminal."""

from __future__ import annotations

from auditor.model import Audit


def render(audit: Audit) -> str:
    """Documents read, figures found, findings by rule; 80 columns."""
    lines = [f"{len(audit.documents)} documents, {len(audit.quantities)} figures, {len(audit.measurands)} measurands"]
    lines += [f"{f.severity.value:8} {f.rule} {f.name}: {f.message}" for f in audit.findings]
    return "\n".join(lines) + "\n"
