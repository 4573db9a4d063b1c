"""Write the generated parts of the README (its columns and rules) anew; a test checks that they are fresh."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from auditor import tables
from auditor.expect import load, rules

ROOT = Path(__file__).parents[1]


def columns(declared: Sequence[tables.Column]) -> str:
    """A Markdown table of declared columns."""
    rows = [f"| `{c.name}` | {c.dtype} | {c.meaning} |" for c in declared]
    return "\n".join(["| column | dtype | meaning |", "|---|---|---|", *rows])


def rule_index() -> str:
    """A Markdown table of the rules that ship."""
    found = rules(load(ROOT / "expectations"))
    rows = [f"| {r.code} | `{r.name}` | {r.severity.value} | {r.description} |" for r in found]
    return "\n".join(["| code | rule | severity | what must hold |", "|---|---|---|---|", *rows])


def updated(text: str) -> str:
    """The README with every generated part made anew; its other lines as they are."""
    parts = {"quantities": columns(tables.QUANTITIES), "measurands": columns(tables.MEASURANDS), "rules": rule_index()}
    for name, content in parts.items():
        pattern = re.compile(rf"(<!-- {name}: generated -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = pattern.sub(lambda m, content=content: f"{m.group(1)}{content}\n{m.group(2)}", text)
    return text


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(updated(readme.read_text(encoding="utf-8")), encoding="utf-8")
