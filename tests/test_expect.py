"""Suites are data: what a user may write in one, and what each mistake in one is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor import tables
from auditor.errors import SuiteError
from auditor.expect import expect, load, rules

BETWEEN = "expect_column_values_to_be_between"
IN_SET = "expect_column_values_to_be_in_set"


def entry(type_: str = BETWEEN, kwargs: dict | None = None, severity: str = "critical", **meta: str) -> dict:
    meta = {"code": "T1", "name": "test-rule", "message": "“{text}”", **meta}
    return {
        "type": type_,
        "kwargs": {"column": "copy_gap", "max_value": 0} if kwargs is None else kwargs,
        "severity": severity,
        "meta": meta,
    }


def suite(folder: Path, *entries: dict, table: str = "quantities") -> Path:
    content = {"name": "test", "meta": {"table": table}, "expectations": list(entries)}
    (folder / "test.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def quantities(*rows: dict):
    full = [
        {"id": f"q{n + 1}", "document": "a.txt", "text": str(n), "sentence": f"Sentence {n}.", "kind": "count", **row}
        for n, row in enumerate(rows)
    ]
    return tables.frame(full, tables.QUANTITIES)


def judge(folder: Path, *rows: dict):
    return expect(load(folder), quantities(*rows), tables.frame([], tables.MEASURANDS))[:2]


def test_every_failing_row_is_a_finding_and_nulls_are_not_judged(tmp_path):
    findings, outcomes = judge(
        suite(tmp_path, entry(against="copy_of")), {"copy_gap": 0.0}, {"copy_gap": 0.4, "copy_of": "q1"}, {}
    )
    assert [(f.name, f.quantities, f.sides, f.message) for f in findings] == [
        ("test-rule", ("q1", "q2"), (("q1",), ("q2",)), "“1”")
    ]
    assert (outcomes[0].checked, outcomes[0].state) == (2, "failed")


def test_a_rule_that_looked_at_nothing_is_not_checked(tmp_path):
    findings, outcomes = judge(suite(tmp_path, entry()), {}, {})
    assert findings == ()
    assert (outcomes[0].checked, outcomes[0].state) == (0, "not checked")


def test_an_empty_table_is_not_checked(tmp_path):
    assert judge(suite(tmp_path, entry()))[1][0].state == "not checked"


def test_a_row_condition_narrows_the_rows_judged(tmp_path):
    condition = {"type": "comparison", "column": {"name": "kind"}, "operator": "==", "parameter": "money"}
    kwargs = {"column": "copy_gap", "max_value": 0, "row_condition": condition}
    findings, outcomes = judge(suite(tmp_path, entry(kwargs=kwargs)), {"copy_gap": 1.0}, {"copy_gap": 1.0, "kind": "money"})
    assert [f.quantities for f in findings] == [("q2",)]
    assert outcomes[0].checked == 1


def test_a_tolerance_is_an_edit_of_the_suite(tmp_path):
    kwargs = {"column": "copy_gap", "max_value": 0.5}
    assert judge(suite(tmp_path, entry(kwargs=kwargs)), {"copy_gap": 0.4})[0] == ()


def test_boolean_facts_are_judged_as_a_set(tmp_path):
    rule = entry(IN_SET, {"column": "unsourced", "value_set": [False]})
    findings, _ = judge(suite(tmp_path, rule), {"unsourced": True}, {"unsourced": False}, {})
    assert [f.quantities for f in findings] == [("q1",)]


def test_equal_findings_have_unlike_fingerprints(tmp_path):
    twin = {"copy_gap": 1.0, "sentence": "The same.", "low": 1, "high": 1}
    findings, _ = judge(suite(tmp_path, entry()), twin, twin)
    assert len({f.fingerprint for f in findings}) == 2


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (entry(type_="expect_nothing_much"), "unknown expectation 'expect_nothing_much'"),
        (entry(kwargs={"column": "no_such", "max_value": 0}), "no column no_such"),
        (entry(kwargs={"column": "copy_gap", "max_vlaue": 0}), "max_vlaue"),
        (entry(severity="grave"), "allowed: critical, warning, info"),
        (entry(message="{no_such}"), "{no_such}"),
        ({"type": BETWEEN, "kwargs": {"column": "copy_gap"}, "severity": "info"}, "meta lacks code, name, message"),
        ({"kwargs": {}}, "needs 'type' and 'kwargs'"),
    ],
)
def test_a_mistake_in_a_suite_is_named(tmp_path, rule, words):
    with pytest.raises(SuiteError) as error:
        judge(suite(tmp_path, rule), {"copy_gap": 1.0})
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_suite_without_expectations_is_an_error(tmp_path):
    with pytest.raises(SuiteError, match="judges nothing"):
        load(suite(tmp_path))


def test_a_rule_given_twice_is_an_error(tmp_path):
    with pytest.raises(SuiteError, match="stands in test already"):
        load(suite(tmp_path, entry(), entry(name="other")))


@pytest.mark.parametrize(("content", "words"), [("{", "not a suite"), ("[]", "meta.table is None"), ("{}", "meta.table is None")])
def test_a_file_that_is_no_suite_is_named(tmp_path, content, words):
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    with pytest.raises(SuiteError, match=words):
        load(tmp_path)


def test_a_folder_without_suites_is_an_error(tmp_path):
    with pytest.raises(SuiteError, match="no suite in"):
        load(tmp_path)


SHIPPED = rules(load(Path(__file__).parents[1] / "expectations"))


def test_the_shipped_suites_can_be_judged():
    outcomes = expect(load(Path(__file__).parents[1] / "expectations"), quantities({}), tables.frame([], tables.MEASURANDS))[1]
    assert [o.rule for o in outcomes] == [r.code for r in SHIPPED]
