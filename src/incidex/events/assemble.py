"""Assembles event mentions: triggers, each with its arguments and their roles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from incidex.encoder.output import Decoding, WindowOutput
from incidex.events.spans import TokenSpan, find_spans
from incidex.labels import scheme
from incidex.records import Argument, EventMention, Realis


@dataclass(frozen=True, slots=True)
class Found:
    """
    A predicted event mention.

    Attributes:
        mention: The mention, with spans as in the window output.
        identity: float32 (d,), see `WindowOutput.identity`.
        sentence: The index of its sentence, as in the window output.
    """

    mention: EventMention
    identity: NDArray[np.float32]
    sentence: int


def find_mentions(
    output: WindowOutput, decoding: Decoding, *, triggers: Sequence[TokenSpan] | None = None
) -> tuple[Found, ...]:
    """
    Return the event mentions of a window, in the order of their triggers.

    An argument must share its sentence with a trigger whose event type has a role for its entity type, and is assigned
    to the best of these triggers. (In CASIE, 97 % of arguments are in the sentence of their trigger, and 99 % have just
    one.)

    Args:
        output: The window.
        decoding: The thresholds.
        triggers: Use these instead of the predicted ones.
    """
    if triggers is None:
        triggers = find_spans(output, output.triggers, worth=decoding.trigger)
    if not triggers:
        return ()
    arguments = find_spans(output, _licensed_tags(output, triggers), worth=decoding.argument)
    owners = _owners(output, triggers, arguments)
    return tuple(
        _found(output, trigger, [argument for argument, owner in zip(arguments, owners, strict=True) if owner == index])
        for index, trigger in enumerate(triggers)
    )


def _licensed_tags(output: WindowOutput, triggers: Sequence[TokenSpan]) -> NDArray[np.float32]:
    """Return argument tags (tokens, tags) without entity types that no trigger in the sentence takes."""
    takes = np.asarray(licences().any(-1))  # (event types, entity types)
    licensed = np.zeros((len(output.sentence), takes.shape[1]), np.bool_)
    for trigger in triggers:
        licensed[output.sentence == output.sentence[trigger.first]] |= takes[trigger.type]
    kept = np.asarray(output.arguments * np.insert(licensed.repeat(2, 1), 0, True, axis=1), np.float32)
    return np.asarray(kept / kept.sum(1, keepdims=True).clip(min=1e-9), np.float32)


def _owners(output: WindowOutput, triggers: Sequence[TokenSpan], arguments: Sequence[TokenSpan]) -> list[int]:
    """Return for each argument the index of its trigger, or -1."""
    if not arguments:
        return []
    firsts = np.ix_([argument.first for argument in arguments], [trigger.first for trigger in triggers])
    types = np.ix_([argument.type for argument in arguments], [trigger.type for trigger in triggers])
    near = output.sentence[firsts[0]] == output.sentence[firsts[1]]
    allowed: NDArray[np.bool_] = np.asarray(licences().any(-1).T)[types] & near
    best = np.where(allowed, output.links[firsts], -np.inf).argmax(1)
    return [int(owner) if allowed[row, owner] else -1 for row, owner in enumerate(best)]


def _found(output: WindowOutput, trigger: TokenSpan, arguments: Sequence[TokenSpan]) -> Found:
    realis = scheme().realis[int(output.realis[trigger.first : trigger.last + 1].sum(0).argmax())]
    taken = tuple(_argument(output, trigger, argument) for argument in arguments)
    mention = EventMention(trigger.span, scheme().names[trigger.type], Realis(realis), taken, trigger.score)
    return Found(mention, output.identity[trigger.first], int(output.sentence[trigger.first]))


def _argument(output: WindowOutput, trigger: TokenSpan, argument: TokenSpan) -> Argument:
    licensed = licences()[trigger.type, argument.type]
    weights = output.roles[argument.first : argument.last + 1].mean(0)
    best = int(np.where(licensed, weights, -np.inf).argmax())
    sure = 1 / float(np.exp(weights[licensed] - weights[best]).sum())
    entity_type, role = scheme().entity_types[argument.type], scheme().roles[best]
    return Argument(argument.span, entity_type, role, argument.score * sure)


@cache
def licences() -> NDArray[np.bool_]:
    """Return bool (event types, entity types, roles): whether an event type takes the entity type in the role."""
    table = np.zeros((len(scheme().names), len(scheme().entity_types), len(scheme().roles)), np.bool_)
    for event, entity, role in _licensed():
        table[event, entity, role] = True
    return table


def _licensed() -> Iterator[tuple[int, int, int]]:
    for event, event_type in enumerate(scheme().event_types):
        for role, entity_types in event_type.roles.items():
            for entity_type in entity_types:
                yield event, scheme().entity_types.index(entity_type), scheme().roles.index(role)
