"""
Says which organisation a description means: "the company", "the Atlanta-based firm", "Mr Macron's party".

A description is resolved only where one organisation alone can be meant: it is the only one of its kind that was named
in the sentence and the two before it, or it is by far the one the article is about. Otherwise it stays without.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from incidex.link.organisations.grouping import Group
from incidex.link.organisations.lexicon import class_of_noun, listed, stands_for
from incidex.link.organisations.words import Word
from incidex.records import Span

# Sentences back in which a candidate was named, words between "the" and the noun, and how clearly one has to lead.
_NEAR = 2
_FAR = 8
_MOST_BETWEEN = 3
_LEAD = 3
# A document with more organisations than this is a list, in which descriptions are sought among the latest.
_MOST = 100
_DETERMINERS = frozenset(("the", "his", "her", "this"))
_ANYTHING = frozenset(("company", "body", "campaign", "party"))


@dataclass(frozen=True, slots=True)
class Description:
    """
    A noun that takes the place of an organisation's name.

    Attributes:
        span: Its words with "the".
        sentence: The number of its sentence.
        kind: What the noun says that the organisation is.
        between: The words between "the" and the noun, in lower case.
        named: Where the name in apposition behind it begins: "the firm, Tolland & Pryce"; None if there is none.
    """

    span: Span
    sentence: int
    kind: str
    between: tuple[str, ...]
    named: int | None = None


def descriptions(words: Sequence[Word], sentence: int) -> Iterator[Description]:
    """Yield the descriptions of a sentence that may take the place of an organisation's name."""
    nouns = class_of_noun()
    for place, word in enumerate(words):
        kind = nouns.get(word.lower)
        if kind is None or word.lower in listed("never_alone") or word.text[0].isupper():
            continue
        first = _beginning(words, place)
        if first is None or _is_told(words, place):
            continue
        between = tuple(one.lower for one in words[first + 1 : place])
        behind = words[place + 1] if place + 1 < len(words) else None
        named = behind.start if behind and behind.gap == ", " and behind.name else None
        yield Description(Span(words[first].start, word.end), sentence, kind, between, named)


def resolve(found: Sequence[Description], groups: Sequence[Group], products: Collection[Span] = ()) -> None:
    """Add to `groups`, which are those of one article, the descriptions that mean them; none means `products`."""
    said = sorted(
        (span, number, index)
        for index, group in enumerate(groups)
        for span, number in group.places.items()
        if span not in products
    )
    log = _Log(groups)
    following = 0
    for description in found:
        while following < len(said) and said[following][0] < description.span:
            log.mention(said[following][2], said[following][1])
            following += 1
        index = log.meant(description)
        if index is None:
            index = _ahead(description, groups, said[following : following + 2])
        if index is not None:
            groups[index].places[description.span] = description.sentence
            log.mention(index, description.sentence)


class _Log:
    """Which organisations were mentioned so far, where last, and how often."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._last: dict[int, int] = {}
        self._counts: dict[int, int] = {}

    def mention(self, index: int, sentence: int) -> None:
        """Note that a sentence mentions an organisation."""
        # The latest stand last.
        self._last.pop(index, None)
        self._last[index] = sentence
        self._counts[index] = self._counts.get(index, 0) + 1

    def meant(self, description: Description) -> int | None:
        """Return the organisation that a description means; None where there is none, or more than one could be."""
        latest = list(islice(reversed(self._last), _MOST))
        can = [index for index in latest if can_be(description, self._groups[index])]
        if len(can) > 1 and description.between:
            can = [index for index in can if self._groups[index].words.intersection(description.between)] or can
        near = [index for index in can if description.sentence - self._last[index] <= _NEAR]
        # What nothing tells the kind of may be an agency as well as the agency that is named.
        if description.kind not in _ANYTHING and self._has_unknown(latest, description.sentence):
            return None
        if len(near) == 1:
            return near[0]
        if not near:
            return can[0] if len(can) == 1 and description.sentence - self._last[can[0]] <= _FAR else None
        leader = max(near, key=lambda index: self._counts[index])
        others = max(self._counts[index] for index in near if index != leader)
        last = all(self._last[leader] >= self._last[index] for index in near)
        return leader if last and self._counts[leader] >= _LEAD * others else None

    def _has_unknown(self, latest: Iterable[int], sentence: int) -> bool:
        """Return whether one was mentioned before that nothing says the kind of."""
        return any(sentence - self._last[index] <= _FAR and not self._groups[index].kinds for index in latest)


def can_be(description: Description, group: Group) -> bool:
    """Return whether an organisation is of the kind that a description says."""
    kinds = group.kinds or {"company"}
    if not kinds & stands_for(description.kind):
        return False
    telling = [word for word in description.between if word not in listed("plain") and not word.endswith("-based")]
    return not telling or bool(group.words.intersection(telling))


def _ahead(description: Description, groups: Sequence[Group], said: Sequence[tuple[Span, int, int]]) -> int | None:
    """Return the organisation that is named only behind its description, if it is the only one that can be meant."""
    for span, _, index in said:
        if description.named == span.start:
            return index
    if not said or len(groups) > _MOST or said[0][1] - description.sentence > _NEAR:
        return None
    can = [index for index, group in enumerate(groups) if can_be(description, group)]
    if len(can) != 1 or said[0][2] != can[0]:
        return None
    return can[0] if min(groups[can[0]].places) >= description.span else None


def _beginning(words: Sequence[Word], place: int) -> int | None:
    """Return the place of "the" in front of a noun and of what describes it."""
    for first in range(place - 1, max(-1, place - 2 - _MOST_BETWEEN), -1):
        word = words[first]
        if words[first + 1].gap not in (" ", "-"):
            return None
        if word.lower in _DETERMINERS:
            return first
        if word.owner or word.lower in listed("joins") or word.lower in listed("starters"):
            return None
    return None


def _is_told(words: Sequence[Word], place: int) -> bool:
    """Return whether the words behind a noun tell which one is meant, or the noun only describes the next one."""
    behind = words[place + 1] if place + 1 < len(words) else None
    if behind is None or words[place].owner:
        return False
    if behind.gap == " " and (behind.lower in listed("restricts") or behind.name):
        return True
    return behind.gap in (" ", "-") and (behind.lower in listed("roles") or behind.gap == "-")
