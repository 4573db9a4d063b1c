"""What changed between two audits: findings, figures that were silently edited, documents.

Works on the objects of ``audit.json`` alone, so that a nightly job needs nothing but the files of two nights.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from auditor.errors import InputError, why

SCHEMA = "auditor/diff/1"
_AUDIT = "auditor/audit/1"
_WORDS = re.compile(r"\w+|#")
_ALIKE = 0.7  # share of words by which an edited sentence is known again
_MOST = 300  # sentences of a document that are compared with each other one by one
_RENAMED = 0.6  # share of sentences by which a renamed document is known again

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that is new (``old`` is None), gone (``new`` is None) or changed; both are objects of ``findings``."""

    old: Row | None
    new: Row | None


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure whose value is another one at the same place of the same document: ``before`` and ``after`` as written."""

    document: str
    line: int
    before: str
    after: str
    sentence_before: str
    sentence_after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs; ``renamed`` are pairs of old and new names."""

    new: tuple[Row, ...]
    gone: tuple[Row, ...]
    changed: tuple[FindingChange, ...]
    figures: tuple[FigureChange, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    fared: tuple[tuple[str, str, str], ...]  # document, status before, status after

    def __bool__(self) -> bool:
        return any(asdict(self).values())


def load(file: Path) -> dict[str, Any]:
    """An audit as ``auditor run --format json`` wrote it.  Raises InputError."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{file}: cannot read the audit: {why(error)}") from error
    schema = content.get("schema") if isinstance(content, dict) else None
    if schema != _AUDIT:
        raise InputError(f"{file}: not an audit: its schema is {schema!r}; allowed: {_AUDIT!r}, as --format json writes it")
    difference(content, content, str(file))  # looks at everything that a difference needs
    return dict(content)


def difference(old: Mapping[str, Any], new: Mapping[str, Any], where: str = "one of the two") -> Difference:
    """What changed from one audit to the other.  Raises InputError for an audit that is damaged; ``where`` names it."""
    try:
        return _difference(old, new)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise InputError(
            f"{where}: damaged audit: {type(error).__name__}: {error}; write it anew with 'auditor run --format json'"
        ) from error


def _difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    before, after = _Audit(old), _Audit(new)
    renamed = dict(_renamed(before, after))
    fresh, gone, changed = _findings(before, after, renamed)
    both = [(renamed.get(name, name), name) for name in after.documents if renamed.get(name, name) in before.documents]
    return Difference(
        new=tuple(fresh),
        gone=tuple(gone),
        changed=tuple(changed),
        figures=tuple(change for was, name in both for change in _figures(name, before.sentences(was), after.sentences(name))),
        added=tuple(name for name in after.documents if name not in before.documents and name not in renamed),
        removed=tuple(name for name in before.documents if name not in after.documents and name not in renamed.values()),
        renamed=tuple((was, name) for name, was in renamed.items()),
        fared=tuple(
            (name, before.documents[was]["status"], after.documents[name]["status"])
            for was, name in both
            if before.documents[was]["status"] != after.documents[name]["status"]
        ),
    )


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its figures masked, so that it is known again when only they change."""

    words: tuple[str, ...]
    text: str
    figures: tuple[Row, ...]


class _Audit:
    """Look-ups over one audit."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.documents: dict[str, Row] = {d["document"]: d for d in content["documents"]}
        self.findings: list[Row] = list(content["findings"])
        self.figures: dict[str, Row] = {q["id"]: q for q in content["quantities"]}
        self._passages: dict[str, dict[int, list[Row]]] = {}
        for row in content["quantities"]:
            self._passages.setdefault(row["document"], {}).setdefault(row["passage"], []).append(row)

    def sentences(self, document: str) -> list[_Sentence]:
        """The sentences of a document that hold figures, in order."""
        return [_sentence(rows) for _, rows in sorted(self._passages.get(document, {}).items())]


def _sentence(rows: Sequence[Row]) -> _Sentence:
    rows = sorted(rows, key=lambda row: row["start"])
    text, parts = str(rows[0]["sentence"]), []
    at = 0
    for row in rows:
        found = text.find(" ".join(row["text"].split()), at)
        if found >= 0:
            parts += [text[at:found], " # "]
            at = found + len(row["text"])
    masked = "".join([*parts, text[at:]])
    return _Sentence(tuple(word.casefold() for word in _WORDS.findall(masked)), text, tuple(rows))


def _renamed(before: _Audit, after: _Audit) -> Iterator[tuple[str, str]]:
    """(new name, old name) of documents that share most of their sentences with figures."""
    removed = {name: {s.words for s in before.sentences(name)} for name in before.documents if name not in after.documents}
    for name in after.documents:
        if name in before.documents or not removed:
            continue
        words = {s.words for s in after.sentences(name)}
        best = max(removed, key=lambda was: (_shared(words, removed[was]), was))
        if _shared(words, removed[best]) >= _RENAMED:
            del removed[best]
            yield name, best


def _shared(left: set[tuple[str, ...]], right: set[tuple[str, ...]]) -> float:
    return len(left & right) / len(left | right) if left and right else 0.0


def _figures(name: str, before: Sequence[_Sentence], after: Sequence[_Sentence]) -> Iterator[FigureChange]:
    """The figures of one document whose value changed in a sentence that is otherwise (nearly) the same."""
    for old, new in _pairs(before, after):
        if len(old.figures) != len(new.figures):
            continue
        for was, now in zip(old.figures, new.figures, strict=True):
            if _value(was) != _value(now):
                yield FigureChange(name, now["line"], was["text"], now["text"], old.text, new.text)


def _value(row: Row) -> tuple[Any, ...]:
    return row["value"], row["low"], row["high"], row["unit"]


def _pairs(before: Sequence[_Sentence], after: Sequence[_Sentence]) -> Iterator[tuple[_Sentence, _Sentence]]:
    """Sentences that are the same but for their figures, then, of the others, those most alike."""
    by_words: dict[tuple[str, ...], list[_Sentence]] = {}
    for sentence in before:
        by_words.setdefault(sentence.words, []).append(sentence)
    rest = []
    for sentence in after:
        same = by_words.get(sentence.words)
        if same:
            exact = next((s for s in same if s.text == sentence.text), same[0])
            same.remove(exact)
            yield exact, sentence
        else:
            rest.append(sentence)
    left = [sentence for sentences in by_words.values() for sentence in sentences]
    if len(left) <= _MOST and len(rest) <= _MOST:
        yield from _alike(left, rest)


def _alike(before: list[_Sentence], after: Iterable[_Sentence]) -> Iterator[tuple[_Sentence, _Sentence]]:
    for sentence in after:
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(sentence.words)
        best, most = None, _ALIKE
        for candidate in before:
            matcher.set_seq1(candidate.words)
            if matcher.real_quick_ratio() >= most and matcher.quick_ratio() >= most and (ratio := matcher.ratio()) >= most:
                best, most = candidate, ratio
        if best is not None:
            before.remove(best)
            yield best, sentence


def _findings(before: _Audit, after: _Audit, renamed: Mapping[str, str]) -> tuple[list[Row], list[Row], list[FindingChange]]:
    """New, gone and changed findings: equal by fingerprint, else by their rule and a sentence that they share."""
    old = {(f["rule"], f["fingerprint"]): f for f in before.findings}
    changed, fresh = [], []
    for finding in after.findings:
        was = old.pop((finding["rule"], finding["fingerprint"]), None)
        if was is None:
            fresh.append(finding)
        elif any(was[key] != finding[key] for key in ("severity", "decision")):
            changed.append(FindingChange(was, finding))
    gone = {_places(f, before, {}): f for f in old.values()}
    new = []
    for finding in fresh:
        rule, here = _places(finding, after, renamed)
        match = next((key for key in gone if key[0] == rule and key[1] & here), None)
        if match is None:
            new.append(finding)
        else:
            changed.append(FindingChange(gone.pop(match), finding))
    return new, list(gone.values()), changed


def _places(finding: Row, audit: _Audit, renamed: Mapping[str, str]) -> tuple[str, frozenset[tuple[str, tuple[str, ...]]]]:
    """The rule, and the documents and masked sentences of a finding's figures."""
    rows = [audit.figures[q] for q in finding["quantities"]]
    return finding["rule"], frozenset((renamed.get(r["document"], r["document"]), _sentence([r]).words) for r in rows)
