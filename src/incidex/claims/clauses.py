"""Finds where the clause around a position begins. A comma in a list or around an aside begins none."""

import re
from functools import cache

from incidex.english.lexicon import words
from incidex.english.patterns import alternatives

# In characters: of a longer clause only the end is read.
_LONGEST_CLAUSE = 160
CONTRACTED_NOT = "n't"


def start_of_clause(text: str, start: int, position: int) -> int:
    """Return where the clause of `position` begins, no earlier than `start` and not far away."""
    begin = max(start, position - _LONGEST_CLAUSE)
    resumed = begin
    for match in _clause_ends().finditer(text, begin, position):
        is_comma = match[0][0] == ","
        aside = _aside().match(text, match.start(), position) if is_comma else None
        if aside:
            resumed = aside.end()
        elif match.end() > resumed and not (is_comma and _goes_on(text, begin, match, position)):
            begin = match.end()
    return min(begin, position)


def _goes_on(text: str, begin: int, comma: re.Match[str], position: int) -> bool:
    """
    Whether a comma is inside a list that is negated as a whole.

    In "not aware that any customer, supplier or employee data was taken" all data is. "No names were taken, and cards
    were" is no list: its first item has a verb.
    """
    negated = _negated_item().search(text, begin, comma.start())
    if negated is None or not _rest_of_list().match(text, comma.end(), position + _LONGEST_CLAUSE):
        return False
    return not _finite().search(text, negated.start(), comma.start())


@cache
def _clause_ends() -> re.Pattern[str]:
    """Return a pattern for where a clause ends: "no names were taken, but the list was" denies only the first."""
    return re.compile(rf"[,;:.–—]\s|(?<!in )\b(?:{alternatives(words('clause_opening'))})\s", re.IGNORECASE)


@cache
def _aside() -> re.Pattern[str]:
    """Return a pattern for an aside between commas: ", at this time, "."""
    opening = alternatives(words("aside"))
    return re.compile(rf",\s(?:{opening})(?:\s[\w'’-]{{1,20}}){{0,5}},\s", re.IGNORECASE)


@cache
def _negated_item() -> re.Pattern[str]:
    """Return a pattern for a negation and the first items of a list after it: "no names", "any customer, supplier"."""
    negations = alternatives(words("negation.event", "negated_list") - {CONTRACTED_NOT})
    return re.compile(rf"(?:\b(?:{negations})|n['’]t)(?:\s[\w'’-]{{1,30}},?){{1,12}}$", re.IGNORECASE)


@cache
def _rest_of_list() -> re.Pattern[str]:
    """Return a pattern for the rest of a list after a comma: "supplier or employee data"."""
    joints = alternatives(words("list_joint"))
    return re.compile(rf"(?:(?!(?:{joints})\s)[\w'’-]{{1,30}},?\s){{0,8}}(?:{joints})\s", re.IGNORECASE)


@cache
def _finite() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(words('finite_auxiliary'))})\b", re.IGNORECASE)
