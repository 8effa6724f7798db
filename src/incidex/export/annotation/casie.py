"""Writes the events of an analysis as CASIE's JSON, in the layout of the public corpus."""

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from incidex.labels import SAME, scheme
from incidex.records import Analysis, Argument, Document, Event, EventMention, Span

# Gives a stretch of text (of an event type or entity type) the keys that triggers and arguments have in common.
_Mark = Callable[[Span, str], dict[str, Any]]


def to_casie(analysis: Analysis) -> str:
    """
    Return one line of JSON in ASCII, with its line end: the text, and each event as a hopper.

    `incidex.ingest.casie_events.read_annotated` reads the same text and events back. What CASIE has no place for
    (sentences, scores, blocks) is left out; and so is what the records have none for (references to knowledge bases,
    attack patterns with their confidence).
    """
    document = analysis.document
    content = {
        "content": document.text,
        "sourcefile": Path(document.source).name,
        "cyberevent": {"hopper": _hoppers(analysis.events, document.text)},
        "info": _info(document),
    }
    return json.dumps(content) + "\n"


def _hoppers(events: tuple[Event, ...], text: str) -> list[dict[str, Any]]:
    """Return the hoppers, their mentions numbered E1, E2 ..., and T1, T2 ... the spans of text, each once."""
    numbers = count(1)
    indices: dict[tuple[Span, str], str] = {}

    def mark(span: Span, kind: str) -> dict[str, Any]:
        index = indices.setdefault((span, kind), f"T{len(indices) + 1}")
        return {"index": index, "text": span.of(text), "startOffset": span.start, "endOffset": span.end}

    return [
        {
            "index": index,
            **({"relation": SAME} if len(event.mentions) > 1 else {}),
            "events": [{"index": f"E{next(numbers)}", **_mention(mention, mark)} for mention in event.mentions],
        }
        for index, event in enumerate(events)
    ]


def _mention(mention: EventMention, mark: _Mark) -> dict[str, Any]:
    kind, subtype = scheme().event_type(mention.event_type).casie
    written = {
        "type": kind,
        "subtype": subtype,
        "realis": mention.realis.value,
        "nugget": mark(mention.trigger, mention.event_type),
    }
    arguments = [_argument(argument, mark) for argument in mention.arguments]
    return {**written, "argument": arguments} if arguments else written


def _argument(argument: Argument, mark: _Mark) -> dict[str, Any]:
    return {
        **mark(argument.span, argument.entity_type),
        "type": argument.entity_type,
        "role": {"type": argument.role},
    }


def _info(document: Document) -> dict[str, str]:
    """Return title (omitted if there is none), date (a day, without the time) and link (if the source is one)."""
    title = {"title": document.title} if document.title else {}
    date = (document.published_at or "").partition("T")[0].replace("-", "_")
    link = document.source if document.source.startswith(("http://", "https://")) else ""
    return {**title, "date": date, "type": "text", "link": link}
