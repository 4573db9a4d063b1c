"""Workflow commands of GitHub Actions: an annotation a finding."""

from __future__ import annotations

from auditor.model import Audit, Severity
from auditor.report.findings import Places, file_of, reason, said, undecided, unreadable

_LEVELS = {Severity.CRITICAL: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(audit: Audit) -> str:
    """Worst first: GitHub shows the first ten of a step."""
    places = Places(audit)
    lines = []
    for finding in undecided(audit.findings):
        first, *others = places.of(finding)
        where = {"file": first.file.removeprefix("./"), "title": f"{finding.rule} {finding.name}"}
        if first.line_of_file is not None:
            where["line"] = str(first.line_of_file)
        if first.has_columns:
            where |= {"endLine": str(first.end_line), "col": str(first.row["column"])}
            where |= {"endColumn": str(first.end_column)} if first.end_line == first.line_of_file else {}
        message = "\n".join([finding.message, *(f"{place}: {said(place)}" for place in others)])
        lines.append(_command(_LEVELS[finding.severity], where, message))
    for document in unreadable(audit):
        lines.append(_command("warning", {"file": file_of(document.name)}, f"{document.name} {reason(document)}"))
    return "".join(line + "\n" for line in lines)


def _command(level: str, properties: dict[str, str], message: str) -> str:
    given = ",".join(f"{key}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}" for key, value in properties.items())
    return f"::{level} {given}::{_escaped(message)}"


def _escaped(text: str) -> str:
    """As the runner un-escapes it; other control characters would break the log's line."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return "".join(c if c.isprintable() else " " for c in text)
