"""Puts claims together: what each statement says about which event, and who is said to have done it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from incidex.claims.accusation_claims import AccusationClaims, claim_words
from incidex.claims.bystanders import Bystanders
from incidex.claims.clauses import start_of_clause
from incidex.claims.event_index import EventIndex, IndexedMention, indexed_mentions, values_of
from incidex.claims.hedging import (
    doubt_before,
    hedges_of,
    is_conditional,
    is_denied,
    is_inferred,
    is_open,
    question_before,
)
from incidex.claims.known_actors import actors_in, is_specific, names_incident, sentence_tokens
from incidex.claims.own_deeds import denies_own_deed
from incidex.claims.speech_index import SpeechIndex
from incidex.claims.speeches import Speech, read_speeches
from incidex.claims.unfound_events import attack_words
from incidex.english.lexicon import words
from incidex.records import (
    Argument,
    Claim,
    ClaimKind,
    Document,
    Entity,
    Event,
    EventMention,
    Sentence,
    Span,
)

# Kinds of claims that an event happened: only these claim its amounts, times and attackers as well.
_HAPPENED = frozenset({ClaimKind.STATES, ClaimKind.CONFIRMS, ClaimKind.SUSPECTS})
# Where a reference to an event stands in what is said: within so many characters and tokens of the beginning.
_REFERENCE_CHARACTERS, _REFERENCE_TOKENS = 200, 6


def find_claims(
    document: Document,
    sentences: Sequence[Sentence],
    events: Sequence[Event],
    entities: Sequence[Entity] = (),
    *,
    all_marked: bool = False,
) -> tuple[Claim, ...]:
    """
    Return who says what about which event, and who is said to have done it, in the order of the text.

    Sentences outside the article are not read, and mentions that are Generic are about no event that happened. A
    statement gives one claim for each event in it, at its first trigger there.

    Args:
        document: The document.
        sentences: Its sentences in order.
        events: Its events, found by a model or marked by people.
        entities: What it names, found by `incidex.link`. Whoever "linked the attack to" an actor among them accuses it.
        all_marked: Whether people marked the events, so that none is missing; a model misses some, and what is said of
            "the attack" then is a claim about none.
    """
    index = EventIndex(document.text, sentences, indexed_mentions(events))
    reading = read_speeches(document, sentences, [one.trigger for one in index.mentions], actors_in(entities))
    builder = ClaimBuilder(index, SpeechIndex(document.text, reading), all_marked)
    claims = {_key(claim): claim for claim in builder.claims()}
    return tuple(sorted(claims.values(), key=lambda claim: (claim.words, claim.cue, list(ClaimKind).index(claim.kind))))


def _key(claim: Claim) -> tuple[object, ...]:
    """Return what makes a claim the same as another; an amount or a date may be that of several mentions."""
    return claim.kind, claim.value or claim.trigger, claim.accused, claim.cue


@dataclass(frozen=True)
class ClaimBuilder:
    """Makes the claims of one document."""

    events: EventIndex
    speeches: SpeechIndex
    all_marked: bool = False

    def claims(self) -> Iterator[Claim]:
        """Yield all claims."""
        yield from self._of_report()
        for index, speech in enumerate(self.speeches.reading.speeches):
            # Nobody knows who "it" is.
            if speech.claimant is None or speech.claimant.name.of(self.text).lower() != "it":
                yield from self._of_speech(speech, self._spoken.get(index, []))
        yield from self._of_accusations()

    @property
    def text(self) -> str:
        """The text that all spans count in."""
        return self.events.text

    @cached_property
    def bystanders(self) -> Bystanders:
        """Who is not accused by a preposition or an argument alone."""
        mentions = tuple(one.mention for one in self.events.mentions)
        return Bystanders(self.text, mentions, tuple(self.speeches.reading.speeches))

    @cached_property
    def _reports_attack(self) -> bool:
        """Whether any mention is of an attack: in a report on a weakness, "the attack" may be any."""
        weaknesses = ("DiscoverVulnerability", "PatchVulnerability")
        return any(one.mention.event_type not in weaknesses for one in self.events.mentions)

    @cached_property
    def _spoken(self) -> dict[int | None, list[IndexedMention]]:
        """The mentions in each speech, by its index, and under None those that are the report's own words."""
        spoken: dict[int | None, list[IndexedMention]] = {}
        for mention in self.events.mentions:
            spoken.setdefault(self.speeches.innermost(mention.trigger), []).append(mention)
        return spoken

    def _of_accusations(self) -> Iterator[Claim]:
        accusations = AccusationClaims(self.events, self.speeches, self.bystanders)
        reading = self.speeches.reading
        found = [accusations.of_attribution(one, named, self._spoken) for one, named in reading.attributions]
        found += [accusations.of_responsibility(one, claimant) for one, claimant in reading.responsibility]
        yield from (claim for claim in found if claim)

    def _of_speech(self, speech: Speech, mentions: Sequence[IndexedMention]) -> Iterator[Claim]:
        for _, group in groupby(sorted(mentions, key=lambda one: one.event), key=lambda one: one.event):
            yield from self._of_event(speech, [one.mention for one in group])
        if not mentions and not speech.negated and not self.speeches.claims_responsibility(speech):
            answers = speech.kind in (ClaimKind.DENIES, ClaimKind.CONFIRMS)
            yield from (list(self._of_reference(speech)) if answers else ()) or self._of_unfound(speech)

    def _of_event(self, speech: Speech, mentions: Sequence[EventMention]) -> Iterator[Claim]:
        """Yield what a speech says of the event that `mentions` mention in it."""
        trigger = mentions[0].trigger
        kind = self._kind(speech, trigger)
        if kind is None or (kind is ClaimKind.STATES and self.speeches.claims_responsibility(speech)):
            return
        if self.speeches.is_blamed(trigger):
            return
        yield self._claim(kind, speech, trigger, trigger=trigger, score=mentions[0].score)
        if kind in _HAPPENED and speech.cue.end != trigger.end:
            for mention in mentions:
                yield from self._of_arguments(kind, speech, mention)

    def _kind(self, speech: Speech, target: Span) -> ClaimKind | None:
        """Return what a speech says of `target`; None if its reporting words are negated, so that it says nothing."""
        if speech.negated:
            return ClaimKind.DENIES if speech.kind is ClaimKind.SUSPECTS else None
        if speech.cue.start == target.start:
            return speech.kind
        part = speech.part_at(target.start)
        start = part.start if part else target.start
        if is_open(self.text, start, target):
            return ClaimKind.LEAVES_OPEN
        if is_denied(self.text, start, target):  # "If nobody paid": nothing is denied.
            return None if is_conditional(self.text, start, target) else ClaimKind.DENIES
        inferred = speech.kind is ClaimKind.STATES and is_inferred(self.text, start, target)
        return ClaimKind.SUSPECTS if inferred else speech.kind

    def _of_arguments(self, kind: ClaimKind, speech: Speech, mention: EventMention) -> Iterator[Claim]:
        """Yield what a speech says of how many, when and who."""
        trigger = mention.trigger
        for value, argument in values_of(mention, self.text):
            if speech.part_at(argument.span.start):
                span, score = argument.span, argument.score
                yield self._claim(value, speech, span, trigger=trigger, value=span, score=score)
        for argument in mention.arguments:
            span, score = argument.span, argument.score
            part = speech.part_at(span.start)
            if part and self._accuses(argument):
                blamed = ClaimKind.SUSPECTS if kind is ClaimKind.SUSPECTS else ClaimKind.ATTRIBUTED_TO
                blamed = ClaimKind.DENIES if is_denied(self.text, part.start, span) else blamed
                yield self._claim(blamed, speech, span, trigger=trigger, accused=span, score=score)

    def _accuses(self, argument: Argument) -> bool:
        """Whether an argument says who did it, and no attribution already does."""
        if argument.role != "Attacker" or self.speeches.is_accused(argument.span):
            return False
        if self.bystanders.include(argument.span, self.events.sentence(argument.span.start)):
            return False
        return is_specific(sentence_tokens(self.text, argument.span))

    def _of_reference(self, speech: Speech) -> Iterator[Claim]:
        """Yield what is denied or confirmed where only a word such as "the allegations" refers to it."""
        start, end = speech.contents[0].start, speech.contents[-1].end
        before = self.events.before(start)
        if self.speeches.accuses_between(start, end):
            return
        tokens = sentence_tokens(self.text, Span(start, min(end, start + _REFERENCE_CHARACTERS)))[:_REFERENCE_TOKENS]
        named = next((i for i, token in enumerate(tokens) if token.lower in words("event_reference")), None)
        # "Denied it", "denied this", but not "confirmed it was true".
        pronoun = named is not None and tokens[named].lower in words("event_reference", forms=("only",))
        # "Acme reported a breach": of which is not known.
        indefinite = speech.rule == "disclosed a breach" and tokens[0].lower not in words("event_pronoun") | {"the"}
        if named is None or (pronoun and len(tokens) > named + 1):
            return
        if before and not indefinite:
            yield self._claim(speech.kind, speech, speech.contents[0], trigger=before.trigger, score=before.score)
        elif before is None and names_incident(tokens[named : named + 1]):
            yield self._claim(speech.kind, speech, speech.contents[0])  # of an event that no mention is known of

    def _of_unfound(self, speech: Speech) -> Iterator[Claim]:
        """Yield what is said of an attack that no event mention was found of, in a report that has others."""
        found = attack_words(self.text, speech.contents) if self._reports_attack and not self.all_marked else None
        if found is None or speech.claimant is None or speech.goes_on:
            return
        attack, is_noun = found
        innermost = self.speeches.innermost(attack)
        if innermost is not None and self.speeches.reading.speeches[innermost] is not speech:
            return
        accuses = self.speeches.accuses_between(speech.contents[0].start, speech.contents[-1].end)
        kind = None if accuses or self._is_supposed(attack) else self._kind(speech, attack)
        # In "it has not paid since the attack" something else is denied.
        if kind and not (is_noun and kind is ClaimKind.DENIES and speech.kind is not kind):
            yield self._claim(kind, speech, attack)

    def _is_supposed(self, attack: Span) -> bool:
        """Whether an attack is only supposed: "in case of an attack"."""
        return is_conditional(self.text, self.events.sentence(attack.start).start, attack)

    def _of_report(self) -> Iterator[Claim]:
        """Yield what the report itself does not vouch for: "reportedly", "it is not known whether"."""
        for one in self._spoken.get(None, []):
            sentence = self.events.sentence(one.trigger.start)
            question = question_before(self.text, sentence.start, one.trigger)
            cue = question or doubt_before(self.text, sentence.start, one.trigger)
            if cue is None or (question and self.speeches.is_blamed(one.trigger)):
                continue
            if not question and is_denied(self.text, sentence.start, one.trigger):
                continue
            speech = Speech(None, ClaimKind.STATES, cue, (sentence,), negated=False, rule="reportedly")
            kind = ClaimKind.LEAVES_OPEN if question else ClaimKind.STATES
            yield self._claim(kind, speech, one.trigger, trigger=one.trigger, score=one.mention.score)
            if kind in _HAPPENED:
                yield from self._of_arguments(kind, speech, one.mention)

    def _claim(
        self,
        kind: ClaimKind,
        speech: Speech,
        at: Span,
        *,
        trigger: Span | None = None,
        score: float = 1.0,
        accused: Span | None = None,
        value: Span | None = None,
    ) -> Claim:
        if kind is ClaimKind.DENIES and accused is None and denies_own_deed(self.text, speech):
            accused = speech.claimant.words if speech.claimant else None
        start = start_of_clause(self.text, self.events.sentence(at.start).start, at.start)
        hedges = hedges_of(self.text, [Span(start, at.end), speech.cue])
        if speech.negated:  # "Does not believe" is the hedge, not "believe".
            hedges = tuple(replace(one, span=speech.cue) if speech.cue.covers(one.span) else one for one in hedges)
        return Claim(
            kind=kind,
            claimant=speech.claimant,
            words=claim_words(self.events, speech, at),
            cue=speech.cue,
            quoted=self.speeches.reading.quotes.at(at.start) is not None,
            trigger=trigger,
            accused=accused,
            value=value,
            hedges=hedges,
            score=score,
            rule=speech.rule,
        )
