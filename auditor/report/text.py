"""The summary that a person reads in a terminal; who sees only this knows the worst finding and where it stands."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model import Audit, Document, Finding, Severity, Status
from auditor.report import words
from auditor.report.view import Side, View
from auditor.report.words import Row

_MOST_DOCUMENTS = 12  # listed by name; those not read whole come first
_MOST_FINDINGS = 6
_MOST_SIDES = 4
_READ = {Status.OK: "read whole", Status.PARTIAL: "read in part", Status.UNREADABLE: "unreadable"}
_COLOURS = {Severity.CRITICAL: "1;31", Severity.WARNING: "33", Severity.INFO: "34"}


@dataclass(frozen=True, slots=True)
class Screen:
    """What the summary is shown on: its columns, and whether it knows ANSI colours, as only a terminal does."""

    width: int = 80
    color: bool = False

    def paint(self, text: str, code: str) -> str:
        """The text in a colour, or as it is."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.color else text

    def severity(self, text: str, severity: Severity | None) -> str:
        """The text in the colour of a severity."""
        return self.paint(text, _COLOURS[severity]) if severity else text

    def wrapped(self, text: str, indent: str = "", hanging: str = "") -> list[str]:
        """The text in lines that fit."""
        lines = textwrap.wrap(text, self.width, initial_indent=indent, subsequent_indent=indent + hanging, break_on_hyphens=False)
        return lines or [indent]


def render(audit: Audit, screen: Screen | None = None) -> str:
    """Documents read and how each fared, figures found, findings by rule, then the worst findings with both sides.

    No line is longer than the screen is wide (default: 80 columns, no colours).
    """
    view = View(audit)
    screen = screen or Screen()
    parts = [
        _verdict(audit, screen),
        "\n".join(_documents(view, screen)),
        "\n".join(_found(view, screen)),
        "\n".join(_rules(view, screen)),
        *(("\n".join(_finding(view, finding, screen))) for finding in _worst(view)),
        "\n".join(_rest(view, screen)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _verdict(audit: Audit, screen: Screen) -> str:
    said = words.sentence([part for _, part in words.verdict(audit.findings, audit.rules)])
    return "\n".join(screen.severity(line, audit.worst()) for line in screen.wrapped(said))


def _documents(view: View, screen: Screen) -> Iterator[str]:
    documents = view.audit.documents
    counts = Counter(document.status for document in documents)
    fared = ", ".join(f"{counts[s]:,} {_READ[s]}" for s in Status if counts[s])
    yield from screen.wrapped(f"{words.count(len(documents), 'document')}: {fared}")
    listed = sorted(documents, key=lambda d: d.status is Status.OK)[:_MOST_DOCUMENTS]
    for document in documents:
        if any(document is one for one in listed):
            yield from _document(view, document, screen)
    if len(documents) > len(listed):
        yield f"  and {len(documents) - len(listed):,} more"


def _document(view: View, document: Document, screen: Screen) -> Iterator[str]:
    width = min(34, screen.width - 34)  # a count and a day stand beside it
    name = _cut(view.short[document.name], width)
    figures = words.count(len(view.of_document[document.name]), "figure")
    if document.status is Status.OK:
        yield _cut(f"  {name:{width}}  {figures:>12}  {words.day(document.published) or 'undated'}", screen.width)
        return
    said = f"{_READ[document.status]}: {words.line(document.reason or 'no reason given')}"
    first, *more = textwrap.wrap(said, screen.width - width - 18, max_lines=4, placeholder=" …") or [""]
    yield f"  {name:{width}}  {figures:>12}  {screen.paint(first, '33')}"
    yield from (f"  {'':{width + 14}}  {screen.paint(line, '33')}" for line in more)


def _found(view: View, screen: Screen) -> Iterator[str]:
    audit = view.audit
    things = words.count(len(audit.measurands), "thing")
    yield from screen.wrapped(
        f"{words.count(len(audit.quantities), 'figure')}, {things} measured in more than one place, "
        f"{words.count(len(set(audit.origins.of)), 'independent origin')}"
    )
    left = sum(audit.not_compared.values())
    if left:
        why = ", ".join(f"{words.line(reason)} {n:,}" for reason, n in audit.not_compared.items())
        yield from screen.wrapped(f"not compared: {words.count(left, 'figure')} ({why})")


def _rules(view: View, screen: Screen) -> Iterator[str]:
    open_ = Counter(f.rule for f in view.findings if f.decision is None)
    decided = sum(f.decision is not None for f in view.findings)
    order = list(Severity)
    for rule in sorted(view.audit.rules, key=lambda rule: (order.index(rule.severity), rule.code)):
        if open_[rule.code]:
            severity = screen.severity(f"{rule.severity.value:8}", rule.severity)
            yield f"  {severity}  {open_[rule.code]:>5,}  {_cut(words.line(rule.name), screen.width - 20)}"
    names = {rule.code: words.line(rule.name) for rule in view.audit.rules}
    for state in ("not checked", "off"):
        rules = [names.get(o.rule, o.rule) for o in view.audit.outcomes if o.state == state]
        if rules:
            yield from screen.wrapped(f"{state}: {', '.join(rules)}", indent="  ")
    if decided:
        yield f"  {words.count(decided, 'finding')} decided before"


def _worst(view: View) -> list[Finding]:
    """The first findings that no decision covers; of those with one figure at most two a rule."""
    shown: list[Finding] = []
    alone: Counter[str] = Counter()
    for finding in view.findings:
        if finding.decision is not None:
            continue
        if len(finding.sides) < 2:
            alone[finding.rule] += 1
            if alone[finding.rule] > 2:
                continue
        shown.append(finding)
        if len(shown) == _MOST_FINDINGS:
            break
    return shown


def _finding(view: View, finding: Finding, screen: Screen) -> Iterator[str]:
    head = f"{finding.severity.value} {finding.rule} {finding.name}: {words.line(finding.message)}"
    first, *more = screen.wrapped(head, hanging="  ")
    label = f"{finding.severity.value} {finding.rule}"
    yield screen.severity(label, finding.severity) + screen.paint(first.removeprefix(label), "1")
    yield from (screen.paint(line, "1") for line in more)
    sides = view.sides(finding)
    for side in sides[:_MOST_SIDES]:
        yield from _side(view, side, screen)
    if len(sides) > _MOST_SIDES:
        yield f"  and {words.count(len(sides) - _MOST_SIDES, 'more value')}"
    if not sides:
        for quantity in finding.quantities[:2]:
            yield from _figure(view, view.rows[quantity], screen)


def _side(view: View, side: Side, screen: Screen) -> Iterator[str]:
    row = side.figures[0]
    marks = [mark for mark, on in (("newest", side.newest), ("best sourced", side.best)) if on]
    support = f"{words.count(side.documents, 'document')} of {words.count(side.origins, 'origin')}" if side.documents > 1 else ""
    notes = ", ".join(filter(None, [support, *marks]))
    yield from screen.wrapped(
        f"{words.written(row)} {view.counted(row)}".rstrip() + (f"  [{notes}]" if notes else ""), "  ", "  "
    )
    yield from _figure(view, row, screen)


def _figure(view: View, row: Row, screen: Screen) -> Iterator[str]:
    said = f"says so: {words.who(row)}; as of {words.day(row['as_of']) or 'an unknown day'}"
    stated = words.stated(row)
    place = f"{words.line(row['document'])}:{row['line']}:{row['column']}"  # in full: an editor opens it
    yield from screen.wrapped(place, indent="    ", hanging="  ")
    yield from screen.wrapped(f"{said}; {stated}" if stated else said, indent="    ", hanging="  ")
    q = view.quote(row)
    sentence = f"“{_tail(q.before, 110)}{q.figure}{_head(q.after, 110)}”"
    yield from screen.wrapped(sentence, indent="    ", hanging="  ")


def _rest(view: View, screen: Screen) -> Iterator[str]:
    shown, total = len(_worst(view)), sum(f.decision is None for f in view.findings)
    if total > shown:
        yield f"{words.count(total - shown, 'more finding')} not shown here."
    unread = sum(d.status is Status.UNREADABLE for d in view.audit.documents)
    if unread:
        audited = "was not audited" if unread == 1 else "were not audited"
        yield from screen.wrapped(f"{words.count(unread, 'document')} could not be read and {audited}.")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _tail(text: str, most: int) -> str:
    return text if len(text) <= most else "… " + text[-most:].partition(" ")[2]


def _head(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"
