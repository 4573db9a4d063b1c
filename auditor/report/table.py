"""A frame as JSON Lines, CSV or Parquet.  Same frame, same bytes."""

from __future__ import annotations

import io
import json
import math
import re
from typing import Any

import pandas as pd

_FORMULA = re.compile(r"[=@\t\r]|[+-](?!\d[\d.,]*$)")  # what a spreadsheet would run; "-5" is a number


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's rows as plain values; nulls are None, whole floats are ints."""
    columns = {name: [plain(v) for v in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def plain(value: Any) -> Any:
    """A cell as JSON knows it: None for every null, ints for whole floats."""
    if isinstance(value, list):
        return value
    if value is None or value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def jsonl(frame: pd.DataFrame) -> str:
    """An object a row and line."""
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in records(frame))


def csv(frame: pd.DataFrame) -> str:
    """RFC 4180 with a header; lists are joined by blanks, a cell that a spreadsheet would run gets an apostrophe."""
    return pd.DataFrame([{k: _cell(v) for k, v in row.items()} for row in records(frame)], columns=frame.columns).to_csv(
        index=False, lineterminator="\r\n"
    )


def parquet(frame: pd.DataFrame) -> bytes:
    """Parquet with the frame's dtypes; columns of lists are lists of strings."""
    import pyarrow as pa
    import pyarrow.parquet

    arrays = {name: _array(frame[name]) for name in frame.columns}
    buffer = io.BytesIO()
    pa.parquet.write_table(pa.table(arrays), buffer, compression="zstd")
    return buffer.getvalue()


_LISTS = {"quantities": 1, "sides": 2, "conflict_sides": 2, "superseded_sides": 2, "plan_sides": 2}  # columns of lists: how deep


def _array(column: pd.Series[Any]) -> Any:
    import pyarrow as pa

    types = {"string": pa.string(), "Int64": pa.int64(), "Float64": pa.float64(), "boolean": pa.bool_()}
    kind = types.get(str(column.dtype), pa.string())
    for _ in range(_LISTS.get(str(column.name), 0)):
        kind = pa.list_(kind)
    values = [None if v is pd.NA or (isinstance(v, float) and math.isnan(v)) else v for v in column.tolist()]
    return pa.array(values, type=kind)


def joined(value: Any) -> Any:
    """A list as one text: ids by blanks, the ids of a side by "+"."""
    return " ".join(v if isinstance(v, str) else "+".join(v) for v in value) if isinstance(value, list) else value


def _cell(value: Any) -> Any:
    value = joined(value)
    return "'" + value if isinstance(value, str) and _FORMULA.match(value) else value
