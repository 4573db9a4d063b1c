"""Findings allowed in place: ``<!-- auditor: allow conflicting-figures because both counts are quoted -->``.

In Markdown and HTML such a comment allows a rule, by name or code, for the figures of the paragraph that it stands in, or, where
it stands alone, of the paragraph after it.  It needs a reason.
"""

from __future__ import annotations

import bisect
import dataclasses
import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.model import Finding, Reading, Rule

_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml")
_COMMENT = re.compile(r"<!--\s{0,20}auditor:\s{0,20}([^>]{0,1000}?)-->")
_ALLOW = re.compile(r"allow\s+(?P<rule>[\w-]+)(?:\s+because\s+(?P<reason>.+))?", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|div|li|ul|ol|td|th|tr|table|h[1-6]|section|article|blockquote|br|body|figure|figcaption)\b", re.I)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BLOCK_TEXT = 4_000  # characters of a page's source looked at on either side of a comment
_SAMPLE = 60  # characters by which the text beside a comment is found again in the text of the page


@dataclass(frozen=True, slots=True)
class Allowance:
    """A comment: the rule it names, why, where it is written, and the paragraph it holds for (None: none was found)."""

    rule: str
    reason: str
    where: str
    reading: int
    paragraph: int | None


def allowed(
    findings: Sequence[Finding], readings: Sequence[Reading], rules: Sequence[Rule], places: Mapping[str, tuple[int, int]]
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The findings with those marked that a comment allows, and what to tell of comments that are wrong or unused.

    ``places`` maps the id of a quantity to its reading and paragraph.
    """
    found, warnings = _allowances(readings, rules)
    if not found:
        return tuple(findings), tuple(warnings)
    by_place: dict[tuple[str, int, int], Allowance] = {}
    for allowance in found:
        if allowance.paragraph is not None:
            by_place[allowance.rule, allowance.reading, allowance.paragraph] = allowance
    used: set[Allowance] = set()
    new = []
    for finding in findings:
        keys = ((finding.rule, *places[q]) for q in finding.quantities if q in places)
        match = next((by_place[key] for key in keys if key in by_place), None)
        if match is not None:
            used.add(match)
            if finding.decision is None:
                finding = dataclasses.replace(finding, decision="allowed in place", decision_reason=match.reason)
        new.append(finding)
    warnings += [f"{a.where}: allow {a.rule}: unused: there is nothing to allow" for a in found if a not in used]
    return tuple(new), tuple(warnings)


def _allowances(readings: Sequence[Reading], rules: Sequence[Rule]) -> tuple[list[Allowance], list[str]]:
    code_of = {key: rule.code for rule in rules for key in (rule.code, rule.name)}
    found, warnings = [], []
    for n, reading in enumerate(readings):
        for where, content, paragraph in _comments(reading):
            match = _ALLOW.fullmatch(content)
            if match is None:
                warnings.append(f"{where}: comment not understood; write <!-- auditor: allow RULE because REASON -->")
            elif match["rule"] not in code_of:
                warnings.append(f"{where}: allow {match['rule']}: there is no such rule; 'auditor rules' lists them")
            elif not (match["reason"] or "").strip():
                warnings.append(f"{where}: allow {match['rule']}: gives no reason and does not count; add 'because REASON'")
            else:
                reason = " ".join(match["reason"].split())
                found.append(Allowance(code_of[match["rule"]], reason, where, n, paragraph))
    return found, warnings


def _comments(reading: Reading) -> Iterator[tuple[str, str, int | None]]:
    """(where, content, paragraph) of each comment to the auditor in a document."""
    name = reading.document.name
    suffix = Path(name).suffix.lower()
    if suffix in _MARKDOWN:
        for match in _COMMENT.finditer(reading.document.text):
            paragraph = _beside(reading, match.start(), match.end())
            yield _where(name, reading.document.text, match), match[1].strip(), paragraph
    elif suffix in _HTML:
        source = _source(name)
        for match in _COMMENT.finditer(source):
            yield _where(name, source, match), match[1].strip(), _in_page(reading, source, match)


def _where(name: str, text: str, match: re.Match[str]) -> str:
    return f"{name}:{text.count(chr(10), 0, match.start()) + 1}"


def _source(name: str) -> str:
    """The page's source if it can be read and speaks to the auditor, else nothing."""
    try:
        data = Path(name).read_bytes()
    except (OSError, ValueError):
        return ""
    return data.decode("utf-8", "replace") if b"auditor:" in data else ""


def _beside(reading: Reading, start: int, end: int) -> int | None:
    """The paragraph that the offsets stand in, else the one after them."""
    passages = reading.passages
    at = bisect.bisect_right([p.start for p in passages], start) - 1
    if at >= 0 and (passages[at].end > start or "\n" not in reading.document.text[passages[at].end : start]):
        return passages[at].paragraph
    return passages[at + 1].paragraph if at + 1 < len(passages) else None


def _in_page(reading: Reading, source: str, match: re.Match[str]) -> int | None:
    """The paragraph of a page that holds the words beside a comment of its source: of its block, else of the block after it."""
    before = _BLOCK.split(source[max(0, match.start() - _BLOCK_TEXT) : match.start()])[-1]
    after = _BLOCK.split(source[match.end() : match.end() + _BLOCK_TEXT])
    samples = [(after[0], False), (before, True), *((part, False) for part in after[1:])]
    for part, from_end in samples:
        words = _visible(part)
        if words:
            return _holding(reading, words[-_SAMPLE:] if from_end else words[:_SAMPLE])
    return None


def _visible(part: str) -> str:
    """The words of a piece of source without tags and blanks; the rest of a tag that the split cut in two is dropped."""
    head, bracket, tail = part.partition(">")
    text = tail if bracket and "<" not in head else part
    return "".join(html.unescape(_TAG.sub("", text)).split())


def _holding(reading: Reading, words: str) -> int | None:
    return next((p.paragraph for p in _paragraphs(reading) if words in p.text), None)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    paragraph: int
    text: str


def _paragraphs(reading: Reading) -> Iterable[_Paragraph]:
    texts: dict[int, list[str]] = {}
    for passage in reading.passages:
        texts.setdefault(passage.paragraph, []).append("".join(passage.text.split()))
    return (_Paragraph(n, "".join(parts)) for n, parts in texts.items())
