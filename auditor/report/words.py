"""Plain words for what an audit holds: numbers, days, intervals, who says so, the verdict.  Shared by all reports for people.

A "row" is one row of the ``quantities`` frame as plain values (None for null), a "measurand" one of ``measurands``.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from auditor.model import Finding, Rule, Severity

Row = Mapping[str, Any]

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
HEDGES = {
    "about": "about",
    "more_than": "more than",
    "at_least": "at least",
    "less_than": "less than",
    "at_most": "at most",
}
STATES = {
    "conflict": "in conflict",
    "differs": "differs from another",
    "unsourced": "no source",
    "agreed": "agrees",
    "alone": "not compared",
}
_STAGES = {
    "early": "an early count",
    "estimate": "an estimate",
    "final": "a final count",
    "revised": "replaces an earlier figure",
}
_KINDS = {"anonymous": ", not named", "outlet": ", the outlet itself", "document": ", a document"}
# What a number of findings of a rule amounts to, for one and for several; other rules go by their names.
VERDICTS = {
    "altered-copy": ("one figure was altered in a copy", "{n} figures were altered in copies"),
    "conflicting-figures": ("the figures for one thing cannot all be right", "the figures for {n} things cannot all be right"),
    "conflicting-values": ("one thing has values that differ", "{n} things have values that differ"),
    "scale-slip": ("one value slipped by a power of ten", "{n} values slipped by a power of ten"),
    "conflict-within-document": ("one document contradicts itself", "{n} documents contradict themselves"),
    "possible-conflict": ("one more pair may conflict", "{n} more may conflict"),
    "superseded-figure": ("one figure was overtaken by a later one", "{n} figures were overtaken by later ones"),
    "plan-outcome-gap": ("one plan and its outcome differ", "{n} plans and their outcomes differ"),
    "single-origin": ("one thing rests on a single origin", "{n} things rest on a single origin"),
    "unsourced-figure": ("one figure has no source", "{n} figures have no source"),
    "vague-source": ("one source is only hinted at", "{n} sources are only hinted at"),
}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text with controls, direction overrides and lone surrogates replaced one for one: offsets stay right."""
    return _UNPRINTABLE.sub("\ufffd", text)


def line(text: object) -> str:
    """The text in one clean line."""
    return " ".join(clean(str(text)).split())


def count(n: int, one: str, many: str | None = None) -> str:
    """``count(2, "figure")`` is "2 figures"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def number(value: float) -> str:
    """A number for people: 10,900; 2.4; 1.5e+30."""
    if not math.isfinite(value) or abs(value) >= 1e16 or 0 < abs(value) < 1e-4:
        return f"{value:.3g}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4f}".rstrip("0").rstrip(".")


def day(iso: str | datetime.date | None) -> str | None:
    """ "2025-03-28" as "28 March 2025"; the words as they are where they are no day."""
    if iso is None:
        return None
    try:
        date = iso if isinstance(iso, datetime.date) else datetime.date.fromisoformat(str(iso)[:10])
    except ValueError:
        return line(iso)
    return f"{date.day} {date:%B} {date.year}"


def written(row: Row) -> str:
    """The figure with its hedge: "about 2,300"."""
    hedge = HEDGES.get(row["modifier"])
    if row["modifier"] == "range" and " and " in row["text"]:
        hedge = "between"
    return line(f"{hedge} {row['text']}" if hedge else row["text"])


def counted(row: Row, noun: str | None = None) -> str:
    """What stands after the figure: the thing counted or the unit, and what a rate is per.

    ``noun`` is the noun as the text has it ("homes"), where it is known: ``counted`` has it in the singular.
    """
    unit = row["counted"] or (_unit(row) if not _shows_unit(row) else "")
    if noun and row["counted"]:
        unit = " ".join([*row["counted"].split()[:-1], noun])
    return line(f"{unit} per {row['per']}" if row["per"] else unit)


def _shows_unit(row: Row) -> bool:
    """Whether the figure as written has a sign of its unit already ("$", "%")."""
    return not row["text"][:1].isdigit() or not row["text"][-1:].isalnum()


def _unit(row: Row) -> str:
    """The unit as prose has it."""
    return {"percentage": "percent", "percentage point": "percentage points"}.get(row["unit"], line(row["unit"] or ""))


def level(value: str | None) -> str:
    """What alignment compared of one figure: "38.4..38.4" is "38.4", "1400..inf" is "1400 or more"."""
    low, dots, high = (value or "–").partition("..")
    if not dots:
        return line(low)
    if high == "inf":
        return line(f"{low} or more")
    return line(low if low == high else f"up to {high}" if low == "-inf" else f"{low} to {high}")


def interval(row: Row) -> str:
    """The values that the wording allows."""
    low, high = row["low"], row["high"]
    unit = _unit(row)
    if low is None and high is None:
        return "any value"
    if low is None:
        return f"up to {number(high)} {unit}".strip()
    if high is None:
        return f"{number(low)} or more {unit}".strip()
    return f"{number(low)} {unit}".strip() if low == high else f"{number(low)} to {number(high)} {unit}".strip()


def who(row: Row) -> str:
    """Who answers for the figure, in words."""
    if row["attributed"] and row["source"]:
        kind = {"anonymous": ", not named", "outlet": ", the outlet itself", "document": ", a document"}.get(
            row["source_type"], ""
        )
        return line(row["source"]) + kind
    if row["source_type"] == "own":
        return "the author's own"
    if row["source_type"] == "vague":
        return f"“{line(row['cue'])}” names no one" if row["cue"] else "a hint that names no one"
    if row["source_elsewhere"]:
        return f"{line(row['source_elsewhere'])}, at another place of the text"
    return "nobody" if row["needs_source"] is not False else "nobody (none needed)"


def stated(row: Row) -> str:
    """What the text says of how surely the figure holds and of how far the counting had come; "" where it says nothing."""
    factuality = None if row["factuality"] == "actual" else row["factuality"]
    return ", ".join(filter(None, [factuality, _STAGES.get(row["stage"])]))


def named(row: Row) -> bool:
    """Whether somebody answers for the figure."""
    return bool(row["attributed"])


def verdict(findings: Sequence[Finding], rules: Sequence[Rule]) -> list[tuple[Severity | None, str]]:
    """The result of the audit in the parts of one sentence, worst first; decided findings do not count."""
    left = [f for f in findings if f.decision is None]
    if not left:
        return [(None, "nothing found" if not findings else "nothing found that is not decided")]
    counts: dict[str, int] = {}
    for finding in left:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    order = list(Severity)
    found = sorted((r for r in rules if r.code in counts), key=lambda r: (order.index(r.severity), _rank(r, counts[r.code])))
    parts: list[tuple[Severity | None, str]] = [(rule.severity, _amounts(rule, counts[rule.code])) for rule in found[:3]]
    more = sum(counts[r.code] for r in found[3:])
    return [*parts, (None, f"there {'is one note' if more == 1 else f'are {small(more)} notes'} more")] if more else parts


def _rank(rule: Rule, n: int) -> tuple[int, str]:
    """Critical rules in the order of their codes, the others by how often they are unmet."""
    return (0 if rule.severity is Severity.CRITICAL else -n), rule.code


def _amounts(rule: Rule, n: int) -> str:
    name = line(rule.name).replace("{", "{{").replace("}", "}}")
    one, many = VERDICTS.get(rule.name, (f"one finding of {line(rule.name)}", "{n} findings of " + name))
    return one if n == 1 else many.format(n=small(n))


def small(n: int) -> str:
    """Numbers to twelve in words."""
    return SMALL[n] if 0 <= n < len(SMALL) else f"{n:,}"


def sentence(parts: Sequence[str]) -> str:
    """ "a", "b", "c" as "A, b, and c."."""
    joined = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}{',' if len(parts) > 2 else ''} and {parts[-1]}"
    return joined[:1].upper() + joined[1:] + "."
