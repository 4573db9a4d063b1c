"""A comment for a pull request, or the summary of a workflow's step."""

from __future__ import annotations

import re

from auditor.model import Audit, Finding, Severity, Status
from auditor.report.findings import Place, Places, reason, said, undecided, unreadable

MARKER = "<!-- auditor -->"  # by which a workflow finds its own comment again
_LONGEST = 60_000  # characters: hosts refuse comments of more than 65,536
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>$^=])")
_MARKS = {Severity.CRITICAL: "🔴", Severity.WARNING: "🟠", Severity.INFO: "🔵"}


def render(audit: Audit) -> str:
    """Counts, then the findings that no decision covers, worst first, both sides of each; the rest is counted."""
    left = undecided(audit.findings)
    parts = [MARKER, "", f"### {_headline(audit, left)}", ""]
    places = Places(audit)
    size = 0
    for n, finding in enumerate(left):
        item = _item(finding, places)
        size += len(item)
        if size > _LONGEST:
            parts += ["", f"… and {len(left) - n:,} more, in the report."]
            break
        parts.append(item)
    parts += _notes(audit)
    return "\n".join(parts).rstrip() + "\n"


def _headline(audit: Audit, left: list[Finding]) -> str:
    counts = [(s, sum(f.severity is s for f in left)) for s in Severity]
    found = ", ".join(f"{n:,} {s.value}" for s, n in counts if n) or "no findings"
    documents = len(audit.documents)
    return f"Figures: {found} in {documents:,} document{'' if documents == 1 else 's'}"


def _item(finding: Finding, places: Places) -> str:
    sides = "\n".join(_side(place) for place in places.of(finding)[:12])
    return f"- {_MARKS[finding.severity]} **{escape(finding.message)}** `{finding.name}`\n{sides}"


def _side(place: Place) -> str:
    return f"  - {escape(str(place))}: {escape(said(place))}  \n    {escape(place.row['sentence'][:300])}"


def _notes(audit: Audit) -> list[str]:
    lines = [f"- {escape(document.name)} {escape(reason(document))}" for document in unreadable(audit)]
    parts = ["", "Documents that were not read whole:", "", *lines[:50]] if lines else []
    if len(lines) > 50:
        parts.append(f"- … and {len(lines) - 50:,} more")
    decided = sum(f.decision is not None for f in audit.findings)
    read = sum(d.status is not Status.UNREADABLE for d in audit.documents)
    said = f"{len(audit.quantities):,} figures in {read:,} documents read, {len(audit.measurands):,} measured in several places"
    unchecked = [o.rule for o in audit.outcomes if o.state == "not checked"]
    said += f"; findings decided before: {decided:,}" if decided else ""
    said += f"; not checked: {', '.join(unchecked)}" if unchecked else ""
    return [*parts, *(["", *(f"- {escape(w)}" for w in audit.warnings)] if audit.warnings else []), "", f"<sub>{said}.</sub>"]


def escape(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, no mention of a person, no link."""
    text = " ".join(text.split())
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    text = _SPECIAL.sub(r"\\\1", text)
    return text.replace("@", "@\u200b").replace("://", ":\u200b//")
