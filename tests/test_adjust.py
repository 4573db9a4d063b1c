"""What a configuration changes of the suites."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import tables
from auditor.config import Override, RuleSetting
from auditor.errors import InputError
from auditor.expect import adjusted, expect, in_force, load, rules

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


def judged(*overrides: Override, **settings: RuleSetting):
    rows = [("q1", "docs/a.txt"), ("q2", "drafts/b.txt"), ("q3", "drafts/c.txt")]
    figures = [
        {
            "id": id_,
            "document": document,
            "text": id_,
            "sentence": f"S {id_}.",
            "kind": "count",
            "unsourced": True,
            "copy_gap": 0.2,
        }
        for id_, document in rows
    ]
    groups = [
        {
            "id": "m1",
            "label": "mixed",
            "quantities": ["q1", "q2"],
            "conflict_gap": 0.2,
            "confidence": 0.9,
            "conflict_sides": [["q1"], ["q2"]],
        },
        {
            "id": "m2",
            "label": "drafts",
            "quantities": ["q2", "q3"],
            "conflict_gap": 0.2,
            "confidence": 0.9,
            "conflict_sides": [["q2"], ["q3"]],
        },
    ]
    frames = tables.frame(figures, tables.QUANTITIES), tables.frame(groups, tables.MEASURANDS)
    names = {name.replace("_", "-"): setting for name, setting in settings.items()}
    findings, outcomes, _ = expect(SHIPPED, *frames, names, overrides)
    found = {(f.name, f.quantities): f.severity.value for f in findings if f.name in ("unsourced-figure", "conflicting-figures")}
    return found, {o.rule: (o.checked, o.findings, o.state) for o in outcomes}


MIXED, DRAFTS = ("conflicting-figures", ("q1", "q2")), ("conflicting-figures", ("q2", "q3"))


def test_without_overrides_all_rows_are_judged_alike():
    found, outcomes = judged()
    assert found[MIXED] == found[DRAFTS] == "critical"
    assert outcomes["ND301"] == (3, 3, "failed")


def test_an_override_changes_severities_of_its_documents_alone():
    rules_ = {"unsourced-figure": RuleSetting("info"), "ND201": RuleSetting("off")}
    found, outcomes = judged(Override(("drafts/",), rules_))
    assert [found["unsourced-figure", (q,)] for q in ("q1", "q2", "q3")] == ["warning", "info", "info"]
    assert (MIXED in found, DRAFTS in found) == (True, False), "a thing measured belongs to an override if all its figures do"
    assert outcomes["ND301"] == (3, 3, "failed")
    assert outcomes["ND201"] == (1, 1, "failed")


def test_an_override_changes_thresholds_of_its_documents_alone():
    loose = {"conflicting-figures": RuleSetting(None, {"max_value": 0.5})}
    found, outcomes = judged(Override(("drafts/",), loose))
    assert (MIXED in found, DRAFTS in found) == (True, False)
    assert outcomes["ND201"] == (2, 1, "failed")


def test_a_later_override_goes_over_an_earlier_one():
    first, second = {"unsourced-figure": RuleSetting("info")}, {"ND301": RuleSetting("critical")}
    found, _ = judged(Override(("drafts/",), first), Override(("c.txt",), second))
    assert [found["unsourced-figure", (q,)] for q in ("q1", "q2", "q3")] == ["warning", "info", "critical"]


def test_an_override_can_turn_a_rule_on_that_is_off_elsewhere():
    on = Override(("drafts/b*",), {"unsourced-figure": RuleSetting("critical")})
    found, _ = judged(on, unsourced_figure=RuleSetting("off"))
    assert {key: s for key, s in found.items() if key[0] == "unsourced-figure"} == {("unsourced-figure", ("q2",)): "critical"}
    off = {"unsourced-figure": RuleSetting("off")}
    assert "unsourced-figure" in {rule.name for rule in in_force(SHIPPED, off, [on])}
    assert "unsourced-figure" not in {rule.name for rule in in_force(SHIPPED, off, [])}


def test_an_unknown_rule_of_an_override_is_an_error():
    with pytest.raises(InputError, match="no rule 'nothing-such'"):
        judged(Override(("drafts/",), {"nothing-such": RuleSetting("off")}))
