"""The summary that a person reads in a terminal: 80 columns; who sees only this knows the worst finding and where it stands."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator

from auditor.model import Audit, Document, Finding, Severity, Status
from auditor.report import words
from auditor.report.view import Side, View
from auditor.report.words import Row

WIDTH = 80
_MOST_DOCUMENTS = 12  # listed by name; those not read whole come first
_MOST_FINDINGS = 6
_MOST_SIDES = 4
_READ = {Status.OK: "read whole", Status.PARTIAL: "read in part", Status.UNREADABLE: "unreadable"}
_COLOURS = {Severity.CRITICAL: "1;31", Severity.WARNING: "33", Severity.INFO: "34"}


def render(audit: Audit, *, color: bool = False) -> str:
    """Documents read and how each fared, figures found, findings by rule, then the worst findings with both sides.

    No line is longer than 80 columns; ``color`` adds ANSI colours, for a terminal only.
    """
    view = View(audit)
    paint = _Paint(color)
    parts = [
        _verdict(audit, paint),
        "\n".join(_documents(view, paint)),
        "\n".join(_found(view)),
        "\n".join(_rules(view, paint)),
        *(("\n".join(_finding(view, finding, paint))) for finding in _worst(view)),
        "\n".join(_rest(view)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


class _Paint:
    """Words in a colour, or as they are."""

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on else text

    def severity(self, text: str, severity: Severity | None) -> str:
        return self(text, _COLOURS[severity]) if severity else text


def _verdict(audit: Audit, paint: _Paint) -> str:
    said = words.sentence([part for _, part in words.verdict(audit.findings, audit.rules)])
    return "\n".join(paint.severity(line, audit.worst()) for line in _wrapped(said))


def _documents(view: View, paint: _Paint) -> Iterator[str]:
    documents = view.audit.documents
    counts = Counter(document.status for document in documents)
    yield f"{words.count(len(documents), 'document')}: {', '.join(f'{counts[s]:,} {_READ[s]}' for s in Status if counts[s])}"
    listed = sorted(documents, key=lambda d: d.status is Status.OK)[:_MOST_DOCUMENTS]
    for document in documents:
        if any(document is one for one in listed):
            yield from _document(view, document, paint)
    if len(documents) > len(listed):
        yield f"  and {len(documents) - len(listed):,} more, read whole or listed in the report"


def _document(view: View, document: Document, paint: _Paint) -> Iterator[str]:
    name = _cut(view.short[document.name], 34)
    figures = words.count(len(view.of_document[document.name]), "figure")
    if document.status is Status.OK:
        yield _cut(f"  {name:34}  {figures:>12}  {words.day(document.published) or 'undated'}", WIDTH)
        return
    said = f"{_READ[document.status]}: {words.line(document.reason or 'no reason given')}"
    first, *more = textwrap.wrap(said, WIDTH - 52, max_lines=4, placeholder=" …") or [""]
    yield f"  {name:34}  {figures:>12}  {paint(first, '33')}"
    yield from (f"  {'':48}  {paint(line, '33')}" for line in more)


def _found(view: View) -> Iterator[str]:
    audit = view.audit
    things = words.count(len(audit.measurands), "thing")
    yield from _wrapped(
        f"{words.count(len(audit.quantities), 'figure')}, {things} measured in more than one place, "
        f"{words.count(len(set(audit.origins.of)), 'independent origin')}"
    )
    left = sum(audit.not_compared.values())
    if left:
        why = ", ".join(f"{words.line(reason)} {n:,}" for reason, n in audit.not_compared.items())
        yield from _wrapped(f"not compared: {words.count(left, 'figure')} ({why})")


def _rules(view: View, paint: _Paint) -> Iterator[str]:
    open_ = Counter(f.rule for f in view.findings if f.decision is None)
    decided = sum(f.decision is not None for f in view.findings)
    order = list(Severity)
    for rule in sorted(view.audit.rules, key=lambda rule: (order.index(rule.severity), rule.code)):
        if open_[rule.code]:
            severity = paint.severity(f"{rule.severity.value:8}", rule.severity)
            yield f"  {severity}  {open_[rule.code]:>5,}  {_cut(words.line(rule.name), WIDTH - 20)}"
    names = {rule.code: words.line(rule.name) for rule in view.audit.rules}
    for state in ("not checked", "off"):
        rules = [names.get(o.rule, o.rule) for o in view.audit.outcomes if o.state == state]
        if rules:
            yield from _wrapped(f"{state}: {', '.join(rules)}", indent="  ")
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


def _finding(view: View, finding: Finding, paint: _Paint) -> Iterator[str]:
    head = f"{finding.severity.value} {finding.rule} {finding.name}: {words.line(finding.message)}"
    first, *more = _wrapped(head, hanging="  ")
    label = f"{finding.severity.value} {finding.rule}"
    yield paint.severity(label, finding.severity) + paint(first.removeprefix(label), "1")
    yield from (paint(line, "1") for line in more)
    sides = view.sides(finding)
    for side in sides[:_MOST_SIDES]:
        yield from _side(view, side)
    if len(sides) > _MOST_SIDES:
        yield f"  and {words.count(len(sides) - _MOST_SIDES, 'more value')}"
    if not sides:
        for quantity in finding.quantities[:2]:
            yield from _figure(view, view.rows[quantity])


def _side(view: View, side: Side) -> Iterator[str]:
    row = side.figures[0]
    marks = [mark for mark, on in (("newest", side.newest), ("best sourced", side.best)) if on]
    support = f"{words.count(side.documents, 'document')} of {words.count(side.origins, 'origin')}" if side.documents > 1 else ""
    notes = ", ".join(filter(None, [support, *marks]))
    yield from _wrapped(f"{words.written(row)} {words.counted(row)}".rstrip() + (f"  [{notes}]" if notes else ""), "  ", "  ")
    yield from _figure(view, row)


def _figure(view: View, row: Row) -> Iterator[str]:
    said = f"says so: {words.who(row)}; as of {words.day(row['as_of']) or 'an unknown day'}"
    stated = "" if row["factuality"] == "actual" else f"; {row['factuality']}"
    place = f"{words.line(row['document'])}:{row['line']}:{row['column']}"  # in full: an editor opens it
    yield from _wrapped(place, indent="    ", hanging="  ")
    yield from _wrapped(f"{said}{stated}", indent="    ", hanging="  ")
    q = view.quote(row)
    sentence = f"“{_tail(q.before, 110)}{q.figure}{_head(q.after, 110)}”"
    yield from _wrapped(sentence, indent="    ", hanging="  ")


def _rest(view: View) -> Iterator[str]:
    shown, total = len(_worst(view)), sum(f.decision is None for f in view.findings)
    if total > shown:
        yield f"{words.count(total - shown, 'more finding')} in the report."
    unread = [d for d in view.audit.documents if d.status is Status.UNREADABLE]
    if unread:
        yield f"{words.count(len(unread), 'document')} could not be read and was not audited."


def _wrapped(text: str, indent: str = "", hanging: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + hanging, break_long_words=True) or [
        indent
    ]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _tail(text: str, most: int) -> str:
    return text if len(text) <= most else "… " + text[-most:].partition(" ")[2]


def _head(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"
