"""GitLab's code quality report: the subset of Code Climate that merge requests show."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from auditor.model import Audit, Severity
from auditor.report.findings import UNREADABLE, Places, file_of, reason, said, undecided, unreadable

_SEVERITIES = {Severity.CRITICAL: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(audit: Audit) -> str:
    """A JSON array, an object a finding, each with a fingerprint of its own."""
    places = Places(audit)
    issues: list[dict[str, Any]] = []
    for finding in undecided(audit.findings):
        first, *others = places.of(finding)
        against = "".join(f"; {place}: {said(place)}" for place in others)
        issues.append(
            {
                "description": finding.message + against,
                "check_name": finding.name,
                "fingerprint": finding.fingerprint,
                "severity": _SEVERITIES[finding.severity],
                "location": _location(first.file, first.line_of_file or 1),
            }
        )
    for document in unreadable(audit):
        issues.append(
            {
                "description": f"{document.name} {reason(document)}",
                "check_name": UNREADABLE,
                "fingerprint": hashlib.blake2b(f"{UNREADABLE} {document.name}".encode(), digest_size=16).hexdigest(),
                "severity": "minor",
                "location": _location(file_of(document.name), 1),
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _location(file: str, line: int) -> dict[str, Any]:
    return {"path": file.removeprefix("./"), "lines": {"begin": line}}
