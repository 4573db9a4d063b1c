"""The contract that scripts use: one JSON object for an audit."""

from __future__ import annotations

import json
import math
from typing import Any

import pandas as pd

from auditor.model import Audit

SCHEMA = "auditor/audit/1"


def render(audit: Audit) -> str:
    """The audit as one JSON object, keys in a fixed order."""
    return json.dumps(as_object(audit), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def as_object(audit: Audit) -> dict[str, Any]:
    """``schema, documents, quantities, measurands, findings, not_compared, rules`` as plain values."""
    return {
        "schema": SCHEMA,
        "documents": [
            {
                "document": d.name,
                "title": d.title,
                "published": d.published and d.published.isoformat(),
                "status": d.status.value,
                "reason": d.reason,
                "outlet": d.outlet,
                "url": d.url,
                "characters": len(d.text),
                "origin": origin,
            }
            for d, origin in zip(audit.documents, audit.origins.of, strict=True)
        ],
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
    }


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's rows as plain values; nulls are None, whole floats are ints."""
    columns = {name: [_plain(v) for v in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return value
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value
