"""Units and currencies beside a numeral."""

from __future__ import annotations

from auditor.extraction.sentence import Figure, Sentence
from auditor.extraction.units.after import after
from auditor.extraction.units.before import before
from auditor.extraction.units.compounds import compound
from auditor.extraction.units.per import per, rate
from auditor.extraction.units.table import Unit, key, table

__all__ = ["Unit", "attach", "compound", "key", "rate", "table"]


def attach(sentence: Sentence, figures: list[Figure]) -> None:
    """Give each figure the unit that stands before or after it, and what it is per."""
    for index, figure in enumerate(figures):
        if figure.unit is not None:
            continue
        floor = _behind(sentence, figures[index - 1]) if index else 0
        ceiling = sentence.starts[figures[index + 1].first] if index + 1 < len(figures) else len(sentence.text)
        before(sentence, figure, floor)
        after(sentence, figure, ceiling)
        if index and figure.unit == "meter" and figures[index - 1].unit == "hour" and figures[index - 1].after == figure.first:
            figure.unit, figure.dimension = "minute", "time"  # "2h 30m"
        per(sentence, figure)


def _behind(s: Sentence, figure: Figure) -> int:
    return max(figure.end, s.ends[figure.after - 1])
