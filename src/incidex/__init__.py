"""
Incidex reads reports of cyber attacks and vulnerabilities and says what happened.

The public names. Each is imported when it is first used, so that `import incidex` loads no heavy library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidex.errors import IncidexError
    from incidex.ingest import from_text, read
    from incidex.matching.merge import merge
    from incidex.pipeline import analyse, label
    from incidex.records import (
        Analysis,
        Argument,
        Block,
        BlockKind,
        Document,
        Event,
        EventMention,
        Incident,
        Profile,
        Realis,
        Sentence,
        Span,
    )

    __version__: str

__all__ = [
    "Analysis",
    "Argument",
    "Block",
    "BlockKind",
    "Document",
    "Event",
    "EventMention",
    "Incident",
    "IncidexError",
    "Profile",
    "Realis",
    "Sentence",
    "Span",
    "__version__",
    "analyse",
    "from_text",
    "label",
    "merge",
    "read",
]

_HOMES = {
    "Incident": "incidex.records",
    "IncidexError": "incidex.errors",
    "Profile": "incidex.records",
    "analyse": "incidex.pipeline",
    "from_text": "incidex.ingest",
    "label": "incidex.pipeline",
    "merge": "incidex.matching.merge",
    "read": "incidex.ingest",
}


def __getattr__(name: str) -> Any:
    """Return a public name from the module that it lives in (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'incidex' has no attribute '{name}'")
    if name == "__version__":
        from importlib.metadata import version

        return version("incidex")
    return getattr(import_module(_HOMES.get(name, "incidex.records")), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
