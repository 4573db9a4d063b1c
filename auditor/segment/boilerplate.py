"""Which lines of a page are about the page, not about the world: appeals, navigation, copyright."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from auditor import lexicon

_QUOTED = re.compile(r"[\"“][^\"“”]{0,600}[\"”]")
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S{1,500}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,20}")
_LONGEST = 600  # characters of a line that are looked at; boilerplate says so early
_SHORT = 40  # words: what goes on longer and is no appeal holds news besides; its sentences are judged one by one
_REACH = 4  # lines that an appeal may go on without a sign of one


@cache
def _lexicon() -> dict[str, Any]:
    return lexicon.load("boilerplate")


@cache
def _any(name: str, anchored: bool) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _lexicon()[name])
    return re.compile(rf"^(?:{words})" if anchored else rf"(?<!\w)(?:{words})(?!\w)")


@cache
def counters() -> re.Pattern[str]:
    """Matches counters of galleries: "Image 3 of 10", "3 / 10 Back to Gallery"."""
    words = "|".join(_lexicon()["counters"])
    return re.compile(rf"\b(?:{words}) \d{{1,3}} (?:of|/)(?: /)? \d{{1,3}}\b|\b\d{{1,3}} / \d{{1,3}} (?=back to)", re.IGNORECASE)


def boilerplate(lines: Sequence[str]) -> list[bool]:
    """For each line, whether it is boilerplate.  Lines are in order of the page, markup and line breaks blanked."""
    folded = [" ".join(_QUOTED.sub(" ", line[:_LONGEST]).lower().replace("’", "'").split()) for line in lines]
    verdict = [_alone(line) for line in folded]
    _spread_appeals(folded, verdict)
    return verdict


def _alone(line: str) -> bool:
    if not line:
        return False
    return (
        line.strip(" .:!*|›»-—") in _lines()
        or (len(line.split()) <= _SHORT // 2 and bool(_any("starts", True).match(line)))
        or (len(line.split()) <= _SHORT and bool(_any("holds", False).search(line)))
        or bool(_ADDRESS.fullmatch(line))
        or len(set(_any("appeal", False).findall(line))) >= 3
    )


@cache
def _lines() -> frozenset[str]:
    return frozenset(_lexicon()["lines"])


def _spread_appeals(folded: Sequence[str], verdict: list[bool]) -> None:
    """From each opener of an appeal up to its last sign, a few silent lines between two signs included."""
    sign, opener = _any("appeal", False), _any("openers", True)
    for first, line in enumerate(folded):
        if not opener.match(line):
            continue
        last, at = None, first
        while at + 1 < len(folded) and at - (last if last is not None else first) <= _REACH:
            at += 1
            if verdict[at] or sign.search(folded[at]):
                last = at
        if last is not None:
            for i in range(first, last + 1):
                verdict[i] = True
