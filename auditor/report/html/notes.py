"""Markdown of a suite's notes as HTML: its own markup shown as text, its links without scripts, its images as their words."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup

from auditor.report.words import clean


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")


def html(markdown: str) -> Markup:
    """The notes as safe HTML.  Raw HTML stays text; markdown-it drops ``javascript:`` and ``data:`` addresses."""
    parser = _markdown()
    tokens = parser.parse(clean(markdown))
    for token in tokens:
        if token.type.startswith("heading"):  # below the heading of the rule that the page has
            token.tag = f"h{min(6, int(token.tag[1:]) + 2)}"
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 — html is off: everything raw is escaped
