"""Writes a list of incidents for a terminal: two lines for each."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from incidex.dossiers.attacks import words_for
from incidex.export.dossier_words import date_in_words, plural
from incidex.export.terminal.text import BOLD, DIM, paint, printable
from incidex.records import Document, Incident

# How many characters of an id are shown; more if these do not distinguish them.
_SHORT = 8
_LONGEST_TITLE, _MOST_OUTLETS = 300, 5


def to_terminal_incidents(
    incidents: Iterable[Incident], documents: Mapping[str, Document], *, width: int = 80, colour: bool = True
) -> str:
    """Return the incidents, each with the first characters of its id, when it was reported, and by whom."""
    found = list(incidents)
    length = _length([incident.id for incident in found])
    lines = (line for incident in found for line in _lines(incident, documents, length, max(width, 40), colour))
    return "".join(f"{line}\n" for line in lines)


def _lines(
    incident: Incident, documents: Mapping[str, Document], length: int, width: int, colour: bool
) -> Iterator[str]:
    indent = " " * (length + 2)
    title = printable(" ".join(incident.title[:_LONGEST_TITLE].split())) or "An incident without a title"
    first, *others = textwrap.wrap(title, width - len(indent), break_on_hyphens=False)
    yield f"{incident.id[:length]}  {paint(first, BOLD) if colour else first}"
    yield from (f"{indent}{paint(line, BOLD) if colour else line}" for line in others)
    for line in textwrap.wrap(_about(incident, documents), width - len(indent), break_on_hyphens=False):
        yield f"{indent}{paint(line, DIM) if colour else line}"


def _about(incident: Incident, documents: Mapping[str, Document]) -> str:
    first, last = date_in_words(incident.first_seen), date_in_words(incident.last_seen)
    when = first if first == last else f"{first} to {last}"
    known = (documents[id] for id in incident.documents if id in documents)
    outlets = list(dict.fromkeys(document.publisher for document in known if document.publisher))
    by = f": {', '.join(outlets[:_MOST_OUTLETS])}{' …' if len(outlets) > _MOST_OUTLETS else ''}" if outlets else ""
    named = ", ".join(map(words_for, incident.types[:2]))
    types = f"{named[:1].upper()}{named[1:]}{' …' if len(incident.types) > 2 else ''}. " if named else ""
    return printable(f"{types}{when}, {plural(len(incident.documents), 'report')}{by}")


def _length(ids: list[str]) -> int:
    """Return how many characters distinguish the ids."""
    length = _SHORT
    while length < 36 and len({id[:length] for id in ids}) < len(set(ids)):
        length += 1
    return length
