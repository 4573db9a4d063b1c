"""Globs over names of documents."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase


def matches(name: str, globs: Iterable[str]) -> bool:
    """Whether one of the globs names the document, from its beginning or from any folder on; ``*`` crosses folders.

    "drafts/*", "*.md" and "drafts/" (all below it) all name "docs/drafts/a.md"; "news.jsonl" names "news.jsonl#7" too.
    """
    path = name.replace("\\", "/").removeprefix("./")
    bare = path.partition("#")[0]
    for glob in globs:
        pattern = glob.removeprefix("./") + ("*" if glob.endswith("/") else "")
        if any(fnmatchcase(n, p) for n in (path, bare) for p in (pattern, f"*/{pattern}")):
            return True
    return False
