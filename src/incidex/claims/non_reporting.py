"""Tells where a verb of saying or finding reports nothing: in a heading, in "a flaw he found", in "it shows"."""

from collections.abc import Sequence

from incidex.claims.clause import Word
from incidex.claims.lexicon import Verb, lexicon, listed
from incidex.claims.nouns import is_pronoun
from incidex.claims.phrases import Phrase
from incidex.claims.verbs import Group


def is_heading(words: Sequence[Word], index: int) -> bool:
    """Whether a capitalised verb is none: "Staff Reports - Two were hit", but not in "Acme Says Thieves Broke In"."""
    if index == 0 or not words[index].capital:
        return False
    near = words[max(0, index - 12) : index + 13]
    longer = [word.capital for word in near if word.letters and len(word.text) > 3]
    return sum(longer) <= 0.7 * len(longer)


def says_nothing(words: Sequence[Word], speaker: Phrase, group: Group, verb: Verb) -> bool:
    """Whether a verb of finding or showing reports nothing: "a flaw he found", "victims would discover", "it shows"."""
    if not verb.needs_clause:
        return False
    pronoun = is_pronoun(words[speaker.first : speaker.last])
    if pronoun and speaker.first > 0:
        before = words[speaker.first - 1]
        small = before.lower in listed("ends", "joining", "determiners", "days", "saying", "be", "have", "modals")
        if before.letters and not small and before.lower not in lexicon().verbs and not before.lower.endswith("ly"):
            return True
    if pronoun and words[speaker.first].lower == "it" and words[group.last - 1].lower in listed("showing"):
        return True
    might = any(word.lower in listed("possibly") for word in words[group.first : group.last - 1])
    return might and words[group.last - 1].lower in listed("learning")
