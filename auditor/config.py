"""What a user may set, where each value comes from, and what is said of a mistake.

``.auditor.toml``, ``auditor.toml`` and ``[tool.auditor]`` of ``pyproject.toml``: the first of these in the working folder or
the nearest one above it is read, and no other.  The command line goes over the file.  ``KEYS`` is the only list of keys:
the editors' JSON Schema, ``auditor config`` and the documentation are made from it.
"""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.errors import InputError, why
from auditor.model import Settings, Severity

FILES = (".auditor.toml", "auditor.toml", "pyproject.toml")
FAIL_ON = (*(s.value for s in Severity), "never")
OFF = "off"  # a severity in the configuration: the rule's findings are left out
SEVERITIES = (*(s.value for s in Severity), OFF)


@dataclass(frozen=True, slots=True)
class Key:
    """``kind``: string, path, date, bool, int, choice, strings, paths, names (lists of names), rules or overrides."""

    name: str
    kind: str
    default: Any
    meaning: str
    allowed: tuple[str, ...] = ()


KEYS: tuple[Key, ...] = (
    Key("paths", "paths", (), "files and folders that `auditor run` audits where none is given"),
    Key("include", "strings", (), "globs of the documents to audit; empty: all"),
    Key("exclude", "strings", (), "globs of documents to leave out"),
    Key("expectations", "path", None, "folder of suites; default: ./expectations if it holds suites, else those shipped"),
    Key("output_dir", "path", "reports", "folder of the reports and tables"),
    Key("fail_on", "choice", "critical", "least severity of a finding that fails the run", FAIL_ON),
    Key("strict", "bool", False, "fail the run where a document could not be read"),
    Key("decisions", "paths", (), "files of decisions and baselines; default: auditor-decisions.json if there"),
    Key("allow_comments", "bool", True, "heed comments `<!-- auditor: allow RULE because ... -->` in the documents"),
    Key("decimal_mark", "choice", None, "decimal mark of the documents; default: each document's own habit", (".", ",")),
    Key("reference_date", "date", None, "the day that is 'today' in documents without a date"),
    Key("own_voice", "strings", (), "globs of documents that answer for their own figures"),
    Key("entities", "names", (), "lists of names of one source each; the first is the one to show"),
    Key("jobs", "int", 1, "processes that read documents"),
    Key("cache", "bool", True, "use and keep what need not be computed anew while nothing changes"),
    Key("rules", "rules", {}, "severity and thresholds of a rule, by its name or code"),
    Key("overrides", "overrides", (), "severity and thresholds of rules for some documents"),
)
_BY_NAME = {key.name: key for key in KEYS}
_OF_RULE = ("severity", "thresholds")


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What is changed of one rule: ``thresholds`` go over the arguments of its expectation."""

    severity: str | None = None
    thresholds: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Override:
    """Settings of rules that hold for the documents that ``paths`` name."""

    paths: tuple[str, ...]
    rules: Mapping[str, RuleSetting]


@dataclass(frozen=True, slots=True)
class Config:
    """Values in force (``values[key]`` for every key of ``KEYS``) and where each came from."""

    values: Mapping[str, Any]
    origins: Mapping[str, str]
    file: Path | None = None

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def over(self, options: Mapping[str, Any]) -> Config:
        """The configuration with the options of a command line over it; None and () say nothing."""
        given = {k: v for k, v in options.items() if v is not None and v != ()}
        origins = {k: f"--{k.replace('_', '-')}" if k != "paths" else "command line" for k in given}
        return Config({**self.values, **given}, {**self.origins, **origins}, self.file)

    @property
    def settings(self) -> Settings:
        """What of it the reading needs."""
        names = {f.name for f in dataclasses.fields(Settings)} & set(_BY_NAME)
        return Settings(**{name: self.values[name] for name in names})


def load(*, start: Path | None = None, file: Path | None = None, isolated: bool = False) -> Config:
    """The configuration for the folder ``start`` (default: the working folder), or of ``file``, or none (``isolated``).

    Raises InputError for a file that cannot be read, an unknown key or a bad value.
    """
    if start is None:
        try:
            start = Path.cwd()
        except OSError as error:
            raise InputError(f"the working folder is gone ({error.strerror}); change to another one") from error
    default = Config({key.name: key.default for key in KEYS}, dict.fromkeys(_BY_NAME, "default"))
    found = None if isolated else _given(file) if file else _nearest(start)
    if found is None:
        return default
    where, table = found
    shown = _shown(where)
    values = {name: _value(_key(name, shown), value, shown, where.parent) for name, value in table.items()}
    return Config({**default.values, **values}, {**default.origins, **dict.fromkeys(values, shown)}, where)


def _given(file: Path) -> tuple[Path, Mapping[str, Any]]:
    table = _table(file)
    if table is None:
        raise InputError(f"{file}: no table [tool.auditor] in it")
    return file.absolute(), table


def _nearest(start: Path) -> tuple[Path, Mapping[str, Any]] | None:
    for folder in (start.absolute(), *start.absolute().parents):
        for name in FILES:
            if (folder / name).is_file() and (table := _table(folder / name)) is not None:
                return folder / name, table
    return None


def _table(file: Path) -> Mapping[str, Any] | None:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{_shown(file)}: cannot read the configuration: {why(error)}") from error
    if file.name != "pyproject.toml":
        return content
    table = content.get("tool", {}).get("auditor") if isinstance(content.get("tool"), dict) else None
    if table is not None and not isinstance(table, dict):
        raise InputError(f"{_shown(file)}: [tool.auditor] is to be a table")
    return table


def _shown(file: Path) -> str:
    """The file relative to the working folder where that is short, so that outputs do not name the machine's folders."""
    relative = os.path.relpath(file)
    return str(file) if relative.count("..") > 3 else Path(relative).as_posix()


def nearest(name: str, allowed: Iterable[str]) -> str:
    """The sentence that helps with a misspelt name."""
    allowed = list(allowed)
    close = difflib.get_close_matches(name, allowed, 1, 0.5)
    return f"did you mean {close[0]!r}?" if close else f"allowed: {', '.join(allowed)}"


def _key(name: str, where: str) -> Key:
    if name.replace("-", "_") in _BY_NAME and name not in _BY_NAME:
        raise InputError(f"{where}: unknown key {name!r}; did you mean {name.replace('-', '_')!r}?")
    if name not in _BY_NAME:
        raise InputError(f"{where}: unknown key {name!r}; {nearest(name, _BY_NAME)}")
    return _BY_NAME[name]


def _value(key: Key, value: Any, where: str, base: Path) -> Any:
    """The value as the code wants it: paths relative to the working folder, lists as tuples."""
    at = f"{where}: {key.name}"
    match key.kind:
        case "bool":
            return _typed(value, bool, at, "true or false")
        case "int":
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise InputError(f"{at} is {value!r}; allowed: a whole number from 1")
            return value
        case "choice":
            return _one_of(value, key.allowed, at)
        case "date":
            return _date(value, at)
        case "path":
            return _path(_typed(value, str, at, "a path"), base)
        case "paths":
            return tuple(_path(v, base) for v in _strings(value, at))
        case "strings":
            return _strings(value, at)
        case "names":
            return tuple(_strings(names, at) for names in _typed(value, list, at, "a list of lists of names"))
        case "rules":
            return _rules(value, at)
        case _:
            return tuple(_override(v, f"{at}[{n}]") for n, v in enumerate(_typed(value, list, at, "tables [[overrides]]")))


def _typed(value: Any, kind: type, at: str, allowed: str) -> Any:
    if not isinstance(value, kind):
        raise InputError(f"{at} is {value!r}; allowed: {allowed}")
    return value


def _one_of(value: Any, allowed: tuple[str, ...], at: str) -> str:
    if value not in allowed:
        raise InputError(f"{at} is {value!r}; allowed: {', '.join(allowed)}")
    return str(value)


def _strings(value: Any, at: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise InputError(f"{at} is {value!r}; allowed: a list of strings")
    return tuple(value)


def _date(value: Any, at: str) -> datetime.date:
    try:
        return value if type(value) is datetime.date else datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InputError(f"{at} is {value!r}; allowed: a day such as 2024-11-06") from None


def _path(value: str, base: Path) -> str:
    return os.path.normpath(os.path.relpath(base / value)) if not os.path.isabs(value) else value


def _rules(value: Any, at: str) -> dict[str, RuleSetting]:
    return {name: _rule(v, f"{at}.{name}") for name, v in _typed(value, dict, at, "tables [rules.NAME]").items()}


def _rule(value: Any, at: str) -> RuleSetting:
    if isinstance(value, str):  # rules.single-origin = "off"
        return RuleSetting(_one_of(value, SEVERITIES, at))
    for name in _typed(value, dict, at, f"a severity ({', '.join(SEVERITIES)}) or a table"):
        if name not in _OF_RULE:
            raise InputError(f"{at}: unknown key {name!r}; {nearest(name, _OF_RULE)}")
    severity = value.get("severity")
    thresholds = _typed(value.get("thresholds", {}), dict, f"{at}.thresholds", "a table of arguments of the expectation")
    return RuleSetting(None if severity is None else _one_of(severity, SEVERITIES, f"{at}.severity"), thresholds)


def _override(value: Any, at: str) -> Override:
    for name in _typed(value, dict, at, "a table"):
        if name not in ("paths", "rules"):
            raise InputError(f"{at}: unknown key {name!r}; {nearest(name, ('paths', 'rules'))}")
    if "paths" not in value or "rules" not in value:
        raise InputError(f"{at} lacks {'paths' if 'paths' not in value else 'rules'}; it needs paths (globs) and rules")
    return Override(_strings(value["paths"], f"{at}.paths"), _rules(value["rules"], f"{at}.rules"))


def schema() -> dict[str, Any]:
    """The JSON Schema of ``auditor.toml``, for editors, made from ``KEYS``."""
    strings = {"type": "array", "items": {"type": "string"}}
    rule = {
        "oneOf": [
            {"enum": list(SEVERITIES)},
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {"severity": {"enum": list(SEVERITIES)}, "thresholds": {"type": "object"}},
            },
        ]
    }
    rules = {"type": "object", "additionalProperties": rule}
    override = {
        "type": "object",
        "additionalProperties": False,
        "required": ["paths", "rules"],
        "properties": {"paths": strings, "rules": rules},
    }
    kinds: dict[str, dict[str, Any]] = {
        "string": {"type": "string"},
        "path": {"type": "string"},
        "date": {"type": "string", "format": "date"},
        "bool": {"type": "boolean"},
        "int": {"type": "integer", "minimum": 1},
        "strings": strings,
        "paths": strings,
        "names": {"type": "array", "items": strings},
        "rules": rules,
        "overrides": {"type": "array", "items": override},
    }
    shapes = {key.name: {"enum": list(key.allowed)} if key.kind == "choice" else kinds[key.kind] for key in KEYS}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "auditor.toml",
        "description": "Configuration of the auditor: auditor.toml, .auditor.toml or [tool.auditor] of pyproject.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {"description": key.meaning, **shapes[key.name]} for key in KEYS},
    }
