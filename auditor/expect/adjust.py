"""What a configuration changes of the suites: severities and thresholds of rules, rules left out, for all documents or some."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.config import OFF, Override, RuleSetting, nearest
from auditor.errors import InputError
from auditor.expect.suites import Suite, rules
from auditor.globs import matches
from auditor.model import Rule, Severity

if TYPE_CHECKING:
    import pandas as pd

Settings = Mapping[str, RuleSetting]


@dataclass(frozen=True, slots=True)
class Part:
    """A suite and the rows of its table (index labels, None: all) that it judges."""

    suite: Suite
    rows: pd.Index[Any] | None = None


def adjusted(suites: Sequence[Suite], settings: Settings) -> tuple[Suite, ...]:
    """The suites with the settings over them; a rule that is off is gone, and so is a suite without rules.

    ``settings`` maps names or codes of rules.  Raises InputError for a rule that no suite holds.
    """
    by_code = _by_code(suites, settings)
    new = (dataclasses.replace(s, rules=tuple(r for rule in s.rules for r in _adjusted(rule, by_code))) for s in suites)
    return tuple(suite for suite in new if suite.rules)


def in_force(suites: Sequence[Suite], settings: Settings, overrides: Sequence[Override]) -> tuple[Rule, ...]:
    """All rules that judge some document, by code: as ``settings`` has them, else as the first override that has them on."""
    found: dict[str, Rule] = {}
    for over in ({}, *(override.rules for override in overrides)):
        for rule in rules(adjusted(suites, _over(suites, settings, over))):
            found.setdefault(rule.code, rule)
    return tuple(found[code] for code in sorted(found))


def parts(
    suites: Sequence[Suite],
    settings: Settings,
    overrides: Sequence[Override],
    quantities: pd.DataFrame,
    measurands: pd.DataFrame,
) -> list[Part]:
    """Which suite judges which rows.  A measurand belongs to an override if the documents of all its figures do."""
    if not overrides:
        return [Part(suite) for suite in adjusted(suites, settings)]
    import pandas as pd

    in_document = {name: _matching(name, overrides) for name in quantities["document"].unique()}
    of_figure = dict(zip(quantities["id"], (in_document[name] for name in quantities["document"]), strict=True))
    keys = {
        "quantities": pd.Series([of_figure[q] for q in quantities["id"]], index=quantities.index, dtype=object),
        "measurands": pd.Series(
            [frozenset.intersection(*(of_figure[q] for q in figures)) for figures in measurands["quantities"]],
            index=measurands.index,
            dtype=object,
        ),
    }
    found = []
    for key in sorted({frozenset(), *(k for column in keys.values() for k in column)}, key=sorted):
        over: Settings = {}
        for n in sorted(key):
            over = _over(suites, over, overrides[n].rules)
        where = "; ".join(", ".join(overrides[n].paths) for n in sorted(key))
        for suite in adjusted(suites, _over(suites, settings, over)):
            column = keys[suite.table]
            rows = column.index[[k == key for k in column]]
            if len(rows) or not key:
                found.append(Part(dataclasses.replace(suite, name=f"{suite.name} ({where})") if key else suite, rows))
    return found


def _matching(document: str, overrides: Sequence[Override]) -> frozenset[int]:
    return frozenset(n for n, override in enumerate(overrides) if matches(document, override.paths))


def _over(suites: Sequence[Suite], settings: Settings, over: Settings) -> Settings:
    """``over`` over ``settings``, both by code: a severity replaces, thresholds join."""
    merged = _by_code(suites, settings)
    for code, new in _by_code(suites, over).items():
        old = merged.get(code, RuleSetting())
        merged[code] = RuleSetting(new.severity or old.severity, {**old.thresholds, **new.thresholds})
    return merged


def _by_code(suites: Sequence[Suite], settings: Settings) -> dict[str, RuleSetting]:
    code_of = {key: rule.code for suite in suites for rule in suite.rules for key in (rule.name, rule.code)}
    for name in settings:
        if name not in code_of:
            raise InputError(f"configuration: no rule {name!r}; {nearest(name, sorted(code_of))}")
    return {code_of[name]: setting for name, setting in settings.items()}


def _adjusted(rule: Rule, settings: Settings) -> list[Rule]:
    setting = settings.get(rule.code)
    if setting is None:
        return [rule]
    if setting.severity == OFF:
        return []
    kwargs = {**rule.expectation["kwargs"], **setting.thresholds}
    severity = Severity(setting.severity) if setting.severity else rule.severity
    return [dataclasses.replace(rule, severity=severity, expectation={**rule.expectation, "kwargs": kwargs})]
