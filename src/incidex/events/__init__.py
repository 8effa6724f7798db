"""Finds events in the network's token outputs: spans, arguments with their triggers, coreference."""

from collections.abc import Callable, Sequence

import numpy as np

from incidex.encoder.output import Decoding, WindowOutput, in_document
from incidex.events.assemble import Found, find_mentions
from incidex.events.coreference import group
from incidex.events.spans import TokenSpan, token_spans
from incidex.records import Event, EventMention, Span


class EventFinder:
    """Collects the event mentions of a document, window by window, and groups them into events at the end."""

    def __init__(self, decoding: Decoding, *, triggers: Sequence[EventMention] | None = None) -> None:
        """Find events with the thresholds in `decoding`, or with the triggers of `triggers` if given."""
        self._decoding = decoding
        self._given = triggers
        self._found: list[Found] = []

    def of_article(self, sentences: Sequence[Span | None]) -> Callable[[WindowOutput], None]:
        """Return a function that takes each window output of the article; `sentences` are its spans in the document."""

        def take(output: WindowOutput) -> None:
            here = in_document(output, sentences)
            self._found += find_mentions(here, self._decoding, triggers=self._triggers(here))

        return take

    def events(self) -> tuple[Event, ...]:
        """Return the events of all windows so far, ordered by their first trigger."""
        self._found.sort(key=lambda found: found.mention.trigger)
        if not self._found:
            return ()
        mentions = [found.mention for found in self._found]
        groups = group(
            [mention.event_type for mention in mentions],
            np.stack([found.identity for found in self._found]),
            np.array([found.sentence for found in self._found]),
            same=self._decoding.same,
            apart=self._decoding.apart,
        )
        return tuple(Event(tuple(mentions[index] for index in members)) for members in groups)

    def _triggers(self, output: WindowOutput) -> tuple[TokenSpan, ...] | None:
        if self._given is None:
            return None
        return token_spans(output, self._given)
