"""The nouns of the audit: frozen values with spans into one untouched text.

    Document -> Passage -> Quantity -> Claim      (the text side; a Reading holds them for one document)
    Finding, Rule, Audit                          (what the table side gives back)

Every span is a pair of half-open offsets into ``Document.text``.  This module imports nothing of ours and nothing heavy.
All values are plain data (they pickle, compare and repeat), so that one document can be read in another process.
"""

from __future__ import annotations

import bisect
import datetime
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


class Status(enum.StrEnum):
    """How a document fared: read whole, in part, or not at all; the reason stands beside it."""

    OK = "ok"
    PARTIAL = "partial"
    UNREADABLE = "unreadable"


class PassageKind(enum.StrEnum):
    HEADLINE = "headline"
    SENTENCE = "sentence"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    BOILERPLATE = "boilerplate"


class Modifier(enum.StrEnum):
    """What the words around a numeral say of its exactness."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    RANGE = "range"
    VAGUE = "vague"


class Trend(enum.StrEnum):
    UP = "up"
    DOWN = "down"


class Kind(enum.StrEnum):
    """The sort of a quantity; figures of different kinds never measure the same thing."""

    COUNT = "count"
    AGE = "age"
    MEASURE = "measure"
    MONEY = "money"
    SHARE = "share"
    SCORE = "score"
    MAGNITUDE = "magnitude"


class Factuality(enum.StrEnum):
    """FactBank's distinction, coarse: did it happen, is it intended, may it be, is it denied, is it only supposed."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


class Stage(enum.StrEnum):
    """How far the counting had come when a figure was told."""

    EARLY = "early"  # an exit poll, a first or partial count
    ESTIMATE = "estimate"
    FINAL = "final"
    REVISED = "revised"  # the text says that it replaces an earlier one


class SourceType(enum.StrEnum):
    """Who answers for a figure.  ``VAGUE``: a hedge such as "reportedly" that names no one; ``NONE``: no sign of a source."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"
    OUTLET = "outlet"
    OWN = "own"
    VAGUE = "vague"
    NONE = "none"


class Severity(enum.StrEnum):
    """Great Expectations' severities."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Mark:
    """Structure that a reader of a format knows: ``kind`` over ``start:end``.

    Kinds: ``heading``, ``list_item``, ``table_cell``, ``caption``, ``footnote``, ``boilerplate``, ``paragraph`` (blocks);
    ``markup`` (characters that are no prose, blanked in passages), ``link`` (``target`` is its address) and ``reference``
    (a reference mark such as "[3]", ``target`` is what it points to).
    """

    kind: str
    start: int
    end: int
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text to audit.  ``name`` is what all outputs call it (a path as given, or ``FILE#id`` for a corpus line).

    ``lines`` says where the text stands in its file, if it was taken out of a format with other lines: pairs of an offset into
    the text and the line of the file from there on, 0 where that cannot be told.
    """

    name: str
    text: str
    title: str | None = None
    published: datetime.date | None = None
    published_method: str | None = None
    published_confidence: float | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    status: Status = Status.OK
    reason: str | None = None
    marks: tuple[Mark, ...] = ()
    own_voice: bool = False
    lines: tuple[tuple[int, int], ...] = ()

    def line_of_file(self, offset: int) -> int | None:
        """The line of the file that an offset into the text stands on, from 1; None where it cannot be told."""
        if not self.lines:
            return self.text.count("\n", 0, offset) + 1
        at = bisect.bisect_right(self.lines, offset, key=lambda pair: pair[0]) - 1
        return self.lines[at][1] or None if at >= 0 else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, heading, list item, cell, caption, or a run of boilerplate.

    ``text`` has the length of ``document.text[start:end]`` and its characters, except that line breaks and markup are
    blanked by spaces: an offset into it plus ``start`` is an offset into the document.
    """

    index: int
    kind: PassageKind
    start: int
    end: int
    text: str
    paragraph: int

    @property
    def audited(self) -> bool:
        return self.kind is not PassageKind.BOILERPLATE


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral with its unit and modifier at a span: an interval of values, as the wording allows.

    ``start:end`` covers the numeral with its scale word and unit sign ("$2.4 million", "70%"), neither hedge nor unit word.
    ``value`` is the number as written (None for a range or a vague count); ``low`` and ``high`` are in ``unit``, None where
    unbounded; ``granularity`` is the size of the last written place.  ``counted`` is the noun phrase that a count counts, its
    head in the singular; of a share it is written "% voter" (value 0.5: half of the voters).  A rate whose denominator is a
    unit names both in ``unit`` ("dollar per barrel", ``per`` "barrel"); any other denominator stands in ``per`` alone.  Ages
    have the unit "year of age" (month, week, day of age).
    ``former`` is the start of the quantity that this one has replaced ("fell from 5 to 3").
    ``second_reading`` is what another reader (quantulum3) makes of it where it disagrees; ``uncertain`` names why the
    reading itself is open (an ambiguous separator, say).
    """

    start: int
    end: int
    text: str
    passage: int
    low: Decimal | None
    high: Decimal | None
    value: Decimal | None = None
    granularity: Decimal | None = None
    modifier: Modifier = Modifier.EXACT
    trend: Trend | None = None
    kind: Kind = Kind.COUNT
    unit: str | None = None
    dimension: str | None = None
    per: str | None = None
    counted: str | None = None
    counted_head: str | None = None
    counted_start: int | None = None
    counted_end: int | None = None
    former: int | None = None
    second_reading: str | None = None
    uncertain: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who answers for a figure (PARC: source, cue, content).  ``attributed`` only where a source is named or described.

    ``source`` is the words as written, ``source_entity`` one name for all its names in the corpus (set by the origins step),
    ``route`` the rule that found it, ``chain`` further links ("AFP, citing the NIS" -> ("the NIS",)).
    """

    attributed: bool = False
    source: str | None = None
    source_type: SourceType = SourceType.NONE
    source_entity: str | None = None
    source_start: int | None = None
    source_end: int | None = None
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    route: str | None = None
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a value holds for, both ends included; None is open.  ``text`` and ``method`` say where it comes from."""

    start: datetime.date | None
    end: datetime.date | None
    text: str | None = None
    method: str = "text"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a figure measures, as far as the text says: entity + property + qualifiers, and what alignment compares.

    ``features`` maps the name of an alignment attribute to its (sorted) values; the alignment step alone reads it.
    """

    entity: str | None = None
    property: str | None = None
    qualifiers: tuple[str, ...] = ()
    event: str | None = None
    place: str | None = None
    features: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantity in context: who says how much of what, as of when, how surely.

    ``needs_source`` is False for figures that an editor would not ask a source for; ``needs_source_why`` names the reason.
    ``query_weight`` (0 to 1) ranks those that he would.  ``source_elsewhere`` is who answers for the same figure elsewhere
    in the document (a headline's figure in the text), where nobody does here.
    """

    quantity: Quantity
    frame: Frame = Frame()
    attribution: Attribution = Attribution()
    as_of: Period | None = None
    factuality: Factuality = Factuality.ACTUAL
    stage: Stage | None = None
    needs_source: bool = True
    needs_source_why: str | None = None
    query_weight: float = 0.0
    source_elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is read from one document: a pure function of the document and the settings."""

    document: Document
    passages: tuple[Passage, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set of the reading; the rest of the configuration belongs to the command line."""

    decimal_mark: str | None = None  # "." or ",", None: the document's own convention, else the point
    own_voice: tuple[str, ...] = ()  # globs of document names that answer for their own figures
    include: tuple[str, ...] = ()  # globs of the documents to audit, empty: all
    exclude: tuple[str, ...] = ()  # globs of documents to leave out
    entities: tuple[tuple[str, ...], ...] = ()  # names of one source, the first is the one to show
    reference_date: datetime.date | None = None  # the "now" of documents without a date
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Level:
    """Outcome of comparing one attribute of two claims: its name, the level, its points, and both values as text."""

    attribute: str
    level: str
    points: float
    left: str | None = None
    right: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that measure the same thing.  ``members`` are (reading index, claim index); ``probability`` of its weakest
    needed link; ``levels`` explain the decisive pair, attribute by attribute."""

    members: tuple[tuple[int, int], ...]
    label: str
    probability: float = 1.0
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """Evidence of copying: two spans of two readings with (nearly) the same words."""

    left: tuple[int, int, int]  # reading index, start, end
    right: tuple[int, int, int]
    containment: float
    altered: tuple[tuple[int, int], ...] = ()  # pairs of claim indices (left, right) whose numbers differ in the copy


@dataclass(frozen=True, slots=True)
class Origins:
    """``of[i]`` is the origin id of reading i ("o1"); documents with one id are copies, translations or rewrites of one.
    ``copied`` maps a figure (reading index, claim index) to the one that stands at its place in the sentence it copies."""

    of: tuple[str, ...]
    shared: tuple[SharedPassage, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)  # origin id -> evidence in words
    copied: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a suite: its public identity and its page."""

    code: str
    name: str
    severity: Severity
    table: str  # "quantities" or "measurands"
    description: str
    message: str
    notes: str
    suite: str
    expectation: Mapping[str, Any] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule unmet by one row.  ``sides`` lists, for a discrepancy, the quantity ids of each value that stands against the
    others; ``fingerprint`` identifies the claims, not the lines, so that it survives edits elsewhere."""

    rule: str
    name: str
    severity: Severity
    message: str
    quantities: tuple[str, ...]
    sides: tuple[tuple[str, ...], ...] = ()
    measurand: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    fingerprint: str = ""
    decision: str | None = None  # why it does not count: "baseline", "accepted", "not comparable", "allowed in place"
    decision_reason: str | None = None


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What became of one rule: how many rows it looked at; ``not checked`` is no pass."""

    rule: str
    checked: int
    findings: int
    state: str  # "passed", "failed", "not checked", "off" (left out by the configuration)


@dataclass(frozen=True, slots=True)
class Audit:
    """The result of a run, from which every report is written.

    ``quantities`` and ``measurands`` are the frames that ``auditor.tables`` declares; ``not_compared`` counts figures by the
    reason for which they were not compared; ``outcomes`` says of every rule how many rows it judged.
    """

    readings: tuple[Reading, ...]
    quantities: pd.DataFrame
    measurands: pd.DataFrame
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    outcomes: tuple[RuleOutcome, ...]
    origins: Origins
    groups: tuple[Group, ...] = ()
    not_compared: Mapping[str, int] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    fail_on: str = "critical"  # least severity that fails the run, or "never"
    warnings: tuple[str, ...] = ()  # what the user should know beside the findings: decisions expired or unused
    validation: Any = None  # what the Data Docs are built from; opaque outside expect and report

    @property
    def documents(self) -> tuple[Document, ...]:
        return tuple(reading.document for reading in self.readings)

    def worst(self) -> Severity | None:
        """The highest severity among findings that no decision covers; None where there are none."""
        order = list(Severity)
        left = [f.severity for f in self.findings if f.decision is None]
        return min(left, key=order.index) if left else None
