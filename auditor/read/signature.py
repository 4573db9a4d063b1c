"""Who signs a quotation of a page: a footer, caption or cite behind it, which an extraction of the text drops or glues on."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.read.page import events

_DASHES = ("—", "–", "--")
_ENDS = (".", "!", "?", "…", '"', "”", "’")  # of a quotation; a cite behind another word is a title in its sentence


@dataclass
class _Place:
    """``behind``: a quotation or a paragraph of one has just ended."""

    quotes: int = 0
    paragraph: bool = False
    behind: bool = False

    def signs(self, name: str) -> bool:
        """Whether an element that opens here is the signature of a quotation."""
        if self.quotes:
            return name == "footer" or (name == "cite" and self.behind)
        return name == "figcaption" and self.behind

    def text(self, text: str) -> None:
        self.behind = bool(self.quotes) and not self.paragraph and text.endswith(_ENDS)

    def tag(self, name: str, *, opens: bool) -> None:
        if name == "blockquote":
            self.quotes = max(0, self.quotes + (1 if opens else -1))
            self.paragraph, self.behind = False, not opens
        elif name == "p":
            self.paragraph, self.behind = opens, bool(self.quotes) and not opens


def signed(source: str) -> str:
    """The page's source with each signature as a paragraph of its own that begins with a dash; no line of it moves."""
    if "blockquote" not in source.lower():
        return source
    pieces: list[str] = []
    at, place = 0, _Place()
    signature: str | None = None
    begins = False
    for kind, name, content, start in events(source):
        if kind == "text":
            words = content.strip()
            if begins and words:
                pieces += [source[at:start], "" if words.startswith(_DASHES) else "— "]
                at, begins = start, False
            if words:
                place.text(words)
            continue
        opens, end = kind == "open", source.index(">", start) + 1
        if opens and signature is None and place.signs(name):
            pieces += [source[at:start], "<p>"]
            at, signature, begins = end, name, True
        elif not opens and signature == name:
            pieces += [source[at:start], "</p>"]
            at, signature, begins = end, None, False
        elif not (signature and name == "p"):
            place.tag(name, opens=opens)
    return "".join([*pieces, source[at:]])
