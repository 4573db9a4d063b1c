"""Filling the templates: one method a page.  The templates escape every string; what is already HTML is Markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from functools import cached_property
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from auditor.model import Document, Finding, Severity, Status
from auditor.report import words
from auditor.report.html import notes, pictures, text
from auditor.report.places import INDEX, MOST_PICTURES, Links, Page, Places
from auditor.report.view import View
from auditor.report.words import Row

STATUS = {Status.OK: "read whole", Status.PARTIAL: "read in part", Status.UNREADABLE: "unreadable"}
RELATIONS = {
    "agree": "agree",
    "conflict": "differ",
    "superseded": "overtaken by a later figure",
    "within_document": "differ inside one document",
}
LEVELS = {  # what alignment compares, in words for people
    "head": "what is counted",
    "sentence": "words of the sentences",
    "near": "words close by",
    "document": "words of the documents",
    "key_names": "names that both have",
    "rare_name": "a rare name in both",
    "modifiers": "describing words",
    "far_date": "days far apart",
    "period": "days",
    "owner": "whose",
}
_BIG = 400  # figures from which on a page lays out only what is in sight
_MOST_OTHERS = 12  # figures of one side shown beside its best-sourced one


class Renderer:
    """Renders the pages that ``places`` lays out; each method returns the bytes of one page."""

    def __init__(self, places: Places, data_docs: str | None) -> None:
        self.places = places
        self.view: View = places.view
        self.data_docs = data_docs

    def index(self) -> bytes:
        return self._page("index.html.j2", INDEX, findings=self.places.findings, documents=self.view.audit.documents)

    def beside(self, page: Page) -> bytes:
        return self._page("beside.html.j2", page.name, page=page)

    @cached_property
    def _pictures(self) -> dict[str, Markup]:
        return pictures.of_findings(self.view, self.view.findings)

    def _page(self, template: str, name: str, **context: Any) -> bytes:
        style, script = _static("report.css"), _static("report.js")
        links = Links(self.places, name)
        html = self._environment.get_template(template).render(
            view=self.view,
            audit=self.view.audit,
            places=self.places,
            links=links,
            style=Markup(style),  # noqa: S704 — our own file
            script=Markup(script),  # noqa: S704 — our own file
            policy=_policy(style, script),
            data_docs=self.data_docs,
            big=len(self.view.rows) > _BIG,
            lines=lambda document: text.lines(self.view.reading[document.name], self.view, links),
            **context,
        )
        return _without_blank_lines(html).encode("utf-8", "replace")

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=PackageLoader("auditor.report.html"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        environment.filters |= {"words": words.line, "clean": words.clean, "day": words.day, "n": _n}
        environment.globals |= {
            "W": words,
            "STATUS": STATUS,
            "RELATIONS": RELATIONS,
            "LEVELS": LEVELS,
            "MOST_OTHERS": _MOST_OTHERS,
            "MOST_PICTURES": MOST_PICTURES,
            "severities": list(Severity),
            "notes": notes.html,
            "chips": self._chips(),
            "verdict": words.verdict(self.view.audit.findings, self.view.audit.rules),
            "facts": self._facts(),
            "searched": _searched,
            "decisions": self._decisions(),
            "safe_url": _safe_url,
            "comparable": self._comparable,
            "measurands": self._measurands(),
            "finding_of": self._finding_of,
            "pictures": self._pictures,
            "agreeing": pictures.of_agreeing(self.view, self.places.agreeing),
            "corpus": pictures.of_corpus(self.view),
        }
        return environment

    def _chips(self) -> list[tuple[Any, int, Finding]]:
        """For each rule with findings: the rule, how many, the first."""
        counts = Counter(f.rule for f in self.view.findings)
        first: dict[str, Finding] = {}
        for finding in self.view.findings:
            first.setdefault(finding.rule, finding)
        order = list(Severity)
        found = [(self.view.rule[code], n, first[code]) for code, n in counts.items()]
        return sorted(found, key=lambda chip: (order.index(chip[2].severity), chip[0].code))

    def _facts(self) -> list[str]:
        """What was audited, in short phrases."""
        audit = self.view.audit
        statuses = Counter(d.status for d in audit.documents)
        parts = [f"{statuses[s]} {STATUS[s]}" for s in Status if statuses[s]]
        dates = sorted(d.published for d in audit.documents if d.published)
        facts = [f"{words.count(len(audit.documents), 'document')} ({', '.join(parts)})"]
        if dates:
            undated = len(audit.documents) - len(dates)
            facts.append(
                f"dated {words.day(dates[0])}"
                + (f" to {words.day(dates[-1])}" if dates[0] != dates[-1] else "")
                + (f", {undated} undated" if undated else "")
            )
        else:
            facts.append("no document bears a date")
        return [
            *facts,
            words.count(len(audit.quantities), "figure"),
            words.count(len(audit.measurands), "thing") + " measured more than once",
            words.count(len(set(audit.origins.of)), "origin"),
        ]

    @cached_property
    def _finding_of(self) -> dict[str, Finding]:
        """The worst finding of each measurand that has sides against each other."""
        found: dict[str, Finding] = {}
        for finding in self.view.findings:
            if finding.sides and finding.measurand:
                found.setdefault(finding.measurand, finding)
        return found

    def _measurands(self) -> list[Row]:
        """The things measured, those with the worst findings first."""
        first = [self.view.measurands[key] for key in self._finding_of if key in self.view.measurands]
        return first + [row for key, row in self.view.measurands.items() if key not in self._finding_of]

    def _comparable(self) -> int:
        """How many things have figures in several documents that agree."""
        open_ = {f.measurand for f in self.view.findings if f.sides}
        return sum(key not in open_ for key in self.view.measurands)

    def _decisions(self) -> str:
        """The decisions that this audit was given, as JSON for the script of the page."""
        given = [
            {"fingerprint": f.fingerprint, "rule": f.rule, "verdict": f.decision, "reason": f.decision_reason or ""}
            for f in self.view.findings
            if f.decision
        ]
        return json.dumps(given, ensure_ascii=True, sort_keys=True)


def _static(name: str) -> str:
    return _without_blank_lines(resources.files("auditor.report.html").joinpath("static", name).read_text(encoding="utf-8"))


def _without_blank_lines(text: str) -> str:
    return re.sub(r"\n[ \n]*\n", "\n", text)


def _policy(style: str, script: str) -> str:
    """A content security policy that lets nothing run, load or post but these two texts."""

    def source(content: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"

    return f"default-src 'none'; style-src {source(style)}; script-src {source(script)}; base-uri 'none'; form-action 'none'"


def _searched(finding: Finding, rows: list[Row]) -> str:
    """What the search of the page looks at beside a card's own text."""
    return " ".join(sorted({words.line(row["document"]) for row in rows}))


def _safe_url(document: Document) -> str | None:
    """The document's own address where it is one of the web; shown as text, never followed by the report itself."""
    url = words.line(document.url or "")
    return url if re.match(r"https?://[^\s\"'<>]+$", url) else None


def _n(value: float | None) -> str:
    return "" if value is None else words.number(value)
