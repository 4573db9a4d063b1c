"""The audit as one HTML page that needs neither network nor JavaScript; what would make it too large stands beside it."""

from __future__ import annotations

from auditor.model import Audit
from auditor.report.places import INDEX, Places
from auditor.report.view import View


def render(audit: Audit, *, data_docs: str | None = None, limit: int | None = None) -> dict[str, bytes]:
    """The pages of the report by their names, ``index.html`` first; ``limit`` is the most bytes that it may take.

    Same audit, same bytes.  ``data_docs`` is the address of the Data Docs to link to, None for none.
    """
    return pages(Places(View(audit), limit), data_docs)


def pages(places: Places, data_docs: str | None) -> dict[str, bytes]:
    """The pages that ``places`` lays out."""
    from auditor.report.html.page import Renderer

    renderer = Renderer(places, data_docs)
    return {INDEX: renderer.index(), **{page.name: renderer.beside(page) for page in places.pages}}
