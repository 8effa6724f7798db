"""Finds the noun phrase before or after a verb, without a parser, with what stands in apposition to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidex.claims.nouns import actor_nouns, can_speak, is_name
from incidex.claims.phrase_limits import phrase_end, phrase_start
from incidex.english.lexicon import words
from incidex.english.tokens import Token

QUOTE_MARKS = frozenset("“”\"‘’'")
APPOSITION_MARKS = frozenset(",–—")
_STOPS = frozenset(".;:")
# In tokens.
_LONGEST_PERSON = 5
_LONGEST_APPOSITION = 45
_LONGEST_RELATIVE_CLAUSE = 12
_LONGEST_QUOTED_NAME = 8


@dataclass(frozen=True, slots=True)
class Phrase:
    """
    A noun phrase of a sentence, as indices of tokens.

    Attributes:
        first: Its first token.
        last: The token after its last one.
        outer: Where the whole begins (or ends, for a phrase after a verb), apposition included.
        apposition: From which token up to before which one an apposition to it stands.
    """

    first: int
    last: int
    outer: int
    apposition: tuple[int, int] | None = None

    def of(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Return its tokens."""
        return tokens[self.first : self.last]


def phrase_before(tokens: Sequence[Token], end: int) -> Phrase | None:
    """Return the noun phrase that ends before index `end`, perhaps with a clause between commas after it."""
    if end <= 0:
        return None
    last = tokens[end - 1].lower
    if last in APPOSITION_MARKS:
        return _before_apposition(tokens, end - 1)
    if last in words("pronoun.relative"):
        return _before_pronoun(tokens, end - 1)
    return _quoted_name(tokens, end) or _ending_at(tokens, end)


def phrase_after(tokens: Sequence[Token], start: int) -> Phrase | None:
    """Return the noun phrase that begins at index `start`, with what stands in apposition after it."""
    while start < len(tokens) and tokens[start].lower in QUOTE_MARKS:
        start += 1
    last = phrase_end(tokens, start)
    if last is None:
        return None
    last = _source_end(tokens, last)
    inside = last + 1
    if named := _name_end(tokens, last):
        return Phrase(start, last, named, (inside, named))
    if inside >= len(tokens) or tokens[last].lower not in APPOSITION_MARKS or not _opens_apposition(tokens, inside):
        return Phrase(start, last, last)
    limit = min(len(tokens), last + _LONGEST_APPOSITION)
    stop = next((i for i in range(inside, limit) if tokens[i].lower in _STOPS | {"“", '"'}), limit)
    return Phrase(start, last, stop, (inside, stop))


def with_given_name(tokens: Sequence[Token], phrase: Phrase) -> Phrase:
    """Return a phrase with the name that is given to it after it: "a group calling itself Pale Heron"."""
    ahead = tokens[phrase.last : phrase.last + 5]
    if not ahead or ahead[0].lower not in words("naming_clause", forms=("past", "ing", "only")):
        return phrase
    first = next((phrase.last + i for i, token in enumerate(ahead) if is_name(token)), None)
    if first is None or words("naming_clause.verb").isdisjoint(token.lower for token in ahead):
        return phrase
    last = next((i for i in range(first, len(tokens)) if not is_name(tokens[i])), len(tokens))
    return Phrase(phrase.first, last, last)


def speaks(tokens: Sequence[Token], phrase: Phrase, *, loose: bool = False) -> bool:
    """Whether a phrase can name who speaks; with `loose`, any noun with a determiner can."""
    return can_speak(phrase.of(tokens), loose=loose)


def is_opening_adverb(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a phrase is an adverb that opens the sentence, although its capital makes it look like a name."""
    if phrase.last - phrase.first != 1 or phrase.last >= len(tokens) or tokens[phrase.last].lower != ",":
        return False
    word = tokens[phrase.first].lower
    return phrase.first == 0 and (word.endswith("ly") or word in words("sentence_start", "time_word"))


def _ending_at(tokens: Sequence[Token], end: int) -> Phrase | None:
    first = phrase_start(tokens, end)
    if first is not None:
        first = _source_start(tokens, first)
    found = Phrase(first, end, first) if first is not None else None
    return found if found and speaks(tokens, found) else _before_relative_clause(tokens, end) or found


def _source_start(tokens: Sequence[Token], first: int) -> int:
    """Return where the phrase begins that "the matter", at `first`, ends: "two people familiar with the matter"."""
    for length in (2, 3, 4):
        joint = " ".join(token.lower for token in tokens[max(0, first - length) : first]).removesuffix(" of")
        if not words("source_of_news").isdisjoint((joint, f"{joint} {tokens[first].lower}")):
            start = phrase_start(tokens, first - length) if first > length else None
            return first if start is None else start
    return first


def _source_end(tokens: Sequence[Token], last: int) -> int:
    """Return where a phrase ends that goes on at `last` with what its people know: "briefed on the talks"."""
    for length in (4, 3, 2):
        ahead = [token.lower for token in tokens[last : last + length]]
        if " ".join(ahead).removesuffix(" of") in words("source_of_news"):
            end = phrase_end(tokens, last + length - (ahead[-1] == "the"))
            return last if end is None else end
    return last


def _before_pronoun(tokens: Sequence[Token], pronoun: int) -> Phrase | None:
    """Return "Acme" in "Acme, which" where the relative pronoun is at index `pronoun`."""
    after_comma = pronoun > 0 and tokens[pronoun - 1].lower == ","
    phrase = phrase_before(tokens, pronoun - after_comma)
    return phrase and Phrase(phrase.first, phrase.last, phrase.outer)


def _before_relative_clause(tokens: Sequence[Token], end: int) -> Phrase | None:
    """Return "the researchers" in "the researchers who found the flaws explained"."""
    for index in range(end - 1, max(0, end - _LONGEST_RELATIVE_CLAUSE), -1):
        if tokens[index].lower in QUOTE_MARKS | _STOPS | {","}:
            return None
        if tokens[index].lower == "who":
            return phrase_before(tokens, index)
    return None


def _quoted_name(tokens: Sequence[Token], end: int) -> Phrase | None:
    """Return the name in 'the group "Pale Heron"' or 'calling itself "Pale Heron"' that ends before index `end`."""
    if tokens[end - 1].lower not in QUOTE_MARKS:
        return None
    earliest = max(0, end - _LONGEST_QUOTED_NAME)
    opened = next((i for i in range(end - 2, earliest, -1) if tokens[i].lower in QUOTE_MARKS), 0)
    name = tokens[opened + 1 : end - 1]
    if not opened or not name or not all(is_name(token) or token.text.isdigit() for token in name):
        return None
    return Phrase(opened + 1, end - 1, opened) if _introduces_name(tokens[opened - 1].lower) else None


def _introduces_name(word: str) -> bool:
    if word in words("naming", forms=("base", "past", "ing", "only")):
        return True
    is_group = word in actor_nouns() or word in words("unnamed_actor", "organisation_end", "legal_form")
    return is_group and word in words("speaker")


def _before_apposition(tokens: Sequence[Token], comma: int) -> Phrase | None:
    """Return the phrase before "X, director of research at Y" where the second comma is at `comma`."""
    for index in range(comma - 1, max(0, comma - _LONGEST_APPOSITION), -1):
        if tokens[index].lower in _STOPS:
            return None
        is_name_alone = _name_end(tokens, index) == comma
        if tokens[index].lower in APPOSITION_MARKS and (is_name_alone or _opens_apposition(tokens, index + 1)):
            first = phrase_start(tokens, index)
            if first is not None and _has_apposition(tokens, first, index):
                return Phrase(first, index, first, (index + 1, comma))
    return None


def _name_end(tokens: Sequence[Token], comma: int) -> int | None:
    """Return where the name ends that is set beside a role at `comma`: "its chief executive, Ruben Ochoa"."""
    if comma >= len(tokens) or tokens[comma].lower != "," or tokens[comma - 1].lower not in words("job_title"):
        return None
    behind = range(comma + 1, min(len(tokens), comma + 1 + _LONGEST_PERSON))
    end = next(
        (i for i in behind if not is_name(tokens[i]) and tokens[i].lower.rstrip(".") not in words("honorific")),
        behind.stop,
    )
    return end if end > comma + 2 else None


def _opens_apposition(tokens: Sequence[Token], index: int) -> bool:
    opening = tokens[index].lower
    if opening in words("apposition.opening", "noun_phrase.opening") or opening.endswith("ed"):
        return True
    ahead = [token.lower for token in tokens[index : index + 6]]
    return opening not in words("noun_phrase.ending") and not words("job_title", "speaker").isdisjoint(ahead)


def _has_apposition(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a phrase before an apposition is a name or a noun that speaks, and no part of another phrase."""
    inside_other = first > 0 and tokens[first - 1].lower in words("preposition.inside_noun_phrase")
    return not inside_other and any(is_name(token) or token.lower in words("speaker") for token in tokens[first:last])
