"""Running the suites: Great Expectations validates each table once, and every failing row of a rule is a finding."""

from __future__ import annotations

import dataclasses
import hashlib
import logging
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from auditor.config import Override, RuleSetting
from auditor.errors import SuiteError
from auditor.expect.adjust import parts
from auditor.expect.suites import Suite
from auditor.model import Finding, Rule, RuleOutcome, Severity

if TYPE_CHECKING:
    import pandas as pd

_WORDS = re.compile(r"\w+")


def expect(
    suites: Sequence[Suite],
    quantities: pd.DataFrame,
    measurands: pd.DataFrame,
    settings: Mapping[str, RuleSetting] | None = None,
    overrides: Sequence[Override] = (),
) -> tuple[tuple[Finding, ...], tuple[RuleOutcome, ...], Any]:
    """Findings (worst first), what became of each rule, and the validation results that Data Docs are built from.

    ``settings`` changes rules for all documents, ``overrides`` for some: their rows are judged apart.
    Raises SuiteError for an unknown expectation, a missing column or a metric that failed: never a pass, never a finding.
    """
    tables = {"quantities": quantities.reset_index(drop=True), "measurands": measurands.reset_index(drop=True)}
    findings: list[Finding] = []
    outcomes: dict[str, RuleOutcome] = {}
    results = []
    for part in parts(suites, settings or {}, overrides, **tables):
        suite = part.suite
        table = tables[suite.table] if part.rows is None else tables[suite.table].loc[part.rows]
        result = _validate(suite, table)
        results.append((suite, result))
        for rule, outcome in _by_rule(suite, result):
            rows = sorted(outcome.result.get("unexpected_index_list") or [])
            findings += [_finding(rule, row) for row in _ranked(rule, _rows(table.loc[rows]))]
            checked = int(outcome.result.get("element_count", 0)) - int(outcome.result.get("missing_count") or 0)
            before = outcomes.get(rule.code, RuleOutcome(rule.code, 0, 0, ""))
            checked, failed = before.checked + checked, before.findings + len(rows)
            outcomes[rule.code] = RuleOutcome(rule.code, checked, failed, _state(checked, failed))
    ordered = tuple(outcomes[code] for code in sorted(outcomes))
    return _ordered(_fingerprinted(findings, tables["quantities"])), ordered, results


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as plain values; every null is None."""
    table = table.astype(object)
    table = table.where(table.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _ranked(rule: Rule, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows by the column that the rule orders its findings by (``meta.order``), largest first; else as they come."""
    column = rule.meta.get("order")
    if column is None:
        return rows
    if any(column not in row for row in rows):
        raise SuiteError(f"suite {rule.suite}: {rule.name}: no column {column} to order by; the README lists the columns")
    return sorted(rows, key=lambda row: -float(row[column] or 0))


def _state(checked: int, failed: int) -> str:
    return "failed" if failed else "passed" if checked else "not checked"


def _validate(suite: Suite, table: pd.DataFrame) -> Any:
    os.environ.setdefault("TQDM_DISABLE", "1")
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations as gx

    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.ERROR)  # it has a level of its own
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    expectations = [_expectation(rule) for rule in suite.rules]
    used = _columns([rule.expectation["kwargs"] for rule in suite.rules])
    missing = sorted(used - set(table.columns))
    if missing:
        raise SuiteError(f"suite {suite.name}: no column {', '.join(missing)} in {suite.table}; the README lists the columns")
    frame = table[[c for c in table.columns if c in used]].copy()
    for name in frame.columns:  # extension dtypes cost Great Expectations its vector paths
        if str(frame[name].dtype) in ("Float64", "Int64"):
            frame[name] = frame[name].astype("float64")
        else:
            frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
    asset = context.data_sources.add_pandas("auditor").add_dataframe_asset(suite.table)
    batch = asset.add_batch_definition_whole_dataframe(suite.name).get_batch({"dataframe": frame})
    return batch.validate(
        gx.ExpectationSuite(name=suite.name, expectations=expectations), result_format={"result_format": "COMPLETE"}
    )


def _expectation(rule: Rule) -> Any:
    from great_expectations.exceptions import ExpectationNotFoundError
    from great_expectations.expectations.registry import get_expectation_impl

    try:
        kind = get_expectation_impl(rule.expectation["type"])
    except ExpectationNotFoundError as error:
        raise SuiteError(f"suite {rule.suite}: {rule.name}: unknown expectation {rule.expectation['type']!r}") from error
    try:
        return kind(
            **rule.expectation["kwargs"],
            severity=rule.severity.value,
            description=rule.description or None,
            notes=rule.notes or None,
            meta=dict(rule.meta),
        )
    except (TypeError, ValueError) as error:
        raise SuiteError(f"suite {rule.suite}: {rule.name}: {' '.join(str(error).split())}") from error


def _columns(value: Any) -> set[str]:
    """Every column that a rule's arguments name, conditions included."""
    found: set[str] = set()
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in ("column", "column_A", "column_B") and isinstance(inner, str):
                found.add(inner)
            elif key == "column" and isinstance(inner, Mapping) and isinstance(inner.get("name"), str):
                found.add(inner["name"])
            elif key in ("column_list", "column_set") and isinstance(inner, list):
                found.update(map(str, inner))
            else:
                found |= _columns(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            found |= _columns(inner)
    return found


def _by_rule(suite: Suite, result: Any) -> Iterator[tuple[Rule, Any]]:
    """Results come in another order than the suite: key on the code in their meta."""
    by_code = {r.expectation_config.meta["code"]: r for r in result.results}
    for rule in suite.rules:
        outcome = by_code.get(rule.code)
        if outcome is None or "element_count" not in outcome.result:
            reason = _exception(outcome) or "Great Expectations gave no result for it"
            raise SuiteError(f"suite {suite.name}: {rule.name} could not be checked: {reason}")
        yield rule, outcome


def _exception(outcome: Any) -> str | None:
    info = getattr(outcome, "exception_info", None) or {}
    for inner in [info, *(v for v in info.values() if isinstance(v, Mapping))]:
        if inner.get("exception_message"):
            return " ".join(str(inner["exception_message"]).split())
    return None


def _finding(rule: Rule, facts: dict[str, Any]) -> Finding:
    judged = _columns(rule.expectation["kwargs"])
    sides = _sides(rule, facts)
    quantities = tuple(q for side in sides for q in side) or tuple(facts.get("quantities") or [facts["id"]])
    return Finding(
        rule=rule.code,
        name=rule.name,
        severity=rule.severity,
        message=_message(rule, facts),
        quantities=quantities,
        sides=sides,
        measurand=facts["id"] if rule.table == "measurands" else facts.get("group"),
        facts={key: value for key, value in facts.items() if key in judged},
    )


def _sides(rule: Rule, facts: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    if "sides" in rule.meta:
        return tuple(tuple(side) for side in facts.get(str(rule.meta["sides"])) or ())
    if "against" in rule.meta and facts.get(str(rule.meta["against"])):
        return ((facts[str(rule.meta["against"])],), (facts["id"],))
    return ()


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        raise SuiteError(f"the message names no column of the table: {{{key}}}")


def _message(rule: Rule, facts: Mapping[str, Any]) -> str:
    try:
        return rule.message.format_map(_Facts({k: "unknown" if v is None else v for k, v in facts.items()}))
    except (ValueError, KeyError, AttributeError, IndexError) as error:
        raise SuiteError(f"suite {rule.suite}: {rule.name}: bad message template: {error}") from error


def _fingerprinted(findings: Sequence[Finding], quantities: pd.DataFrame) -> list[Finding]:
    """The findings with their fingerprints; only the rows that a finding names are looked at."""
    named = {q for finding in findings for q in finding.quantities}
    rows = {row["id"]: row for row in _rows(quantities[quantities["id"].isin(named)])}
    return [dataclasses.replace(f, fingerprint=_fingerprint(f.rule, [rows[q] for q in f.quantities])) for f in findings]


def _fingerprint(rule: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """What identifies the claims of a finding, so that edits elsewhere, moves and renamed files leave it as it is.

    One figure: its value and the words of its sentence.  Several: their distinct values and what most of them measure, so
    that one more document that repeats a value is no new finding, and one with another value is.
    """
    values = sorted({"|".join(map(str, (r["kind"], r["unit"], *_value(r)))) for r in rows})
    if len(rows) == 1:
        about = [" ".join(_WORDS.findall(str(rows[0]["sentence"]).casefold()))]
    else:
        about = [_most(r[name] for r in rows) for name in ("entity", "event", "place")]
    return hashlib.blake2b("\n".join([rule, *values, *about]).encode(), digest_size=8).hexdigest()


def _value(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["value"],) if row["value"] is not None else (row["low"], row["high"])


def _most(values: Iterable[Any]) -> str:
    """The commonest value, of equals the first in the alphabet; "" where there is none."""
    counts = Counter(str(v).casefold() for v in values if v is not None)
    return min(counts, key=lambda value: (-counts[value], value), default="")


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    order = list(Severity)
    ranked = sorted(findings, key=lambda f: (order.index(f.severity), f.rule))
    seen: dict[str, int] = {}
    unique = []
    for finding in ranked:  # equal claims twice: number them, so that an anchor names one
        seen[finding.fingerprint] = n = seen.get(finding.fingerprint, 0) + 1
        unique.append(finding if n == 1 else dataclasses.replace(finding, fingerprint=f"{finding.fingerprint}-{n}"))
    return tuple(unique)
