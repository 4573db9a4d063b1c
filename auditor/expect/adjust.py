"""What a configuration changes of the suites: severities and thresholds of rules, or a rule left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from auditor.config import OFF, RuleSetting, nearest
from auditor.errors import InputError
from auditor.expect.suites import Suite
from auditor.model import Rule, Severity


def adjusted(suites: Sequence[Suite], settings: Mapping[str, RuleSetting]) -> tuple[Suite, ...]:
    """The suites with the settings over them; a rule that is off is gone, and so is a suite without rules.

    ``settings`` maps names or codes of rules.  Raises InputError for a rule that no suite holds.
    """
    known = {key for suite in suites for rule in suite.rules for key in (rule.name, rule.code)}
    for name in settings:
        if name not in known:
            raise InputError(f"configuration: no rule {name!r}; {nearest(name, sorted(known))}")
    new = (dataclasses.replace(s, rules=tuple(r for rule in s.rules for r in _adjusted(rule, settings))) for s in suites)
    return tuple(suite for suite in new if suite.rules)


def _adjusted(rule: Rule, settings: Mapping[str, RuleSetting]) -> list[Rule]:
    setting = settings.get(rule.name) or settings.get(rule.code)
    if setting is None:
        return [rule]
    if setting.severity == OFF:
        return []
    kwargs = {**rule.expectation["kwargs"], **setting.thresholds}
    severity = Severity(setting.severity) if setting.severity else rule.severity
    return [dataclasses.replace(rule, severity=severity, expectation={**rule.expectation, "kwargs": kwargs})]
