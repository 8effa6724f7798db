"""
Resolves descriptions of organisations: "the company", "the Atlanta-based firm".

A description is resolved only if just one organisation can be meant: it is the only one of its kind that was named in
the sentence and the two before it, or the article is clearly about it. Otherwise the description stays unresolved.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from incidex.english.lexicon import words
from incidex.link.organisations.capitalised import Words, jobs, kinds_of_nouns, sentence_starts
from incidex.link.organisations.grouping import Group
from incidex.records import Span

# How many sentences back a candidate was named: one of several, and the only one.
_NEAR = 2
_FAR = 8
# Words between "the" and the noun.
_MOST_BETWEEN = 3
# How many times as often as any other an organisation has to be mentioned to be the one that the article is about.
_LEAD = 3
# A document with more organisations than this is a list; only the latest are candidates then.
_MOST = 100
# What an organisation of each kind may be: "the company" may be a bank, "the organisation" anything. Other kinds are
# themselves alone.
_STANDS_FOR = {
    "company": frozenset(("company", "bank", "hospital", "institute")),
    "body": frozenset(
        ("company", "bank", "agency", "hospital", "university", "district", "institute", "charity", "body")
    ),
}
# An organisation of unknown kind is hardly ever one of the other kinds.
_COMMON_KINDS = frozenset(("company", "body", "campaign", "party"))


@dataclass(frozen=True, slots=True)
class Description:
    """
    A noun that stands for an organisation's name.

    Attributes:
        span: Its words with "the".
        sentence: The number of its sentence.
        kind: What the noun says that the organisation is.
        modifiers: The words between "the" and the noun, in lower case.
        named: Where the name in apposition behind it begins: "the firm, Tolland & Pryce"; None if there is none.
    """

    span: Span
    sentence: int
    kind: str
    modifiers: tuple[str, ...]
    named: int | None = None


def descriptions(sentence: Words, number: int) -> Iterator[Description]:
    """Yield the descriptions in a sentence that may stand for an organisation's name."""
    kinds = kinds_of_nouns()
    for place, token in enumerate(sentence.tokens):
        kind = kinds.get(token.lower)
        if kind is None or token.lower in words("vague_organisation") or token.text[0].isupper():
            continue
        first = _first_of(sentence, place)
        if first is None or _is_defined_behind(sentence, place):
            continue
        modifiers = tuple(one.lower for one in sentence.tokens[first + 1 : place])
        behind = sentence.get(place + 1)
        apposition = behind and sentence.gaps[place + 1] == ", " and sentence.name_like[place + 1]
        named = behind.start if behind and apposition else None
        yield Description(Span(sentence[first].start, token.end), number, kind, modifiers, named)


def resolve(found: Sequence[Description], groups: Sequence[Group], products: Collection[Span] = ()) -> None:
    """Add each description that means one of the article's `groups` to it; mentions at `products` do not count."""
    mentions = sorted(
        (span, number, index)
        for index, group in enumerate(groups)
        for span, number in group.places.items()
        if span not in products
    )
    log = _Log(groups)
    following = 0
    for description in found:
        while following < len(mentions) and mentions[following][0] < description.span:
            log.mention(mentions[following][2], mentions[following][1])
            following += 1
        index = log.resolved(description)
        if index is None:
            index = _named_later(description, groups, mentions[following : following + 2])
        if index is not None:
            groups[index].places[description.span] = description.sentence
            log.mention(index, description.sentence)


class _Log:
    """Which organisations were mentioned so far, in which sentence last, and how often."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._last: dict[int, int] = {}
        self._counts: dict[int, int] = {}

    def mention(self, index: int, sentence: int) -> None:
        """Record that a sentence mentions an organisation."""
        # The latest come last.
        self._last.pop(index, None)
        self._last[index] = sentence
        self._counts[index] = self._counts.get(index, 0) + 1

    def resolved(self, description: Description) -> int | None:
        """Return the organisation that a description means; None if there is none, or more than one could be meant."""
        latest = list(islice(reversed(self._last), _MOST))
        can = [index for index in latest if can_be(description, self._groups[index])]
        if len(can) > 1 and description.modifiers:
            can = [index for index in can if self._groups[index].words.intersection(description.modifiers)] or can
        near = [index for index in can if description.sentence - self._last[index] <= _NEAR]
        # An organisation of unknown kind may be the agency as well as the agency that was named.
        if description.kind not in _COMMON_KINDS and self._has_unknown(latest, description.sentence):
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
        """Return whether an organisation of unknown kind was mentioned lately."""
        return any(sentence - self._last[index] <= _FAR and not self._groups[index].kinds for index in latest)


def can_be(description: Description, group: Group) -> bool:
    """Return whether a description may mean an organisation, by its kind and its modifiers."""
    kinds = group.kinds or {"company"}
    if not kinds & _STANDS_FOR.get(description.kind, {description.kind}):
        return False
    plain = words("undistinguishing")
    telling = [word for word in description.modifiers if word not in plain and not word.endswith("-based")]
    return not telling or not group.words.isdisjoint(telling)


def _named_later(
    description: Description, groups: Sequence[Group], mentions: Sequence[tuple[Span, int, int]]
) -> int | None:
    """Return the organisation that is named only behind its description, if it is the only one that can be meant."""
    for span, _, index in mentions:
        if description.named == span.start:
            return index
    if not mentions or len(groups) > _MOST or mentions[0][1] - description.sentence > _NEAR:
        return None
    can = [index for index, group in enumerate(groups) if can_be(description, group)]
    if len(can) != 1 or mentions[0][2] != can[0]:
        return None
    return can[0] if min(groups[can[0]].places) >= description.span else None


def _first_of(sentence: Words, place: int) -> int | None:
    """Return the place of "the" in front of a noun and its modifiers."""
    for first in range(place - 1, max(-1, place - 2 - _MOST_BETWEEN), -1):
        word = sentence[first].lower
        if sentence.gaps[first + 1] not in (" ", "-"):
            return None
        if word in words("description_opening"):
            return first
        if sentence.possessive[first] or word in words("description_break") or word in sentence_starts():
            return None
    return None


def _is_defined_behind(sentence: Words, place: int) -> bool:
    """Return whether the words behind a noun say which one is meant, or the noun only modifies the next one."""
    behind = sentence.get(place + 1)
    if behind is None or sentence.possessive[place]:
        return False
    gap = sentence.gaps[place + 1]
    if gap == " " and (behind.lower in words("restriction") or sentence.name_like[place + 1]):
        return True
    return gap == "-" or (gap == " " and behind.lower in jobs())
