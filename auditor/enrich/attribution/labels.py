"""Speakers beside what they say, without a verb: the labels of a transcript, the line with a dash under a quotation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from auditor import lexicon
from auditor.model import Attribution, Passage, PassageKind, SourceType

_LABEL = re.compile(r"(?P<name>[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){0,4}): +(?=\S)")
_SIGNED = re.compile(r"(?:[—–]|--) ?(?P<name>[A-ZÀ-Þ][^\n\d.!?;:]{2,100})$")
_LEAST = 2  # times that a label begins a paragraph, before it is one of a transcript


class Labels:
    """Who speaks in the passages of one document by label or signature."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages

    def of(self, passage: int) -> Attribution | None:
        """The speaker of a passage, None where nothing beside it names one."""
        return self._by_paragraph.get(self.passages[passage].paragraph)

    @cached_property
    def _by_paragraph(self) -> dict[int, Attribution]:
        found: dict[int, Attribution] = {}
        labelled: list[tuple[Passage, re.Match[str]]] = []
        before: Passage | None = None
        for passage in self.passages:
            first = before is None or before.paragraph != passage.paragraph
            if first and passage.kind is PassageKind.SENTENCE:
                label = _LABEL.match(passage.text)
                if label and label["name"].lower().split()[0] not in _no_source():
                    labelled.append((passage, label))
                signed = _SIGNED.match(passage.text.rstrip())
                if signed and before is not None and before.kind is PassageKind.SENTENCE:
                    found[before.paragraph] = _said(passage, signed, "signature")
            before = passage
        times = Counter(label["name"] for _, label in labelled)
        for passage, label in labelled:
            if times[label["name"]] >= _LEAST:
                found.setdefault(passage.paragraph, _said(passage, label, "label"))
        return found


def _said(passage: Passage, match: re.Match[str], route: str) -> Attribution:
    start, end = passage.start + match.start("name"), passage.start + match.end("name")
    cue = (end, end + 1) if route == "label" else (passage.start, passage.start + 1)
    return Attribution(
        attributed=True,
        source=" ".join(match["name"].split()),
        source_type=SourceType.NAMED,
        source_start=start,
        source_end=end,
        cue=passage.text[cue[0] - passage.start : cue[1] - passage.start],
        cue_start=cue[0],
        cue_end=cue[1],
        route=route,
    )


def _no_source() -> frozenset[str]:
    return frozenset(lexicon.load("cues")["headline"]["no_source"])
