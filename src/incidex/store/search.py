"""Full-text search: finds the documents with given words, the best first, with a snippet of each."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Integer, Select, column, select, text

from incidex.errors import InputError
from incidex.records import Span
from incidex.store import incidents, schema
from incidex.store.decisions.ignored import folded
from incidex.store.results import Hit

# They enclose matching words in a snippet. No text in the index has them.
_BEGIN, _END = "\x02", "\x03"

_MOST_TERMS = 100

# A phrase in quotation marks or a word, with a minus sign where it must not occur.
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
# A word of which only the beginning is given: so many letters at least, as shorter ones begin too many words.
_BEGINNING = re.compile(r"(\w{2,})\*")
# The index has words without their endings, "vulner" for "vulnerability", which does not begin with "vulnerabilit". So
# the words that one of these endings, or the rest of one, makes of a beginning are looked for, too.
_ENDINGS = ("e", "y", "s", "es", "ed", "ing", "ion", "ity", "ies", "able", "ability", "ment", "al", "ation")

_SQLITE = """
SELECT rowid AS document, snippet(search, -1, :begin, :end, '…', 24) AS snippet FROM search
WHERE search MATCH :words ORDER BY bm25(search, 4.0, 1.0), rowid LIMIT :limit
"""

# Snippets are slow to make, so the best documents are chosen first. 32 divides by the length of the document.
_POSTGRESQL = """
WITH best AS (
    SELECT document, title, body, query, ts_rank_cd(words, query, 32) AS rank
    FROM texts, tsquery_and(websearch_to_tsquery('english', :words), to_tsquery('english', :begun)) AS query
    WHERE words @@ query ORDER BY rank DESC, document LIMIT :limit
)
SELECT document, ts_headline('english', title || E'\\n' || left(body, 200000), query, :options) AS snippet
FROM best ORDER BY rank DESC, document
"""

_ALL_SQLITE = "SELECT rowid AS document FROM search WHERE search MATCH :words"
_ALL_POSTGRESQL = """
SELECT document FROM texts
WHERE words @@ tsquery_and(websearch_to_tsquery('english', :words), to_tsquery('english', :begun))
"""


def hits(connection: Connection, words: str, limit: int) -> tuple[Hit, ...]:
    """Return the documents that have all of `words`, the best first; see `Store.search`."""
    found = [(row.document, *_marked(row.snippet)) for row in _rows(connection, checked_terms(words), limit)]
    numbers = [number for number, _, _ in found]
    shown = incidents.corrected_documents(connection, numbers)
    reported = incidents.of_documents(connection, numbers)
    return tuple(
        Hit(
            document=shown[number].id,
            source=shown[number].source,
            title=shown[number].title,
            published_at=shown[number].published_at,
            publisher=shown[number].publisher,
            snippet=snippet,
            marks=marks,
            incidents=tuple(incident.id for incident in reported.get(number, ())),
        )
        for number, snippet, marks in found
    )


def documents_with(connection: Connection, terms: Sequence[tuple[bool, str]]) -> Select[Any]:
    """Return a query for the numbers of all documents that have `terms`, which are from `checked_terms`."""
    query = _ALL_SQLITE if connection.dialect.name == "sqlite" else _ALL_POSTGRESQL
    found = text(query).bindparams(**_settings(connection, terms)).columns(column("document", Integer))
    return select(found.subquery())


def incidents_with(connection: Connection, phrase: str) -> set[int]:
    """Return the numbers of the incidents of which a report has `phrase`, whatever its case and punctuation."""
    documents_found = documents_with(connection, [(True, folded(phrase))])
    profiles = schema.profiles
    query = select(profiles.c.incident).where(profiles.c.document.in_(documents_found))
    return set(connection.execute(query).scalars())


def checked_terms(words: str) -> list[tuple[bool, str]]:
    """Return the terms of a search. Raises InputError if there are too many, or none that has to occur."""
    terms = list(_terms(words))
    if len(terms) > _MOST_TERMS:
        raise InputError(f"A search can have at most {_MOST_TERMS} words.\nLeave some out.")
    if not any(wanted for wanted, _ in terms):
        raise InputError(f"There is no word to search for in {words!r}.\nGive at least one word that has to occur.")
    return terms


def _terms(words: str) -> Iterator[tuple[bool, str]]:
    """Yield whether a word or phrase has to occur (True) or must not, and the word or phrase."""
    for minus, phrase, word in _TERM.findall(words):
        if any(letter.isalnum() for letter in phrase or word):
            yield not minus, phrase or word


def _rows(connection: Connection, terms: Sequence[tuple[bool, str]], limit: int) -> Sequence[Any]:
    settings = {**_settings(connection, terms), "limit": limit}
    if connection.dialect.name == "sqlite":
        return connection.execute(text(_SQLITE), {**settings, "begin": _BEGIN, "end": _END}).all()
    options = f"StartSel={_BEGIN}, StopSel={_END}, MaxWords=28, MinWords=16, MaxFragments=1"
    return connection.execute(text(_POSTGRESQL), {**settings, "options": options}).all()


def _settings(connection: Connection, terms: Sequence[tuple[bool, str]]) -> dict[str, Any]:
    """Return the terms in the syntax of the database, by the names that they have in the queries."""
    if connection.dialect.name == "sqlite":
        wanted = " AND ".join(_sqlite_term(term) for is_wanted, term in terms if is_wanted)
        unwanted = "".join(f" NOT {_sqlite_term(term)}" for is_wanted, term in terms if not is_wanted)
        return {"words": f"({wanted}){unwanted}"}
    whole = " ".join(f'{"" if is_wanted else "-"}"{term}"' for is_wanted, term in terms if not _beginning(term))
    begun = [
        f"{'' if is_wanted else '!'}({word}:*{''.join(f' | {form}' for form in _forms(word))})"
        for is_wanted, term in terms
        if (word := _beginning(term))
    ]
    return {"words": whole, "begun": " & ".join(begun)}


def _sqlite_term(term: str) -> str:
    """Return a word or phrase, or the beginning of a word, in the syntax of SQLite."""
    word = _beginning(term)
    if not word:
        return f'"{term}"'
    forms = " OR ".join(f'"{form}"' for form in _forms(word))
    return f'("{word}" * OR {forms})'


def _forms(word: str) -> tuple[str, ...]:
    """Return the words that an ending, or the rest of one, makes of a beginning: "patching" of "patchi"."""
    parts = ((ending, cut) for ending in _ENDINGS for cut in range(len(ending) + 1) if word.endswith(ending[:cut]))
    return tuple(dict.fromkeys(f"{word}{ending[cut:]}" for ending, cut in parts))


def _beginning(term: str) -> str:
    """Return the beginning of a word that a term gives, "ransom" for "ransom*"; empty for a whole word."""
    match = _BEGINNING.fullmatch(term)
    return match[1] if match else ""


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
