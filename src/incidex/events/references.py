"""Finds the names of what arguments stand for: "the company", "it" and "ferry operator Kestrel Ferries"."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from incidex.english.lexicon import words
from incidex.english.tokens import Token, lower, tokenise
from incidex.records import Argument, Document, Entity, EntityKind, Event, Sentence, Span

_TYPES = ("Organization", "Person", "Website")
_ACTORS = (EntityKind.INTRUSION_SET, None)
# How far back a name may be, in sentences: from a pronoun, and from "the company".
_PRONOUN_VIEW, _DESCRIPTION_VIEW = 1, 8
# How many names before an argument, and words after it, are looked at.
_MOST_CANDIDATES, _LONGEST_NAMING = 40, 9


def with_names(
    events: Sequence[Event], document: Document, sentences: Sequence[Sentence], entities: Iterable[Entity]
) -> tuple[Event, ...]:
    """Return `events` with the name of each argument that is none, where the document gives one (see `Argument`)."""
    finder = _NameFinder(document, sentences, entities, events)
    return tuple(
        Event(
            tuple(
                replace(
                    mention,
                    arguments=tuple(replace(one, name=finder.name(one)) for one in mention.arguments),
                )
                for mention in event.mentions
            )
        )
        for event in events
    )


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """Where somebody is named."""

    span: Span
    name: str
    is_actor: bool


class _NameFinder:
    """Knows who is named where in a document."""

    def __init__(
        self, document: Document, sentences: Sequence[Sentence], entities: Iterable[Entity], events: Sequence[Event]
    ) -> None:
        """Take the entities and events of a document."""
        self._text = document.text
        self._publisher = (document.publisher or "").casefold()
        self._starts = [sentence.span.start for sentence in sentences]
        places = [
            _Place(span, entity.name, entity.kind in _ACTORS)
            for entity in entities
            if entity.kind in (*_ACTORS, EntityKind.ORGANISATION)
            for span in entity.mentions
        ]
        self._entity_spans = frozenset(place.span for place in places)
        places += [place for place in self._named_arguments(events) if place.span not in self._entity_spans]
        self._places = sorted(places)
        self._by_start = [place.span.start for place in self._places]
        self._roles = self._named_roles(events)

    def name(self, argument: Argument) -> str:
        """Return the name of what an argument stands for; empty if its own words are the name, or there is none."""
        if argument.entity_type not in _TYPES:
            return ""
        tokens = tokenise(self._text, argument.span)
        if not tokens:
            return ""
        own = self._own_name(argument, tokens)
        if own is None:
            own = self._given_name(argument, tokens) or self._antecedent(argument, tokens)
        return "" if own == argument.span.of(self._text) else own

    def _own_name(self, argument: Argument, tokens: Sequence[Token]) -> str | None:
        """Return the name among the words of an argument, or around them; None if they are none."""
        first = max(0, bisect_left(self._by_start, argument.span.start) - 1)
        for place in self._places[first : first + _MOST_CANDIDATES]:
            if place.span.start >= argument.span.end:
                break
            if place.span.covers(argument.span):
                return place.name if tokens[-1].is_capitalised else None
            if argument.span.covers(place.span) and self._is_head(place.span, tokens):
                return place.name
        return "" if tokens[-1].is_capitalised and tokens[-1].lower not in _pronouns() else None

    def _is_head(self, name: Span, tokens: Sequence[Token]) -> bool:
        """Return whether a name is what the whole phrase stands for: "the Akira gang", not "a supplier of Acme"."""
        before = {token.lower for token in tokens if token.end <= name.start}
        after = [token.lower for token in tokens if token.start >= name.end]
        return before.isdisjoint(words("before_other_owner")) and (
            not after or (len(after) == 1 and after[0] in _group_nouns())
        )

    def _given_name(self, argument: Argument, tokens: Sequence[Token]) -> str:
        """Return the name given right after: "the collective, also known as Fancy Bear"."""
        end = argument.span.end
        beside = tokenise(self._text, Span(end, min(len(self._text), end + 100))) if end < len(self._text) else []
        is_group = tokens[-1].lower in _group_nouns() | _described()
        for index, token in enumerate(beside[:_LONGEST_NAMING]):
            if token.text in ".;:?!)" or "\n" in self._text[end : token.start]:
                return ""
            place = self._place_at(token.start)
            gap = {other.lower for other in beside[:index]}
            if place and (
                (index == 0 and is_group) or not gap.isdisjoint(words("naming", "naming_clause.verb", "goes_by"))
            ):
                return place.name
            if index and token.text in '“"‘' and not gap.isdisjoint(words("naming", "naming_clause.verb", "goes_by")):
                return self._quoted(token.end)
        return ""

    def _antecedent(self, argument: Argument, tokens: Sequence[Token]) -> str:
        """Return the name that "the company", "the group" or "it" stands for."""
        head = tokens[-1].lower
        is_pronoun = len(tokens) == 1 and head in _pronouns()
        is_description = tokens[0].lower in words("description_opening") and not any(
            token.is_capitalised for token in tokens[1:]
        )
        if not is_pronoun and not (is_description and head in _group_nouns() | _described()):
            return ""
        candidates = list(self._before(argument.span.start, _PRONOUN_VIEW if is_pronoun else None))
        if argument.role == "Attacker" or (not is_pronoun and head in words("collective_noun", "actor_noun")):
            return self._attacker(candidates, is_plural=head.endswith("s") or head in ("they", "them"))
        if argument.entity_type == "Person":
            return ""
        return self._organisation(argument, candidates, head)

    def _attacker(self, candidates: Sequence[_Place], *, is_plural: bool) -> str:
        actors = (place for place in candidates if place.is_actor and not self._is_robbed(place))
        named = [place for place in actors if not (is_plural and self._is_person(place))]
        return named[0].name if named else ""

    def _organisation(self, argument: Argument, candidates: Sequence[_Place], head: str) -> str:
        """Return the nearest organisation of that kind, else the nearest one with that role, else the only one."""
        possible = [place for place in candidates if not place.is_actor and not self._is_outlet(place)]
        for place in possible:
            if head in lower(place.name).split() or self._is_described(place, head):
                return place.name
        if head not in words("general_organisation") | _pronouns():
            return ""
        earliest = self._earliest(argument.span.start, _DESCRIPTION_VIEW)
        near = [place.name for place in possible if place.span.start >= earliest]
        same_role = [name for name in near if (argument.role, name) in self._roles]
        return next(iter(same_role), "") or (near[0] if len(set(near)) == 1 else "")

    def _is_described(self, place: _Place, head: str) -> bool:
        """Return whether "ferry operator Kestrel Ferries" or "Kestrel Ferries, the operator" stands at a name."""
        start, end = max(0, place.span.start - 30), min(len(self._text), place.span.end + 40)
        before = lower(self._text[start : place.span.start]).split()[-2:]
        after = lower(self._text[place.span.end : end])
        beside = after.lstrip(" ,").partition(",")[0].split() if after.startswith(",") else []
        return head in before or (bool(beside) and beside[0] in words("apposition_opening") and head in beside)

    def _is_outlet(self, place: _Place) -> bool:
        name = place.name.casefold().removeprefix("the ")
        return name in words("news_outlet") or name == self._publisher

    def _is_robbed(self, place: _Place) -> bool:
        """Return whether something was taken from somebody: "stolen from the Equation Group"."""
        before = lower(self._text[max(0, place.span.start - 20) : place.span.start]).split()
        while before and before[-1] in words("determiner"):
            before.pop()
        return before[-1:] == ["from"]

    def _is_person(self, place: _Place) -> bool:
        return " " not in place.name and place.span not in self._entity_spans

    def _earliest(self, position: int, sentences: int) -> int:
        """Return where the sentence begins that lies so many before that of `position`."""
        sentence = bisect_right(self._starts, position) - 1
        return self._starts[max(0, sentence - sentences)] if sentence >= 0 else 0

    def _before(self, position: int, sentences: int | None) -> Iterator[_Place]:
        """Yield the names before `position`, the nearest first, at most so many sentences back."""
        earliest = 0 if sentences is None else self._earliest(position, sentences)
        end = bisect_left(self._by_start, position)
        for place in reversed(self._places[max(0, end - _MOST_CANDIDATES) : end]):
            if place.span.start < earliest:
                return
            yield place

    def _place_at(self, start: int) -> _Place | None:
        index = bisect_left(self._by_start, start)
        return self._places[index] if index < len(self._places) and self._by_start[index] == start else None

    def _quoted(self, start: int) -> str:
        end = min((e for e in (self._text.find(q, start, start + 60) for q in '”"’') if e > start), default=start)
        return self._text[start:end]

    def _named_arguments(self, events: Sequence[Event]) -> Iterator[_Place]:
        """Yield attackers that are no known group, "Saltmarsh", and victims such as "St Brannoc hospital"."""
        for argument in _arguments(events):
            tokens = tokenise(self._text, argument.span)
            if argument.role == "Victim" and len(tokens) > 1 and tokens[-1].lower in _described():
                names = [t for t in tokens if t.is_capitalised and t.lower not in _not_in_name()]
                if names:
                    yield _Place(
                        Span(names[0].start, argument.span.end), self._text[names[0].start : argument.span.end], False
                    )
            words_of_it = argument.span.of(self._text)
            last = words_of_it.split()[-1]
            common = words("human", "unnamed_actor", "actor_noun", "group_noun") | _pronouns()
            if argument.role == "Attacker" and last[:1].isupper() and last.lower() not in common:
                yield _Place(argument.span, words_of_it, is_actor=True)

    def _named_roles(self, events: Sequence[Event]) -> frozenset[tuple[str, str]]:
        """Return the roles of those who are named in an argument."""
        found = set()
        for argument in _arguments(events):
            tokens = tokenise(self._text, argument.span)
            name = self._own_name(argument, tokens) if tokens else None
            if name:
                found.add((argument.role, name))
        return frozenset(found)


def _arguments(events: Iterable[Event]) -> Iterator[Argument]:
    for event in events:
        for mention in event.mentions:
            yield from (one for one in mention.arguments if one.entity_type in _TYPES)


@cache
def _pronouns() -> frozenset[str]:
    return words("pronoun.subject", "pronoun.object") - words("pronoun.first_or_second")


@cache
def _not_in_name() -> frozenset[str]:
    return words(
        "determiner", "introduces_new", "noun_phrase.opening", "place", "country", "sentence_start", "kind_of_group"
    )


@cache
def _group_nouns() -> frozenset[str]:
    return words("collective_noun", "group_noun", "actor_noun")


@cache
def _described() -> frozenset[str]:
    return words("organisation", "institution", "counted.organisations")
