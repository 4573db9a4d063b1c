"""How alignment grows with the corpus: synthetic documents of stories of five, ten figures each; seconds and peak memory.

    python benchmarks/alignment.py [1000 3000 10000]

Reading is left out: the figures are made as extraction and enrichment would hand them over.
"""

from __future__ import annotations

import datetime
import random
import resource
import sys
import time
from decimal import Decimal

from auditor.align import align
from auditor.model import Claim, Document, Frame, Kind, Origins, Passage, PassageKind, Quantity, Reading, Settings

HEADS = ("people", "soldier", "house", "ship", "worker", "student", "car", "school", "rocket", "farmer")
EVENTS = ("killed", "wounded", "deployed", "destroyed", "sold", "built", "arrested", "evacuated", "exported", "voted")


def corpus(documents: int, figures: int = 10, per_story: int = 5, seed: int = 1) -> list[Reading]:
    """Documents of ``documents / per_story`` stories, each with its own names and words beside common ones."""
    chance = random.Random(seed)
    common = [f"word{n}" for n in range(3000)]
    readings = []
    for d in range(documents):
        story = d // per_story
        own = random.Random(f"{seed} {story}")
        names = [f"Name{own.randrange(20_000)}" for _ in range(8)]
        values = [own.randrange(2, 5_000) for _ in range(figures)]
        day = datetime.date(2025, 1, 1) + datetime.timedelta(days=own.randrange(365))
        passages, claims, at, text = [], [], 0, []
        for n in range(figures):
            value = values[n] if chance.random() < 0.7 else values[n] + chance.randrange(1, 50)
            head, event = HEADS[(story + n) % 10], EVENTS[(story * 3 + n) % 10]
            words = [chance.choice(names), *chance.sample(common, 10), str(value), head, event, chance.choice(names)]
            sentence = " ".join(words) + "."
            start = at + sentence.index(f" {value} ") + 1
            quantity = Quantity(
                start, start + len(str(value)), str(value), n, Decimal(value), Decimal(value), Decimal(value), kind=Kind.COUNT
            )
            features = {
                "head": (head,),
                "head_class": (head,),
                "event": (event,),
                "day": (day.isoformat(),),
                "words": tuple(sorted({w.lower() for w in words if w.isalnum()})),
                "near": tuple(sorted({w.lower() for w in words[8:]})),
            }
            claims.append(Claim(quantity, Frame(features=tuple(sorted(features.items())))))
            passages.append(Passage(n, PassageKind.SENTENCE, at, at + len(sentence), sentence, n))
            text.append(sentence)
            at += len(sentence) + 1
        readings.append(Reading(Document(f"d{d}", " ".join(text), published=day), tuple(passages), tuple(claims)))
    return readings


def main() -> None:
    for size in [int(n) for n in sys.argv[1:]] or [1_000, 3_000, 10_000]:
        readings = corpus(size)
        began = time.process_time()
        groups = align(readings, Origins(of=tuple(f"o{n}" for n in range(size))), Settings())
        seconds = time.process_time() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figures = sum(len(r.claims) for r in readings)
        print(f"{size:6,} documents {figures:8,} figures {seconds:6.1f} s CPU {memory:7,.0f} MB peak {len(groups):7,} measurands")


if __name__ == "__main__":
    main()
