"""Full-text search: words to documents, the best first, with the words around those that were found."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, text

from incidex.errors import InputError
from incidex.records import Span

# They enclose what was found in a snippet. No text in the index has them.
_BEGIN, _END = "\x02", "\x03"

_MOST_TERMS = 100

# A phrase in quotation marks or a word, with a minus sign where it must not occur.
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')

_SQLITE = """
SELECT rowid AS document, snippet(search, -1, :begin, :end, '…', 24) AS snippet FROM search
WHERE search MATCH :words ORDER BY bm25(search, 4.0, 1.0), rowid LIMIT :limit
"""

# Snippets are slow to make, so the best documents are chosen first. 32 divides by the length of the document.
_POSTGRESQL = """
WITH best AS (
    SELECT document, title, body, query, ts_rank_cd(words, query, 32) AS rank
    FROM texts, websearch_to_tsquery('english', :words) AS query
    WHERE words @@ query ORDER BY rank DESC, document LIMIT :limit
)
SELECT document, ts_headline('english', title || E'\\n' || left(body, 200000), query, :options) AS snippet
FROM best ORDER BY rank DESC, document
"""


def found(connection: Connection, words: str, limit: int) -> Iterator[tuple[int, str, tuple[Span, ...]]]:
    """
    Yield the number of each document that has all of `words`, a snippet of one line, and where in it the words are.

    Raises:
        InputError: There is no word to look for.
    """
    terms = list(_terms(words))
    if len(terms) > _MOST_TERMS:
        raise InputError(f"More than {_MOST_TERMS} words cannot be looked for at once.\nLeave some out.")
    if not any(wanted for wanted, _ in terms):
        raise InputError(f"There is no word to look for in {words!r}.\nGive at least one word that has to occur.")
    for row in _rows(connection, terms, limit):
        yield (row.document, *_marked(row.snippet))


def _terms(words: str) -> Iterator[tuple[bool, str]]:
    """Yield each word or phrase, and whether it has to occur (True) or must not."""
    for minus, phrase, word in _TERM.findall(words):
        if any(letter.isalnum() for letter in phrase or word):
            yield not minus, phrase or word


def _rows(connection: Connection, terms: Sequence[tuple[bool, str]], limit: int) -> Sequence[Any]:
    wanted = " ".join(f'"{term}"' for is_wanted, term in terms if is_wanted)
    if connection.dialect.name == "sqlite":
        unwanted = "".join(f' NOT "{term}"' for is_wanted, term in terms if not is_wanted)
        settings = {"words": f"({wanted}){unwanted}", "limit": limit, "begin": _BEGIN, "end": _END}
        return connection.execute(text(_SQLITE), settings).all()
    unwanted = "".join(f' -"{term}"' for is_wanted, term in terms if not is_wanted)
    options = f"StartSel={_BEGIN}, StopSel={_END}, MaxWords=28, MinWords=16, MaxFragments=1"
    return connection.execute(text(_POSTGRESQL), {"words": wanted + unwanted, "limit": limit, "options": options}).all()


def _marked(snippet: str) -> tuple[str, tuple[Span, ...]]:
    """Return a snippet on one line, without the marks, and the spans that they enclosed."""
    pieces: list[str] = []
    marks: list[Span] = []
    length = 0
    # PostgreSQL marks the parts of a compound one by one.
    snippet = " ".join(snippet.split()).replace(_END + _BEGIN, "")
    for index, piece in enumerate(re.split(f"[{_BEGIN}{_END}]", snippet)):
        if index % 2 and piece:
            marks.append(Span(length, length + len(piece)))
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), tuple(marks)
