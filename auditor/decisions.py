"""Findings that people have decided on: files of decisions, of which a baseline is one.

``{"schema": "auditor/decisions/1", "decisions": [{"fingerprint", "rule", "verdict", "reason", "by", "until"}]}``, keyed by the
fingerprint of the claims and not by lines.  ``confirmed`` says that a finding is right, and leaves it standing; the other
verdicts say why it does not count.  The HTML report exports the same files.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.errors import InputError, why
from auditor.model import Finding

SCHEMA = "auditor/decisions/1"
CONFIRMED = "confirmed"
VERDICTS = (CONFIRMED, "not comparable", "accepted")
DEFAULT_FILE = "auditor-decisions.json"
_KEYS = ("fingerprint", "rule", "verdict", "reason", "by", "until")


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided on a finding.  ``until`` is the last day on which it holds, None: for good."""

    fingerprint: str
    rule: str
    verdict: str
    reason: str | None = None
    by: str | None = None
    until: datetime.date | None = None
    file: str = ""

    @property
    def why(self) -> str:
        """Reason and author in one text."""
        by = f" ({self.by})" if self.by else ""
        return f"{self.reason or 'no reason given'}{by}"

    def expired(self, today: datetime.date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today


def load(files: Sequence[str | Path]) -> tuple[Decision, ...]:
    """The decisions of all files.  Raises InputError for a file that cannot be read or is of another schema."""
    return tuple(decision for file in files for decision in _load(Path(file)))


def _load(file: Path) -> list[Decision]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{file}: cannot read the decisions: {why(error)}") from error
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        found = content.get("schema") if isinstance(content, dict) else type(content).__name__
        raise InputError(f"{file}: not a file of decisions: its schema is {found!r}; allowed: {SCHEMA!r}")
    entries = content.get("decisions")
    if not isinstance(entries, list):
        raise InputError(f"{file}: 'decisions' is to be a list; write a new file with 'auditor baseline'")
    return [_decision(entry, file, f"{file}: decision {n + 1}") for n, entry in enumerate(entries)]


def _decision(entry: Any, file: Path, where: str) -> Decision:
    if not isinstance(entry, dict):
        raise InputError(f"{where}: is no object with {', '.join(_KEYS)}")
    for key in ("fingerprint", "rule", "verdict"):
        if not isinstance(entry.get(key), str) or not entry[key]:
            raise InputError(f"{where}: lacks {key!r}; it needs {', '.join(_KEYS)}")
    if entry["verdict"] not in VERDICTS:
        raise InputError(f"{where}: verdict is {entry['verdict']!r}; allowed: {', '.join(VERDICTS)}")
    for key in ("reason", "by"):
        if not isinstance(entry.get(key), str | None):
            raise InputError(f"{where}: {key} is {entry[key]!r}; allowed: a text or null")
    try:
        until = None if entry.get("until") is None else datetime.date.fromisoformat(entry["until"])
    except (TypeError, ValueError):
        raise InputError(f"{where}: until is {entry['until']!r}; allowed: a day such as 2027-01-31, or null") from None
    return Decision(entry["fingerprint"], entry["rule"], entry["verdict"], entry.get("reason"), entry.get("by"), until, str(file))


def dump(decisions: Iterable[Decision]) -> str:
    """A file of decisions, ordered by rule and fingerprint, so that a change of it shows as few lines."""
    ordered = sorted(decisions, key=lambda d: (d.rule, d.fingerprint))
    entries = [{key: getattr(d, key) for key in _KEYS} | {"until": d.until and d.until.isoformat()} for d in ordered]
    return json.dumps({"schema": SCHEMA, "decisions": entries}, ensure_ascii=False, indent=1) + "\n"


def decided(
    findings: Sequence[Finding], decisions: Sequence[Decision], today: datetime.date
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The findings with what was decided on them, and what to tell of decisions that are expired, unused or in contradiction."""
    by_key: dict[tuple[str, str], Decision] = {}
    warnings = []
    for decision in decisions:
        key = (decision.fingerprint, decision.rule)
        if decision.until is not None and decision.expired(today):
            warnings.append(f"{_named(decision)}: expired on {decision.until.isoformat()} and no longer counts")
        elif key in by_key and by_key[key].verdict != decision.verdict:
            warnings.append(f"{_named(decision)}: {decision.verdict!r} contradicts {by_key[key].verdict!r}; the first one counts")
        else:
            by_key.setdefault(key, decision)
    used = {(f.fingerprint, f.rule) for f in findings}
    warnings += [f"{_named(d)}: unused: there is no such finding any more" for key, d in by_key.items() if key not in used]
    return tuple(_with(f, by_key.get((f.fingerprint, f.rule))) for f in findings), tuple(warnings)


def _with(finding: Finding, decision: Decision | None) -> Finding:
    if decision is None:
        return finding
    if decision.verdict == CONFIRMED:
        return dataclasses.replace(finding, decision_reason=f"confirmed: {decision.why}")
    return dataclasses.replace(finding, decision=decision.verdict, decision_reason=decision.why)


def _named(decision: Decision) -> str:
    return f"{decision.file}: {decision.rule} {decision.fingerprint}"


def baseline(
    findings: Sequence[Finding],
    former: Sequence[Decision],
    *,
    reason: str,
    by: str | None = None,
    until: datetime.date | None = None,
    today: datetime.date,
) -> list[Decision]:
    """A decision for every finding of today: the former one where it still holds, else "accepted" for the reason given."""
    known = {(d.fingerprint, d.rule): d for d in former if not d.expired(today)}
    return [
        known.get((f.fingerprint, f.rule)) or Decision(f.fingerprint, f.rule, "accepted", reason, by, until) for f in findings
    ]


def schema() -> dict[str, Any]:
    """The JSON Schema of a file of decisions."""
    perhaps = {"type": ["string", "null"]}
    entry = {
        "type": "object",
        "required": ["fingerprint", "rule", "verdict"],
        "properties": {
            "fingerprint": {"type": "string", "minLength": 1},
            "rule": {"type": "string", "minLength": 1, "description": "code of the rule, such as ND201"},
            "verdict": {"enum": list(VERDICTS)},
            "reason": perhaps,
            "by": perhaps,
            "until": {"type": ["string", "null"], "format": "date", "description": "last day on which it holds"},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "description": "Decisions on findings: a baseline, or what the HTML report exports",
        "type": "object",
        "required": ["schema", "decisions"],
        "properties": {"schema": {"const": SCHEMA}, "decisions": {"type": "array", "items": entry}},
    }
