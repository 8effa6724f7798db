"""What the readers of annotated files share: the record that they return, and how their JSON is read."""

import json
from dataclasses import dataclass
from typing import Any

from incidex.errors import UnreadableSource
from incidex.ingest.decode import decode
from incidex.ingest.load import Raw
from incidex.records import Document, Event, Span


@dataclass(frozen=True, slots=True)
class Annotated:
    """
    An article with what was marked in it.

    Attributes:
        document: The article. Its warnings say, too, which annotations could not be used.
        events: Its events, ordered by their first trigger; mentions and arguments are in the order of their spans.
        labels: The sentences that somebody gave labels to, in the order of the text; () is a sentence that reports
            nothing. None where sentences were not marked at all.
        author: Who marked it, as far as the file says.
        place: Where in the file it stands, such as "task 12"; empty where a file holds one article.
    """

    document: Document
    events: tuple[Event, ...]
    labels: tuple[tuple[Span, tuple[str, ...]], ...] | None = None
    author: str = ""
    place: str = ""


def read_json(raw: Raw) -> tuple[Any, tuple[str, ...]]:
    """
    Return the values in `raw`, and what its reader should know about how it was decoded.

    Raises:
        UnreadableSource: It is no JSON, or nested more deeply than Python reads (about 1,000 levels).
    """
    decoded = decode(raw.content, name=raw.name, declared=raw.charset)
    try:
        return json.loads(decoded.text), decoded.warnings
    except RecursionError as error:
        raise UnreadableSource(
            f"{raw.name} is nested too deeply to be read.\nNo tool that Incidex knows writes such a file: check it."
        ) from error
    except json.JSONDecodeError as error:
        raise UnreadableSource(
            f"{raw.name} is not valid JSON: {error}.\nCheck that it was saved completely."
        ) from error
    except ValueError as error:  # a limit of Python, which keeps such a number from taking for ever
        raise UnreadableSource(
            f"{raw.name} holds a number with thousands of digits.\nCheck what wrote it, and take the number out."
        ) from error
