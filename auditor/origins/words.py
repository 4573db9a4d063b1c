"""A reading as words: every numeral is one and the same word, so that a copy whose number was altered is still seen as a copy."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from auditor import lexicon
from auditor.model import Passage, Reading

NUMERAL = "#"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a document at half-open document offsets; ``masked`` is "#" for a numeral."""

    masked: str
    text: str
    start: int
    end: int


@cache
def pattern() -> re.Pattern[str]:
    """Matches numerals ("1,500", "two million", "twenty-five") and words, in lower-case text."""
    numerals = lexicon.load("numerals")
    scales = "|".join(sorted(numerals["scales"] | numerals["abbreviated_scales"], key=len, reverse=True))
    words = "|".join(sorted(numerals["cardinals"] | numerals["scales"], key=len, reverse=True))
    digits = rf"\d+(?:[.,]\d+){{0,20}}(?:[ -]?(?:{scales})\b){{0,3}}"
    spelled = rf"\b(?:{words})(?:(?:[ -]| and )(?:{words})){{0,8}}\b"
    return re.compile(rf"{digits}|{spelled}|[^\W\d_]+(?:['’][^\W\d_]+)?")


class Masked(dict[str, str]):
    """Word -> the word, "#" for a numeral; filled as words are met."""

    def __missing__(self, text: str) -> str:
        self[text] = NUMERAL if text[0].isdigit() or _spelled().match(text) else text.replace("’", "'")
        return self[text]


@cache
def _spelled() -> re.Pattern[str]:
    numerals = lexicon.load("numerals")
    return re.compile(rf"(?:{'|'.join(numerals['cardinals'] | numerals['scales'])})\b")


class Codes(dict[str, int]):
    """Word -> a 64-bit code that is the same in every run; numerals share one."""

    def __missing__(self, text: str) -> int:
        masked = _MASKED[text]
        self[text] = int.from_bytes(hashlib.blake2b(masked.encode(), digest_size=8).digest(), "little")
        return self[text]


_MASKED = Masked()


def codes(reading: Reading, known: Codes) -> list[int]:
    """The codes of a reading's words in order, boilerplate left out."""
    find = pattern().findall
    return [known[word] for passage in reading.passages if passage.audited for word in find(passage.text.lower())]


def words(reading: Reading) -> list[Word]:
    """The words of a reading in order, boilerplate left out."""
    return [word for passage in reading.passages if passage.audited for word in words_of(passage)]


def words_of(passage: Passage) -> Iterator[Word]:
    """The words of one passage."""
    lower = passage.text.lower()
    if len(lower) != len(passage.text):  # a few letters grow when lowered; their offsets would be wrong
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in passage.text)
    for match in pattern().finditer(lower):
        text = match.group()
        yield Word(_MASKED[text], text, passage.start + match.start(), passage.start + match.end())
