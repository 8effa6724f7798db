"""Finds who speaks through a text: "Acme published an advisory that says"."""

from collections.abc import Sequence

from incidex.claims.phrases import Phrase, phrase_after, phrase_before, speaks
from incidex.claims.verb_groups import before_day, verb_group
from incidex.english.lexicon import words
from incidex.english.tokens import Token

# In tokens: from a text to what it says, and from the verb to the text.
_FARTHEST_TEXT = 8
_FARTHEST_VERB = 5
_STOPS = frozenset({".", ";", ":"})


def issuer_of_text(tokens: Sequence[Token], end: int) -> Phrase | None:
    """Return who issued the text that is named last before index `end`; None if the sentence does not say."""
    text = _last(tokens, end, _FARTHEST_TEXT, words("text"))
    verb = _last(tokens, text, _FARTHEST_VERB, words("issuing", forms=("s", "past", "participle"))) if text else None
    if not verb:
        return None
    group = verb_group(tokens, verb)
    if group.passive or group.negated:
        return None
    if tokens[group.first - 1].lower in words("coordinator"):
        subject = phrase_after(tokens, 0)
    else:
        subject = phrase_before(tokens, before_day(tokens, group.first))
    return subject if subject and speaks(tokens, subject) else None


def _last(tokens: Sequence[Token], end: int, within: int, wanted: frozenset[str]) -> int | None:
    """Return the index of the last of the words `wanted` before `end`, with no full stop between."""
    for index in range(end - 1, max(-1, end - 1 - within), -1):
        if tokens[index].lower in _STOPS:
            return None
        if tokens[index].lower in wanted:
            return index
    return None
