"""The door: objects -> the two frames, whose columns are declared here and nowhere else.

``quantities`` has a row for every figure written somewhere, ``measurands`` a row for every thing that figures of several
places measure.  Values are exact decimals before this door and floats behind it; ``text`` keeps what was written.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditor.model import Claim, Group, Origins, Reading


@dataclass(frozen=True, slots=True)
class Column:
    """``dtype`` is pandas'; ``object`` columns hold lists.  ``fact`` columns are filled by ``compare``."""

    name: str
    dtype: str
    meaning: str
    fact: bool = False


QUANTITIES: tuple[Column, ...] = (
    Column("id", "string", "names the row in findings and groups"),
    Column("document", "string", "path as given, or FILE#id for a line of a corpus"),
    Column("start", "Int64", "first character of the figure in the document's text, from 0"),
    Column("end", "Int64", "one past its last character"),
    Column("line", "Int64", "line of the figure, from 1"),
    Column("column", "Int64", "column of the figure in its line, from 1"),
    Column("passage", "Int64", "index of its passage in the document"),
    Column("passage_kind", "string", "headline, sentence, list_item, table_cell, caption or footnote"),
    Column("sentence", "string", "the passage's text"),
    Column("text", "string", "the figure as written"),
    Column("value", "Float64", "the number as written, in `unit`; null for a range or a vague count"),
    Column(
        "low", "Float64", "lower end of what the wording allows, in `unit`; null: unbounded; of a change (in extract) what it was"
    ),
    Column(
        "high",
        "Float64",
        "upper end of what the wording allows, in `unit`; null: unbounded; of a change (in extract) what it has become",
    ),
    Column("granularity", "Float64", "size of the last written place, in `unit`"),
    Column("modifier", "string", "exact, about, more_than, at_least, less_than, at_most, range, vague, or change (in extract)"),
    Column("trend", "string", "up or down for an amount of change, else null"),
    Column("kind", "string", "count, age, measure, money, share, score or magnitude"),
    Column("unit", "string", "canonical name of the unit or currency; null for a count"),
    Column("dimension", "string", "what the unit measures (length, mass, currency ...)"),
    Column("per", "string", "what a rate is per ('soldier per month'); null where it is none"),
    Column("counted", "string", "the noun phrase that a count counts; null for a measure"),
    Column("entity", "string", "who or what the figure is about"),
    Column("property", "string", "which of its properties the figure gives"),
    Column("qualifiers", "string", "what narrows it (where, of whom, part of what), joined by '; '"),
    Column("event", "string", "class of the event that it counts by (killed, deployed ...)"),
    Column("place", "string", "where, by the lexicon's name"),
    Column("as_of", "string", "day that the value holds for, ISO; the last day of a period; null: unknown"),
    Column("as_of_start", "string", "first day of the period, ISO"),
    Column("as_of_method", "string", "text, published or carried: where the day comes from"),
    Column("published", "string", "publication day of the document, ISO; null: unknown"),
    Column("factuality", "string", "actual, planned, possible, denied or hypothetical"),
    Column("stage", "string", "early, estimate, final or revised: how far the counting had come; null where nothing says so"),
    Column("attributed", "boolean", "whether somebody or something answers for it"),
    Column("source", "string", "who, in the words as written"),
    Column("source_type", "string", "named, anonymous, document, outlet, own, vague or none"),
    Column("source_entity", "string", "one name for all the names of this source in the corpus"),
    Column("cue", "string", "the words that attribute it ('said', 'according to')"),
    Column("route", "string", "the rule that found the source"),
    Column("source_elsewhere", "string", "who answers for the same figure elsewhere in the document, where nobody does here"),
    Column("needs_source", "boolean", "whether an editor would ask who says so"),
    Column("needs_source_why", "string", "why not, where `needs_source` is false"),
    Column("query_weight", "Float64", "how pressing the question for its source is, 0 to 1; findings of a rule are listed by it"),
    Column("former", "string", "id of the figure that this one has replaced ('fell from 5 to 3'); null for any other"),
    Column("second_reading", "string", "what a second reader makes of it, where it disagrees"),
    Column("uncertain", "string", "why the reading itself is open"),
    Column("origin", "string", "id of the document's origin; copies share it"),
    Column("group", "string", "id of its measurand; null where it is compared with nothing"),
    Column("unsourced", "boolean", "needs a source, and the document gives none for it", fact=True),
    Column("vague_source", "boolean", "its only source is a hedge that names no one", fact=True),
    Column("copy_of", "string", "id of the figure that stands at its place in the passage it copies", fact=True),
    Column("copy_gap", "Float64", "relative difference from that figure; null where it is no copy", fact=True),
)

MEASURANDS: tuple[Column, ...] = (
    Column("id", "string", "names the row in findings and in `group` of quantities"),
    Column("label", "string", "what is measured, in words"),
    Column("kind", "string", "as in quantities"),
    Column("unit", "string", "the unit of its values; null for counts"),
    Column("quantities", "object", "ids of its figures, in order of the documents"),
    Column("figures", "Int64", "how many figures"),
    Column("documents", "Int64", "in how many documents"),
    Column("origins", "Int64", "of how many independent origins"),
    Column("sources", "Int64", "answered for by how many distinct named sources"),
    Column("confidence", "Float64", "how sure it is that these figures measure the same thing, 0 to 1"),
    Column("low", "Float64", "least value that one of its figures allows"),
    Column("high", "Float64", "greatest value that one of its figures allows"),
    Column("sides", "object", "ids of the figures of each value, where values differ", fact=True),
    Column(
        "relation",
        "string",
        "agree, conflict (where any two values contradict each other), superseded or within_document",
        fact=True,
    ),
    Column("gap", "Float64", "distance between the two sides farthest apart, 0 where all overlap, in `unit`", fact=True),
    Column("relative_gap", "Float64", "gap over the larger of the two values", fact=True),
    Column("ratio", "Float64", "larger over smaller of the two values farthest apart", fact=True),
    Column("days_apart", "Float64", "days between the earliest and the latest day that its values hold for", fact=True),
    Column(
        "conflict_gap", "Float64", "relative gap of values that cannot both be right; null where none is comparable", fact=True
    ),
    Column("conflict_sides", "object", "ids of the figures of each value that contradicts the others", fact=True),
    Column("superseded_gap", "Float64", "relative gap between a value and the later one that overtook it", fact=True),
    Column("plan_gap", "Float64", "relative gap between a planned value and the outcome", fact=True),
    Column("within_gap", "Float64", "relative gap of values inside one document", fact=True),
    Column("scale_slip", "boolean", "two values differ by a power of ten or by a unit", fact=True),
    Column(
        "single_origin",
        "boolean",
        "several documents, one origin; null for one document, and where no figure needs a source",
        fact=True,
    ),
    Column("older", "string", "value of the earlier or smaller side, as written", fact=True),
    Column("newer", "string", "value of the later or larger side, as written", fact=True),
    Column("older_document", "string", "a document of the earlier or smaller side", fact=True),
    Column("newer_document", "string", "a document of the later or larger side", fact=True),
    Column("difference", "string", "how much larger the largest value is than the smallest, in words", fact=True),
    Column(
        "superseded_sides",
        "object",
        "ids of the figures of each stage, the earliest first; the values of a later stage overtook those of the earlier",
        fact=True,
    ),
    Column("superseded", "string", "what the earliest stage told, as written", fact=True),
    Column("superseded_by", "string", "what the latest stage tells, as written", fact=True),
    Column("superseded_difference", "string", "how much larger one of them is than the other, in words", fact=True),
    Column("plan_sides", "object", "ids of the planned figures, and of the outcomes", fact=True),
    Column("planned", "string", "the planned value nearest to the outcome, as written", fact=True),
    Column("outcome", "string", "the latest outcome, as written", fact=True),
)

ID_OF_QUANTITY = "q{}"
ID_OF_MEASURAND = "m{}"


def frames(readings: Sequence[Reading], groups: Sequence[Group], origins: Origins) -> tuple[pd.DataFrame, pd.DataFrame]:
    """``quantities`` (a row a claim, in document order) and ``measurands`` (a row a group); fact columns are null, but for
    ``copy_of``."""
    group_of = {member: ID_OF_MEASURAND.format(n + 1) for n, group in enumerate(groups) for member in group.members}
    rows: list[dict[str, Any]] = []
    id_of: dict[tuple[int, int], str] = {}
    for r, reading in enumerate(readings):
        lines = _line_starts(reading.document.text)
        at: dict[int, str] = {}
        for c, claim in enumerate(reading.claims):
            id_of[r, c] = at[claim.quantity.start] = ID_OF_QUANTITY.format(len(rows) + 1)
            rows.append(
                {
                    **_quantity_row(reading, claim, lines),
                    "id": id_of[r, c],
                    "former": None if claim.quantity.former is None else at.get(claim.quantity.former),
                    "origin": origins.of[r],
                    "group": group_of.get((r, c)),
                }
            )
    for copy, original in origins.copied.items():
        rows[int(id_of[copy][1:]) - 1]["copy_of"] = id_of[original]
    quantities = frame(rows, QUANTITIES)
    by_id = {row["id"]: row for row in rows}
    measurands = frame(
        [_measurand_row(n, group, [by_id[id_of[m]] for m in group.members]) for n, group in enumerate(groups)], MEASURANDS
    )
    return quantities, measurands


def frame(rows: Sequence[dict[str, Any]], columns: Sequence[Column]) -> pd.DataFrame:
    """A frame of the rows with exactly the declared columns and dtypes; a missing key is null, an undeclared one an error."""
    declared = {column.name for column in columns}
    unknown = {key for row in rows for key in row} - declared
    if unknown:
        raise KeyError(f"undeclared columns: {sorted(unknown)}")
    return pd.DataFrame({c.name: pd.Series([row.get(c.name) for row in rows], dtype=c.dtype) for c in columns})


CHANGE = "change"  # the modifier of an old and a new value in one row


def changes(quantities: pd.DataFrame, readings: Sequence[Reading]) -> pd.DataFrame:
    """``quantities`` with a row for every change instead of two, as ``extract`` writes them.

    "fell from 5 to 3" is one row: ``modifier`` is "change", ``value`` null, ``low`` what it was, ``high`` what it has become;
    ``text`` runs from the first to the second, and what else is told is told of the first.
    """
    texts = {reading.document.name: reading.document.text for reading in readings}
    plain = quantities.astype(object).where(quantities.notna(), None)
    rows: dict[str, dict[str, Any]] = {
        row["id"]: {str(name): cell for name, cell in row.items()} for row in plain.to_dict("records")
    }
    for row in list(rows.values()):
        old = rows.get(row["former"]) if row["former"] else None
        if old is None or old["value"] is None or row["value"] is None:
            continue
        rows[old["id"]] = {
            **old,
            **{name: row[name] if old[name] is None else old[name] for name in ("unit", "dimension", "per", "counted")},
            "kind": row["kind"] if old["unit"] is None else old["kind"],
            "end": row["end"],
            "text": texts[old["document"]][old["start"] : row["end"]],
            "value": None,
            "low": old["value"],
            "high": row["value"],
            "modifier": CHANGE,
        }
        del rows[row["id"]]
    return frame(list(rows.values()), QUANTITIES)


def _line_starts(text: str) -> list[int]:
    return [0, *(i + 1 for i, character in enumerate(text) if character == "\n")]


def _quantity_row(reading: Reading, claim: Claim, lines: list[int]) -> dict[str, Any]:
    quantity, frame_, said = claim.quantity, claim.frame, claim.attribution
    passage = reading.passages[quantity.passage]
    line = bisect.bisect_right(lines, quantity.start)
    published = reading.document.published
    return {
        "document": reading.document.name,
        "start": quantity.start,
        "end": quantity.end,
        "line": line,
        "column": quantity.start - lines[line - 1] + 1,
        "passage": quantity.passage,
        "passage_kind": passage.kind.value,
        "sentence": " ".join(passage.text.split()),
        "text": quantity.text,
        "value": _number(quantity.value),
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "granularity": _number(quantity.granularity),
        "modifier": quantity.modifier.value,
        "trend": quantity.trend and quantity.trend.value,
        "kind": quantity.kind.value,
        "unit": quantity.unit,
        "dimension": quantity.dimension,
        "per": quantity.per,
        "counted": quantity.counted,
        "entity": frame_.entity,
        "property": frame_.property,
        "qualifiers": "; ".join(frame_.qualifiers) or None,
        "event": frame_.event,
        "place": frame_.place,
        "as_of": claim.as_of and claim.as_of.end and claim.as_of.end.isoformat(),
        "as_of_start": claim.as_of and claim.as_of.start and claim.as_of.start.isoformat(),
        "as_of_method": claim.as_of and claim.as_of.method,
        "published": published and published.isoformat(),
        "factuality": claim.factuality.value,
        "stage": claim.stage and claim.stage.value,
        "attributed": said.attributed,
        "source": said.source,
        "source_type": said.source_type.value,
        "source_entity": said.source_entity,
        "cue": said.cue,
        "route": said.route,
        "source_elsewhere": claim.source_elsewhere,
        "needs_source": claim.needs_source,
        "needs_source_why": claim.needs_source_why,
        "query_weight": claim.query_weight,
        "second_reading": quantity.second_reading,
        "uncertain": quantity.uncertain,
    }


def _measurand_row(n: int, group: Group, members: list[dict[str, Any]]) -> dict[str, Any]:
    lows = [m["low"] for m in members if m["low"] is not None]
    highs = [m["high"] for m in members if m["high"] is not None]
    named = {m["source_entity"] or m["source"] for m in members if m["attributed"]}
    return {
        "id": ID_OF_MEASURAND.format(n + 1),
        "label": group.label,
        "kind": members[0]["kind"],
        "unit": members[0]["unit"],
        "quantities": [m["id"] for m in members],
        "figures": len(members),
        "documents": len({m["document"] for m in members}),
        "origins": len({m["origin"] for m in members}),
        "sources": len(named),
        "confidence": group.probability,
        "low": min(lows, default=None),
        "high": max(highs, default=None),
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
