"""Finds where what is said begins and ends beside reporting words."""

from collections.abc import Sequence

from incidex.claims.clause import Word
from incidex.claims.lexicon import Verb, lexicon, listed
from incidex.claims.phrases import phrase_after
from incidex.claims.verbs import Group
from incidex.records import Span

STOPS = frozenset(".;,!?:")
OPENING = frozenset("“\"‘'")
MOST_ADJUNCT = 14


def begin_of(words: Sequence[Word], start: int) -> int:
    """Return where what is said begins behind a verb: past whom it is told, when, where, and past "that"."""
    limit = min(len(words), start + MOST_ADJUNCT)
    if start >= limit or words[start].lower in OPENING:
        return start
    if words[start].lower in ("that", ":"):
        return start + 1
    sure = next((i for i in range(start, min(limit, start + 6)) if words[i].lower == "confidence"), limit)
    if words[start].lower == "with" and sure + 1 < limit and words[sure + 1].lower == "that":
        return sure + 2  # "assesses with high confidence that"
    verb = words[start - 1].lower
    told = verb in listed("told")
    if not told and verb in listed("warned"):
        # "warned local media that ..."
        return next((i + 1 for i in range(start, min(limit, start + 6)) if words[i].lower == "that"), start)
    if not told and words[start].lower not in listed("adjuncts"):
        return start
    signs = ("that", ":") if told else ("that", ":", ",")
    ahead = next((i for i in range(start, limit) if words[i].lower in signs), None)
    if ahead is not None and (words[ahead].lower != "," or ahead + 1 < len(words)):
        return ahead + 1
    return _past_adjunct(words, start, limit)


def _past_adjunct(words: Sequence[Word], index: int, limit: int) -> int:
    """Return the index behind "Reuters", "on Friday", "in an e-mail"; the end of the sentence counts, too."""
    while index < limit and words[index].lower not in STOPS | OPENING:
        day = words[index].lower in listed("days")
        phrase = None if day else phrase_after(words, index + (words[index].lower in listed("adjuncts")))
        stop = max(phrase.last if phrase else 0, index + 1)
        if stop < len(words) and words[stop].lower in listed("adjuncts") and stop > index:
            index = stop
            continue
        return stop
    return index


def stop_behind(words: Sequence[Word], index: int) -> int | None:
    """Return the next stop, unless what is said begins before it."""
    for place in range(index, min(len(words), index + MOST_ADJUNCT)):
        if words[place].lower == "that":
            return None
        if words[place].lower in STOPS:
            return place
    return len(words) if len(words) - index < MOST_ADJUNCT else None


def introduces(words: Sequence[Word], group: Group, content: int, verb: Verb) -> bool:
    """Whether what follows the verb is something said, rather than a thing that is shown or found."""
    if content >= len(words) or words[content].lower in (".", ";"):
        return False
    lower = words[content].lower
    if verb.needs_clause and words[content - 1].lower == "that" and lower in listed("be", "have", "modals"):
        return False  # "disclosed flaws that would allow"
    said = (
        words[content - 1].lower in ("that", ":")
        or lower in OPENING
        or words[content - 1].lower in ("whether", "how", "if")
    )
    if verb.with_as:
        return any(word.lower == "as" for word in words[content : content + 12])
    if not verb.needs_clause or said:
        return True
    if lower in listed("be", "have", "objects") or words[group.last - 1].lower in (
        "informed",
        "notified",
    ):
        return False
    return _has_clause(words, content)


def _has_clause(words: Sequence[Word], start: int) -> bool:
    """Whether a finite verb follows soon: "revealed hackers had broken in"."""
    for word in words[start : start + 12]:
        if word.lower in STOPS or word.lower in listed("breaks"):
            return False
        if word.lower in listed("be", "have", "modals") and word.lower not in ("to", "be", "been", "being", "having"):
            return True
    return False


def start_of_clause(words: Sequence[Word], index: int) -> int:
    """Return where the part of the sentence begins that a remark behind it belongs to. Nobody says the dateline."""
    return next((i + 1 for i in range(index - 1, -1, -1) if words[i].lower == ";"), min(after_dateline(words), index))


def after_dateline(words: Sequence[Word]) -> int:
    """Return the index behind "LONDON, June 26 -"; 0 where there is none."""
    dash = next((i for i, word in enumerate(words[:12]) if word.lower in "-–—"), 0)
    capital = words[0].text.isupper() and len(words[0].text) > 1
    return dash + 1 if dash and capital and all(word.capital or not word.text.isalpha() for word in words[:dash]) else 0


def end_of_clause(words: Sequence[Word], index: int) -> int:
    """Return where what is said ends at the latest: at ";", or at ", although", which is the reporter's again."""
    for place in range(index + 1, len(words)):
        after_comma = words[place - 1].lower == "," and words[place].lower in (
            "although",
            "though",
            "even",
            "while",
            "despite",
        )
        if words[place].lower == ";" or after_comma:
            return place
    return len(words)


def end_of_object(words: Sequence[Word], content: int, end: int) -> int:
    """Return where an object ends that no clause follows: "acknowledged the flaw and developed a fix" holds no fix."""
    if _has_clause(words, content):
        return end
    joints = (i for i in range(content + 1, end - 1) if words[i].lower in ("and", "but"))
    return next((i for i in joints if words[i + 1].lower.endswith("ed") or words[i + 1].lower in lexicon().verbs), end)


def around(words: Sequence[Word], first: int, last: int) -> tuple[Span, ...]:
    """Return what is said before and behind the remark "X said", the words from `first` to `last`."""
    return stretch(words, start_of_clause(words, first), first) + stretch(words, last, end_of_clause(words, last))


def stretch(words: Sequence[Word], first: int, last: int) -> tuple[Span, ...]:
    """Return the words from `first` up to before `last` without the commas around them; nothing where none is left."""
    while first < last and words[first].lower in STOPS:
        first += 1
    while first < last and words[last - 1].lower in STOPS:
        last -= 1
    return (span_of(words, first, last),) if any(word.letters for word in words[first:last]) else ()


def span_of(words: Sequence[Word], first: int, last: int) -> Span:
    """Return the span of the words from `first` up to before `last`."""
    return Span(words[first].start, words[last - 1].end)
