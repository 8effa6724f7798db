"""Finds what a mention is about, as far as it can be told from that of other mentions: CVE numbers, victims, years."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from incidex.english.lexicon import words
from incidex.english.tokens import Token, tokenise
from incidex.events.clauses import places_of
from incidex.records import EventMention, Span

_Matches = Sequence[re.Match[str]]

_CVE = re.compile(r"\bCVE-\d{4}-\d{4,7}\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_VULNERABILITY = ("DiscoverVulnerability", "PatchVulnerability")
# A line of so many words without a full stop at its end, on its own, is a heading.
_LONGEST_HEADING = 20
_SHORTEST_INITIALS = 3
_MOST_NUMBERS = 50


@dataclass(frozen=True, slots=True)
class Subject:
    """
    What a mention is about. Empty where it does not say.

    Attributes:
        cves: The numbers of its weaknesses, in capitals.
        victims: The words of each named organisation that is a victim, in lower case.
        years: The years that it gives as its time.
        is_new: Whether its words set it apart from what was told before: "a similar theft", "another breach".
        is_indefinite: Whether its only victim is introduced as new: "a hotel chain".
    """

    cves: frozenset[str] = frozenset()
    victims: frozenset[frozenset[str]] = frozenset()
    years: frozenset[str] = frozenset()
    is_new: bool = False
    is_indefinite: bool = False

    def is_apart_from(self, event: "Subject") -> bool:
        """Return whether this cannot be about the same event as the earlier mentions, whose subjects `event` joins."""
        return bool(
            (self.cves and event.cves and self.cves.isdisjoint(event.cves))
            or (self.years and event.years and self.years.isdisjoint(event.years))
            or (self.victims and event.victims and not self._shares_victim(event))
            or (self.is_indefinite and event.victims)
            or self.is_new
        )

    def joined(self, other: "Subject") -> "Subject":
        """Return what this and another mention of the same event are about."""
        return Subject(self.cves | other.cves, self.victims | other.victims, self.years | other.years)

    def _shares_victim(self, other: "Subject") -> bool:
        return any(_alike(one, another) for one in self.victims for another in other.victims)


class SubjectFinder:
    """Finds the subjects of the mentions in a text."""

    def __init__(self, text: str) -> None:
        """Take the text of a document."""
        self._text = text

    def subject(self, mention: EventMention, sentence: Span) -> Subject:
        """Return what a mention in `sentence` is about."""
        if mention.event_type in _VULNERABILITY:
            return Subject(cves=self._cves(mention, sentence))
        victims = [one for one in mention.arguments if one.role == "Victim" and one.entity_type == "Organization"]
        tokens = tokenise(self._text, Span(max(sentence.start, mention.trigger.start - 200), mention.trigger.end))
        names = {_name(tokenise(self._text, one.span)) for one in victims} | {_modifiers(tokens, mention.trigger)}
        named = frozenset(name for name in names if name)
        times = [one.span.of(self._text) for one in mention.arguments if one.role == "Time"]
        return Subject(
            victims=named,
            years=frozenset(year for time in times for year in _YEAR.findall(time)),
            is_new=_is_new(tokens, mention.trigger),
            is_indefinite=bool(victims) and not named and all(self._is_indefinite(one.span) for one in victims),
        )

    def _is_indefinite(self, span: Span) -> bool:
        before = self._text[max(0, span.start - 12) : span.start].lower().split()
        first = span.of(self._text).lower().split()[0]
        return first in _introducing() or bool(before and before[-1] in _introducing())

    def number(self, mention: EventMention, sentence: Span) -> Span | None:
        """Return where the only CVE number stands that a mention is about, if no argument of it has one."""
        if mention.event_type not in _VULNERABILITY or any(one.role == "CVE" for one in mention.arguments):
            return None
        matches = self._numbers(mention, sentence)
        return Span(*matches[0].span()) if len({match[0].upper() for match in matches}) == 1 else None

    def _cves(self, mention: EventMention, sentence: Span) -> frozenset[str]:
        given = {one.span.of(self._text).upper() for one in mention.arguments if one.role == "CVE"}
        return frozenset(given or {match[0].upper() for match in self._numbers(mention, sentence)})

    def _numbers(self, mention: EventMention, sentence: Span) -> Sequence[re.Match[str]]:
        """Return the numbers in the sentence, else the last one before it in its paragraph, else its heading's."""
        starts, paragraphs = self._paragraphs
        index = bisect_right(starts, mention.trigger.start) - 1
        heading, own = paragraphs[index] if index >= 0 else ((), ())
        first = bisect_left(own, sentence.start, key=lambda match: match.start())
        last = bisect_left(own, sentence.end, key=lambda match: match.start())
        return own[first:last][:_MOST_NUMBERS] or own[max(0, first - 1) : first] or heading[:_MOST_NUMBERS]

    @cached_property
    def _paragraphs(self) -> tuple[list[int], list[tuple[_Matches, _Matches]]]:
        """Return where each paragraph begins, and the numbers in its heading and in itself."""
        starts: list[int] = []
        found: list[tuple[_Matches, _Matches]] = []
        heading: _Matches = ()
        position = 0
        for paragraph in re.split(r"(?<=\n)(?=\s*\n)|(?<=\n)(?=#|CVE)", self._text):
            matches = tuple(_CVE.finditer(self._text, position, position + len(paragraph)))
            heading = matches if _is_heading(paragraph) else heading
            starts.append(position)
            found.append((heading, matches))
            position += len(paragraph)
        return starts, found


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two names share a word, or one begins with the initials of the other: "DCHFT", "DCH"."""
    if not one.isdisjoint(other):
        return True
    return any(
        min(len(left), len(right)) >= _SHORTEST_INITIALS and (left.startswith(right) or right.startswith(left))
        for left in one
        for right in other
    )


def _is_heading(paragraph: str) -> bool:
    line = paragraph.strip()
    one = bool(line) and "\n" not in line and len(line) < 200 and line[-1] not in ".!?,;"
    return one and len(line.split()) <= _LONGEST_HEADING and (line[0] not in "-*•|0123456789" or line[:1] == "#")


def _name(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the capitalised words of a name; nothing if the words end with a common noun."""
    if not tokens or not tokens[-1].is_capitalised or tokens[-1].lower in words("human", "pronoun.subject"):
        return frozenset()
    names = {
        token.lower for token in tokens if token.is_capitalised and token.lower not in words("determiner", "place")
    }
    initials = "".join(token.text[0] for token in tokens if token.is_capitalised).lower()
    return frozenset(names | ({initials} if names and len(initials) >= _SHORTEST_INITIALS else set()))


def _modifiers(tokens: Sequence[Token], trigger: Span) -> frozenset[str]:
    """Return the name before a noun that is a trigger: "the Democratic National Committee leak"."""
    first, end = places_of(tokens, trigger)
    head = min(end, len(tokens)) - 1
    start = head
    while start > 0 and tokens[start - 1].is_capitalised and tokens[start - 1].lower not in words("determiner"):
        start -= 1
    if start < first - 8 or start == head or not start or tokens[start - 1].lower not in words("determiner"):
        return frozenset()
    return _name(tokens[start:head])


def _is_new(tokens: Sequence[Token], trigger: Span) -> bool:
    first, end = places_of(tokens, trigger)
    near = tokens[max(0, first - 2) : end]
    return any(token.lower in words("another_event") for token in near)


def _introducing() -> frozenset[str]:
    return words("introduces_new")
