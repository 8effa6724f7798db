"""Recognises reports that are nearly the same as one in the store: agency copy, shortened or under another title."""

import re

from incidex.dossiers.copies import COPIED, Shingle, containment
from incidex.store import Store
from incidex.store.results import Added

_WORD = re.compile(r"\w+")
# Of a report, and of an incident, so much is compared: the latest reports, since copies appear within a day or two.
_MOST_WORDS, _MOST_REPORTS = 5_000, 12


def copy_of(store: Store, added: Added) -> str | None:
    """Return the source of a report of the same incidents that has most of the words of a new one; None if none has."""
    others = [id for incident in added.incidents for id in incident.documents[-_MOST_REPORTS:] if id != added.document]
    if not others:
        return None
    own, *rest = store.documents([added.document, *dict.fromkeys(others)])
    words = _shingles(own.text)
    found = ((containment(words, _shingles(one.text)), one.source) for one in rest)
    share, source = max(found, key=lambda one: one[0])
    return source if share >= COPIED else None


def _shingles(text: str) -> frozenset[Shingle]:
    words = [match[0].lower() for _, match in zip(range(_MOST_WORDS), _WORD.finditer(text), strict=False)]
    return frozenset(zip(words, words[1:], words[2:], words[3:], words[4:], strict=False))
