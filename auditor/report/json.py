"""The contract that scripts use: one JSON object for an audit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from auditor import __version__, tables
from auditor.model import Audit, Severity, Status
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


def schema() -> dict[str, Any]:
    """The JSON Schema of ``render``'s object, made from the declared columns."""
    text, whole, flag = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
    perhaps = {"type": ["string", "null"]}
    texts = {"type": "array", "items": text}
    severity = {"enum": [s.value for s in Severity]}
    document = {
        **dict.fromkeys(("title", "published", "published_method", "reason", "outlet", "byline", "url"), perhaps),
        "document": text,
        "status": {"enum": [s.value for s in Status]},
        "own_voice": flag,
        "characters": whole,
        "origin": text,
    }
    finding = {
        **dict.fromkeys(("rule", "name", "message", "fingerprint"), text),
        **dict.fromkeys(("measurand", "decision", "decision_reason"), perhaps),
        "severity": severity,
        "quantities": texts,
        "sides": {"type": "array", "items": texts},
        "facts": {"type": "object"},
    }
    rule = {"rule": text, "checked": whole, "findings": whole, "state": {"enum": ["passed", "failed", "not checked", "off"]}}
    lists = {
        "documents": _object(document),
        "quantities": _object({c.name: _column(c) for c in tables.QUANTITIES}),
        "measurands": _object({c.name: _column(c) for c in tables.MEASURANDS}),
        "findings": _object(finding),
        "rules": _object(rule),
        "warnings": text,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "description": "An audit as `auditor run --format json` writes it",
        **_object(
            {
                "schema": {"const": SCHEMA},
                "version": text,
                **{name: {"type": "array", "items": shape} for name, shape in lists.items()},
                "not_compared": {"type": "object", "additionalProperties": whole},
            }
        ),
    }


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _column(column: tables.Column) -> dict[str, Any]:
    types = {"string": "string", "Int64": "integer", "Float64": "number", "boolean": "boolean", "object": "array"}
    return {"description": column.meaning, "type": [types[column.dtype], "null"]}
