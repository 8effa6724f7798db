"""
Finds the organisations that an article names, and everything that it calls each of them.

The parts: `words` finds capitalised words, `evidence` says which of them name organisations, `grouping` puts the names
of one organisation together, `campaigns` adds what is named after people, and `descriptions` says whom "the company"
means. Word lists read the text; no model does.
"""

from collections.abc import Iterable, Sequence

from incidex.link.organisations.campaigns import add_campaigns
from incidex.link.organisations.descriptions import descriptions, resolve
from incidex.link.organisations.evidence import names_of, people_in
from incidex.link.organisations.grouping import Group, add_titles, grouped
from incidex.link.organisations.lexicon import listed
from incidex.link.organisations.words import Run, is_title, runs, words_of
from incidex.records import Document, Entity, EntityKind, Event, Sentence, Span


def find_organisations(
    document: Document,
    sentences: Sequence[Sentence],
    *,
    events: Iterable[Event] = (),
    others: Iterable[Entity] = (),
) -> tuple[Entity, ...]:
    """
    Return the organisations that the article's sentences name, ordered by their first mentions.

    Args:
        document: The document.
        sentences: Its sentences, in reading order.
        events: Its events: what they have for organisations is one.
        others: Its actors, malware and tools: what names them names no organisation.
    """
    text = document.text
    inside = [sentence for sentence in sentences if sentence.kind.in_article]
    read = [words_of(text, sentence.span) for sentence in inside]
    taken = {place for entity in others for span in entity.mentions for place in (span.start, span.end - 1)}
    found = [
        run
        for number, words in enumerate(read)
        if not is_title(words)
        for run in runs(words, number)
        if run.span.start not in taken and run.span.end - 1 not in taken
    ]
    lowered = {word.lower for words in read for word in words if word.lower == word.text}
    names = names_of(found, lowered, _organisations_of(events))
    groups = grouped(found, names, text)
    own = {word for group in groups for word in group.words}
    add_campaigns(groups, read, {name for name in people_in(found) if name.lower() not in own}, text)
    for number, words in enumerate(read):
        if is_title(words):
            add_titles(groups, words, number)
    products = {run.span for run in found if _names_product(run)}
    resolve([one for number, words in enumerate(read) for one in descriptions(words, number)], groups, products)
    return tuple(sorted((_entity(text, group) for group in groups), key=lambda entity: entity.mentions[0]))


def _names_product(run: Run) -> bool:
    """Return whether a noun behind says that the maker's product is meant: "an unpatched Citrix gateway"."""
    word = run.behind()
    product = word is not None and word.gap == " " and word.lower in listed("product_ends", "product_nouns")
    return product and not run.owner


def _organisations_of(events: Iterable[Event]) -> list[Span]:
    return [
        argument.span
        for event in events
        for mention in event.mentions
        for argument in mention.arguments
        if argument.entity_type == "Organization" and argument.role != "Attacker"
    ]


def _entity(text: str, group: Group) -> Entity:
    return Entity(group.name, EntityKind.ORGANISATION, tuple(sorted(group.places)))
