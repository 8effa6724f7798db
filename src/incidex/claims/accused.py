"""Says what an attribution is, and whether a phrase names somebody in particular who can be accused."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from incidex.claims.clause import Word
from incidex.claims.lexicon import listed
from incidex.claims.nouns import is_name, joint_of
from incidex.claims.phrases import Phrase
from incidex.records import Span
from incidex.tables import table

_CODE = re.compile(r"(?:APT|FIN|TA|UNC|DEV|TEMP)[- ]?\d{1,5}", re.IGNORECASE)

_ATTACK = re.compile(r"attack|hack(?:s|ing)?$|breach|leak|campaign|theft|intrusion")


@dataclass(frozen=True, slots=True)
class Attribution:
    """
    Words that say who did something.

    Attributes:
        accused: Who did it, by these words.
        cue: The words that say so.
        speaker: Who says so, if the same words say that: "X blamed Y". None otherwise.
        by_report: Whether the words are a claim even if nobody says so but the report.
        suspected: Whether they are a suspicion.
        open: Whether it is the question who did it.
        rule: Which pattern it is.
    """

    accused: Span
    cue: Span
    speaker: Phrase | None
    by_report: bool
    suspected: bool
    open: bool
    rule: str


def names_attack(words: Sequence[Word]) -> bool:
    """Whether a phrase is about an attack, rather than about who did it: "the Acme breach"."""
    return any(_ATTACK.search(word.lower) for word in words)


def is_specific(words: Sequence[Word], *, strict: bool = False) -> bool:
    """
    Whether a phrase says who: a name, a country, a kind of group; not "hackers" or "the attackers".

    With `strict`, a name alone is not enough: it has to be a country's or a known actor's, or stand beside a word for
    an actor.
    """
    words = words[: next((i for i, word in enumerate(words) if i and word.lower == "for"), len(words))]
    plain = [re.sub(r"['’]s?$", "", word.lower) for word in words if word.letters]
    causes = table("incidex.claims", "attributions")["causes"]
    if not plain or plain[-1] in causes or plain[joint_of(plain) - 1] in causes or plain[0] in ("who", "what"):
        return False
    places = any(part in listed("places") for word in plain for part in word.split("-"))
    if places or any(word.actor for word in words):
        return True
    if any(word in listed("actors") and word not in listed("nobody") for word in plain):
        return True
    # The first word may have its capital from the sentence alone: "Developers".
    common = listed("nobody", "vague", "speakers")
    named = any(is_name(word) and word.lower not in common for word in words)
    if strict:
        return (named and any(word in listed("actors", "nobody") for word in plain)) or any(
            _CODE.fullmatch(word.text) for word in words
        )
    return named or any(word in listed("telling") for word in plain)
