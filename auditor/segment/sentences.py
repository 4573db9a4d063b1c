"""Prose -> sentences, by rules: a stop ends a sentence unless its word, or what follows it, says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor import lexicon

LONGEST = (
    2_000  # characters, as many as are parsed; what runs on longer is no prose, and is cut at a blank: no step has to bear it
)

_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«(\\["
_STOP = re.compile(
    r"(?P<stop>\.(?:[ ]\.){2,3}|[.!?…‽。！？]{1,8})"
    rf"(?P<close>[{_CLOSERS}]{{0,4}})"
    r"(?P<gap>\s{1,200}|$|(?=[A-Z][a-z]))"
)
_WORD_BEFORE = re.compile(r"[\w.&'’-]{1,24}$")
_NEXT = re.compile(
    rf"(?P<open>[{_OPENERS}—–*•-]{{0,3}})\s?"
    r"(?P<word>[^\W\d_][\w'’]{0,30}(?:-\w{1,30})?|\d|[$€£¥#@%])"
)
_INITIAL = re.compile(r"(?:^|[\s.(\"“])[A-Z]$")
_ACRONYM = re.compile(r"^(?:[A-Za-z]\.){1,5}[A-Za-z]$")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon.load("abbreviations")[name])


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Half-open spans of the sentences of ``text``, without the blanks around them; every other character is in one."""
    start = 0
    for match in _STOP.finditer(text):
        if match.start() < start or not _ends(text, start, match):
            continue
        yield from _bounded(text, start, match.end("close"))
        start = match.end("close")
    yield from _bounded(text, start, len(text))


def whole(text: str) -> Iterator[tuple[int, int]]:
    """The span of the text without the blanks around it; several where it is too long for one passage."""
    return _bounded(text, 0, len(text))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop that matched ends a sentence that began at ``start``."""
    if match.end() == len(text):
        return True
    before = text[max(start, match.start() - 24) : match.start()]
    if not match["gap"]:
        return _glued(text, before, match)
    after = _NEXT.match(text, match.end())
    if after is None:
        return False
    word = after["word"]
    if word[0].islower() or (after["open"] and not word[0].isupper() and not word[0].isdigit()):
        return word[0].islower() and _lower_case_prose(text, match, after)
    if match["close"] and match["stop"] != "." and _speech_follows(text, after.start("word")):
        return False
    if match["stop"] != "." or match["close"]:
        return len(match["stop"]) < 3 or not word[0].isdigit()
    return _after_full_stop(before, after, alone=match.start() - start < 8 and text[start : match.start()].strip().isalnum())


def _glued(text: str, before: str, match: re.Match[str]) -> bool:
    """No blank follows ("… the plan.The city …"): a sentence end only between a plain word and a plain word."""
    return bool(re.search(r"[a-z]{3}$", before)) and not re.match(r"[A-Z][a-z]{0,3}\b(?!\s)", text[match.end() : match.end() + 6])


def _lower_case_prose(text: str, match: re.Match[str], after: re.Match[str]) -> bool:
    """A lower-case word follows: an end only in text that has no capitals at all around."""
    around = text[max(0, match.start() - 60) : match.end() + 60]
    before = _WORD_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    known = before is not None and _is_abbreviation(before.group())
    return match["stop"] in ".!?" and not match["close"] and not after["open"] and not known and around.islower()


def _is_abbreviation(word: str) -> bool:
    lower = word.lower()
    return (
        len(lower) == 1
        or bool(_ACRONYM.match(word))
        or any(lower in _words(name) for name in ("before_name", "before_number", "anywhere", "clock"))
    )


def _speech_follows(text: str, at: int) -> bool:
    """``"Where?" Smith asked``: up to four words, then a verb of speech."""
    words = [w.strip(".,").lower() for w in text[at : at + 80].split()[:5]]
    return bool(_words("speech").intersection(words))


def _after_full_stop(before: str, after: re.Match[str], alone: bool) -> bool:
    found = _WORD_BEFORE.search(before)
    if found is None:
        return True
    word, next_word = found.group().lstrip("'’-."), after["word"]
    lower, follows = word.lower(), re.split(r"['’-]", next_word.lower())[0]
    if lower in _words("also_words") and (word[:1].islower() or (lower in {"no", "in"} and not next_word[0].isdigit())):
        return True
    if alone and (lower.isdigit() or len(lower) == 1):
        return False  # "1. First item"
    if lower in _words("before_number") and next_word[0].isdigit():
        return False
    if lower in _words("before_name"):
        return False
    if lower in _words("clock"):
        return next_word[0].isupper() and follows not in _words("after_clock")
    if lower in _words("anywhere") or _ACRONYM.match(word) or _INITIAL.search(before):
        return follows in _words("starters") or bool(after["open"].strip("-—–(["))
    return True
