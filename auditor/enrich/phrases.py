"""Phrases of the lexicon in the words of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

Told = TypeVar("Told")


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as the parser cuts them: hyphens stand alone."""
    return tuple(phrase.replace("-", " - ").split())


def longest(words: Sequence[str], table: Mapping[tuple[str, ...], Told], most: int) -> Iterator[tuple[int, int, Told]]:
    """The longest phrases of a table in lower-cased words, from left to right: first word, last word, what the phrase tells."""
    at = 0
    while at < len(words):
        length = next((n for n in range(most, 0, -1) if tuple(words[at : at + n]) in table), 0)
        if length:
            yield at, at + length - 1, table[tuple(words[at : at + length])]
        at += length or 1
