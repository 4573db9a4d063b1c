"""Stretches of text whose digits are no figures by their shape: dates, times, addresses, phone numbers, versions."""

from __future__ import annotations

import re

from auditor.extraction.sentence import Sentence

_MONTH = (
    r"(?:(?i:january|february|april|june|july|august|september|october|november|december)|March|May|MARCH|MAY"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|jan|feb|apr|jun|jul|aug|sept|oct|nov|dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b\.?)"
)
_YEAR = r"(?:1[4-9]|20)[0-9]{2}(?![0-9%]|[.,][0-9])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9%]|[.,:][0-9])"
_DASH = r"\s?[-–—/]\s?"

_BEGIN = r"(?:\b(?=\w)|(?=[^\w\s]))"  # no stretch begins within a word: one look instead of one for each kind
_MASK = re.compile(
    _BEGIN
    + "(?:"
    + "|".join(
        (
            r"https?://\S{1,2000}|\bwww\.\S{1,2000}",
            r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}",
            r"\b[a-z0-9-]{1,63}\.(?:com|org|net|gov|edu|co\.uk)\b(?:/\S{1,500})?",
            r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{4,12}Z?)?\b",
            r"\b[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})\b",
            r"\b[0-9]{1,2}[.-][0-9]{1,2}[.-](?:19|20)[0-9]{2}(?![0-9])",
            rf"\b{_MONTH}\s{{1,3}}{_DAY}(?:(?:{_DASH}|\s(?:and|to|through|&)\s(?:{_MONTH}\s)?){_DAY}(?!\s(?:percent|per)))?(?:,?\s{{1,3}}{_YEAR})?",
            rf"\b{_DAY}(?:(?:{_DASH}|\s(?:and|to)\s){_DAY})?[\s-]{{1,3}}(?:of\s)?{_MONTH}\b(?:,?[\s-]{{1,3}}{_YEAR})?",
            rf"\b{_MONTH},?\s{{1,3}}{_YEAR}",
            rf"\b(?:on|of|by|since|until|from)\s{_DAY}\s(?:may|march)\b|\b{_DAY}\s(?:may|march)\s{_YEAR}",  # in small letters
            rf"\b(?:on|of|by|since|until|from|the|a|before|after)\s(?:may|march)\s{_DAY}\b|\bmar\s{_DAY},?\s{_YEAR}|\b(?:may|march)\s{_DAY}\s?,\s{_YEAR}",
            r"\b(?:1[0-2]|[1-9])/(?:3[01]|2[0-9]|1[1-57-9])\b(?![/%-])",
            r"\b[A-Z]{2},?\s[0-9]{5}(?:-[0-9]{4})?\b|\b[Tt]ext\s\S{1,20}\sto\s[0-9]{4,6}\b",
            # eras
            r"\b(?:A\.D\.|a\.d\.|AD)\s[0-9]{1,4}(?:\s?(?:[-–]|to|and)\s?[0-9]{1,4})?\b(?![,.][0-9])",
            r"\b[0-9]{1,3}(?:,?[0-9]{3})?(?:\s?(?:[-–]|to|and)\s?[0-9]{1,3}(?:,?[0-9]{3})?)?\s?(?:A\.D\.|a\.d\.|AD|[Bb]\.[Cc]\.(?:[Ee]\.)?|BCE?|CE)(?![\w-])(?!\s[a-z]{2,30}s\b)",
            # clock times
            r"\b[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:[-–]|or|and|to)\s?[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:[ap]\.\s?m\b\.?|[ap]m\b|AM\b|PM\b)",
            r"\b[0-9]{3,4}\s?(?:[ap]m|AM|PM)\b",
            r"\b(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s(?:[ap]\.\s?m\b\.?|[ap]m\b)",
            r"\b[0-9]{1,2}\s:\s[0-9]{2}\s(?:a\.\s?m\b\.?|p\.\s?m\b\.?|[ap]m\b)",
            r"\b[0-9]{1,2}(?:[:.][0-9]{2}){0,2}\s?(?:a\.\s?m\b\.?|p\.\s?m\b\.?|[ap]m\b|AM\b|PM\b|o['’]clock\b)",
            r"\b(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![0-9])(?!\s(?:left|to\s(?:go|play)|remaining)\b)(?:\s?(?:GMT|UTC|BST|EST|EDT|ET|CST|CDT|PST|PDT|PT|CET|IST)\b)?",
            r"\b[0-9]{3,4}\s?(?:GMT|UTC)\b|(?:(?<=\bat\s)|(?<=\bby\s)|(?<=\bfrom\s)|(?<=\buntil\s)|(?<=\bsince\s)|(?<=\baround\s)|\b(?=0))[0-9]{4}\s(?:hours|hrs)\b",
            r"\b12\s(?:noon|midnight)\b|\b[2-9]-in-(?:1|[Oo]ne)\b",
            r"\b[0-9]{1,2}:[0-9]\b(?![0-9:])",
            # decades, spans of years, seasons
            r"\b(?:1[0-9]|20)[0-9]0['’]?s\b|['’][0-9]0s\b|\b[2-9]0s\b(?=[^-])",
            rf"\b{_YEAR}{_DASH}(?:{_YEAR}|[0-9]{{2}}(?![0-9%]|[.,][0-9]))",
            r"['’][0-9]{2}\b(?!\s?(?:percent|%|years?\b))",
            # phone numbers, chains and versions
            r"\b1-[0-9]{3}-(?:[0-9]{3}-[A-Za-z]{4}|[A-Za-z]{7})\b(?:\s?\([0-9]{4}\))?",
            r"\b0[0-9]{2,4}(?:[\s-][0-9]{3,4}){2,3}\b",
            r"\(\s?[0-9]{3}\s?\)\s?[0-9]{3}[\s-][0-9]{4}\b|\b[0-9]{3}[-.\s][0-9]{3}[-.][0-9]{4}\b|\b[0-9]{3}-[0-9]{4}\b|\b[0-9]{3}-(?:[0-9]{3}-)?[A-Z]{4}\b(?:\s?\([0-9]{4}\))?|\b[0-9]{3}-[0-9]{3}-[A-Z0-9]{4}\b(?:\s?\([0-9]{4}\))?|\+[0-9]{1,3}[\s-][0-9][0-9\s-]{6,16}\b",
            r"(?<!\()\b[0-9]{1,6}(?:-[0-9]{1,12}){2,8}\b(?!-[a-z])|\b[0-9]{1,6}(?:-[0-9]{1,12}){3,8}\b",
            r"\b(?![0-9]{1,3}(?:\.[0-9]{3}){2,6}(?![0-9.]))v?[0-9]{1,4}(?:\.[0-9]{1,4}){2,6}\b(?!,)",
            r"\b[Ss]&[Pp](?:/[Aa][Ss][Xx])?\s[0-9]{3}\b|\b[345][Gg]\b(?=\s(?:data|network|phone|smartphone|talk|technology|connect|modem|service|coverage|spectrum|speed|wireless|support|rollout))|\b7-Eleven\b|\b(?:1[6-9]|2[01]|4):(?:9|10|3)\b|\b24/7\b|\b9/11\b|\b7/7\b|\b50[-/]50\b|\b20/20\b|\b4x(?:4|[1-9]00)\b|\b401\s?\(?k\b|(?i:\bfifty-fifty\b)",
            r"(?<=[LlhH])/100\s?km\b",  # litres on the way
            r"\[[0-9]{1,3}(?:[,;–-]\s?[0-9]{1,3}){0,9}\](?=$|[\s.,;:\[])",
            r"(?<![\w.])#\s?[0-9]+\b|\bN(?:o|os|r)\.\s?[0-9]+(?:\s(?:and|or)\s[0-9]+)?\b|№\s?[0-9]+",
        )
    )
    + ")"
)


def mask(sentence: Sentence) -> None:
    """Mark the tokens of ``sentence`` that touch such a stretch.  One sweep over both, in order."""
    starts, ends, count = sentence.starts, sentence.ends, len(sentence)
    i = 0
    for match in _MASK.finditer(sentence.text):
        start, end = match.span()
        while i < count and ends[i] <= start:
            i += 1
        j = i
        while j < count and starts[j] < end:
            sentence.masked[j] = True
            j += 1
        i = j
