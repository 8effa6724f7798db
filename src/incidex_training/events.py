"""Makes events of annotated arrays and of predictions, with positions that count tokens of the article."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from incidex.encoder.output import Decoding
from incidex.events import EventFinder
from incidex.labels import scheme
from incidex.records import Argument, Event, EventMention, Realis, Span
from incidex_training.features import EVENT, MENTION, OWNER, REALIS, ROLE, UNKNOWN, Example
from incidex_training.predict import Prediction


def gold_events(example: Example) -> tuple[Event, ...]:
    """Return the annotated events; an argument whose trigger was not found in the text is left out."""
    tags = [np.concatenate(rows) for rows in (example.triggers, example.arguments)]
    details = np.concatenate(example.details)
    arguments = defaultdict(list)
    for span, kind in _spans(tags[1]):
        owner, role = details[span.start, OWNER], details[span.start, ROLE]
        arguments[int(owner)].append(Argument(span, scheme().entity_types[kind], scheme().roles[role]))
    events = defaultdict(list)
    for span, kind in _spans(tags[0]):
        realis = Realis(scheme().realis[details[span.start, REALIS]])
        taken = tuple(arguments[int(details[span.start, MENTION])])
        events[int(details[span.start, EVENT])].append(EventMention(span, scheme().names[kind], realis, taken))
    return tuple(Event(tuple(mentions)) for mentions in events.values())


def found_events(
    prediction: Prediction, example: Example, decoding: Decoding, *, triggers: Sequence[EventMention] | None = None
) -> tuple[Event, ...]:
    """
    Return the events of a prediction in the sentences that are annotated.

    Args:
        triggers: Use these instead of those that the network finds.
    """
    finder = EventFinder(decoding, triggers=triggers)
    take = finder.of_article(_places(example))
    for output in prediction.window_outputs:
        take(output)
    return finder.events()


def _places(example: Example) -> list[Span | None]:
    ends = np.cumsum([len(tokens) for tokens in example.tokens])
    return [
        Span(int(end) - len(tags), int(end)) if len(tags) and (tags != UNKNOWN).all() else None
        for end, tags in zip(ends, example.triggers, strict=True)
    ]


def _spans(tags: NDArray[np.generic]) -> Iterator[tuple[Span, int]]:
    """Yield the spans of BIO tags (tokens,) with the index of their type."""
    values = np.append(tags, 0).astype(np.int64)
    for start in np.flatnonzero((values > 0) & (values % 2 == 1)):
        end = start + 1
        while values[end] == values[start] + 1:
            end += 1
        yield Span(int(start), int(end)), int(values[start] - 1) // 2
