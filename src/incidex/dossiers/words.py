"""Loads the word lists of dossier.yaml, which the making of dossiers needs."""

from functools import cache

from incidex.tables import table


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of one list."""
    return frozenset(table("incidex.dossiers", "dossier")[name].split())
