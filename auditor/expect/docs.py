"""Data Docs: what Great Expectations says of each suite and validation, as plain pages that need no network.

The content is that of Great Expectations' own renderers.  Its pages are not used: they load 15 files from other hosts, run
scripts, and let markup in data through.  Here every string is escaped, each rule bears its severity and our message, and every
failing row links into the report.  Ids, times and fingerprints of a run are left out, so that two runs give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from auditor.model import Audit, Finding, Rule, RuleOutcome

INDEX = "index.html"
_MOST_ROWS = 1_000  # failing rows of a rule that its page lists
_LONGEST = 300  # characters of a cell that Great Expectations fills, such as a list of row numbers
_STATUS = {"✅": "met", "❌": "not met", "❗": "error"}  # Great Expectations' signs in words: not every font has them
_PARAMETER = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """A failing row: what the rule says of it, and where its figures stand."""

    message: str
    finding: str
    figures: tuple[tuple[str, str, str], ...]  # address, place, the figure as written
    decision: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule on its page: its outcome, what Great Expectations says, and the failing rows."""

    rule: Rule
    outcome: RuleOutcome
    expectation: Markup
    result: Markup
    rows: tuple[Row, ...]
    more: int


def render(audit: Audit, links: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The pages of ``audit.validation`` by their names: an index, and for each suite its expectations and its validation.

    ``links`` maps quantity ids and fingerprints to addresses relative to the folder above these pages, where the report
    stands; without it failing rows link to ``index.html#FINGERPRINT`` there.
    """
    known = links or {f.fingerprint: f"index.html#{f.fingerprint}" for f in audit.findings}
    suites = [(suite, result, f"{n}-{_slug(suite.name)}.html") for n, (suite, result) in enumerate(audit.validation, 1)]
    page = _pages(audit)
    pages = {INDEX: page("index.html.j2", "", suites=[(s, r, name, _statistics(r)) for s, r, name in suites])}
    for suite, result, name in suites:
        entries = [_entry(rule, outcome, audit, known) for rule, outcome in _results(suite, result)]
        pages[f"expectations/{name}"] = page("suite.html.j2", "../", suite=suite, name=name, entries=entries)
        pages[f"validations/{name}"] = page(
            "validation.html.j2", "../", suite=suite, name=name, entries=entries, statistics=_statistics(result)
        )
    return pages


def _pages(audit: Audit) -> Callable[..., bytes]:
    from great_expectations import __version__
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("auditor.expect"), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.filters["clean"] = _clean
    style = Markup(environment.get_template("docs.css").render())  # noqa: S704 — our own file
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"

    def page(template: str, root: str, **context: Any) -> bytes:
        text = environment.get_template(template).render(
            audit=audit, root=root, style=style, policy=policy, version=__version__, **context
        )
        return text.encode("utf-8", "replace")

    return page


def _results(suite: Any, result: Any) -> Iterator[tuple[Rule, Any]]:
    """Results come in another order than the suite: by the code in their meta."""
    by_code = {r.expectation_config.meta["code"]: r for r in result.results}
    for rule in suite.rules:
        yield rule, by_code[rule.code]


def _entry(rule: Rule, result: Any, audit: Audit, links: Mapping[str, str]) -> Entry:
    from great_expectations.render.renderer.content_block import (
        ExpectationSuiteBulletListContentBlockRenderer,
        ValidationResultsTableContentBlockRenderer,
    )

    outcome = next(o for o in audit.outcomes if o.rule == rule.code)
    findings = [f for f in audit.findings if f.rule == rule.code]
    sentence = ExpectationSuiteBulletListContentBlockRenderer.render([_bare(result.expectation_config)])
    table = ValidationResultsTableContentBlockRenderer.render([result])
    rows = tuple(_row(finding, audit, links) for finding in findings[:_MOST_ROWS])
    return Entry(rule, outcome, _block(_plain(sentence)), _block(_plain(table)), rows, max(0, len(findings) - _MOST_ROWS))


def _bare(configuration: Any) -> Any:
    """The configuration without our description and notes, so that Great Expectations says in its words what must hold."""
    import copy

    bare = copy.copy(configuration)
    bare.description, bare.notes = None, None
    return bare


def _row(finding: Finding, audit: Audit, links: Mapping[str, str]) -> Row:
    quantities = audit.quantities
    figures = []
    for quantity in finding.quantities[:12]:
        at = int(quantity[1:]) - 1 if quantity[1:].isdigit() else -1
        if not 0 <= at < len(quantities) or quantities["id"].iat[at] != quantity:
            continue
        place = f"{quantities['document'].iat[at]}:{quantities['line'].iat[at]}:{quantities['column'].iat[at]}"
        address = links.get(quantity) or links.get(finding.fingerprint, "index.html")
        figures.append((f"../../{address}", place, str(quantities["text"].iat[at])))
    address = links.get(finding.fingerprint, "index.html")
    return Row(finding.message, f"../../{address}", tuple(figures), finding.decision)


def _statistics(result: Any) -> Mapping[str, Any]:
    return {"success": bool(result.success), **result.statistics}


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower())[:40].strip("-") or "suite"


# ---- Great Expectations' rendered content as escaped HTML


def _plain(content: Any) -> Any:
    return content.to_json_dict() if hasattr(content, "to_json_dict") else content


def _block(content: Any) -> Markup:
    """A block of rendered content: every string escaped, classes, styles, attributes and icons left out."""
    if isinstance(content, Mapping) and "content_block_type" in content:
        return _BLOCKS.get(content["content_block_type"], _nothing)(content)
    if isinstance(content, Mapping) and "template" in content:
        return _template(content)
    if isinstance(content, list | tuple):
        return Markup(" ").join(map(_block, content))
    return escape(_short("" if content is None else str(content)))


def _nothing(content: Mapping[str, Any]) -> Markup:
    """Blocks that hold code to run or pictures drawn by scripts: nothing is shown."""
    return Markup("")


def _string_template(content: Mapping[str, Any]) -> Markup:
    return _template(content["string_template"])


def _template(template: Mapping[str, Any]) -> Markup:
    if template.get("tag") == "hr":
        return Markup("")
    parameters = template.get("params") or {}
    text = str(template.get("template", ""))
    parts, at = [], 0
    for match in _PARAMETER.finditer(text):
        name = match.group(1) or match.group(2)
        parts.append(escape(_clean(text[at : match.start()])))
        value = (
            _STATUS.get(str(parameters.get("markdown_status_icon")), "")
            if name == "icon"
            else parameters.get(name, match.group())
        )
        parts.append(Markup("<b>{}</b>").format(_short(str(value))) if value != "" else Markup(""))
        at = match.end()
    parts.append(escape(_clean(text[at:])))
    return Markup("").join(parts)


def _table(content: Mapping[str, Any]) -> Markup:
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(_block(cell)) for cell in row))
        for row in content["table"]
    )
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(_block(cell)) for cell in content.get("header_row") or ())
    head = Markup("<thead><tr>{}</tr></thead>").format(head) if head else Markup("")
    return Markup("<table>{}<tbody>{}</tbody></table>").format(head, rows)


def _bullets(content: Mapping[str, Any]) -> Markup:
    items = [block for block in map(_block, content["bullet_list"]) if block.strip()]
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(item) for item in items))


def _text(content: Mapping[str, Any]) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(_block(part)) for part in _listed(content.get("text")))


def _markdown(content: Mapping[str, Any]) -> Markup:
    return escape(_clean(str(content.get("markdown", ""))))


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else [value]


_BLOCKS: Mapping[str, Callable[[Mapping[str, Any]], Markup]] = {
    "string_template": _string_template,
    "table": _table,
    "bullet_list": _bullets,
    "text": _text,
    "markdown": _markdown,
    "value_list": lambda content: _block(content["value_list"]),
    "content_block_container": lambda content: _block(content["content_blocks"]),
}


def _short(text: str) -> str:
    text = _clean(text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)
