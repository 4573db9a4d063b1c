"""The auditor finds the figures in a folder of documents and says which conflict and which have no source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditor.model import Audit, Claim, Document, Finding, Quantity, Settings
    from auditor.pipeline import audit, extract

__version__ = "0.1.0"
__all__ = ["Audit", "Claim", "Document", "Finding", "Quantity", "Settings", "__version__", "audit", "extract"]


def __getattr__(name: str) -> Any:
    """Load the public names on first use, so that ``auditor --help`` pays for none of them."""
    import importlib

    if name in ("audit", "extract"):
        module = importlib.import_module("auditor.pipeline")
        return getattr(module, name)
    if name in __all__:
        return getattr(importlib.import_module("auditor.model"), name)
    raise AttributeError(f"module 'auditor' has no attribute {name!r}")
