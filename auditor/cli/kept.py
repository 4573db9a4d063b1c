"""What a command wrote for the same inputs before is not computed again: nothing is read, judged or drawn anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import AuditorError

if TYPE_CHECKING:
    from auditor.cache import Cache
    from auditor.config import Config
    from auditor.model import Reading

# What no output shows: where it goes, how it is made; and files, of which the content counts.
_NO_EFFECT = {"output_dir", "jobs", "cache", "expectations", "decisions"}


@dataclass(frozen=True, slots=True)
class Made:
    """Outputs by their names, and the readings they come from."""

    outputs: Mapping[str, bytes]
    readings: Sequence[Reading]


def outputs(make: Callable[[], Made], config: Config, cache: Cache | None, *inputs: object) -> Mapping[str, bytes]:
    """What ``make()`` gives, or what it gave before when all that it depends on was the same.

    That is: the bytes of the documents and suites, the configuration in force, this program and its libraries, and ``inputs``,
    whatever else the caller knows.
    """
    if cache is None:
        return make().outputs
    key = _key(config, inputs)
    found = cache.get_outputs(key)
    if found is not None:
        return found
    from auditor.pipeline import given_up

    made = make()
    if not any(map(given_up, made.readings)) and _is_still(key, config, inputs):
        cache.put_outputs(key, made.outputs)
    return made.outputs


def _is_still(key: str, config: Config, inputs: Sequence[object]) -> bool:
    """Whether nothing was edited or removed while it was read."""
    try:
        return _key(config, inputs) == key
    except AuditorError:
        return False


def _key(config: Config, inputs: Sequence[object]) -> str:
    from auditor.cache import key_of
    from auditor.expect.suites import folder
    from auditor.read import files

    values = {name: value for name, value in config.values.items() if name not in _NO_EFFECT}
    suites = sorted(folder(config["expectations"]).glob("*.json"))
    return key_of(values, _content(files(list(map(str, config["paths"])))), _content(suites), inputs)


def _content(files: Iterable[Path]) -> list[tuple[str, str]]:
    return [(str(file), _digest(file)) for file in files]


def _digest(file: Path) -> str:
    """A hash of what a file holds, or why it cannot be read."""
    try:
        if not file.is_file():
            return "no regular file"
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "blake2b").hexdigest()
    except OSError as error:
        return str(error.strerror)
