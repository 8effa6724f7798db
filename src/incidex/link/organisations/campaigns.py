"""Finds campaigns and parties that are named after people, "Mr Macron's party", and joins them with their own names."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from incidex.link.organisations.grouping import Group
from incidex.link.organisations.words import Word
from incidex.records import Span

_POLITICAL = frozenset(("campaign", "party", "movement", "camp", "team"))
# Words in front of "campaign" that say nothing else: "Macron's presidential campaign", "Macron's political movement".
_ADJECTIVES = frozenset(("political", "presidential", "election", "electoral", "new", "own", "centrist"))
_BETWEEN = 4


def add_campaigns(groups: list[Group], read: Sequence[Sequence[Word]], people: Collection[str], text: str) -> None:
    """
    Add to `groups` what is named after people, as one organisation for each person.

    It is the same as a party that is called its bearer's: "Mr Macron's En Marche! party".

    Args:
        groups: The organisations of the article so far.
        read: The words of its sentences.
        people: The surnames of people.
        text: The article.
    """
    parties = {owner: group for group in groups if "party" in group.kinds for owner in _owners(group, read, people)}
    found: dict[str, Group] = {}
    for number, words in enumerate(read):
        for owner, noun, span in _named_after(words, people):
            # Any person has a team; one with a campaign has that team.
            if noun == "team" and owner not in found:
                continue
            group = found.get(owner) or parties.get(owner)
            if group is None:
                group = Group(span.of(text))
                groups.append(group)
            found[owner] = group
            group.kinds |= {"party", "campaign"}
            group.places[span] = number


def _named_after(words: Sequence[Word], people: Collection[str]) -> Iterator[tuple[str, str, Span]]:
    """Yield whose campaign is named, the noun, and the words with the person's name."""
    for place, word in enumerate(words):
        if word.lower not in _POLITICAL or word.text[0].isupper() or word.gap != " ":
            continue
        owner = place - 1
        while owner > 0 and words[owner].lower in _ADJECTIVES and words[owner].gap == " ":
            owner -= 1
        if owner < 0 or words[owner].text not in people or not (words[owner].owner or owner == place - 1):
            continue
        behind = words[place + 1] if place + 1 < len(words) else None
        # "Macron's political movement En Marche!": its name follows.
        if behind and behind.gap == " " and behind.name:
            continue
        first = owner
        while first > 0 and first > owner - 3 and words[first - 1].name and words[first].gap in (" ", ". "):
            first -= 1
        last = word
        if word.lower == "campaign" and place + 1 < len(words) and words[place + 1].lower == "team":
            last = words[place + 1]
        yield words[owner].text, word.lower, Span(words[first].start, last.end)


def _owners(group: Group, read: Sequence[Sequence[Word]], people: Collection[str]) -> Iterator[str]:
    """Yield the people whose party an organisation is called: "Mr Macron's En Marche! party"."""
    for span, number in group.places.items():
        words = read[number]
        place = bisect_left(words, span.start, key=lambda word: word.start)
        for word in words[max(0, place - _BETWEEN) : place]:
            if word.owner and word.text in people:
                yield word.text
