"""Finds claims: who says, confirms, denies or suspects what, in which words, how surely, and against whom."""

from incidex.claims.assemble import find_claims

__all__ = ["find_claims"]
