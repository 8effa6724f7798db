"""Finds events in the network's token outputs: spans, arguments with their triggers, coreference."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from incidex.encoder.output import Decoding, WindowOutput, in_document
from incidex.events.assemble import Found, find_mentions
from incidex.events.coreference import group
from incidex.events.counts import with_counts
from incidex.events.participants import with_participants
from incidex.events.senses import is_event
from incidex.events.spans import TokenSpan, token_spans
from incidex.events.subjects import SubjectFinder
from incidex.records import Argument, Document, Event, EventMention, Span


class EventFinder:
    """Collects the event mentions of a document, window by window, and groups them into events at the end."""

    def __init__(self, decoding: Decoding, *, triggers: Sequence[EventMention] | None = None) -> None:
        """Find events with the thresholds in `decoding`, or with the triggers of `triggers` if given."""
        self._decoding = decoding
        self._given = triggers
        self._found: list[Found] = []
        self._sentences: Sequence[Span | None] = ()

    def of_article(self, sentences: Sequence[Span | None]) -> Callable[[WindowOutput], None]:
        """Return a function that takes each window output of the article; `sentences` are its spans in the document."""
        self._sentences = sentences

        def take(output: WindowOutput) -> None:
            here = in_document(output, sentences)
            self._found += find_mentions(here, self._decoding, triggers=self._triggers(here))

        return take

    def events(self, document: Document | None = None) -> tuple[Event, ...]:
        """
        Return the events of all windows so far, ordered by their first trigger.

        With the `document` that they are of, triggers that are none are left out, arguments are corrected, and events
        about different things are kept apart (see `senses`, `participants` and `subjects`).
        """
        found = sorted(self._found, key=lambda one: one.mention.trigger)
        if document is not None:
            found = self._checked(found, document)
        if not found:
            return ()
        mentions = [one.mention for one in found]
        finder = SubjectFinder(document.text) if document is not None else None
        groups = group(
            [mention.event_type for mention in mentions],
            np.stack([one.identity for one in found]),
            np.array([one.sentence for one in found]),
            same=self._decoding.same,
            apart=self._decoding.apart,
            subjects=[finder.subject(one.mention, self._sentence(one)) for one in found] if finder else (),
        )
        if finder:
            mentions = self._numbered(found, groups, finder)
        return tuple(Event(tuple(mentions[index] for index in members)) for members in groups)

    def _checked(self, found: Sequence[Found], document: Document) -> list[Found]:
        """Return what was found without triggers that are none and with corrected arguments."""
        text = document.text
        found = [
            one
            for one in found
            if self._given is not None
            or is_event(one.mention.trigger, one.mention.event_type, self._sentence(one), text)
        ]
        corrected = with_participants(
            [one.mention for one in found],
            [self._sentence(one) for one in found],
            text,
            publisher=document.publisher,
        )
        counted = with_counts(corrected, text)
        return [replace(one, mention=mention) for one, mention in zip(found, counted, strict=True)]

    def _numbered(
        self, found: Sequence[Found], groups: Sequence[Sequence[int]], finder: SubjectFinder
    ) -> list[EventMention]:
        """Return the mentions, one of each event with the CVE number beside it or in its heading."""
        mentions = [one.mention for one in found]
        for members in groups:
            if any(argument.role == "CVE" for index in members for argument in mentions[index].arguments):
                continue
            spans = ((index, finder.number(mentions[index], self._sentence(found[index]))) for index in members)
            index, span = next(((index, span) for index, span in spans if span), (0, None))
            if span:
                added = Argument(span, "CVE", "CVE", mentions[index].score)
                arguments = sorted((*mentions[index].arguments, added), key=lambda argument: argument.span)
                mentions[index] = replace(mentions[index], arguments=tuple(arguments))
        return mentions

    def _sentence(self, found: Found) -> Span:
        return self._sentences[found.sentence] or found.mention.trigger

    def _triggers(self, output: WindowOutput) -> tuple[TokenSpan, ...] | None:
        if self._given is None:
            return None
        return token_spans(output, self._given)
