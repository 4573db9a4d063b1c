"""How far a copied figure is from the one that it copies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd


def copy_gaps(quantities: pd.DataFrame) -> pd.Series[float]:
    """How far each copied figure is from the one it copies, relative to the larger; 0 where it is the same or its rounding."""
    copies = quantities[quantities["copy_of"].notna()]
    originals = quantities.set_index("id").loc[copies["copy_of"]]
    gaps = [_copy_gap(a, b) for a, b in zip(_rows(copies), _rows(originals), strict=True)]
    return pd.Series(gaps, index=copies.index, dtype="Float64").reindex(quantities.index)


def _rows(frame: pd.DataFrame) -> list[Mapping[str, Any]]:
    wanted = frame[["text", "value", "low", "high", "granularity"]].astype(object)
    return [{str(k): v for k, v in row.items()} for row in wanted.where(wanted.notna(), None).to_dict("records")]


def _copy_gap(copy: Mapping[str, Any], original: Mapping[str, Any]) -> float:
    if copy["text"].split() == original["text"].split():
        return 0.0
    if copy["value"] is not None and original["value"] is not None:
        fine, coarse = sorted((copy["granularity"] or 0.0, original["granularity"] or 0.0))
        gap = abs(copy["value"] - original["value"])
        return 0.0 if gap <= (coarse / 2 if fine < coarse else 0.0) else _relative(copy["value"], original["value"])
    if copy["value"] is None and original["value"] is None:
        return max(_relative(copy[end] or 0.0, original[end] or 0.0) for end in ("low", "high"))
    lows = [-math.inf if row["low"] is None else row["low"] for row in (copy, original)]
    highs = [math.inf if row["high"] is None else row["high"] for row in (copy, original)]
    apart = max(lows) - min(highs)  # a number for a range or for "dozens" that holds it is another wording, not another number
    return _relative(max(lows), min(highs)) if apart > 0 else 0.0


def _relative(a: float, b: float) -> float:
    return abs(a - b) / max(abs(a), abs(b)) if a != b else 0.0
