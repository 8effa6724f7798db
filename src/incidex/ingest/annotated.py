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
    An article with its annotations.

    Attributes:
        document: The article. Its warnings include annotations that could not be used.
        events: Its events, ordered by their first trigger; mentions and arguments are ordered by span.
        labels: The labelled sentences, in the order of the text; () is a sentence that reports nothing. None if no
            sentence was labelled.
        author: Who annotated it, if the file says.
        place: Its position in the file, such as "task 12"; empty if the file has one article.
    """

    document: Document
    events: tuple[Event, ...]
    labels: tuple[tuple[Span, tuple[str, ...]], ...] | None = None
    author: str = ""
    place: str = ""


def read_json(raw: Raw) -> tuple[Any, tuple[str, ...]]:
    """
    Return the JSON value in `raw`, and warnings about its decoding.

    Raises:
        UnreadableSource: It is not JSON, or nested more deeply than Python can read (about 1,000 levels).
    """
    decoded = decode(raw.content, name=raw.name, declared=raw.charset)
    try:
        return json.loads(decoded.text), decoded.warnings
    except RecursionError as error:
        raise UnreadableSource(
            f"{raw.name} is nested too deeply to be read.\nCheck the file: no supported tool writes such JSON."
        ) from error
    except json.JSONDecodeError as error:
        raise UnreadableSource(
            f"{raw.name} is not valid JSON: {error}.\nCheck that it was saved completely."
        ) from error
    except ValueError as error:  # Python limits the digits of a number, as parsing takes quadratic time
        raise UnreadableSource(
            f"{raw.name} contains a number with thousands of digits.\nCheck what wrote the file, and remove the number."
        ) from error
