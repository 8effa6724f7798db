"""Tells who cannot be accused by a preposition or an argument alone: victims, claimants, and those who investigate."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from incidex.claims.known_actors import is_specific, sentence_tokens
from incidex.claims.nouns import is_bystander
from incidex.claims.speeches import Speech
from incidex.english.lexicon import words
from incidex.english.tokens import Token
from incidex.records import ClaimKind, EventMention, Span

_SUFFERS = frozenset({"Victim", "Trusted-Entity"})


@dataclass(frozen=True)
class Bystanders:
    """Who in one document suffers, reports or investigates the attack, by what is said of them."""

    text: str
    mentions: tuple[EventMention, ...]
    speeches: tuple[Speech, ...]

    def include(self, accused: Span, sentence: Span) -> bool:
        """Whether the phrase `accused` in `sentence` names one of them, or is the agent of a verb like "cited by"."""
        tokens = sentence_tokens(self.text, accused)
        before = sentence_tokens(self.text, Span(sentence.start, accused.end))[: -len(tokens)] if tokens else []
        if not tokens or _is_agent_of_observing(before):
            return True
        plain = [token.lower for token in tokens]
        if is_bystander(tokens):
            return True
        return not is_specific(tokens, strict=True) and _key(plain) in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names of victims and claimants, except of those who may be attackers themselves."""
        spans = [span for speech in self.speeches for span in _claimants(speech)]
        spans += [one.span for mention in self.mentions for one in mention.arguments if one.role in _SUFFERS]
        return frozenset(_key(token.lower for token in sentence_tokens(self.text, span)) for span in spans) - {""}


def _claimants(speech: Speech) -> Iterable[Span]:
    if speech.claimant is None or speech.negated or speech.kind is ClaimKind.DENIES:
        return ()
    named = (speech.claimant.name, speech.claimant.organisation, speech.claimant.person)
    return (span for span in named if span)


def _is_agent_of_observing(before: list[Token]) -> bool:
    """Whether an agent follows whose verb is no attack: "the activity cited by"."""
    if len(before) < 2 or before[-1].lower != "by":
        return False
    return before[-2].lower in words("observing", forms=("past", "participle"))


def _key(tokens: Iterable[str]) -> str:
    return " ".join(token.removesuffix("'s") for token in tokens if token != "the")
