"""Bytes -> text: UTF-8 where it is UTF-8, else what the byte order mark or the bytes themselves say."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from auditor.model import Document, Status

LARGEST = 50_000_000  # bytes of one document

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KNOWN = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "compressed"),
)
_SAMPLE = 65_536
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class UndecodableError(ValueError):
    """The bytes are no text; the message says why, for a person."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """``doubt`` says what of the text is a guess or lost; None where nothing is."""

    text: str
    doubt: str | None = None


def decode(data: bytes, hint: str | None = None) -> Decoded:
    """The text of ``data``; ``hint`` is an encoding that the document itself names.  Raises UndecodableError."""
    if len(data) > LARGEST:
        raise UndecodableError(f"larger than {LARGEST // 1_000_000} MB: split it")
    if not data.strip():
        raise UndecodableError("empty")
    for start, what in _KNOWN:
        if data.startswith(start):
            raise UndecodableError(f"binary: it is {what}")
    decoded = _decoded(data, hint)
    controls = len(_CONTROL.findall(decoded.text, 0, _SAMPLE))
    if controls > 0.01 * min(len(decoded.text), _SAMPLE):
        raise UndecodableError("binary: it holds control characters")
    if not decoded.text.strip():
        raise UndecodableError("empty")
    return decoded


def document_in(file: Path, name: str) -> Document:
    """The document that a file of text is, without marks; unreadable, with the reason, where its bytes are no text."""
    try:
        decoded = decode(file.read_bytes())
    except UndecodableError as error:
        return Document(name=name, text="", status=Status.UNREADABLE, reason=str(error))
    status = Status.PARTIAL if decoded.doubt else Status.OK
    return Document(name=name, text=decoded.text, status=status, reason=decoded.doubt)


def printable(text: str) -> str:
    """``text`` with characters that no encoding can write (lone surrogates) replaced one for one."""
    return _SURROGATE.sub("\ufffd", text)


def _decoded(data: bytes, hint: str | None) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    if b"\x00" in data[:_SAMPLE]:
        return _lenient(data, _wide(data))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if hint:
        try:
            return Decoded(data.decode(hint))
        except (LookupError, ValueError):
            pass
    if _mostly_utf8(data):
        return _lenient(data, "utf-8")
    encoding = _guess(data)
    return Decoded(data.decode(encoding, errors="replace"), f"not UTF-8: read as {encoding}, which is a guess")


def _lenient(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd") - data.count("\ufffd".encode(encoding))
    return Decoded(text, f"{lost} characters are not {encoding} and are lost" if lost > 0 else None)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: in English every other byte is null."""
    sample = data[: _SAMPLE // 2 * 2]
    half = len(sample) / 2
    if sample[1::2].count(0) > 0.6 * half > 0 and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.6 * half > 0 and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    raise UndecodableError("binary: it holds null bytes")


def _mostly_utf8(data: bytes) -> bool:
    """Whether damaged UTF-8 is likelier than another encoding: more sequences of two bytes and more are whole than broken."""
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f") - broken
    return whole > 3 * broken


def _guess(data: bytes) -> str:
    """English in one byte a character is Windows-1252; where letters beyond ASCII are many, charset-normalizer says."""
    sample = data[:_SAMPLE]
    foreign = sum(byte > 0x7F for byte in sample)
    if foreign < 0.1 * len(sample) and not re.search(rb"[\x81\x8d\x8f\x90\x9d]", sample):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        raise UndecodableError("neither UTF-8 nor any other known encoding of text")
    return str(best.encoding)
