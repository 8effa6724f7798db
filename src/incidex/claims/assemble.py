"""Puts claims together: what each statement says about which event, and who is said to have done it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from incidex.claims.accused import Attribution, is_specific
from incidex.claims.clause import words_of
from incidex.claims.event_index import Facts, Told, told_in
from incidex.claims.hedging import (
    doubt_before,
    hedges_of,
    is_conditional,
    is_denied,
    is_open,
    question_before,
    start_of_clause,
)
from incidex.claims.known_actors import actors_in
from incidex.claims.nouns import is_pronoun
from incidex.claims.responsibility import Owned
from incidex.claims.speech_index import Heard
from incidex.claims.speeches import Speech, read_speeches
from incidex.claims.values import values_of
from incidex.records import (
    Argument,
    Claim,
    Claimant,
    ClaimKind,
    Document,
    Entity,
    Event,
    EventMention,
    Sentence,
    Span,
)
from incidex.tables import table

# Words that say of somebody whose he is, and of an attack only where the sentence tells one.
_TIES = frozenset({"linked to X", "hackers linked to X", "X's, by description", "suspected X"})
_HAPPENED = frozenset({ClaimKind.STATES, ClaimKind.CONFIRMS, ClaimKind.SUSPECTS})


def find_claims(
    document: Document, sentences: Sequence[Sentence], events: Sequence[Event], entities: Sequence[Entity] = ()
) -> tuple[Claim, ...]:
    """
    Return who says what about which event, and who is said to have done it, in the order of the text.

    Sentences outside the article are not read, and mentions that are Generic are about no event that happened. A
    statement gives one claim for each event in it, at its first trigger there.

    Args:
        document: The document.
        sentences: Its sentences in order.
        events: Its events, found by a model or marked by people.
        entities: What it names, found by `incidex.link`: whoever "linked the attack to" an actor among them accuses it.
    """
    facts = Facts(document.text, sentences, told_in(events))
    read = read_speeches(document, sentences, [one.span for one in facts.told], actors_in(entities))
    maker = _Maker(facts, Heard(document.text, read))
    claims = {_key(claim): claim for claim in maker.claims()}
    return tuple(sorted(claims.values(), key=lambda claim: (claim.words, claim.cue, list(ClaimKind).index(claim.kind))))


def _key(claim: Claim) -> tuple[object, ...]:
    """Return what makes a claim the same as another; an amount or a date may be that of several mentions."""
    return claim.kind, claim.value or claim.trigger, claim.accused, claim.cue


@dataclass(frozen=True)
class _Maker:
    """Makes claims of what was read in one document."""

    facts: Facts
    heard: Heard

    @property
    def text(self) -> str:
        """The text that all spans count in."""
        return self.facts.text

    def claims(self) -> Iterator[Claim]:
        """Yield all claims."""
        spoken: dict[int, list[Told]] = {}
        for one in self.facts.told:
            index = self.heard.innermost(one.span)
            if index is not None:
                spoken.setdefault(index, []).append(one)
            else:
                yield from self._of_report(one)
        for index, speech in enumerate(self.heard.read.speeches):
            if speech.claimant and speech.claimant.name.of(self.text).lower() == "it":
                continue  # Nobody knows who that is.
            yield from self._of_speech(speech, spoken.get(index, []))
        for attribution, claimant in self.heard.read.accusations:
            yield from self._of_attribution(attribution, claimant, spoken)
        for mine, claimant in self.heard.read.owned:
            yield from self._of_owned(mine, claimant)

    def _of_speech(self, speech: Speech, told: Sequence[Told]) -> Iterator[Claim]:
        for _, group in groupby(sorted(told, key=lambda one: one.event), key=lambda one: one.event):
            mentions = [one.mention for one in group]
            first = mentions[0]
            kind = self._kind(speech, first.trigger)
            if kind is None:
                continue
            if speech.kind is not ClaimKind.DENIES and self.heard.is_blamed(first.trigger):
                continue
            if kind is ClaimKind.STATES and self.heard.is_owned(speech):
                continue
            yield self._claim(kind, speech, first.trigger, trigger=first.trigger, score=first.score)
            if kind in _HAPPENED and speech.cue.end != first.trigger.end:
                for mention in mentions:
                    yield from self._of_arguments(kind, speech, mention)
        if not told and not speech.negated and speech.kind in (ClaimKind.DENIES, ClaimKind.CONFIRMS):
            yield from self._of_reference(speech)

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
        return speech.kind

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
            if part is None:
                continue
            if argument.role == "Attacker" and self._names(argument) and not self.heard.accused_near(span):
                blamed = ClaimKind.SUSPECTS if kind is ClaimKind.SUSPECTS else ClaimKind.ATTRIBUTED_TO
                blamed = ClaimKind.DENIES if is_denied(self.text, part.start, span) else blamed
                yield self._claim(blamed, speech, span, trigger=trigger, accused=span, score=score)

    def _names(self, argument: Argument) -> bool:
        return is_specific(words_of(self.text, argument.span))

    def _of_reference(self, speech: Speech) -> Iterator[Claim]:
        """Yield what is denied or confirmed where it is named by a word such as "the allegations" only."""
        start, end = speech.contents[0].start, speech.contents[-1].end
        if self.heard.accused_between(start, end):
            return
        words = [word.lower for word in words_of(self.text, Span(start, min(end, start + 200)))[:6]]
        known = table("incidex.claims", "attributions")["referred_to"]
        before = self.facts.before(start)
        named = next((i for i, word in enumerate(words) if word in known), None)
        # "Denied it", "denied this", but not "confirmed it was true".
        if before and named is not None and (words[named] not in ("it", "this", "that") or len(words) == named + 1):
            yield self._claim(speech.kind, speech, speech.contents[0], trigger=before.trigger, score=before.score)

    def _of_attribution(
        self, one: Attribution, named: Claimant | None, spoken: dict[int, list[Told]]
    ) -> Iterator[Claim]:
        index = self.heard.innermost(one.accused if one.open or not named else one.cue)
        speech = self.heard.read.speeches[index] if index is not None and not named else None
        kind = self._blame(one, speech)
        if kind is None or (kind is ClaimKind.DENIES and index in spoken and speech and speech.kind is kind):
            return
        clause = start_of_clause(self.text, self.facts.sentence(one.accused.start).start, one.accused.start)
        if is_conditional(self.text, clause, one.accused):
            return
        accusing = Span(clause, max(one.accused.end, one.cue.end))
        hedges = hedges_of(self.text, [accusing, speech.cue] if speech else [accusing])
        if speech is None and not one.by_report and not hedges:
            return
        near = self.facts.in_sentence(one.accused)
        if near is None and one.rule in _TIES:
            return  # "A firm with ties to Russia" did nothing, as far as the sentence says.
        if near and near.event_type == "PatchVulnerability":
            return  # "Acme was behind the update" accuses nobody.
        yield Claim(
            kind=kind,
            claimant=named or (speech.claimant if speech else None),
            words=self._words(speech, one.accused),
            cue=speech.cue if speech else one.cue,
            quoted=self.heard.read.quotes.at(one.accused.start) is not None,
            trigger=near.trigger if near else None,
            accused=one.accused,
            hedges=hedges,
            score=near.score if near else 1.0,
            rule=one.rule,
        )

    def _blame(self, one: Attribution, speech: Speech | None) -> ClaimKind | None:
        """Return what is said of the accused; None where nothing is."""
        if speech and speech.negated:
            return ClaimKind.DENIES if speech.kind is ClaimKind.SUSPECTS else None
        if one.open:
            return ClaimKind.LEAVES_OPEN
        first, last = min(one.accused.start, one.cue.start), max(one.accused.end, one.cue.end)
        denied = is_denied(self.text, self.facts.sentence(first).start, Span(first, last))
        if (speech and speech.kind is ClaimKind.DENIES) or denied:
            return ClaimKind.DENIES
        if is_pronoun(words_of(self.text, one.accused), with_verb=True):
            return None  # Whom it means is not looked for.
        suspected = one.suspected or (speech is not None and speech.kind is ClaimKind.SUSPECTS)
        return ClaimKind.SUSPECTS if suspected else ClaimKind.ATTRIBUTED_TO

    def _of_owned(self, mine: Owned, claimant: Claimant) -> Iterator[Claim]:
        near = self.facts.right_behind(mine.cue) or self.facts.before(mine.cue.start)
        if near is None:
            return
        yield Claim(
            kind=ClaimKind.CLAIMS_RESPONSIBILITY,
            claimant=claimant,
            words=self.facts.sentence(mine.cue.start),
            cue=mine.cue,
            quoted=False,
            trigger=near.trigger,
            accused=claimant.words,
            score=near.score,
            rule="claims to have done it",
        )

    def _of_report(self, one: Told) -> Iterator[Claim]:
        """Yield what nobody answers for, not even the report: "reportedly", "it is not known whether"."""
        sentence = self.facts.sentence(one.span.start)
        question = question_before(self.text, sentence.start, one.span)
        cue = question or doubt_before(self.text, sentence.start, one.span)
        if cue is None or (question and self.heard.is_blamed(one.span)):
            return
        speech = Speech(None, ClaimKind.STATES, cue, (sentence,), negated=False, rule="reportedly")
        kind = ClaimKind.LEAVES_OPEN if question else ClaimKind.STATES
        yield self._claim(kind, speech, one.span, trigger=one.span, score=one.mention.score)
        if kind in _HAPPENED:
            yield from self._of_arguments(kind, speech, one.mention)

    def _claim(
        self,
        kind: ClaimKind,
        speech: Speech,
        at: Span,
        *,
        trigger: Span,
        score: float,
        accused: Span | None = None,
        value: Span | None = None,
    ) -> Claim:
        start = start_of_clause(self.text, self.facts.sentence(at.start).start, at.start)
        return Claim(
            kind=kind,
            claimant=speech.claimant,
            words=self._words(speech, at),
            cue=speech.cue,
            quoted=self.heard.read.quotes.at(at.start) is not None,
            trigger=trigger,
            accused=accused,
            value=value,
            hedges=hedges_of(self.text, [Span(start, at.end), speech.cue]),
            score=score,
            rule=speech.rule,
        )

    def _words(self, speech: Speech | None, at: Span) -> Span:
        """Return the part of what is said that `at` stands in, within its sentence."""
        sentence = self.facts.sentence(at.start)
        if speech is None:
            return sentence
        content = speech.part_at(at.start) or speech.contents[0]
        start, end = max(content.start, sentence.start), min(content.end, sentence.end)
        return Span(start, end) if start < end else content
