"""Adds attackers and victims that the grammar of a sentence shows, where the model found none for the mention."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from incidex.english.lexicon import words
from incidex.english.tokens import Token, tokenise
from incidex.events.clauses import places_of, verb_after
from incidex.records import Argument, Document, Entity, EntityKind, Event, EventMention, Sentence, Span

_TYPES = ("AttackDatabreach", "AttackRansom")
# How many words may stand between "broke into" and "the Acme database", and how many characters of a sentence are read.
_LONGEST_OBJECT, _VIEW = 4, 200
_LONGEST_NAME = 5


def with_added(
    events: Sequence[Event], document: Document, sentences: Sequence[Sentence], entities: Iterable[Entity]
) -> tuple[Event, ...]:
    """Return `events`, with named subjects and objects of their triggers as attackers and victims."""
    adder = _Adder(document.text, sentences, entities)
    return tuple(Event(tuple(adder.completed(mention) for mention in event.mentions)) for event in events)


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    role: str
    entity_type: str


class _Adder:
    """Knows the names in a text."""

    def __init__(self, text: str, sentences: Sequence[Sentence], entities: Iterable[Entity]) -> None:
        """Take the text of a document with its sentences and entities."""
        self._text = text
        self._starts = [sentence.span.start for sentence in sentences]
        self._sentences = sentences
        kinds = (EntityKind.ORGANISATION, EntityKind.INTRUSION_SET)
        self._kinds: Mapping[Span, EntityKind] = {
            span: entity.kind for entity in entities if entity.kind in kinds for span in entity.mentions
        }
        self._spans = sorted(self._kinds)
        self._by_start = [span.start for span in self._spans]

    def completed(self, mention: EventMention) -> EventMention:
        """Return a mention with those whom the model missed."""
        if mention.event_type not in _TYPES:
            return mention
        there = {argument.role for argument in mention.arguments}
        found = [one for one in self._found(mention) if one.role not in there]
        if not found:
            return mention
        # The model takes a name such as "Saltmarsh64" for malware where it is the subject.
        kept = [
            argument
            for argument in mention.arguments
            if argument.role in ("Attacker", "Victim") or not any(one.span.overlaps(argument.span) for one in found)
        ]
        taken = [argument.span for argument in kept]
        added = [
            Argument(one.span, one.entity_type, one.role, mention.score)
            for one in found
            if not any(one.span.overlaps(span) for span in taken)
        ]
        return replace(mention, arguments=tuple(sorted((*kept, *added), key=lambda argument: argument.span)))

    def _found(self, mention: EventMention) -> Iterator[_Found]:
        sentence = self._sentence(mention.trigger.start)
        if sentence is None:
            return
        near = Span(max(sentence.start, mention.trigger.start - _VIEW), min(sentence.end, mention.trigger.end + _VIEW))
        tokens = tokenise(self._text, near)
        first, end = places_of(tokens, mention.trigger)
        head = tokens[min(end, len(tokens)) - 1]
        is_active = _is_active(tokens, first, end)
        for span in self._inside(near):
            if span.overlaps(mention.trigger) and span.end > head.start:
                continue
            if self._is_victim(tokens, span, mention.trigger, head, is_active=is_active):
                yield _Found(span, "Victim", "Organization")
        subject = self._subject(tokens, first) if is_active else None
        if subject:
            yield _Found(subject, "Attacker", "Organization" if subject in self._kinds else "Person")

    def _is_victim(self, tokens: Sequence[Token], span: Span, trigger: Span, head: Token, *, is_active: bool) -> bool:
        """Return whether an organisation is the object of an active trigger, its passive subject, or in its name."""
        if self._kinds[span] is not EntityKind.ORGANISATION:
            return False
        if span.start >= trigger.end:
            between = [token.lower for token in tokens if trigger.end <= token.start < span.start]
            return (
                is_active and len(between) <= _LONGEST_OBJECT and set(between) <= words("determiner", "inside_object")
            )
        if self._text[span.end : head.start].isspace() and head.lower in words("attack_noun"):
            return True
        verb = verb_after(tokens, places_of(tokens, span)[1])
        return bool(
            verb
            and verb.passive
            and trigger.start <= tokens[verb.at].start < trigger.end
            and verb.word in words("done_to_victim", forms=("participle",))
        )

    def _subject(self, tokens: Sequence[Token], first: int) -> Span | None:
        """Return the name right before an active trigger: "Saltmarsh hacked", "Saltmarsh has broken into"."""
        end = first
        while end and tokens[end - 1].lower in words("auxiliary.have", "verb_group.adverb"):
            end -= 1
        start = end
        while start and end - start < _LONGEST_NAME and _is_in_name(tokens[start - 1]):
            start -= 1
        if start == end or (start and tokens[start - 1].lower in words("preposition.inside_noun_phrase")):
            return None
        span = Span(tokens[start].start, tokens[end - 1].end)
        last = tokens[end - 1].lower
        is_known = any(self._kinds.get(one) is EntityKind.ORGANISATION for one in self._inside(span))
        return None if is_known or last in words("news_outlet", "outsider") else span

    def _inside(self, span: Span) -> Iterator[Span]:
        for one in self._spans[bisect_left(self._by_start, span.start) : bisect_left(self._by_start, span.end)]:
            if one.end <= span.end:
                yield one

    def _sentence(self, position: int) -> Span | None:
        index = bisect_left(self._starts, position + 1) - 1
        return self._sentences[index].span if index >= 0 and self._sentences[index].span.end > position else None


def _is_active(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Return whether a trigger is a verb of attacking in the past tense that has an object."""
    inside = [token.lower for token in tokens[first:end]]
    before = tokens[first - 1].lower if first else ""
    if before in words("auxiliary.be", "auxiliary.modal", "negation.verb") or not words("auxiliary.be").isdisjoint(
        inside
    ):
        return False
    phrase = " ".join(inside[-2:])
    verbs = words("attack_act", forms=("past", "participle"))
    if phrase not in verbs and inside[-1] not in verbs:
        return False
    after = tokens[end : end + 1]
    return bool(after) and (after[0].is_capitalised or after[0].lower in words("determiner", "into_victim"))


def _is_in_name(token: Token) -> bool:
    common = words("human", "unnamed_actor", "actor_noun", "pronoun.first_or_second", "pronoun.subject", "determiner")
    return token.is_word and token.is_capitalised and token.lower not in common
