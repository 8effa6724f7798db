"""Makes analyses of short texts without a model: the events are the words in brackets."""

import re

from incidex.claims import find_claims
from incidex.link.indicators import find_indicators
from incidex.link.names.find import find_names
from incidex.records import (
    Analysis,
    Argument,
    Block,
    BlockKind,
    Document,
    Event,
    EventMention,
    Realis,
    Span,
)
from incidex.text.quantities import find_quantities
from incidex.text.sentences import document_sentences
from incidex.text.times.find import find_times

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


_ROLES = {
    "Victim": ("Victim", "Organization"),
    "Attacker": ("Attacker", "Organization"),
    "People": ("Number-of-Victim", "Number"),
    "Data": ("Compromised-Data", "PII"),
    "Price": ("Price", "Money"),
    "When": ("Time", "Time"),
    "Product": ("Vulnerable_System", "Software"),
    "Weakness": ("Vulnerability", "Vulnerability"),
    "Fix": ("Patch", "Patch"),
}


def reported(written: str, *, title: str = "", date: str | None = None, publisher: str | None = None) -> Analysis:
    """Return the analysis of an article, claims included; marked words play a part in the nearest event mention."""
    text, marks = marked(written)
    blocks = tuple(Block(Span(*m.span()), BlockKind.BODY) for m in re.finditer(r"[^\n]+", text))
    document = Document(text, blocks, title=title, published_at=date, publisher=publisher, language="en")
    sentences = document_sentences(document)
    triggers = [(span, _TYPES[what]) for what, span in marks if what in _TYPES]
    arguments: dict[Span, list[Argument]] = {span: [] for span, _ in triggers}
    for what, span in marks:
        if what in _ROLES:
            role, entity_type = _ROLES[what]
            nearest = min(arguments, key=lambda trigger: abs(trigger.start - span.start))
            arguments[nearest].append(Argument(span, entity_type, role))
    events = tuple(Event((EventMention(span, name, arguments=tuple(arguments[span])),)) for span, name in triggers)
    return Analysis(
        document,
        sentences,
        "none",
        events=events,
        indicators=find_indicators(document),
        entities=find_names(document, sentences),
        times=find_times(document),
        quantities=find_quantities(document),
        claims=find_claims(document, sentences, events),
    )
