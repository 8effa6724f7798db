"""Makes claims of attributions ("X blamed Y") and of claims of responsibility."""

from collections.abc import Container
from dataclasses import dataclass

from incidex.claims.bystanders import Bystanders
from incidex.claims.clauses import start_of_clause
from incidex.claims.cues import Attribution
from incidex.claims.event_index import EventIndex
from incidex.claims.hedging import hedges_of, is_conditional, is_denied
from incidex.claims.known_actors import is_specific, names_attack, sentence_tokens
from incidex.claims.nouns import is_bystander, is_pronoun
from incidex.claims.responsibility import ResponsibilityClaim
from incidex.claims.speech_index import SpeechIndex
from incidex.claims.speeches import Speech
from incidex.english.lexicon import words
from incidex.records import Claim, Claimant, ClaimKind, EventMention, Hedge, Span

# The rules that say who somebody belongs to, and of an attack only where the sentence mentions one.
DESCRIBING_RULES = frozenset({"linked to X", "hackers linked to X", "X's, by description", "suspected X"})
# The rules in which a preposition alone accuses: it accuses no victim, claimant or investigator.
PREPOSITION_RULES = (DESCRIBING_RULES - {"suspected X"}) | {"by X", "attributed to X", "X was linked to"}
# The rules with "linked to", which accuse nobody if they are negated: "the data is not connected to its servers".
LINKING_RULES = PREPOSITION_RULES - {"by X"}
# In characters, before "not linked to Russia": the attack.
_FARTHEST_SUBJECT = 80


@dataclass(frozen=True)
class AccusationClaims:
    """Makes claims of who is said, or claims, to have done something in one document."""

    events: EventIndex
    speeches: SpeechIndex
    bystanders: Bystanders

    def of_attribution(
        self, attribution: Attribution, named: Claimant | None, spoken: Container[int | None]
    ) -> Claim | None:
        """
        Return the claim that an attribution makes; None if it makes none.

        Args:
            attribution: The attribution.
            named: Who makes it, if its own words name them.
            spoken: The indices of the speeches that mention an event.
        """
        index = self.speeches.innermost(attribution.accused) if named is None else None
        speech = self.speeches.reading.speeches[index] if index is not None else None
        kind = self._kind(attribution, speech)
        mention = self.events.nearest_in_sentence(attribution.accused)
        denied = speech and index in spoken and kind is speech.kind is ClaimKind.DENIES
        if kind is None or (denied and not (mention and self.speeches.is_blamed(mention.trigger))):
            return None  # What happened is denied in the same words.
        if self._accuses_bystander(attribution) or (kind is ClaimKind.DENIES and not self._clears(attribution)):
            return None
        if self._is_condition(attribution) or not _is_about_attack(attribution, mention):
            return None
        hedges = self._hedges(attribution, speech)
        if not (speech or attribution.by_report or hedges):
            return None
        return self._claim(attribution, kind, named, speech, mention, hedges)

    def of_responsibility(self, found: ResponsibilityClaim, claimant: Claimant) -> Claim | None:
        """
        Return the claim that somebody did it, about the event in the same clause or the last one before.

        None if "it" can only mean somebody who looks on.
        """
        name = sentence_tokens(self.events.text, claimant.name)
        if claimant.name != claimant.words and any(is_bystander([token]) for token in name):
            return None
        mention = self.events.object_of(found.cue) or self.events.before(found.cue.start)
        return Claim(
            kind=ClaimKind.CLAIMS_RESPONSIBILITY,
            claimant=claimant,
            words=self.events.sentence(found.cue.start),
            cue=found.cue,
            quoted=False,
            trigger=mention.trigger if mention else None,
            accused=claimant.words,
            score=mention.score if mention else 1.0,
            rule=found.rule,
        )

    def _claim(
        self,
        attribution: Attribution,
        kind: ClaimKind,
        named: Claimant | None,
        speech: Speech | None,
        mention: EventMention | None,
        hedges: tuple[Hedge, ...],
    ) -> Claim:
        return Claim(
            kind=kind,
            claimant=speech.claimant if speech else named,
            words=claim_words(self.events, speech, attribution.accused),
            cue=speech.cue if speech else attribution.cue,
            quoted=self.speeches.reading.quotes.at(attribution.accused.start) is not None,
            trigger=mention.trigger if mention else None,
            accused=attribution.accused,
            hedges=hedges,
            score=mention.score if mention else 1.0,
            rule=attribution.rule,
        )

    def _kind(self, attribution: Attribution, speech: Speech | None) -> ClaimKind | None:
        """Return what is said of the accused; None if nothing is."""
        if speech and speech.negated:
            return ClaimKind.DENIES if speech.kind is ClaimKind.SUSPECTS else None
        if attribution.open:
            return ClaimKind.LEAVES_OPEN
        if (speech and speech.kind is ClaimKind.DENIES) or self._is_denied(attribution):
            return ClaimKind.DENIES
        if is_pronoun(sentence_tokens(self.events.text, attribution.accused), with_verb=True):
            return None  # Whom it means is not looked for.
        suspected = attribution.suspected or (speech is not None and speech.kind is ClaimKind.SUSPECTS)
        return ClaimKind.SUSPECTS if suspected else ClaimKind.ATTRIBUTED_TO

    def _is_denied(self, attribution: Attribution) -> bool:
        start = min(attribution.accused.start, attribution.cue.start)
        end = max(attribution.accused.end, attribution.cue.end)
        return is_denied(self.events.text, self.events.sentence(start).start, Span(start, end))

    def _accuses_bystander(self, attribution: Attribution) -> bool:
        accused = attribution.accused
        if attribution.rule not in PREPOSITION_RULES:
            return False
        return self.bystanders.include(accused, self.events.sentence(accused.start))

    def _clears(self, attribution: Attribution) -> bool:
        """Whether a negated attribution is about an attack and an actor: "the attack was not linked to Russia"."""
        if attribution.rule not in LINKING_RULES:
            return True
        sentence, text = self.events.sentence(attribution.cue.start), self.events.text
        before = Span(max(sentence.start, attribution.cue.start - _FARTHEST_SUBJECT), attribution.cue.start + 1)
        accused = sentence_tokens(text, attribution.accused)
        theirs = accused[0].lower in words("possessive")
        return not theirs and names_attack(sentence_tokens(text, before)) and is_specific(accused, strict=True)

    def _is_condition(self, attribution: Attribution) -> bool:
        return is_conditional(self.events.text, self._clause(attribution), attribution.accused)

    def _hedges(self, attribution: Attribution, speech: Speech | None) -> tuple[Hedge, ...]:
        accusing = Span(self._clause(attribution), max(attribution.accused.end, attribution.cue.end))
        return hedges_of(self.events.text, [accusing, speech.cue] if speech else [accusing])

    def _clause(self, attribution: Attribution) -> int:
        """Return where the clause of the accused begins."""
        start = attribution.accused.start
        return start_of_clause(self.events.text, self.events.sentence(start).start, start)


def claim_words(events: EventIndex, speech: Speech | None, at: Span) -> Span:
    """Return the part of what is said that `at` stands in, within its sentence."""
    sentence = events.sentence(at.start)
    if speech is None:
        return sentence
    content = speech.part_at(at.start) or speech.contents[0]
    start, end = max(content.start, sentence.start), min(content.end, sentence.end)
    return Span(start, end) if start < end else content


def _is_about_attack(attribution: Attribution, mention: EventMention | None) -> bool:
    """Whether an attribution accuses: not in "a firm with ties to Russia" and "Acme was behind the update"."""
    if mention is None:
        return attribution.rule not in DESCRIBING_RULES
    return mention.event_type != "PatchVulnerability"
