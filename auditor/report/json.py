"""The contract that scripts use: one JSON object for an audit."""

from __future__ import annotations

import json
from typing import Any

from auditor import __version__
from auditor.model import Audit
from auditor.report.table import records

SCHEMA = "auditor/audit/1"


def render(audit: Audit) -> str:
    """The audit as one JSON object, keys in a fixed order."""
    return json.dumps(as_object(audit), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def as_object(audit: Audit) -> dict[str, Any]:
    """``schema, documents, quantities, measurands, findings, not_compared, rules`` as plain values."""
    return {
        "schema": SCHEMA,
        "version": __version__,
        "documents": documents(audit),
        "quantities": records(audit.quantities),
        "measurands": records(audit.measurands),
        "findings": [
            {
                "rule": f.rule,
                "name": f.name,
                "severity": f.severity.value,
                "message": f.message,
                "measurand": f.measurand,
                "quantities": list(f.quantities),
                "sides": [list(side) for side in f.sides],
                "facts": dict(f.facts),
                "fingerprint": f.fingerprint,
                "decision": f.decision,
                "decision_reason": f.decision_reason,
            }
            for f in audit.findings
        ],
        "rules": [{"rule": o.rule, "checked": o.checked, "findings": o.findings, "state": o.state} for o in audit.outcomes],
        "not_compared": dict(audit.not_compared),
        "warnings": list(audit.warnings),
    }


def documents(audit: Audit) -> list[dict[str, Any]]:
    """How each document fared, as plain values."""
    return [
        {
            "document": d.name,
            "title": d.title,
            "published": d.published and d.published.isoformat(),
            "published_method": d.published_method,
            "status": d.status.value,
            "reason": d.reason,
            "outlet": d.outlet,
            "byline": d.byline,
            "url": d.url,
            "own_voice": d.own_voice,
            "characters": len(d.text),
            "origin": origin,
        }
        for d, origin in zip(audit.documents, audit.origins.of, strict=True)
    ]
