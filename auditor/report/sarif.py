"""SARIF 2.1.0 as code scanning reads it: the other sides of a finding are related locations, linked from its message."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from auditor import __version__
from auditor.model import Audit, Finding, Rule, Severity
from auditor.report.findings import UNREADABLE, Place, Places, reason, said, unreadable, uri_of

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.CRITICAL: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.CRITICAL: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_RELATED = 50  # related locations of a result: more help nobody

_UNREAD_PAGE = (
    "A document could not be read, or not wholly: its figures, or some of them, were not audited.  The message says why."
)
_UNREAD = {
    "id": UNREADABLE,
    "shortDescription": {"text": "A document could not be read whole."},
    "fullDescription": {"text": _UNREAD_PAGE},
    "help": {"text": _UNREAD_PAGE, "markdown": _UNREAD_PAGE},
}


def render(audit: Audit) -> str:
    """One run: a result a finding, a notification for every document that was not read whole."""
    places = Places(audit)
    index = {rule.code: n for n, rule in enumerate(audit.rules)}
    notifications = [_notification(document) for document in unreadable(audit)]
    run = {
        "tool": {
            "driver": {
                "name": "auditor",
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in audit.rules],
                "notifications": [_UNREAD],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notifications}],
        "results": [_result(finding, places.of(finding), index[finding.rule]) for finding in audit.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    page = rule.notes or rule.description
    properties: dict[str, Any] = {"tags": ["figures", rule.table], "problem.severity": _PROBLEMS[rule.severity]}
    if precision := _precision(rule.meta.get("precision")):
        properties["precision"] = precision
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.description},
        "fullDescription": {"text": _first_paragraph(page) or rule.description},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": properties,
    }


def _first_paragraph(page: str) -> str:
    """What a rule's page says first, below its headings, in one line."""
    paragraphs = (" ".join(part.split()) for part in page.split("\n\n"))
    return next((paragraph for paragraph in paragraphs if not paragraph.startswith("#")), "")


def _precision(measured: Any) -> str | None:
    """Code scanning's word for a share of true findings; None where the suite gives no measured one."""
    if not isinstance(measured, int | float):
        return None
    return next(word for least, word in ((0.9, "very-high"), (0.75, "high"), (0.5, "medium"), (0, "low")) if measured >= least)


def _result(finding: Finding, places: Sequence[Place], rule_index: int) -> dict[str, Any]:
    first, *others = places
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding, first, others)},
        "locations": [_location(first)],
        "partialFingerprints": {"auditorFinding/v1": finding.fingerprint},
    }
    if others:
        related = [{"id": n, **_location(p), "message": {"text": said(p)}} for n, p in enumerate(others[:_RELATED], 1)]
        result["relatedLocations"] = related
    if finding.decision is not None:
        kind = "inSource" if finding.decision == "allowed in place" else "external"
        justification = finding.decision_reason or finding.decision
        result["suppressions"] = [{"kind": kind, "status": "accepted", "justification": justification}]
    return result


def _message(finding: Finding, first: Place, others: Sequence[Place]) -> str:
    """The message in plain text with embedded links to the other sides; brackets of document text are escaped."""
    lines = [_plain(finding.message)]
    if others:
        lines.append(f"Here: {_plain(said(first))}.")
        lines += [f"[{_plain(str(p))}]({n}): {_plain(said(p))}." for n, p in enumerate(others[:_RELATED], 1)]
    return "\n".join(lines)


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _location(place: Place) -> dict[str, Any]:
    row = place.row
    region: dict[str, Any] = {"startLine": place.line_of_file or 1}
    if place.has_columns:
        region |= {"startColumn": row["column"], "endLine": place.end_line, "endColumn": place.end_column}
    physical = {"artifactLocation": {"uri": uri_of(row["document"])}, "region": {**region, "snippet": {"text": row["sentence"]}}}
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": str(place), "kind": "resource"}]}


def _notification(document: Any) -> dict[str, Any]:
    return {
        "level": "warning",
        "descriptor": {"id": UNREADABLE, "index": 0},
        "message": {"text": f"{_plain(document.name)} {_plain(reason(document))}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri_of(document.name)}}}],
    }
