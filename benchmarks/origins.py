#!/usr/bin/env python3
"""How well and how fast copies are found.

    python benchmarks/origins.py                         cost: synthetic corpora of 1,000, 3,000 and 10,000 articles
    python benchmarks/origins.py GOLD.jsonl [...]        quality, on copies made of the stories of these files

GOLD holds a story a line: {"docs": [{"doc", "published", "title", "text"}], "figures": [{"doc", "start", "end", "text"}]}.
Quality is measured as a user would meet it: copies stand in one corpus with all documents of the files, and all of it is read.

    altered     200 copies with one number changed: found, if that figure is paired with that of a document it copies
    unaltered   200 copies as they are: false, if any of their figures is said to be altered
    excerpts    200 excerpts of 40 % of the sentences inside another text: found, if they have the origin of their source

Deterministic; exit code 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import pathlib
import random
import re
import resource
import sys
import time

from auditor.model import Document, Reading, Settings
from auditor.origins import origins
from auditor.pipeline import read_one
from auditor.read.text import plain
from auditor.segment import segment

COPIES = 200
SETTINGS = Settings()
NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def read(name: str, text: str, published: str | None = None) -> Reading:
    document = plain(Document(name=name, text=text))
    if published:
        import datetime

        document = dataclasses.replace(document, published=datetime.date.fromisoformat(published))
    return read_one(document, SETTINGS)


def changed(text: str, chance: random.Random) -> str | None:
    """Another number of the same form; None where the text writes no number that can be changed so."""
    digits = re.search(r"\d", text)
    if digits:
        places = [m.start() for m in re.finditer(r"\d", text)]
        at = chance.choice(places)
        new = chance.choice([d for d in "123456789" if d != text[at]])
        return text[:at] + new + text[at + 1 :]
    for word in NUMBERS:
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            other = chance.choice([n for n in NUMBERS if n != word])
            return re.sub(rf"\b{word}\b", other.capitalize() if text[0].isupper() else other, text, count=1, flags=re.IGNORECASE)
    return None


@dataclasses.dataclass
class Source:
    name: str
    text: str
    published: str | None
    figures: list[tuple[int, int]]


def sources(paths: list[pathlib.Path]) -> list[Source]:
    found = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            story = json.loads(line)
            for doc in story["docs"]:
                figures = [(f["start"], f["end"]) for f in story["figures"] if f["doc"] == doc["doc"]]
                found.append(Source(f"{story['story']}/{doc['doc']}", doc["text"], doc.get("published"), figures))
    return found


def quality(paths: list[pathlib.Path], errors: bool) -> bool:
    chance = random.Random(20)
    texts = sources(paths)
    base = [read(s.name, s.text, s.published) for s in texts]
    usable = [i for i, s in enumerate(texts) if any(changed(s.text[a:b], random.Random(0)) for a, b in s.figures)]
    picked = [usable[i % len(usable)] for i in chance.sample(range(max(COPIES, len(usable))), COPIES)]

    copies, where = [], []
    for n, i in enumerate(picked):
        source = texts[i]
        start, end, new = chance.choice(
            [(a, b, c) for a, b in source.figures if (c := changed(source.text[a:b], chance)) is not None]
        )
        copies.append(read(f"altered-{n}", source.text[:start] + new + source.text[end:], source.published))
        where.append((start, start + len(new), end))
    result = origins([*base, *copies], SETTINGS)
    said = {}
    for passage in result.shared:
        for a, b in passage.altered:
            for one, other in (((passage.left[0], a), (passage.right[0], b)), ((passage.right[0], b), (passage.left[0], a))):
                said.setdefault((one[0], other[0]), []).append((one[1], other[1]))
    both = [*base, *copies]
    found = extra = unread = 0
    for n, i in enumerate(picked):
        c = len(base) + n
        start, new_end, old_end = where[n]
        own = [x for (one, _), pairs in said.items() if one == c for x, _ in pairs]
        hits = [x for x in own if both[c].claims[x].quantity.start < new_end and start < both[c].claims[x].quantity.end]
        found += bool(hits)
        extra += len(set(own)) > len(set(hits))
        is_read = [
            any(q.quantity.start < e and start < q.quantity.end for q in both[k].claims) for k, e in ((c, new_end), (i, old_end))
        ]
        unread += not hits and not all(is_read)
        if errors and not hits:
            text = both[c].document.text
            print(
                f"  missed {texts[i].name} read={is_read} origin={result.of[c] == result.of[i]}: "
                f"{texts[i].text[max(0, start - 60) : old_end + 40]!r} -> {text[start:new_end]!r}"
            )
    print(f"altered: {found} of {COPIES} found ({unread} missed: the figure itself was not read), {extra} with another figure")

    chance.shuffle(usable)
    plain_ones = [usable[n % len(usable)] for n in range(COPIES)]
    copies = [read(f"same-{n}", texts[i].text, texts[i].published) for n, i in enumerate(plain_ones)]
    result = origins([*base, *copies], SETTINGS)
    own = others = joined = 0
    for n, i in enumerate(plain_ones):
        c = len(base) + n
        joined += result.of[c] == result.of[i]
        pairs = {(p.left[0], p.right[0]) for p in result.shared if p.altered and c in (p.left[0], p.right[0])}
        own += any({i, c} == set(pair) for pair in pairs)
        others += bool(pairs)
    natural = sum(1 for p in origins(base, SETTINGS).shared if p.altered)
    print(
        f"unaltered: {own} of {COPIES} falsely altered against their source, {others} against any document "
        f"({natural} altered sentences stand in the corpus itself); {joined} have the origin of their source"
    )

    excerpts = []
    pool = [i for i, s in enumerate(texts) if len(s.text.split()) >= 20]
    chosen = [pool[n % len(pool)] for n in chance.sample(range(max(COPIES, len(pool))), COPIES)]
    for n, i in enumerate(chosen):
        words = list(re.finditer(r"\S+", texts[i].text))
        size = max(8, round(0.4 * len(words)))
        first = chance.randrange(0, max(1, len(words) - size))
        excerpt = texts[i].text[words[first].start() : words[min(first + size, len(words)) - 1].end()]
        around = article(random.Random(n), 120)
        half = around.index("\n\n")
        excerpts.append(read(f"excerpt-{n}", around[:half] + "\n\n" + excerpt + around[half:]))
    result = origins([*base, *excerpts], SETTINGS)
    held = sum(result.of[len(base) + n] == result.of[i] for n, i in enumerate(chosen))
    if errors:
        for n, i in enumerate(chosen):
            if result.of[len(base) + n] != result.of[i]:
                print(f"  apart: {texts[i].name} {len(texts[i].text.split())} words")
    clean = origins(base, SETTINGS)
    print(f"excerpts: {held} of {COPIES} have the origin of their source; {len(set(clean.of))} origins in the corpus")
    return found >= 190 and not own and held >= 190


SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]


def vocabulary(chance: random.Random) -> list[str]:
    return ["".join(chance.choice(SYLLABLES) for _ in range(chance.randint(1, 4))) for _ in range(20_000)]


WORDS = vocabulary(random.Random(7))


def article(chance: random.Random, words: int) -> str:
    """Words of a made-up language, common ones more often, in sentences and paragraphs, with numbers."""
    sentences, paragraph = [], []
    while words > 0:
        length = chance.randint(8, 28)
        words -= length
        sentence = [WORDS[min(int(chance.paretovariate(0.6)) - 1, len(WORDS) - 1)] for _ in range(length)]
        if chance.random() < 0.3:
            sentence[chance.randrange(length)] = str(chance.randint(2, 900))
        paragraph.append(" ".join(sentence).capitalize() + ".")
        if len(paragraph) == 3:
            sentences.append(" ".join(paragraph))
            paragraph = []
    return "\n\n".join([*sentences, " ".join(paragraph) or "End."])


def cost(sizes: list[int]) -> bool:
    """Articles of 500 words: a tenth copies another whole, a twentieth holds 40 % of another, all hold the site's own words."""
    fast = True
    own = article(random.Random(1), 60)
    for size in sizes:
        chance = random.Random(size)
        texts: list[str] = []
        source: dict[int, int] = {}
        for n in range(size):
            text, kind = article(chance, 500), chance.random()
            if texts and kind < 0.15:
                source[n] = chance.randrange(len(texts))
                other = texts[source[n]].split("\n\n")
                text = (
                    "\n\n".join(other)
                    if kind < 0.1
                    else text[: len(text) // 2] + "\n\n" + "\n\n".join(other[: len(other) * 2 // 5 + 1])
                )
            texts.append(text)
        readings = [Reading(d, segment(d)) for d in (Document(name=f"a{n}", text=f"{t}\n\n{own}") for n, t in enumerate(texts))]
        began = time.perf_counter()
        result = origins(readings, SETTINGS)
        seconds = time.perf_counter() - began
        right = sum(result.of[n] == result.of[of] for n, of in source.items())
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:6,} articles: {seconds:5.1f} s, {right} of {len(source)} copies and excerpts joined, "
            f"{len(set(result.of))} origins (made: {size - len(source)}), peak {memory:,.0f} MB"
        )
        fast = fast and (seconds < 30 or size > 10_000)
    return fast


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=pathlib.Path)
    parser.add_argument("--sizes", default="1000,3000,10000")
    parser.add_argument("--errors", action="store_true", help="list what was missed")
    options = parser.parse_args()
    good = quality(options.gold, options.errors) if options.gold else cost([int(s) for s in options.sizes.split(",")])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
