"""Reads a verb with its auxiliaries: is it passive, negated, an infinitive, does it agree, does it report at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from incidex.claims.nouns import is_pronoun, plurals_without_s
from incidex.claims.phrases import Phrase
from incidex.claims.reporting_verbs import Verb, reporting_verbs
from incidex.english.lexicon import words
from incidex.english.tokens import Token

# In tokens: so much of a sentence on either side of a verb says whether it is set in title case.
_HEADING_WINDOW = 12
_HEADING_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """
    A verb with its auxiliaries.

    Attributes:
        first: The index of its first token.
        cue: The index of its first token that is no adverb.
        last: The index after its last token.
        passive: Whether it is in the passive voice.
        negated: Whether it is negated or refused: "did not say", "declined to say".
        infinitive: Whether "to" is in it.
    """

    first: int
    cue: int
    last: int
    passive: bool
    negated: bool
    infinitive: bool


def has_particle(tokens: Sequence[Token], index: int, verb: Verb) -> bool:
    """Whether the second word of a phrasal verb at `index` follows it: "out" after "pointed"."""
    return not verb.particle or any(token.lower == verb.particle for token in tokens[index + 1 : index + 2])


def verb_group(tokens: Sequence[Token], index: int) -> VerbGroup:
    """Return the verb at `index` with its auxiliaries and the adverbs between them."""
    first = index
    while first > 0 and _belongs_to_verb(tokens[first - 1].lower) and not _is_surname(tokens[first - 1], first - 1):
        first -= 1
    before = [token.lower for token in tokens[first:index]]
    cue = first
    while cue < index and _is_adverb(tokens[cue].lower):
        cue += 1
    verb = tokens[index].lower
    contracted = first > 0 and tokens[first - 1].lower == "it's"  # "It's believed that"
    passive = contracted or not words("auxiliary.be").isdisjoint(before)
    phrasal = verb in reporting_verbs() and reporting_verbs()[verb].particle != ""
    return VerbGroup(
        first=first,
        cue=cue,
        last=index + 1 + phrasal,
        passive=passive and verb.endswith(("d", "t", "n")),
        negated=any(map(_negates, before)),
        infinitive="to" in before,
    )


def before_day(tokens: Sequence[Token], index: int) -> int:
    """Return the index before "on Thursday" in "the company on Thursday said"."""
    first = index
    while first > 1 and tokens[first - 1].lower in words("time_word"):
        first -= 1
    if first < index and tokens[first - 1].lower in words("before_day"):
        first -= 1
    return first if first > 0 else index


def agrees(tokens: Sequence[Token], speaker: Phrase, group: VerbGroup, verb: Verb) -> bool:
    """Whether a plain form has a plural subject, or a helper: "experts say", "did say", but not "state officials"."""
    helpers = words("auxiliary.do", "auxiliary.modal")
    if verb.form != "base" or any(token.lower in helpers for token in tokens[group.first : group.last - 1]):
        return True
    inside = [token.lower for token in tokens[speaker.first : speaker.last]]
    if inside[-1].endswith("'s"):
        return False  # "Voters in Ohio's state senate" has no verb.
    return "and" in inside or any(re.search(r"(?<!')s$", word) or word in plurals_without_s() for word in inside)


def is_heading(tokens: Sequence[Token], index: int) -> bool:
    """Whether a capitalised word is no verb: "Staff Reports - Two were hit", not so in "Acme Says Thieves Broke In"."""
    if index == 0 or not tokens[index].is_capitalised:
        return False
    near = tokens[max(0, index - _HEADING_WINDOW) : index + _HEADING_WINDOW + 1]
    longer = [token.is_capitalised for token in near if token.is_word and len(token.text) > 3]
    return sum(longer) <= _HEADING_SHARE * len(longer)


def reports_nothing(tokens: Sequence[Token], speaker: Phrase, group: VerbGroup, verb: Verb) -> bool:
    """Whether a verb of finding or showing reports nothing: "a flaw he found", "victims would discover", "it shows"."""
    if not verb.needs_clause:
        return False
    last = tokens[group.last - 1].lower
    if is_pronoun(tokens[speaker.first : speaker.last]):
        it_shows = tokens[speaker.first].lower == "it" and last in words("showing", forms=("s", "past"))
        if it_shows or _in_relative_clause(tokens, speaker):
            return True
    might = any(token.lower in words("auxiliary.modal.possible") for token in tokens[group.first : group.last - 1])
    return might and last in words("learning", forms=("base",))


def _in_relative_clause(tokens: Sequence[Token], pronoun: Phrase) -> bool:
    """Whether a pronoun begins a relative clause: "a flaw he found"."""
    if pronoun.first == 0:
        return False
    before = tokens[pronoun.first - 1]
    opens_clause = (
        before.lower in words("noun_phrase", "preposition.inside_noun_phrase", "time_word", "auxiliary")
        or before.lower in words("plain_saying", forms=("s", "past"))
        or before.lower in reporting_verbs()
        or before.lower.endswith("ly")
    )
    return before.is_word and not opens_clause


def _is_surname(token: Token, index: int) -> bool:
    """Whether an adverb is a name: "Steve Long confirmed", but not "FBI Officially Blames"."""
    return index > 0 and token.is_capitalised and _is_adverb(token.lower) and not token.lower.endswith("ly")


def _belongs_to_verb(word: str) -> bool:
    return word in words("auxiliary") or _negates(word) or _is_adverb(word)


def _is_adverb(word: str) -> bool:
    return word in words("verb_group.adverb") or (word.endswith("ly") and word != "family")


def _negates(word: str) -> bool:
    return (
        word in words("negation.verb") or word in words("refusal", forms=("s", "past", "only")) or word.endswith("n't")
    )
