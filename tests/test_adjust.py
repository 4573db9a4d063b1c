"""What a configuration changes of the suites."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config import RuleSetting
from auditor.errors import InputError
from auditor.expect import adjusted, load, rules

SHIPPED = load(Path(__file__).parents[1] / "expectations")


def by_name(settings):
    return {rule.name: rule for rule in rules(adjusted(SHIPPED, settings))}


def test_severity_and_thresholds_by_name_or_code():
    changed = by_name({"ND201": RuleSetting("info", {"max_value": 0.1}), "unsourced-figure": RuleSetting("critical")})
    assert changed["conflicting-figures"].severity == "info"
    assert changed["conflicting-figures"].expectation["kwargs"]["max_value"] == 0.1
    assert changed["conflicting-figures"].expectation["kwargs"]["column"] == "conflict_gap"
    assert changed["unsourced-figure"].severity == "critical"
    assert changed["altered-copy"] == by_name({})["altered-copy"]


def test_a_rule_that_is_off_is_gone():
    assert "single-origin" not in by_name({"single-origin": RuleSetting("off")})


def test_a_suite_whose_rules_are_off_is_gone():
    off = {rule.code: RuleSetting("off") for suite in SHIPPED if suite.table == "quantities" for rule in suite.rules}
    assert {suite.table for suite in adjusted(SHIPPED, off)} == {"measurands"}


def test_an_unknown_rule_is_an_error_with_the_nearest_name():
    with pytest.raises(InputError, match="did you mean 'unsourced-figure'"):
        adjusted(SHIPPED, {"unsourced-figures": RuleSetting("info")})
