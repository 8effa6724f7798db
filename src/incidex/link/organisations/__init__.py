"""
Finds the organisations that an article names, and everything that it calls each of them.

The parts: `capitalised` finds capitalised words, `evidence` says which of them name organisations, `look_alikes` which
name products and the like, `grouping` groups the names of one organisation, `campaigns` adds what is named after
people, `descriptions` resolves "the company". All of it works with word lists, without a model.
"""

from collections.abc import Iterable, Sequence

from incidex.english.lexicon import words
from incidex.link.organisations.campaigns import add_campaigns
from incidex.link.organisations.capitalised import Run, is_heading, is_title, runs, words_of
from incidex.link.organisations.descriptions import descriptions, resolve
from incidex.link.organisations.evidence import names_of, people_in
from incidex.link.organisations.grouping import Group, add_titles, grouped
from incidex.link.organisations.look_alikes import lacks_article, names_itself, names_technology
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
        events: Its events: an argument that is an organisation is evidence.
        others: Its actors, malware and tools: their names are not those of organisations.
    """
    text = document.text
    inside = [sentence for sentence in sentences if sentence.kind.in_article]
    read = [words_of(text, sentence.span) for sentence in inside]
    taken = {place for entity in others for span in entity.mentions for place in (span.start, span.end - 1)}
    titles = [is_title(sentence) for sentence in read]
    headings = [is_heading(sentence, text) for sentence in read]
    found = [
        run
        for number, sentence in enumerate(read)
        if not titles[number]
        for run in runs(sentence, number)
        if not headings[number] or names_itself(run)
        if run.span.start not in taken
        and run.span.end - 1 not in taken
        and not (names_technology(run) or lacks_article(run))
    ]
    lowered = {token.lower for sentence in read for token in sentence.tokens if token.lower == token.text}
    names = names_of(found, lowered, _organisations_of(events))
    groups = grouped(found, names, text)
    own = {word for group in groups for word in group.words}
    add_campaigns(groups, read, {name for name in people_in(found) if name.lower() not in own}, text)
    add_titles(groups, [(number, one) for number, one in enumerate(read) if titles[number] or headings[number]])
    products = {run.span for run in found if _names_product(run)}
    resolve([one for number, sentence in enumerate(read) for one in descriptions(sentence, number)], groups, products)
    return tuple(sorted((_entity(text, group) for group in groups), key=lambda entity: entity.mentions[0]))


def _names_product(run: Run) -> bool:
    """Return whether a noun behind a name says that a product is meant: "an unpatched Citrix gateway"."""
    word = run.behind()
    if word is None or run.gap_behind != " " or run.possessive:
        return False
    return word.lower in words("product_ending", "product_noun")


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
