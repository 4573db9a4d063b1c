"""Fact columns over the tables.  Facts only: thresholds are the suites'."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from auditor.compare.copied import copy_gaps
from auditor.compare.stages import Stage, stages
from auditor.compare.values import Side, Value, either, in_one_unit, in_words, or_none, overlap, sides_of, slip, written

_DISPUTED = 0.5  # no finding on a disputed reading is surer than this


def compare(quantities: pd.DataFrame, measurands: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both frames with their fact columns filled (``auditor.tables`` names them); null where a fact cannot be said."""
    quantities, measurands = quantities.copy(), measurands.copy()
    quantities["unsourced"] = quantities["needs_source"] & ~quantities["attributed"] & (quantities["source_type"] != "vague")
    quantities["vague_source"] = quantities["needs_source"] & (quantities["source_type"] == "vague")
    quantities["copy_gap"] = copy_gaps(quantities)
    if measurands.empty:
        return quantities, measurands
    rows: dict[str, Mapping[str, Any]] = {
        row["id"]: {str(k): v for k, v in row.items()} for row in quantities[quantities["group"].notna()].to_dict("records")
    }
    _date_copies(rows)
    facts = [_facts([rows[q] for q in ids]) for ids in measurands["quantities"]]
    for name in {key for fact in facts for key in fact}:
        values = [fact.get(name) for fact in facts]
        measurands[name] = pd.Series(values, index=measurands.index, dtype=measurands[name].dtype)
    asked = pd.Series([any(rows[q]["needs_source"] for q in ids) for ids in measurands["quantities"]], index=measurands.index)
    measurands["single_origin"] = (measurands["origins"] == 1).where((measurands["documents"] > 1) & asked)
    disputed = pd.Series([_disputed(rows, ids) for ids in measurands["quantities"]], index=measurands.index)
    measurands["confidence"] = measurands["confidence"].where(~disputed, measurands["confidence"].clip(upper=_DISPUTED))
    return quantities, measurands


def _date_copies(rows: dict[str, Mapping[str, Any]]) -> None:
    """A copy without a date was written when its origin was: give it the origin's first day."""
    first: dict[str, str] = {}
    for row in rows.values():
        if (day := or_none(row["published"])) is not None:
            first[row["origin"]] = min(first.get(row["origin"], day), day)
    for key, row in rows.items():
        if or_none(row["published"]) is None and row["origin"] in first:
            rows[key] = {**row, "published": first[row["origin"]]}


def not_compared(quantities: pd.DataFrame) -> dict[str, int]:
    """How many figures were compared with nothing, by reason."""
    alone = quantities[quantities["group"].isna()]
    open_reading = alone["uncertain"].notna()
    nameless = ~open_reading & alone["entity"].isna() & alone["event"].isna() & alone["property"].isna()
    reasons = {
        "the number itself can be read in two ways": int(open_reading.sum()),
        "the text does not say what it measures": int(nameless.sum()),
        "no other document measures the same thing": int((~open_reading & ~nameless).sum()),
    }
    return {reason: count for reason, count in reasons.items() if count}


def _disputed(rows: Mapping[str, Mapping[str, Any]], ids: Sequence[str]) -> bool:
    return any(not pd.isna(rows[q]["uncertain"]) or not pd.isna(rows[q]["second_reading"]) for q in ids)


def _facts(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    values = in_one_unit(rows)
    actual, planned = [v for v in values if not v.planned], [v for v in values if v.planned]
    facts: dict[str, Any] = {"relation": "agree", "gap": 0.0}
    for of in (actual, planned):
        sides = sides_of(of)
        if len(sides) > 1:
            facts |= _difference(sides, rows)
            break
    if actual and planned:
        facts |= _plan(actual, planned)
    return facts


def _difference(sides: Sequence[Side], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    inside = not _of_several_documents(sides)
    if inside and not _contradicts_itself(sides):
        return {}  # two numbers of one document are two things, unless its headline or an age says otherwise
    facts = {"sides": _ids(sides), "gap": _gap(sides), "relative_gap": _relative_gap(sides), **_extremes(sides)}
    if inside:
        return {**facts, **_opposed(*_in_time(sides)), "relation": "within_document", "within_gap": facts["relative_gap"]}
    told = stages(sides, rows)
    disputed = next((stage for stage in reversed(told) if len(stage) > 1 and _of_several_documents(stage)), None)
    if len(told) > 1:
        facts |= {
            "relation": "superseded",
            "superseded_gap": facts["relative_gap"],
            **_overtaken(told),
            **_opposed(*_in_time(sides)),
        }
    if disputed:
        facts |= {
            **{"relation": "conflict", "conflict_sides": _ids(disputed), "conflict_gap": _relative_gap(disputed)},
            **_opposed(*(_of_one_day(disputed) or _in_time(disputed))),
        }
    return facts


def _overtaken(told: Sequence[Stage]) -> dict[str, Any]:
    """A side for each stage, and the first and the last stage in words."""
    first, last = told[0], told[-1]
    nearest = min(itertools.product(first, last), key=lambda pair: abs(pair[0][0].point - pair[1][0].point))
    several = len(first) + len(last) > 2
    return {
        "superseded_sides": [[v.id for side in stage for v in side] for stage in told],
        "superseded": either([written(side) for side in first]),
        "superseded_by": either([written(side) for side in last]),
        "superseded_difference": in_words(*(side[0] for side in nearest), at_least=several),
    }


def _ids(sides: Sequence[Side]) -> list[list[str]]:
    return [[v.id for v in side] for side in sides]


def _of_several_documents(sides: Sequence[Side]) -> bool:
    return len({v.document for side in sides for v in side}) > 1


def _extremes(sides: Sequence[Side]) -> dict[str, Any]:
    """What lies between the least and the greatest value, and between the first and the last day."""
    a, b = _ends(sides)
    days = [v.day for side in sides for v in side if v.day]
    least, larger = sorted((abs(a.point), abs(b.point)))
    return {
        "ratio": larger / least if least else None,
        "days_apart": float((max(days) - min(days)).days) if len(days) > 1 else None,
        **({"scale_slip": True} if slip(a, b) else {}),
    }


def _ends(sides: Sequence[Side]) -> tuple[Value, Value]:
    return min(sides[0], key=lambda v: v.point), max(sides[-1], key=lambda v: v.point)


def _gap(sides: Sequence[Side]) -> float:
    """The distance between the least and the greatest of the values."""
    least, most = sides[0], sides[-1]
    gap = max(0.0, min(v.low for v in most) - max(v.high for v in least)) if all(not math.isinf(v.low) for v in most) else 0.0
    a, b = _ends(sides)
    return gap or abs(b.point - a.point)


def _relative_gap(sides: Sequence[Side]) -> float:
    larger = max(abs(end.point) for end in _ends(sides))
    return _gap(sides) / larger if larger else 0.0


def _opposed(older: Side, newer: Side) -> dict[str, Any]:
    """Two sides that stand against each other, in words."""
    return {
        "older": written(older),
        "newer": written(newer),
        "older_document": older[0].document,
        "newer_document": newer[0].document,
        "difference": in_words(older[0], newer[0]),
    }


def _contradicts_itself(sides: Sequence[Side]) -> bool:
    """Whether a headline's value is nowhere in the text, which has another; or one person has two ages."""
    if sides[0][0].row["kind"] == "age":
        return True
    headlines = [all(v.row["passage_kind"] in ("headline", "caption") for v in side) for side in sides]
    return any(headlines) and not all(headlines)


def _of_one_day(sides: Sequence[Side]) -> tuple[Sequence[Value], Side] | None:
    """The two sides farthest apart that were both told on the latest day on which two sides were; None without such a day."""
    told: dict[datetime.date, list[Side]] = {}
    for side in sides:
        for day in {v.day for v in side if v.day}:
            told.setdefault(day, []).append(side)
    latest = max((day for day, of_day in told.items() if len(of_day) > 1), default=None)
    return None if latest is None else (told[latest][0], told[latest][-1])


def _in_time(sides: Sequence[Side]) -> tuple[Sequence[Value], Side]:
    """The side of the earliest and the side of the latest day; without days, the smallest and the largest value."""
    dated = [side for side in sides if any(v.day for v in side)]
    if len(dated) > 1:
        first = min(dated, key=lambda side: (min(v.day for v in side if v.day), sides.index(side)))
        last = max((s for s in dated if s is not first), key=lambda side: (max(v.day for v in side if v.day), sides.index(side)))
        return first, last
    return sides[0], sides[-1]


def _plan(actual: Sequence[Value], planned: Sequence[Value]) -> dict[str, Any]:
    """The gap between what was planned and what came of it by the latest day that is told, where no outcome meets a plan."""
    actual, planned = ([v for v in values if v.sharp] or values for values in (actual, planned))
    if any(overlap(a, p) for a in actual for p in planned):
        return {"plan_gap": 0.0}
    pairs = [(plan, outcome) for plan in planned for outcome in actual if not _is_for_later(plan, outcome)]
    if not pairs:
        return {}
    latest = max(or_none(outcome.row["as_of"]) or "" for _, outcome in pairs)
    last = [(plan, outcome) for plan, outcome in pairs if (or_none(outcome.row["as_of"]) or "") == latest]
    plan, outcome = min(last, key=lambda pair: (abs(pair[0].point - pair[1].point), pair[0].id, pair[1].id))
    larger = max(abs(plan.point), abs(outcome.point)) or 1.0
    return {
        "plan_gap": abs(plan.point - outcome.point) / larger,
        "plan_sides": [[v.id for v in planned if overlap(v, plan)], [v.id for v in actual if overlap(v, outcome)]],
        "planned": written([plan]),
        "outcome": written([outcome]),
    }


def _is_for_later(plan: Value, outcome: Value) -> bool:
    """Whether a plan is for a time that begins after that of the outcome: 900 homes this year, 850 last year."""
    start, end = or_none(plan.row["as_of_start"]), or_none(outcome.row["as_of"])
    return plan.row["as_of_method"] == "text" and start is not None and end is not None and start > end
