"""JUnit XML: a suite a rule, a case a document, so that every test viewer can show an audit."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from auditor.model import Audit, Document, Finding, RuleOutcome, Severity, Status
from auditor.report.findings import Places, by_code, reason, said

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(audit: Audit) -> str:
    """Findings at or above ``audit.fail_on`` are failures, others are told in ``system-out``.

    Decided findings and rules that were not checked are skipped with their reason; unreadable documents are errors.
    """
    places = Places(audit)
    rules = by_code(audit)
    root = ET.Element("testsuites", name="auditor")
    for outcome in audit.outcomes:
        name = rules[outcome.rule].name if outcome.rule in rules else outcome.rule
        found: dict[str, list[Finding]] = {}
        for finding in audit.findings:
            if finding.rule == outcome.rule:
                for document in dict.fromkeys(p.row["document"] for p in places.of(finding)):
                    found.setdefault(document, []).append(finding)
        suite = ET.SubElement(root, "testsuite", name=f"{outcome.rule} {name}")
        for document in audit.documents:
            _case(suite, name, document, outcome, found.get(document.name, []), audit.fail_on, places)
        _count(suite)
    _count(root)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _case(
    suite: ET.Element,
    rule: str,
    document: Document,
    outcome: RuleOutcome,
    findings: list[Finding],
    fail_on: str,
    places: Places,
) -> None:
    case = ET.SubElement(suite, "testcase", classname=f"auditor.{rule}", name=_xml(document.name))
    failing = [f for f in findings if f.decision is None and _fails(f.severity, fail_on)]
    decided = [f for f in findings if f.decision is not None]
    told = [f for f in findings if f not in failing]
    if document.status is Status.UNREADABLE:
        ET.SubElement(case, "error", type="unreadable", message=_xml(reason(document)))
    elif failing:
        text = "\n\n".join(_told(f, places) for f in failing)
        message = failing[0].message + (f" (and {len(failing) - 1} more)" if len(failing) > 1 else "")
        ET.SubElement(case, "failure", type=failing[0].severity.value, message=_xml(message)).text = _xml(text)
    elif decided and len(decided) == len(findings):
        ET.SubElement(case, "skipped", message=_xml(f"{decided[0].decision}: {decided[0].decision_reason or 'no reason given'}"))
    elif outcome.state in ("not checked", "off"):
        ET.SubElement(case, "skipped", message=outcome.state)
    if told:
        ET.SubElement(case, "system-out").text = _xml("\n\n".join(_told(f, places) for f in told))


def _fails(severity: Severity, fail_on: str) -> bool:
    order = list(Severity)
    return fail_on != "never" and order.index(severity) <= order.index(Severity(fail_on))


def _told(finding: Finding, places: Places) -> str:
    return "\n".join([f"{finding.severity.value}: {finding.message}", *(f"{p}: {said(p)}" for p in places.of(finding))])


def _count(element: ET.Element) -> None:
    cases = list(element.iter("testcase"))
    counts = {"tests": len(cases), **{f"{kind}s": sum(c.find(kind) is not None for c in cases) for kind in ("failure", "error")}}
    counts["skipped"] = sum(c.find("skipped") is not None for c in cases)
    for key, value in counts.items():
        element.set(key, str(value))


def _xml(text: str) -> str:
    """The text without the characters that XML forbids."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
