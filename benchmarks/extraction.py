"""How fast figures are read: this project beside quantulum3's parser, on the same sentences, in one run and one thread.

    python benchmarks/extraction.py PATH... [--repeat N] [--limit-kb N] [--join] [--only auditor]

PATH is a text file or a .jsonl corpus whose lines hold "text", or a list "docs" of such objects.  Everything is included for
this project: segmenting, masks, numerals, units, the parse where a noun is wanted, and the second reader.  quantulum3 gets the
sentences, those with a digit run over 29 characters left out (it does not come back from them).  Loading is in neither.
Prints KB/s and sentences/s (medians of N runs by CPU time) and the peak memory of the process; with --stream also that of
reading N articles one after another, made from the given ones with other names and digits.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from auditor import extraction, segment
from auditor.extraction import second
from auditor.model import Document, Passage, PassageKind, Settings
from auditor.parse import Parses, language

Documents = Sequence[tuple[Document, tuple[Passage, ...]]]
WARM = "About 20 people carried 5 kg each."
LONG_DIGITS = re.compile(r"[0-9.,]{30}")


def texts(path: Path, join: bool) -> Iterator[str]:
    if path.suffix != ".jsonl":
        yield path.read_text(encoding="utf-8")
    elif join:
        yield "\n\n".join(texts_of_lines(path))
    else:
        yield from texts_of_lines(path)


def texts_of_lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield from (doc["text"] for doc in row.get("docs", [row]))


def ours(documents: Documents) -> int:
    found = 0
    for document, _ in documents:
        passages = segment.segment(document)
        found += len(extraction.quantities(document, passages, Parses(passages), Settings()))
    return found


def quantulum(documents: Documents) -> int:
    from quantulum3 import parser

    return sum(len(parser.parse(p.text)) for _, ps in documents for p in ps if not LONG_DIGITS.search(p.text))


Reader = Callable[[Documents], int]


def measure(name: str, reader: Reader, documents: Documents, repeat: int) -> float:
    passage = Passage(0, PassageKind.SENTENCE, 0, len(WARM), WARM, 0)
    warm = [(Document("warm", WARM), (passage,))]
    reader(warm)
    spent = []
    for _ in range(repeat):
        second.read.cache_clear()
        began = time.process_time()
        found = reader(documents)
        spent.append(time.process_time() - began)
    seconds = statistics.median(spent)
    size = sum(len(document.text.encode()) for document, _ in documents) / 1000
    sentences = sum(len(passages) for _, passages in documents)
    print(f"{name:12} {size / seconds:8.1f} KB/s {sentences / seconds:8.0f} sentences/s   {found} figures in {seconds:.2f} s")
    return size / seconds


_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_DIGITS = re.compile(r"[0-9]+")


def varied(text: str, turn: int) -> str:
    """The text with other names and digits, so that no cache knows them and the model's vocabulary meets new words."""
    mark = "".join(chr(ord("a") + int(digit)) for digit in str(turn))
    text = _NAME.sub(lambda match: match.group() + mark, text)
    return _DIGITS.sub(lambda m: str(int(m.group()) * 7 + turn).zfill(len(m.group()))[-len(m.group()) :], text)


def stream(documents: Documents, count: int) -> None:
    """Read ``count`` varied articles one after another, keeping none; print the peak memory on the way."""
    size = 0
    began = time.process_time()
    for turn in range(count):
        text = varied(documents[turn % len(documents)][0].text, turn)
        document = Document(f"{turn}", text)
        passages = segment.segment(document)
        extraction.quantities(document, passages, Parses(passages), Settings())
        size += len(text.encode())
        if turn + 1 in (count // 100, count // 10, count):
            speed = size / 1000 / (time.process_time() - began)
            print(
                f"stream       {turn + 1:8} articles, {size / 1e6:.1f} MB of text, {speed:.1f} KB/s, peak memory {peak():.0f} MB"
            )


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--limit-kb", type=int, default=300, help="read so much of the text (default 300)")
    arguments.add_argument("--join", action="store_true", help="take the lines of a corpus, single sentences, as one document")
    arguments.add_argument("--only", choices=["auditor", "quantulum3"])
    arguments.add_argument("--stream", type=int, default=0, metavar="N", help="then read N articles made from these as a stream")
    options = arguments.parse_args()
    documents: list[tuple[Document, tuple[Passage, ...]]] = []
    size = 0
    for text in (text for path in options.paths for text in texts(path, options.join)):
        document = Document(f"{len(documents)}", text)
        documents.append((document, segment.segment(document)))
        size += len(text.encode())
        if size > options.limit_kb * 1000:
            break
    if not documents:
        sys.exit('no text in these paths: give .txt files or .jsonl files with a "text" in each line')
    warnings.simplefilter("ignore")
    language()
    speeds = {}
    for name, reader in (("auditor", ours), ("quantulum3", quantulum)):
        if options.only in (None, name):
            speeds[name] = measure(name, reader, documents, options.repeat)
    if len(speeds) == 2:
        print(f"ratio        {speeds['auditor'] / speeds['quantulum3']:8.1f}")
    print(f"peak memory  {peak():8.0f} MB")
    if options.stream:
        stream(documents, options.stream)


if __name__ == "__main__":
    main()
