"""Finds campaigns and parties that are named after people, "Mr Macron's party", and joins them with their own names."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from incidex.english.lexicon import words
from incidex.link.organisations.capitalised import Words
from incidex.link.organisations.grouping import Group
from incidex.records import Span

# Words between a person's name and that of the party: "Macron's centrist political movement En Marche!".
_MOST_BETWEEN = 4


def add_campaigns(groups: list[Group], read: Sequence[Words], people: Collection[str], text: str) -> None:
    """
    Add to `groups` what is named after people, as one organisation per person.

    It is the same as a party that is called theirs: "Mr Macron's En Marche! party".

    Args:
        groups: The organisations of the article so far.
        read: The words of its sentences.
        people: The surnames of people.
        text: The article.
    """
    parties = {owner: group for group in groups if "party" in group.kinds for owner in _owners(group, read, people)}
    found: dict[str, Group] = {}
    for number, sentence in enumerate(read):
        for owner, noun, span in _named_after(sentence, people):
            # Anybody has a team; only with a campaign is it an organisation.
            if noun == "team" and owner not in found:
                continue
            group = found.get(owner) or parties.get(owner)
            if group is None:
                group = Group(span.of(text))
                groups.append(group)
            found[owner] = group
            group.kinds |= {"party", "campaign"}
            group.places[span] = number


def _named_after(sentence: Words, people: Collection[str]) -> Iterator[tuple[str, str, Span]]:
    """Yield the person, the noun, and the span with the person's name: "Mr Macron's campaign team"."""
    nouns = words("political_noun", forms=("singular",))
    for place, token in enumerate(sentence.tokens):
        if token.lower not in nouns or token.text[0].isupper():
            continue
        owner = _owner_of(sentence, place, people) if sentence.gaps[place] == " " else None
        behind = place + 1 if place + 1 < len(sentence) else None
        # "Macron's political movement En Marche!": its name follows.
        if owner is None or (behind and sentence.gaps[behind] == " " and sentence.name_like[behind]):
            continue
        first = owner
        while first > max(0, owner - 3) and sentence.name_like[first - 1] and sentence.gaps[first] in (" ", ". "):
            first -= 1
        team = token.lower == "campaign" and behind and sentence[behind].lower == "team"
        last = sentence[behind] if behind and team else token
        yield sentence[owner].text, token.lower, Span(sentence[first].start, last.end)


def _owner_of(sentence: Words, place: int, people: Collection[str]) -> int | None:
    """Return the place of the person whose campaign the noun at `place` names, None if there is none."""
    owner = place - 1
    while owner > 0 and sentence[owner].lower in words("campaign_modifier") and sentence.gaps[owner] == " ":
        owner -= 1
    if owner < 0 or sentence[owner].text not in people:
        return None
    return owner if sentence.possessive[owner] or owner == place - 1 else None


def _owners(group: Group, read: Sequence[Words], people: Collection[str]) -> Iterator[str]:
    """Yield the people whose party an organisation is called: "Mr Macron's En Marche! party"."""
    for span, number in group.places.items():
        sentence = read[number]
        last = bisect_left(sentence.tokens, span.start, key=lambda token: token.start)
        for place in range(max(0, last - _MOST_BETWEEN), last):
            if sentence.possessive[place] and sentence[place].text in people:
                yield sentence[place].text
