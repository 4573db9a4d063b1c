"""The JSON Schemas that ship: of the configuration, of audits and of decisions."""

from __future__ import annotations

from importlib import resources


def text(name: str) -> str:
    """The schema as it ships."""
    return (resources.files(__package__) / f"{name}.json").read_text(encoding="utf-8")
