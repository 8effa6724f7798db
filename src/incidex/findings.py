"""What is found beside events: indicators, names, times, quantities, claims. Labels alone start without this module."""

from collections.abc import Sequence
from typing import TypedDict

from incidex.claims import find_claims
from incidex.link.actors import find_names
from incidex.link.indicators import arguments_of, find_indicators
from incidex.link.organisations import find_organisations
from incidex.records import Claim, Document, Entity, Event, Indicator, Quantity, Sentence, TimeExpression
from incidex.text.quantities import find_quantities
from incidex.text.times import find_times


class Findings(TypedDict):
    """Attributes of an `Analysis`."""

    indicators: tuple[Indicator, ...]
    entities: tuple[Entity, ...]
    times: tuple[TimeExpression, ...]
    quantities: tuple[Quantity, ...]
    claims: tuple[Claim, ...]


def findings(document: Document, sentences: Sequence[Sentence], events: Sequence[Event]) -> Findings:
    """Return what a document holds beside its labelled `sentences` and `events`."""
    return {
        "indicators": find_indicators(document, organisations=arguments_of(events)),
        "entities": _entities(document, sentences, events),
        "times": find_times(document),
        "quantities": find_quantities(document),
        "claims": find_claims(document, sentences, events),
    }


def _entities(document: Document, sentences: Sequence[Sentence], events: Sequence[Event]) -> tuple[Entity, ...]:
    """Return the actors, malware and tools, and then the organisations, in the order of their first mentions."""
    names = find_names(document, sentences)
    organisations = find_organisations(document, sentences, events=events, others=names)
    return tuple(sorted((*names, *organisations), key=lambda entity: entity.mentions[0]))
