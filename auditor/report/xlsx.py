"""The audit as a workbook: findings, measurands, quantities and documents, a sheet each."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pandas as pd

from auditor.model import Audit
from auditor.report import findings
from auditor.report.json import documents
from auditor.report.table import joined, records

_ROWS = 1_048_575  # rows of a sheet below its header
_CELL = 32_767  # characters of a cell
_WIDTHS = {"sentence": 60, "message": 60, "others": 60, "label": 40, "document": 30, "decision_reason": 40}
_MADE = datetime.datetime(2000, 1, 1)  # a fixed day: same audit, same bytes


def render(audit: Audit) -> bytes:
    """An .xlsx; every text is a text: nothing of a document can run as a formula or become a link."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({"bold": True, "bottom": 1})
        sheets = {
            "findings": findings.frame(audit),
            "measurands": audit.measurands,
            "quantities": audit.quantities,
            "documents": pd.DataFrame(documents(audit)),
        }
        for name, frame in sheets.items():
            _fill(book.add_worksheet(name), frame, head)
    return buffer.getvalue()


def _fill(sheet: Any, frame: pd.DataFrame, head: Any) -> None:
    names = [str(name) for name in frame.columns]
    for at, name in enumerate(names):
        sheet.write_string(0, at, name, head)
        sheet.set_column(at, at, _WIDTHS.get(name, 14))
    for n, row in enumerate(records(frame.head(_ROWS)), start=1):
        for at, value in enumerate(row.values()):
            _write(sheet, n, at, joined(value))
    if len(frame) > _ROWS:
        sheet.write_comment(0, 0, f"{len(frame):,} rows, of which a sheet holds {_ROWS:,}; the Parquet tables hold all")
    sheet.freeze_panes(1, 0)
    if len(frame):
        sheet.autofilter(0, 0, min(len(frame), _ROWS), len(names) - 1)


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value)[:_CELL])
