"""Word lists as TOML, a folder a language, loaded once into plain look-ups."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str, language: str = "en") -> dict[str, Any]:
    """The content of ``lexicon/LANGUAGE/NAME.toml``; shared, so not to be changed."""
    return tomllib.loads((resources.files(__package__) / language / f"{name}.toml").read_text(encoding="utf-8"))
