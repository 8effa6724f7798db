"""
Writes a dossier as Markdown from a template: text with places such as `$title`, each filled with a part of the dossier.

`briefing.md` beside this file is the template unless the user gives another one.
"""

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from incidex.errors import InputError
from incidex.export.dossier_words import (
    allegations,
    counts,
    date_in_words,
    day_of,
    development_in_words,
    differing_days,
    distinct_statements,
    numbers,
    places,
    source_in_words,
    span_of_reports,
    speaker,
    status_in_words,
    verb,
)
from incidex.records import Dossier, Evidence, Statement, Value

# Whatever a page writes must not become a heading, a link or a picture in the briefing.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_NOTHING = "Nothing is reported."
_MOST, _LONGEST = 40, 400
_QUOTES = '“”"'


def to_markdown(dossier: Dossier, *, template: str | None = None) -> str:
    """
    Return the dossier as Markdown.

    Args:
        dossier: The dossier.
        template: The text of a template; by default that of the package.

    Raises:
        InputError: The template has a place that is unknown, or a lone `$`.
    """
    made = _Template(template if template is not None else default_template())
    unknown = [name for name in made.get_identifiers() if name not in PLACES] if made.is_valid() else None
    if unknown is None:
        raise InputError("The template has a lone $ that names no place.\nWrite $$ for the sign itself.")
    if unknown:
        raise InputError(f"The template has the place ${unknown[0]}, which is unknown.\nKnown are: {_listed()}.")
    wanted = set(made.get_identifiers())
    text = made.substitute({name: fill(dossier) for name, fill in PLACES.items() if name in wanted})
    return f"{text.rstrip()}\n"


@cache
def default_template() -> str:
    """Return the template of the package."""
    return files("incidex.export.briefing").joinpath("briefing.md").read_text("utf-8")


class _Template(string.Template):
    """A template whose places are written in lower case."""

    idpattern = "(?a:[a-z_]+)"


def _listed() -> str:
    return ", ".join(f"${name}" for name in PLACES)


def _title(dossier: Dossier) -> str:
    return plain(dossier.title)


def _status(dossier: Dossier) -> str:
    quoted = (f"{_said(one)} {_at(dossier, [one])}" for one in dossier.status_evidence[:4])
    return "\n".join([plain(status_in_words(dossier)), *_items(quoted, lead="\n")])


def _victims(dossier: Dossier) -> str:
    lines = [f"Hit: {_value(dossier, value)}" for value in dossier.victims[:_MOST]]
    lines += [f"Data: {_value(dossier, value)}" for value in dossier.data[:_MOST]]
    lines += [f"Malware or tool: {_value(dossier, value)}" for value in dossier.tools[:_MOST]]
    lines += [f"Product: {_value(dossier, value)}" for value in dossier.products[:_MOST]]
    lines += [f"Vulnerability: {_value(dossier, value)}" for value in dossier.vulnerabilities[:_MOST]]
    return _list(lines)


def _timeline(dossier: Dossier) -> str:
    lines = [
        f"**{plain(moment.text)}**: {plain(moment.evidence[0].context)} {_at(dossier, moment.evidence)}"
        for moment in dossier.timeline
        if not moment.is_background
    ]
    for days in dossier.differing_dates:
        told = "; ".join(f"{plain(day.text)} {_at(dossier, day.evidence)}" for day in days)
        lines.append(f"Reports differ on {differing_days(days)}: {told}")
    return _list(lines[:_MOST])


def _figures(dossier: Dossier) -> str:
    lines = []
    for measure in dossier.measures:
        told = "; ".join(_value(dossier, value) for value in measure.values[:_MOST])
        lines.append(f"{plain(measure.name)}{' (reports differ)' if measure.differ else ''}: {told}")
        lines += [f"of these {_value(dossier, part)}" for part in measure.parts[:_MOST]]
        lines += [f"changed: {plain(development_in_words(change))}" for change in measure.developments[:_MOST]]
    return _list(lines)


def _actors(dossier: Dossier) -> str:
    lines = []
    for actor in dossier.actors[:_MOST]:
        told = [f"{part} {plain(_quoted(one))} {_at(dossier, one.evidence)}" for part, one in allegations(actor)]
        named = [f"named in reports {_at(dossier, actor.named.evidence)}"] if actor.named else []
        disputed = " (disputed)" if actor.is_disputed else ""
        lines.append(f"{plain(actor.name)}{disputed}: {'; '.join(named + told)}")
    return _list(lines)


def _statements(dossier: Dossier) -> str:
    lines = []
    for one in distinct_statements(dossier.statements)[:_MOST]:
        day = day_of(one)
        lines.append(f"{_said(one.evidence[0], one.kind)} {_at(dossier, one.evidence)}{f', {day}' if day else ''}")
    return _list(lines)


def _certainty(dossier: Dossier) -> str:
    known = (("Victim", dossier.victims), ("Data", dossier.data), ("Tool", dossier.tools))
    lines = [_sure(name, value) for name, values in known for value in values[:_MOST]]
    lines += [_sure(measure.name, value) for measure in dossier.measures for value in measure.values[:_MOST]]
    return _list(lines)


def _sources(dossier: Dossier) -> str:
    number = numbers(dossier)
    lines = []
    for source in dossier.sources:
        title = plain(source.title or "Untitled report")
        linked = f"[{title}](<{_address(source.link)}>)" if source.link else title
        line = f"\\[{number[source.document]}\\] {plain(source_in_words(source))}: {linked}"
        if source.is_party:
            line += " (published by a party to the incident)"
        if source.reason:
            line += f". Counted together with \\[{number[source.counts_with]}\\]: {plain(source.reason)}"
        lines.append(line)
    return _list(lines)


# The places of a template, and what fills them.
PLACES: Mapping[str, Callable[[Dossier], str]] = {
    "title": _title,
    "types": lambda dossier: ", ".join(dossier.types),
    "status": _status,
    "reported": lambda dossier: plain(span_of_reports(dossier)),
    "victims": _victims,
    "timeline": _timeline,
    "figures": _figures,
    "actors": _actors,
    "statements": _statements,
    "certainty": _certainty,
    "sources": _sources,
    "first_seen": lambda dossier: date_in_words(dossier.first_seen),
    "last_seen": lambda dossier: date_in_words(dossier.last_seen),
    "id": lambda dossier: dossier.id,
}


def plain(words: str) -> str:
    """Return words on one line that mean nothing to Markdown."""
    line = " ".join(words[: 2 * _LONGEST].split())
    return _SPECIAL.sub(r"\\\1", line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…")


def _address(link: str) -> str:
    """Return an address as it may stand between < and > in Markdown."""
    return link.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace("\n", "").replace(" ", "%20")


def _list(lines: Iterable[str]) -> str:
    return "\n".join(_items(lines)) or _NOTHING


def _items(lines: Iterable[str], *, lead: str = "") -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f"{lead if not number else ''}- {line}"


def _value(dossier: Dossier, value: Value) -> str:
    by = f", according to {plain(', '.join(value.support.claimants[:3]))}" if value.support.claimants else ""
    note = f" ({plain(value.note)})" if value.note else ""
    return f"{plain(value.text)}{note}{by} {_at(dossier, value.evidence)}, {counts(value.support)}"


def _sure(name: str, value: Value) -> str:
    sure = value.support.certainty
    return f"{plain(name)} “{plain(value.text)}”: {sure.value if sure else 'unknown'} ({plain(value.support.reason)})"


def _said(one: Evidence, kind: str | None = None) -> str:
    return f"{plain(speaker(one.claimant))} {verb(kind or one.kind or '', one)} {plain(_quote(one))}"


def _quoted(one: Statement) -> str:
    return f"{speaker(one.claimant)}: {_quote(one.evidence[0])}"


def _quote(one: Evidence) -> str:
    return f"“{one.quote.strip(_QUOTES)}”"


def _at(dossier: Dossier, evidence: Iterable[Evidence]) -> str:
    return " ".join(f"\\[{number}\\]" for number in places(evidence, numbers(dossier))[:_MOST])
