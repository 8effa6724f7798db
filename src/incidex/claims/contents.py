"""Finds where what is said begins and ends beside reporting words."""

from collections.abc import Sequence

from incidex.claims.phrases import phrase_after
from incidex.claims.reporting_verbs import Verb, reporting_verbs
from incidex.claims.verb_groups import VerbGroup
from incidex.english.lexicon import words
from incidex.english.tokens import Token
from incidex.records import Span

STOPS = frozenset(".;,!?:")
OPENING_QUOTES = frozenset("“\"‘'")
# In tokens.
_LONGEST_ADJUNCT = 14
_LONGEST_CLAUSE_START = 12
_LONGEST_DATELINE = 12


def content_start(tokens: Sequence[Token], start: int) -> int:
    """Return where what is said begins after a verb: past whom it is told, when, where, and past "that"."""
    limit = min(len(tokens), start + _LONGEST_ADJUNCT)
    if start >= limit or tokens[start].lower in OPENING_QUOTES:
        return start
    if tokens[start].lower in ("that", ":"):
        return start + 1
    if confident := _past_confidence(tokens, start, limit):
        return confident
    verb = tokens[start - 1].lower
    if verb in words("tells_hearer"):
        return _past(tokens, start, limit, frozenset({"that", ":"}))
    if verb in words("warns_hearer"):  # "warned local media that ..."
        return next((i + 1 for i in range(start, min(limit, start + 6)) if tokens[i].lower == "that"), start)
    if tokens[start].lower in words("adjunct.opening"):
        return _past(tokens, start, limit, frozenset({"that", ":", ","}))
    return start


def next_stop(tokens: Sequence[Token], index: int) -> int | None:
    """Return the index of the next stop; None if what is said begins before it."""
    for place in range(index, min(len(tokens), index + _LONGEST_ADJUNCT)):
        if tokens[place].lower == "that":
            return None
        if tokens[place].lower in STOPS:
            return place
    return len(tokens) if len(tokens) - index < _LONGEST_ADJUNCT else None


def introduces(tokens: Sequence[Token], group: VerbGroup, content: int, verb: Verb) -> bool:
    """Whether what follows the verb is something said, rather than a thing that is shown or found."""
    if content >= len(tokens) or tokens[content].lower in (".", ";"):
        return False
    first, before = tokens[content].lower, tokens[content - 1].lower
    if verb.needs_clause and before == "that" and first in words("auxiliary.be", "auxiliary.have", "auxiliary.modal"):
        return False  # "disclosed flaws that would allow"
    if verb.with_as:
        return any(token.lower == "as" for token in tokens[content : content + _LONGEST_CLAUSE_START])
    if first in words("warned_by_event") and tokens[group.last - 1].lower in words("warns_hearer", forms=("past",)):
        return False  # "Customers warned after a leak": somebody warned them.
    if not verb.needs_clause or _opens_clause(before, first):
        return True
    no_subject = words("auxiliary.be", "auxiliary.have", "pronoun.object")
    told_whom = tokens[group.last - 1].lower in words("informing", forms=("past",))
    return first not in no_subject and not told_whom and _has_clause(tokens, content)


def clause_start(tokens: Sequence[Token], index: int) -> int:
    """Return where the part of the sentence begins that a remark after it belongs to. Nobody says the dateline."""
    return next((i + 1 for i in range(index - 1, -1, -1) if tokens[i].lower == ";"), min(after_dateline(tokens), index))


def after_dateline(tokens: Sequence[Token]) -> int:
    """Return the index after "LONDON, June 26 -"; 0 if there is no dateline."""
    dash = next((i for i, token in enumerate(tokens[:_LONGEST_DATELINE]) if token.lower in "-–—"), 0)
    place = tokens[0].text
    if not dash or not place.isupper() or len(place) == 1:
        return 0
    return dash + 1 if all(token.is_capitalised or not token.text.isalpha() for token in tokens[:dash]) else 0


def clause_end(tokens: Sequence[Token], index: int) -> int:
    """Return where what is said ends at the latest: at ";", or at ", although", which is the reporter's again."""
    for place in range(index + 1, len(tokens)):
        concedes = tokens[place - 1].lower == "," and tokens[place].lower in words("concession")
        if tokens[place].lower == ";" or concedes:
            return place
    return len(tokens)


def object_end(tokens: Sequence[Token], content: int, end: int) -> int:
    """Return where an object without a clause ends: "acknowledged the flaw and made a fix" is not about the fix."""
    if _has_clause(tokens, content):
        return end
    joints = (i for i in range(content + 1, end - 1) if tokens[i].lower in words("coordinator"))
    return next((i for i in joints if _is_verb(tokens[i + 1].lower)), end)


def around(tokens: Sequence[Token], first: int, last: int) -> tuple[Span, ...]:
    """Return what is said before and after the remark "X said", the tokens from `first` up to before `last`."""
    before = trimmed(tokens, clause_start(tokens, first), first)
    return before + trimmed(tokens, last, clause_end(tokens, last))


def trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[Span, ...]:
    """Return the span from token `first` up to before `last` without the commas around it; nothing if none is left."""
    while first < last and tokens[first].lower in STOPS:
        first += 1
    while first < last and tokens[last - 1].lower in STOPS:
        last -= 1
    return (span_of(tokens, first, last),) if any(token.is_word for token in tokens[first:last]) else ()


def span_of(tokens: Sequence[Token], first: int, last: int) -> Span:
    """Return the span of the tokens from `first` up to before `last`."""
    return Span(tokens[first].start, tokens[last - 1].end)


def _past_confidence(tokens: Sequence[Token], start: int, limit: int) -> int | None:
    """Return the index after "with high confidence that"."""
    if tokens[start].lower != "with":
        return None
    sure = next((i for i in range(start, min(limit, start + 6)) if tokens[i].lower == "confidence"), limit)
    return sure + 2 if sure + 1 < limit and tokens[sure + 1].lower == "that" else None


def _past(tokens: Sequence[Token], start: int, limit: int, signs: frozenset[str]) -> int:
    """Return the index after the first of `signs`, or else after whom, when or where it is said."""
    sign = next((i for i in range(start, limit) if tokens[i].lower in signs), None)
    if sign is not None and (tokens[sign].lower != "," or sign + 1 < len(tokens)):
        return sign + 1
    return _past_adjunct(tokens, start, limit)


def _past_adjunct(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Return the index after "Reuters", "on Friday", "in an e-mail"; it may be the end of the sentence."""
    adjuncts = words("adjunct.opening")
    while index < limit and tokens[index].lower not in STOPS | OPENING_QUOTES:
        is_time = tokens[index].lower in words("time_word")
        phrase = None if is_time else phrase_after(tokens, index + (tokens[index].lower in adjuncts))
        index = max(phrase.last if phrase else 0, index + 1)
        if index >= len(tokens) or tokens[index].lower not in adjuncts:
            break
    return index


def _opens_clause(before: str, first: str) -> bool:
    return before in ("that", ":") or before in words("question.conjunction") or first in OPENING_QUOTES


def _has_clause(tokens: Sequence[Token], start: int) -> bool:
    """Whether a finite verb follows soon: "revealed hackers had broken in"."""
    for token in tokens[start : start + _LONGEST_CLAUSE_START]:
        if token.lower in STOPS or token.lower in words("clause_break.finding"):
            return False
        if token.lower in words("finite_auxiliary"):
            return True
    return False


def _is_verb(word: str) -> bool:
    return word.endswith("ed") or word in reporting_verbs()
