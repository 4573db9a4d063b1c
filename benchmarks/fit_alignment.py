"""Fit the factors of ``auditor/align/weights.toml`` on labelled stories, cross-validated by story.

    python benchmarks/fit_alignment.py GOLD.jsonl [GOLD.jsonl ...] [--write]

GOLD holds one story a line: {"docs": [{"doc", "text", "title", "published", "outlet"}], "figures": [{"id", "doc",
"start", "end", "low", "high"}], "groups": [{"figures": [ids]}]}. Every pair of figures of different documents that
alignment would compare is a case: its attributes' points are the features, and whether people put both into one group
is the label. The log-odds are the sum of the points times one non-negative factor an attribute, whose prior is 1
(ridge): logistic regression by projected gradient descent. Pairs that agree and pairs that differ weigh the same, in
both those of one measurand and the others, so that value closeness is not all that is learned; a story weighs by the
square root of its pairs. Prints the log-loss with factors of 1, with factors fitted on all other stories, and with
factors fitted on all; --write replaces weights.toml by the last.
"""

from __future__ import annotations

import argparse
import collections
import datetime
import json
from pathlib import Path

import numpy as np

from auditor.align.circumstances import circumstance_levels, document_levels
from auditor.align.documents import Corpus
from auditor.align.items import apart, item
from auditor.align.levels import own_levels, word_levels
from auditor.align.points import points
from auditor.model import Document, Settings
from auditor.pipeline import read_one

EASY = -8.0  # log-odds by factors of 1 below which a pair teaches nothing
PRIOR = 0.01  # strength of the pull towards 1, in units of the mean log-loss
STEPS = 400


def stories(paths):
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def readings(story):
    for doc in story["docs"]:
        day = doc.get("published")
        yield read_one(
            Document(
                str(doc["doc"]),
                doc["text"],
                title=doc.get("title"),
                outlet=doc.get("outlet"),
                published=datetime.date.fromisoformat(day) if day else None,
            ),
            Settings(),
        )


def shared(a, b, pair, corpus):
    """The levels of what documents and sentences share."""
    return (*document_levels(pair), *circumstance_levels(a, b, corpus), *word_levels(a, b, corpus))


def labels(story, reading):
    """claim index -> (gold figure, its group or a value of its own), for the claims that overlap a gold figure."""
    group = {figure: n for n, g in enumerate(story["groups"]) for figure in g["figures"]}
    gold = [f for f in story["figures"] if str(f["doc"]) == reading.document.name]
    found = {}
    for c, claim in enumerate(reading.claims):
        q = claim.quantity
        hit = next((f for f in gold if f["start"] < q.end and q.start < f["end"]), None)
        if hit is not None:
            found[c] = group.get(hit["id"], hit["id"])
    return found


def cases(paths):
    """[(story, {(table, attribute): points}, same?)] over all pairs that alignment compares."""
    all_readings, label = [], {}
    for n, story in enumerate(stories(paths)):
        for reading in readings(story):
            for c, group in labels(story, reading).items():
                label[len(all_readings), c] = (n, group)
            all_readings.append(reading)
    corpus = Corpus(all_readings)
    items = {key: item(*key, all_readings[key[0]]) for key in label}
    by_document = collections.defaultdict(list)
    for r, c in label:
        by_document[r].append(c)
    table = points()
    found = []
    for pair in corpus.pairs():
        for left in by_document[pair.left]:
            for right in by_document[pair.right]:
                a, b = items[pair.left, left], items[pair.right, right]
                if a.wall != b.wall:
                    continue
                x = {(a.table, name): table[a.table].get(name, {}).get(level, 0.0) for name, level in own_levels(a, b)}
                x |= {("context", name): table["context"][name].get(level, 0.0) for name, level in shared(a, b, pair, corpus)}
                if sum(x.values()) > EASY:
                    found.append((label[pair.left, left][0], x, label[pair.left, left] == label[pair.right, right], apart(a, b)))
    return found


def fit(x, y, weight, fixed):
    w = np.ones(x.shape[1])
    curvature = 0.25 * (weight[:, None] * np.abs(x) * np.abs(x).sum(axis=1)[:, None]).sum(axis=0)  # bounds the Hessian
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + 2 * PRIOR * (w - 1)
        w = np.where(fixed, 1.0, np.maximum(0.0, w - gradient / (curvature + 2 * PRIOR)))
    return w


def loss(x, y, weight, w):
    p = np.clip(1 / (1 + np.exp(-np.clip(x @ w, -30, 30))), 1e-9, 1 - 1e-9)
    return float(-(weight * (y * np.log(p) + (1 - y) * np.log(1 - p))).sum() / weight.sum())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = cases(options.gold)
    names = sorted({key for _, features, *_ in found for key in features})
    x = np.array([[features.get(name, 0.0) for name in names] for _, features, *_ in found])
    fixed = np.array([name in ("bias", "value") for _, name in names])  # such a sample cannot teach them
    y = np.array([same for _, _, same, _ in found], dtype=float)
    story = np.array([n for n, *_ in found])
    size = collections.Counter(story.tolist())
    weight = np.array([size[n] ** -0.5 for n in story.tolist()])
    differ = np.array([d for *_, d in found])
    for cell in [(differ == d) & (y == same) for d in (True, False) for same in (True, False)]:
        weight[cell] /= weight[cell].sum()
    weight /= weight.sum()
    print(f"{len(found)} pairs of {len(size)} stories, {int(y.sum())} of one measurand")
    print(f"log-loss, factors of 1              {loss(x, y, weight, np.ones(len(names))):.4f}")
    folds = [story % 5 == k for k in range(5)]
    held = sum(
        loss(x[t], y[t], weight[t], fit(x[~t], y[~t], weight[~t] / weight[~t].sum(), fixed)) * weight[t].sum() for t in folds
    )
    print(f"log-loss, fitted on other stories   {held:.4f}")
    w = fit(x, y, weight, fixed)
    print(f"log-loss, fitted on all             {loss(x, y, weight, w):.4f}")
    lines = ["# One learned, non-negative factor an attribute: python benchmarks/fit_alignment.py GOLD.jsonl ... --write"]
    for table in sorted({t for t, _ in names}):
        lines += ["", f"[{table}]"] + [f"{name} = {f:.2f}" for (t, name), f in zip(names, w, strict=True) if t == table]
    print("\n".join(lines))
    if options.write:
        Path("auditor/align/weights.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
