"""How well figures are found, put together and set against each other in the development stories.

    python benchmarks/stories.py [FOLDER] [--errors] [--kind KIND] [--gold FILE]

FOLDER (default: ``tests/stories``) holds a file a story; ``tests/stories/README.md`` says how one is written.  All stories are
audited as one corpus, so that a figure put together with another story's counts against the audit.  Printed for every kind of
story and for all, as precision / recall in percent:

    figures     figures found: spans overlap and intervals overlap
    alignment   pairs of figures of different documents that are put together
    conflicts   pairs of figures of different documents that a finding sets against each other
    findings    findings with at least one true pair / things with differing values for which a true pair is found
    critical    the same, of critical findings alone
    update      of the true pairs, how many have the right one of the names conflict and update
    traps       pairs of figures that look alike and are something else: put together / set against each other / of how many
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import itertools
import json
import math
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import auditor

FOLDER = Path(__file__).parents[1] / "tests" / "stories"
CONFLICTS = ("conflicting-figures", "conflicting-values")
UPDATE = "superseded-figure"
FRAME = ("counted", "unit", "per", "entity", "property", "qualifiers", "event", "place", "as_of", "factuality", "source", "trend")
VERDICTS = ("conflict", "update", "agree")

_MARK = re.compile(r"\{(?P<figure>[^{}|]+)\|(?P<what>[^{}|]*)\}")
_WHAT = re.compile(
    r"(?P<thing>\?|[a-z]\w*|)(?:/(?P<side>[a-z]|\?))?"
    r" ?(?P<modifier>~|>=|<=|>|<|)"
    r"(?: ?(?P<low>\d[\de.]*?)(?:\.\.(?P<high>\d[\de.]*))?)?"
)
_DIGITS = re.compile(r"[$€£]?(?P<number>\d[\d,]*(?:\.\d+)?)%?(?: (?P<scale>thousand|million|billion|trillion))?")
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_UNITS.split())} | {w: 10 * n for n, w in enumerate(_TENS.split(), 2)}

Pair = frozenset["Figure"]


@dataclass(frozen=True)
class Figure:
    """A figure as labelled: where it stands, what it allows, which thing it measures and which of its differing values it is."""

    document: str
    start: int
    end: int
    text: str
    low: float
    high: float
    thing: str | None = None
    side: str | None = None


@dataclass(frozen=True)
class Story:
    name: str
    kind: str
    documents: tuple[Mapping[str, Any], ...]
    figures: tuple[Figure, ...]
    ignored: tuple[Figure, ...]
    things: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, hash=False)
    traps: tuple[frozenset[str], ...] = ()

    def verdict(self, a: Figure, b: Figure) -> str | None:
        """What an editor says of two figures of one thing in different documents; None where people could not say."""
        if a.side == b.side or None in (a.side, b.side):
            return "agree"
        if "?" in (a.side, b.side):
            return None
        thing = self.things[str(a.thing)]
        return str(thing.get("pairs", {}).get("-".join(sorted([str(a.side), str(b.side)])), thing.get("verdict")))


def load(folder: Path) -> list[Story]:
    """The stories of a folder in order of their names.  Raises ValueError where one is not well written."""
    return [_story(file) for file in sorted(folder.glob("*.toml"))]


def _story(file: Path) -> Story:
    raw = tomllib.loads(file.read_text("utf-8"))
    documents: list[Mapping[str, Any]] = []
    figures: list[Figure] = []
    ignored: list[Figure] = []
    for document in raw["documents"]:
        text, marks = _unmarked(document["text"].strip() + "\n")
        documents.append({**document, "text": text, "id": f"{file.stem}.{document['id']}"})
        for start, end, what in marks:
            figure = _figure(documents[-1]["id"], text, start, end, what, file.name)
            (ignored if what == "?" else figures).append(figure)
    traps = tuple(frozenset(trap["things"]) for trap in raw.get("traps", ()))
    story = Story(file.stem, raw["kind"], tuple(documents), tuple(figures), tuple(ignored), raw["things"], traps)
    _check(story)
    return story


def _unmarked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and (start, end, what) of every figure in it."""
    plain, marks, at = "", [], 0
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        marks.append((len(plain), len(plain) + len(mark["figure"]), mark["what"]))
        plain += mark["figure"]
        at = mark.end()
    return plain + text[at:], marks


def _figure(document: str, text: str, start: int, end: int, what: str, file: str) -> Figure:
    match = _WHAT.fullmatch(what)
    if not match:
        raise ValueError(f"{file}: {what!r} is not 'thing', 'thing/side', then a sign (~ > >= < <=), then a value or low..high")
    words = text[start:end]
    if what == "?":
        return Figure(document, start, end, words, -math.inf, math.inf)
    value = float(match["low"]) if match["low"] else number(words)
    low, high = value, float(match["high"] or value)
    if match["modifier"] == "~":
        low, high = low - max(0.1 * abs(low), 1), high + max(0.1 * abs(high), 1)
    elif match["modifier"]:
        low, high = (low, math.inf) if match["modifier"][0] == ">" else (-math.inf, high)
    return Figure(document, start, end, words, low, high, match["thing"] or None, match["side"])


def number(words: str) -> float:
    """The value of a numeral in digits or words.  Raises ValueError for others, whose value must stand in the mark."""
    if match := _DIGITS.fullmatch(words):
        return float(Decimal(match["number"].replace(",", "")) * int(_SCALES.get(match["scale"] or "", 1)))
    whole = part = 0.0
    for word in re.split(r"[ -]", words.lower()):
        if word in _WORDS:
            part += _WORDS[word]
        elif word == "hundred":
            part *= 100
        elif word in _SCALES:
            whole, part = whole + part * _SCALES[word], 0.0
        elif word != "and":
            raise ValueError(f"{words!r} is no plain numeral: write its value into the mark")
    return whole + part


def _check(story: Story) -> None:
    named = {figure.thing for figure in story.figures if figure.thing}
    for thing in named | set().union(*story.traps):
        if thing not in named:
            raise ValueError(f"{story.name}: no figure measures {thing!r}")
        of = [figure for figure in story.figures if figure.thing == thing]
        sides = {figure.side for figure in of} - {None, "?"}
        if len({figure.document for figure in of}) > 1 and thing not in story.things:
            raise ValueError(f"{story.name}: {thing!r} stands in several documents and is not declared in [things]")
        if len(sides) > 1 and story.things[thing].get("verdict") not in VERDICTS:
            raise ValueError(f"{story.name}: {thing!r} has differing values and no verdict ({', '.join(VERDICTS)})")


# --- scoring ------------------------------------------------------------------------------------------------------------------


@dataclass
class Count:
    """Right ones among those found and among those there are."""

    right: int = 0
    found: int = 0
    hit: int = 0
    there: int = 0

    def plus(self, other: Count) -> Count:
        return Count(*(a + b for a, b in zip(dataclasses.astuple(self), dataclasses.astuple(other), strict=True)))

    def __str__(self) -> str:
        return f"{_percent(self.right, self.found)}/{_percent(self.hit, self.there)}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:3.0f}" if whole else "  -"


MEASURES = ("figures", "alignment", "conflicts", "findings", "critical")


@dataclass
class Score:
    counts: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in MEASURES})
    named_right: int = 0
    named: int = 0
    traps: int = 0
    traps_together: int = 0
    traps_opposed: int = 0
    errors: list[str] = field(default_factory=list)

    def plus(self, other: Score) -> Score:
        counts = {name: count.plus(other.counts[name]) for name, count in self.counts.items()}
        return Score(
            counts,
            self.named_right + other.named_right,
            self.named + other.named,
            self.traps + other.traps,
            self.traps_together + other.traps_together,
            self.traps_opposed + other.traps_opposed,
            self.errors + other.errors,
        )

    def __str__(self) -> str:
        counts = "  ".join(f"{self.counts[name]!s:>9}" for name in MEASURES)
        traps = f"{self.traps_together:2}/{self.traps_opposed:2}/{self.traps:3}"
        return f"{counts}  {_percent(self.named_right, self.named):>6}  {traps}"


class Scorer:
    """An audit of all stories, against their labels."""

    def __init__(self, stories: Sequence[Story], rows: Sequence[Mapping[str, Any]], findings: Sequence[Any]) -> None:
        self.rows = {row["id"]: {**row, "document": row["document"].split("#")[-1]} for row in rows}
        self.findings = findings
        self.read: dict[Figure, str] = {}
        for story in stories:
            self.read |= self._match(story)
        self.gold = {id_: figure for figure, id_ in self.read.items()}

    def _match(self, story: Story) -> dict[Figure, str]:
        """The row read for each figure: spans and intervals overlap; the same interval first, then the longest overlap."""
        options = []
        for number_, figure in enumerate(story.figures):
            for row in self._rows(story):
                overlap = min(figure.end, row["end"]) - max(figure.start, row["start"])
                low, high = _interval(row)
                if row["document"] == figure.document and overlap > 0 and max(low, figure.low) <= min(high, figure.high):
                    options.append((not _same(figure, low, high), -overlap, number_, row["id"]))
        matched: dict[Figure, str] = {}
        for _, _, number_, id_ in sorted(options):
            if story.figures[number_] not in matched and id_ not in matched.values():
                matched[story.figures[number_]] = id_
        return matched

    def _rows(self, story: Story) -> list[Mapping[str, Any]]:
        names = {document["id"] for document in story.documents}
        return [
            row
            for row in self.rows.values()
            if row["document"] in names
            and not any(i.document == row["document"] and i.start < row["end"] and row["start"] < i.end for i in story.ignored)
        ]

    def score(self, story: Story) -> Score:
        score = Score()
        self._figures(story, score)
        together = self._alignment(story, score)
        opposed = self._conflicts(story, score, together)
        for left, right in (sorted(trap) for trap in story.traps if len(trap) == 2):
            pairs = {frozenset((a, b)) for a in story.figures for b in story.figures if (a.thing, b.thing) == (left, right)}
            score.traps += len(pairs)
            score.traps_together += len(pairs & together)
            score.traps_opposed += len(pairs & opposed)
        return score

    def _figures(self, story: Story, score: Score) -> None:
        rows = self._rows(story)
        found = [figure for figure in story.figures if figure in self.read]
        score.counts["figures"] = Count(len(found), len(rows), len(found), len(story.figures))
        for figure in story.figures:
            if figure not in self.read:
                score.errors.append(f"figure missed: {self._words(story, figure)}")
        for row in rows:
            if row["id"] not in self.gold:
                score.errors.append(f"figure too many: {row['text']!r} [{row['low']}, {row['high']}] in: {row['sentence']}")

    def _alignment(self, story: Story, score: Score) -> set[Pair]:
        mine = set(story.figures)
        groups: dict[str, list[Figure]] = {}
        for id_, figure in self.gold.items():
            if isinstance(self.rows[id_]["group"], str):
                groups.setdefault(self.rows[id_]["group"], []).append(figure)
        together = {pair for members in groups.values() for pair in _across(members) if pair & mine}
        wanted = {pair for pair in _across(story.figures) if _thing(pair)}
        right = len(together & wanted)
        score.counts["alignment"] = Count(right, len(together), right, len(wanted))
        for pair in sorted(together - wanted, key=_order):
            score.errors.append(f"together, wrongly: {self._both(story, pair)}")
        for pair in sorted(wanted - together, key=_order):
            if all(figure in self.read for figure in pair):
                score.errors.append(f"not together: {self._both(story, pair)}")
        return together | {pair for members in groups.values() for pair in map(frozenset, itertools.combinations(members, 2))}

    def _conflicts(self, story: Story, score: Score, together: set[Pair]) -> set[Pair]:
        names = {document["id"] for document in story.documents}
        wanted, neutral = _verdicts(story)
        named: dict[Pair, str] = {}
        wrong: set[frozenset[str]] = set()
        seen: set[Pair] = set()
        things: dict[str, set[str | None]] = {"findings": set(), "critical": set()}
        for finding in self.findings:
            pairs = [ids for ids in _opposed(finding) if finding.name in (*CONFLICTS, UPDATE) and self._across(ids, names)]
            if not pairs:
                continue
            figures = {ids: frozenset(self.gold[i] for i in ids if i in self.gold) for ids in pairs}
            hits = wanted.keys() & figures.values()
            named |= dict.fromkeys(hits, finding.name)
            wrong |= {ids for ids, pair in figures.items() if pair not in wanted and pair not in neutral}
            seen |= set(figures.values())
            for measure in ("findings", "critical") if finding.severity == "critical" else ("findings",):
                score.counts[measure] = score.counts[measure].plus(Count(bool(hits or neutral & {*figures.values()}), 1))
                things[measure] |= {_thing(pair) for pair in hits}
        for measure, found in things.items():
            score.counts[measure] = score.counts[measure].plus(Count(0, 0, len(found), len({_thing(pair) for pair in wanted})))
        score.counts["conflicts"] = Count(len(named), len(named) + len(wrong), len(named), len(wanted))
        score.named = len(named)
        score.named_right = sum((name == UPDATE) == (wanted[pair] == "update") for pair, name in named.items())
        for ids in sorted(wrong, key=sorted):
            score.errors.append("opposed, wrongly: " + "\n        x ".join(map(self._row_words, sorted(ids))))
        for pair in sorted(wanted.keys() & together - named.keys(), key=_order):
            score.errors.append(f"together, {wanted[pair]} not seen: {self._both(story, pair)}")
        for pair in sorted(named, key=_order):
            if (named[pair] == UPDATE) != (wanted[pair] == "update"):
                score.errors.append(f"{named[pair]}, but {wanted[pair]}: {self._both(story, pair)}")
        return seen

    def _across(self, ids: frozenset[str], names: set[str]) -> bool:
        """Whether these quantities stand in two documents, one of them among ``names``."""
        documents = {self.rows[i]["document"] for i in ids}
        return len(documents) == 2 and bool(documents & names)

    def _words(self, story: Story, figure: Figure) -> str:
        text = next(document["text"] for document in story.documents if document["id"] == figure.document)
        sentence = _sentence(text, figure.start, figure.end)
        return f"{figure.text!r} ({figure.thing}) {figure.document}: {sentence}{self._frame(self.read.get(figure))}"

    def _both(self, story: Story, pair: Pair) -> str:
        return "\n        x ".join(
            self._words(story, figure) if figure in story.figures else f"{figure.text!r} of another story, {figure.document}"
            for figure in sorted(pair, key=lambda f: (f.document, f.start))
        )

    def _row_words(self, id_: str) -> str:
        row = self.rows[id_]
        return f"{row['text']!r} {row['document']}: {row['sentence']}{self._frame(id_)}"

    def _frame(self, id_: str | None) -> str:
        """How the audit reads a figure: what is not null of its frame."""
        row = self.rows[id_] if id_ else {}
        return f" <{', '.join(f'{name} {row[name]}' for name in FRAME if isinstance(row.get(name), str))}>" if row else ""


def _interval(row: Mapping[str, Any]) -> tuple[float, float]:
    low, high = row["low"], row["high"]
    return (-math.inf if _null(low) else float(low)), (math.inf if _null(high) else float(high))


def _null(value: Any) -> bool:
    return not isinstance(value, int | float) or math.isnan(value)


def _same(figure: Figure, low: float, high: float) -> bool:
    return all(a == b or math.isclose(a, b, rel_tol=1e-4) for a, b in ((figure.low, low), (figure.high, high)))


def _across(figures: Iterable[Figure]) -> set[Pair]:
    return {frozenset((a, b)) for a, b in itertools.combinations(figures, 2) if a.document != b.document}


def _thing(pair: Pair) -> str | None:
    """What both figures of a pair measure, None where they measure different things."""
    things = {figure.thing for figure in pair}
    return things.pop() if len(things) == 1 else None


def _verdicts(story: Story) -> tuple[dict[Pair, str], set[Pair]]:
    """The pairs of a story that differ, with "conflict" or "update", and those of which people could not say."""
    verdicts = {pair: story.verdict(*pair) for pair in _across(story.figures) if _thing(pair)}
    wanted = {pair: verdict for pair, verdict in verdicts.items() if verdict in ("conflict", "update")}
    return wanted, {pair for pair, verdict in verdicts.items() if verdict is None}


def _order(pair: Pair) -> list[tuple[str, int]]:
    return sorted((figure.document, figure.start) for figure in pair)


def _opposed(finding: Any) -> Iterator[frozenset[str]]:
    for left, right in itertools.combinations(finding.sides, 2):
        yield from (frozenset(pair) for pair in itertools.product(left, right))


def _sentence(text: str, start: int, end: int) -> str:
    left = max((m.end() for m in re.finditer(r"[.!?][\"”]?\s|\n\n", text[:start])), default=0)
    right = re.search(r"[.!?](?!\d)|\n\n", text[end:])
    return " ".join(text[left : end + (right.end() if right else 100)].split())


def audit(stories: Sequence[Story]) -> auditor.Audit:
    """The audit of all documents of all stories as one corpus."""
    import auditor

    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "stories.jsonl")
        with corpus.open("w", encoding="utf-8") as out:
            for document in (document for story in stories for document in story.documents):
                published = document.get("published")
                row = {
                    "id": document["id"],
                    "title": document.get("title"),
                    "source": document.get("outlet"),
                    "published": published.isoformat() if isinstance(published, datetime.date) else None,
                    "text": document["text"],
                }
                out.write(json.dumps({key: value for key, value in row.items() if value}) + "\n")
        return auditor.audit([corpus])


def gold(story: Story) -> dict[str, Any]:
    """A story as one JSON object: documents, figures, groups of figures on one thing, pairs that differ, spans to ignore."""
    ids = {figure: f"f{number}" for number, figure in enumerate(story.figures, 1)}
    wanted, neutral = _verdicts(story)
    named = sorted({figure.thing for figure in story.figures if figure.thing})
    of = {thing: [figure for figure in story.figures if figure.thing == thing] for thing in named}
    return {
        "story": story.name,
        "docs": [{"doc": d["id"], **{key: str(value) for key, value in d.items() if key != "id"}} for d in story.documents],
        "figures": [
            {
                **{"id": ids[f], "doc": f.document, "start": f.start, "end": f.end, "surface": f.text, "measurand": f.thing},
                **{"low": _finite(f.low), "high": _finite(f.high), "attributed": None},
            }
            for f in story.figures
        ],
        "groups": [{"measurand": thing, "figures": [ids[f] for f in of[thing]]} for thing in named if len(of[thing]) > 1],
        "conflict_pairs": [[*sorted(ids[f] for f in pair), wanted[pair]] for pair in sorted(wanted, key=_order)],
        "unscored_pairs": [sorted(ids[f] for f in pair) for pair in sorted(neutral, key=_order)],
        "ignore_spans": [{"doc": f.document, "start": f.start, "end": f.end} for f in story.ignored],
    }


def _finite(value: float) -> float | None:
    return None if math.isinf(value) else value


def rows(of: auditor.Audit) -> list[dict[str, Any]]:
    """The quantities of an audit, a mapping a row."""
    return [{str(key): value for key, value in row.items()} for row in of.quantities.to_dict("records")]


def main() -> int | str:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--errors", action="store_true", help="list what is missed and what is wrong, with its sentence")
    parser.add_argument("--kind", help="print this kind of story alone (all are audited)")
    parser.add_argument("--gold", type=Path, metavar="FILE", help="write the labels as JSON, a story a line, and audit nothing")
    options = parser.parse_args()
    stories = load(options.folder)
    if not stories:
        return f"no story in {options.folder}"
    if options.gold:
        options.gold.write_text("".join(json.dumps(gold(story)) + "\n" for story in stories), encoding="utf-8")
        return 0
    found = audit(stories)
    scorer = Scorer(stories, rows(found), found.findings)
    print(f"{'kind':14}{'':2}" + "  ".join(f"{name:>9}" for name in (*MEASURES, "update")) + "  traps")
    total = Score()
    kinds: dict[str, Score] = {}
    for story in stories:
        score = scorer.score(story)
        total = total.plus(score)
        kinds[story.kind] = kinds.get(story.kind, Score()).plus(score)
    for kind, score in sorted(kinds.items()):
        if options.kind in (None, kind):
            print(f"{kind:14}  {score}")
            if options.errors:
                print(*(f"    {error}" for error in score.errors), sep="\n")
    print(f"{f'all ({len(stories)})':14}  {total}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
