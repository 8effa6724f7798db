"""Merges what all mentions of an event say, for views in which an event is one row."""

from dataclasses import dataclass

from incidex.english.lexicon import words as words_in
from incidex.labels import scheme
from incidex.records import Analysis, Argument, Event, Realis


@dataclass(frozen=True, slots=True)
class Row:
    """
    One event, all its mentions together.

    Attributes:
        number: Its number in the document, from 1.
        event: The event.
        realis: What its mentions have, each once, in the order of the text.
        roles: Each role that is played, in the order of the label scheme, with the arguments that play it, in the order
            of the text. Of arguments that differ only in case or white space there is the first; pronouns are left out
            where others say more.
    """

    number: int
    event: Event
    realis: tuple[Realis, ...]
    roles: tuple[tuple[str, tuple[Argument, ...]], ...]


def rows(analysis: Analysis) -> tuple[Row, ...]:
    """Return a row for each event of `analysis`, in its order."""
    return tuple(
        Row(
            number=number,
            event=event,
            realis=tuple(dict.fromkeys(mention.realis for mention in event.mentions)),
            roles=_roles(event, analysis.document.text),
        )
        for number, event in enumerate(analysis.events, start=1)
    )


def _roles(event: Event, text: str) -> tuple[tuple[str, tuple[Argument, ...]], ...]:
    arguments = [argument for mention in event.mentions for argument in mention.arguments]
    found: dict[str, dict[str, Argument]] = {role: {} for role in _known_roles(event)}
    for argument in sorted(arguments, key=lambda argument: argument.span):
        words = " ".join((argument.name or argument.span.of(text)).casefold().split())
        fillers = found.setdefault(argument.role, {})
        # The name itself rather than "the company", which stands for it.
        if words not in fillers or (fillers[words].name and not argument.name):
            fillers[words] = argument
    return tuple((role, _telling(fillers)) for role, fillers in found.items() if fillers)


def _telling(fillers: dict[str, Argument]) -> tuple[Argument, ...]:
    """Return the arguments, given by their words, without pronouns; all of them if there are only pronouns."""
    pronouns = words_in("pronoun.subject", "pronoun.first_or_second", "pronoun.relative")
    named = tuple(argument for words, argument in fillers.items() if words not in pronouns)
    return named or tuple(fillers.values())


def _known_roles(event: Event) -> tuple[str, ...]:
    roles = {event_type.name: tuple(event_type.roles) for event_type in scheme().event_types}
    return roles.get(event.event_type, ())
