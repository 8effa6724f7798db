"""What people marked in an article: its events, and the labels of its sentences."""

from dataclasses import dataclass

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
