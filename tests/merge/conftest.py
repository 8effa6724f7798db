"""Makes analyses of short texts without a model: the events are the words in brackets."""

import re
from collections.abc import Callable

import pytest

from incidex.link.actors import find_names
from incidex.link.indicators import find_indicators
from incidex.records import Analysis, Argument, Block, BlockKind, Document, Event, EventMention, Realis, Span
from incidex.text.quantities import find_quantities
from incidex.text.sentences import document_sentences
from incidex.text.times import find_times

_MARK = re.compile(r"\[(?P<what>[A-Za-z]+):(?P<words>[^\]]+)\]")
_TYPES = {
    "breach": "AttackDatabreach",
    "phishing": "AttackPhishing",
    "ransom": "AttackRansom",
    "flaw": "DiscoverVulnerability",
    "patch": "PatchVulnerability",
}


def marked(written: str) -> tuple[str, list[tuple[str, Span]]]:
    """Return a text without its marks, and what each mark says of which words: "[Victim:Acme] was [ransom:hit]"."""
    text, marks, end = "", [], 0
    for match in _MARK.finditer(written):
        text += written[end : match.start()]
        marks.append((match["what"], Span(len(text), len(text) + len(match["words"]))))
        text += match["words"]
        end = match.end()
    return text + written[end:], marks


def analysed(
    title: str, written: str, *, date: str | None = None, publisher: str | None = None, realis: Realis = Realis.ACTUAL
) -> Analysis:
    """Return the analysis of an article whose marked words are event mentions and victims, each of the one before."""
    text, marks = marked(written)
    blocks = tuple(Block(Span(*m.span()), BlockKind.BODY) for m in re.finditer(r"[^\n]+", text))
    document = Document(text, blocks, title=title, published_at=date, publisher=publisher, language="en")
    sentences = document_sentences(document)
    victims = [span for what, span in marks if what == "Victim"]
    arguments = tuple(Argument(span, "Organization", "Victim") for span in victims)
    mentions = [EventMention(span, _TYPES[what], realis) for what, span in marks if what in _TYPES]
    if mentions:
        first = mentions[0]
        mentions[0] = EventMention(first.trigger, first.event_type, realis, arguments)
    return Analysis(
        document,
        sentences,
        "none",
        events=tuple(Event((mention,)) for mention in mentions),
        indicators=find_indicators(document),
        entities=find_names(document, sentences),
        times=find_times(document),
        quantities=find_quantities(document),
    )


@pytest.fixture
def analyse() -> Callable[..., Analysis]:
    """Return `analysed`."""
    return analysed
