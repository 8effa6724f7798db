"""Writes a dossier for a terminal, as a briefing: what happened first, sources last."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from incidex.dossiers.attacks import words_for
from incidex.export.dossier_words import (
    allegations,
    counts,
    date_in_words,
    day_of,
    development_in_words,
    differing_days,
    distinct_statements,
    named_values,
    numbers,
    places,
    plural,
    quotation,
    repetitions,
    source_in_words,
    span_of_reports,
    speaker,
    status_in_words,
    verb,
)
from incidex.export.terminal.text import BOLD, paint, printable
from incidex.records import Dossier, Evidence, Measure, Moment, Statement, Value

# The most entries of a section and characters of a quotation. The JSON and the page have more.
_MOST, _MOST_SOURCES, _LONGEST = 8, 40, 160
_NARROWEST = 40
_LONGEST_LINK = 2000
# Statements that are shown elsewhere: figures among the figures, accusations with the actors.
_ELSEWHERE = ("quantifies", "dates", "attributed-to", "suspects", "claims-responsibility")


def to_terminal_dossier(
    dossier: Dossier, *, width: int = 80, colour: bool = True, titles: Mapping[str, str] | None = None
) -> str:
    """
    Return the dossier as lines of at most `width` columns, except for long words.

    Sources are numbered in the order of publication, and numbers in brackets refer to them.

    Args:
        dossier: The dossier.
        width: How many columns a line may have.
        colour: Whether headings are bold.
        titles: The titles of related incidents, by id.
    """
    writer = _Writer(dossier, max(width, _NARROWEST), colour, titles or {})
    return "".join(f"{line}\n" for line in writer.lines())


class _Writer:
    """Writes the parts of one dossier."""

    def __init__(self, dossier: Dossier, width: int, colour: bool, titles: Mapping[str, str]) -> None:
        """Take the dossier and the options."""
        self._dossier = dossier
        self._width = width
        self._colour = colour
        self._titles = titles
        self._numbers = numbers(dossier)

    def lines(self) -> Iterator[str]:
        """Yield all lines."""
        dossier = self._dossier
        yield from self._head()
        yield from self._section("Timeline", self._timeline())
        yield from self._section("Victims", self._values(dossier.victims))
        yield from self._section("Alleged attackers", self._actors())
        yield from self._section("Figures", self._measures())
        for name, values in named_values(dossier):
            yield from self._section(name, self._values(values))
        yield from self._section("Statements", self._statements())
        yield from self._section("Sources", self._sources())
        yield from self._section("Why these reports were grouped", self._reasons())
        yield from self._section("Mentioned for comparison", self._values(dossier.mentioned))
        yield from self._section("Possibly related incidents", self._related())
        yield ""
        yield from self._wrapped(f"Incident {dossier.id}", "")

    def _head(self) -> Iterator[str]:
        dossier = self._dossier
        for line in self._wrapped(_short(dossier.title, 400), ""):
            yield self._bold(line)
        if dossier.types:
            yield from self._wrapped(_sentence_case(", ".join(map(words_for, dossier.types))), "")
        yield from self._wrapped(span_of_reports(dossier), "")
        yield from self._wrapped(_short(status_in_words(dossier), 400), "")
        for one in dossier.status_evidence[:4]:
            said = f"{_who(one.claimant)} {verb(one.kind or '', one)} {_quote(one)}"
            yield from self._wrapped(f"{said} {self._at([one])}", "  ")

    def _section(self, name: str, lines: Iterable[str]) -> Iterator[str]:
        """Yield a heading and `lines`; nothing if there are none."""
        for number, line in enumerate(lines):
            if not number:
                yield ""
                yield self._bold(name)
            yield line

    def _timeline(self) -> Iterator[str]:
        moments = [moment for moment in self._dossier.timeline if not moment.is_background]
        for moment in moments[: 2 * _MOST]:
            yield from self._wrapped(_short(moment.text), "  ", bold=True)
            yield from self._wrapped(f"{_event(moment)} {self._at(moment.evidence)}", "    ")
        yield from self._more(len(moments) - 2 * _MOST)
        background = len(self._dossier.timeline) - len(moments)
        if background:
            yield f"  Not shown: {plural(background, 'date')} from more than a year before the first report"
        for days in self._dossier.differing_dates:
            told = "; ".join(f"{day.text} {self._at(day.evidence)}" for day in days)
            yield from self._wrapped(f"Reports differ on {differing_days(days)}: {told}", "  ")
        if moments and self._dossier.first_seen:
            yield f"  First reported on {date_in_words(self._dossier.first_seen)}"

    def _values(self, values: Sequence[Value]) -> Iterator[str]:
        for value in values[:_MOST]:
            note = f" ({_short(value.note)})" if value.note else ""
            yield from self._wrapped(
                f"{_short(value.text)}{note} {self._at(value.evidence)} {counts(value.support)}", "  "
            )
        yield from self._more(len(values) - _MOST)

    def _actors(self) -> Iterator[str]:
        actors = self._dossier.actors
        for actor in actors[:_MOST]:
            disputed = " (disputed)" if actor.is_disputed else ""
            named = f" named in reports {self._at(actor.named.evidence)}" if actor.named else ""
            yield from self._wrapped(f"{_short(actor.name)}{disputed}{named}", "  ")
            for part, one in allegations(actor):
                said = f"{part} {_who(one.claimant)} {_quote(one.evidence[0])}"
                yield from self._wrapped(f"{said} {self._at(one.evidence)} {repetitions(one)}", "    ")
        yield from self._more(len(actors) - _MOST)

    def _measures(self) -> Iterator[str]:
        for measure in self._dossier.measures:
            yield from self._wrapped(_differing(measure), "  ")
            for value in measure.values[:_MOST]:
                said = value.support.claimants
                by = f", according to {', '.join(_short(name) for name in said[:3])}" if said else ""
                figure = f"{_short(value.text)} {self._at(value.evidence)} {counts(value.support)}{by}"
                yield from self._wrapped(figure, "    ")
            yield from self._more(len(measure.values) - _MOST)
            for part in measure.parts[:_MOST]:
                yield from self._wrapped(f"of these {_short(part.text)} {self._at(part.evidence)}", "      ")
            for change in measure.developments[:_MOST]:
                yield from self._wrapped(f"changed: {_short(development_in_words(change), _LONGEST)}", "    ")

    def _statements(self) -> Iterator[str]:
        """Yield the statements, denials and confirmations first."""
        actors = {actor.name for actor in self._dossier.actors}
        own = (one for one in self._dossier.statements if one.kind not in _ELSEWHERE and one.accused not in actors)
        shown = distinct_statements(own)
        shown.sort(key=lambda one: one.kind == "states")
        for one in shown[: 2 * _MOST]:
            day = day_of(one)
            yield from self._wrapped(f"{_said(one)} {self._at(one.evidence)}{f' {day}' if day else ''}", "  ")
        yield from self._more(len(shown) - 2 * _MOST)

    def _sources(self) -> Iterator[str]:
        sources = self._dossier.sources
        for number, source in enumerate(sources[:_MOST_SOURCES], start=1):
            head = f"[{number}] {_short(source_in_words(source))}: {_short(source.title)}"
            yield from self._wrapped(f"{head}{' (only mentions it)' if source.is_mention else ''}", "  ")
            if source.link:
                yield from self._wrapped(_short(source.link, _LONGEST_LINK), "      ")
            if source.is_party:
                yield from self._wrapped("published by a party to the incident", "      ")
            if source.reason:
                other = self._numbers[source.counts_with]
                yield from self._wrapped(f"counted together with [{other}]: {_short(source.reason)}", "      ")
        yield from self._more(len(sources) - _MOST_SOURCES)

    def _reasons(self) -> Iterator[str]:
        reasons = self._dossier.reasons
        for reason in reasons[:_MOST]:
            yield from self._wrapped(_short(reason, _LONGEST), "  ")
        yield from self._more(len(reasons) - _MOST)

    def _related(self) -> Iterator[str]:
        for id in self._dossier.related:
            yield from self._wrapped(f"{id[:8]} {_short(self._titles.get(id, ''))}", "  ")

    def _at(self, evidence: Iterable[Evidence]) -> str:
        """Return the numbers of the documents: "[1] [3]"; of many only the first."""
        found = places(evidence, self._numbers)
        return " ".join(f"[{number}]" for number in found[:_MOST]) + (" …" if len(found) > _MOST else "")

    def _more(self, left: int) -> Iterator[str]:
        if left > 0:
            yield f"  … and {left} more; see --json"

    def _wrapped(self, words: str, indent: str, *, bold: bool = False) -> Iterator[str]:
        lines = textwrap.wrap(
            printable(words.strip()),
            self._width,
            initial_indent=indent,
            subsequent_indent=indent + "  " * bool(indent),
            break_on_hyphens=False,
        )
        yield from (self._bold(line) if bold else line for line in lines)

    def _bold(self, line: str) -> str:
        return paint(line, BOLD) if self._colour else line


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def _event(moment: Moment) -> str:
    """Return what happened at a moment, or who spoke, with the sentence."""
    first = moment.evidence[0]
    happened = words_for(moment.event_type) if moment.event_type else ""
    by = f"statement by {_who(first.claimant)}" if moment.is_statement else happened
    return f"{by}: {_short(first.context, _LONGEST + 60)}"


def _differing(measure: Measure) -> str:
    return f"{_short(measure.name)}{' (reports differ)' if measure.differ else ''}"


def _said(one: Statement) -> str:
    return f"{_who(one.claimant)} {verb(one.kind, one.evidence[0])} {_quote(one.evidence[0])}"


def _who(claimant: str | None) -> str:
    return _short(speaker(claimant))


def _quote(one: Evidence) -> str:
    hedges = f" ({', '.join(_short(hedge) for hedge in one.hedges[:3])})" if one.hedges else ""
    return f"“{quotation(one, _LONGEST)}”{hedges}"


def _short(words: str, most: int = 100) -> str:
    line = " ".join(words[: 2 * most].split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
