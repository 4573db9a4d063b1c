"""The audit as one HTML page that needs neither network nor JavaScript; what would make it too large stands beside it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from auditor.model import Audit
from auditor.report.places import FOLDER, INDEX, Places
from auditor.report.view import View


def write(audit: Audit, folder: Path, *, data_docs: str | None = "data-docs/index.html") -> Path:
    """Write ``index.html`` into ``folder``, and ``pages/`` beside it where one page would grow too large; returns its path.

    Same audit, same bytes.  Everything is written beside its place and moved there at the end, so that an interrupted run
    leaves a former report whole.  ``data_docs`` is the address of the Data Docs to link to, None for none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = render(audit, data_docs=data_docs)
    with tempfile.TemporaryDirectory(prefix=".report-", dir=folder) as beside:
        stage = Path(beside)
        (stage / FOLDER).mkdir()
        for name, content in pages.items():
            (stage / name).write_bytes(content)
        former = folder / FOLDER
        if former.exists():
            os.replace(former, stage / "former")
        if len(pages) > 1:
            os.replace(stage / FOLDER, folder / FOLDER)
        os.replace(stage / INDEX, folder / INDEX)
        shutil.rmtree(stage / "former", ignore_errors=True)
    return folder / INDEX


def render(audit: Audit, *, data_docs: str | None = None, limit: int | None = None) -> dict[str, bytes]:
    """The pages of the report by their names, ``index.html`` first; ``limit`` is the most bytes that it may take."""
    from auditor.report.html.page import Renderer

    renderer = Renderer(Places(View(audit), limit), data_docs)
    return {INDEX: renderer.index(), **{page.name: renderer.beside(page) for page in renderer.places.pages}}
