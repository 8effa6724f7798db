"""Finds where a sentence says who did it: "was behind", "attributed to", "blamed X for"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from incidex.claims import attribution_rules as rules
from incidex.claims import blaming_rules as blaming
from incidex.claims.cues import Attribution, Cue
from incidex.english.lexicon import words
from incidex.english.patterns import alternatives
from incidex.english.tokens import Token, position_of
from incidex.records import Span

# Kinds of cues, in the order in which they are tried: "linked to" before "linked".
CueKind = Literal["behind", "to", "tie", "by", "blaming", "tying"]
_CUE_KINDS: tuple[CueKind, ...] = ("behind", "to", "tie", "by", "blaming", "tying")


@dataclass(frozen=True, slots=True)
class AttributionRule:
    """
    A rule for who did it.

    Attributes:
        name: What `Claim.rule` says of the claims that it finds.
        example: A sentence that it reads and the other rules do not.
        cue: The kind of cue that it reads.
        read: Returns the attribution, or None where the rule does not apply.
    """

    name: str
    example: str
    cue: CueKind
    read: Callable[[Cue], Attribution | None]


# The first rule for the kind of a cue that has an answer reads it.
ATTRIBUTION_RULES = (
    AttributionRule("who is behind", "It is not known who is behind the leak.", "behind", rules.who_is_behind),
    AttributionRule("who is behind", "It is unclear which group was behind the leak.", "behind", rules.which_is_behind),
    AttributionRule(
        "holds X responsible", "Acme holds Russia responsible for the leak.", "behind", blaming.held_responsible
    ),
    AttributionRule("is behind", "Pale Heron was behind the leak.", "behind", rules.is_behind),
    AttributionRule(
        "X's, by description", "Attacks attributed to Pale Heron went on.", "to", rules.described_as_somebodys
    ),
    AttributionRule("attributed to X", "The leak was attributed to Pale Heron.", "to", rules.attributed_to),
    AttributionRule("X was linked to", "Pale Heron has been linked to attacks on banks.", "tie", rules.was_linked_to),
    AttributionRule(
        "hackers linked to X", "Hackers linked to Russia stole the records.", "tie", rules.hackers_linked_to
    ),
    AttributionRule("linked to X", "It was a leak, linked to Russia, of records.", "tie", rules.linked_to),
    AttributionRule("X's, by description", "Pale Heron is linked to the Russian army.", "tie", rules.actor_tied_to),
    AttributionRule("attributed to X", "The leak was linked to Russia.", "tie", rules.tied_to),
    AttributionRule("by X", "The leak was carried out by Pale Heron.", "by", rules.done_by),
    AttributionRule("is accused of", "Pale Heron has been accused of the theft.", "blaming", blaming.is_accused_of),
    AttributionRule("X blames Y", "Acme blamed the attack on Pale Heron.", "blaming", blaming.blames_it_on),
    AttributionRule("X blames Y", "Acme blamed Pale Heron for the attack.", "blaming", blaming.blames),
    AttributionRule("suspected X", "Then suspected Russian hackers stole it.", "blaming", blaming.suspected),
    AttributionRule("X blames Y", "Acme pinned the attack on Pale Heron.", "tying", blaming.pins_it_on),
    AttributionRule("X attributed to Y", "Acme attributed the attack to Pale Heron.", "tying", blaming.attributes_to),
)


def attributions(tokens: Sequence[Token], text: str) -> list[Attribution]:
    """Return where a sentence of `text` says who did it, once for each accused."""
    if cue_words().isdisjoint(token.lower for token in tokens):
        return []
    found: dict[Span, Attribution] = {}
    for match in _cues().finditer(text, tokens[0].start, tokens[-1].end):
        first, last = position_of(tokens, match.start()), position_of(tokens, match.end() - 1) + 1
        attribution = read_cue(Cue(tokens, first, last), match.lastgroup) if first < last else None
        if attribution:
            found.setdefault(attribution.accused, attribution)
    return list(found.values())


def read_cue(cue: Cue, kind: str | None) -> Attribution | None:
    """Return what the first rule for cues of `kind` finds; None if there is none."""
    for rule in ATTRIBUTION_RULES:
        found = rule.read(cue) if rule.cue == kind else None
        if found:
            return replace(found, rule=rule.name)
    return None


@cache
def cue_words() -> frozenset[str]:
    """Return the longest word of each cue: a sentence with none of them need not be searched."""
    return frozenset(max(cue.split(), key=len) for kind in _CUE_KINDS for cue in _cues_of(kind))


@cache
def _cues() -> re.Pattern[str]:
    named = (rf"(?P<{kind}>\b(?:{alternatives(_cues_of(kind))})\b)" for kind in _CUE_KINDS)
    return re.compile("|".join(named), re.IGNORECASE)


def _cues_of(kind: CueKind) -> frozenset[str]:
    if kind == "by":
        return frozenset(f"{participle} by" for participle in words("attribution.by", forms=("participle",)))
    return words(kind) if kind in ("blaming", "tying") else words(f"attribution.{kind}")
