"""Finds hedges, negation, questions and conditions in what is said; `hedges.yaml` beside this file has the words."""

import re
from collections.abc import Iterable
from functools import cache

from incidex.claims.lexicon import alternatives, hedges
from incidex.records import Hedge, Span
from incidex.tables import table

# A clause that goes on for longer than this before its verb is read from here on.
_FAR = 160
_ASSERTED = re.compile(
    r"\b(?:is|are|was|were|be|been|remain(?:s|ed)?)\s(?:(?:as|still|yet|currently|largely|so far)\s){0,2}$"
)
# A clause that is known only as a question: "unclear who stole it".
_ASKED = re.compile(r"\b(?:clear|unclear|know|known|unknown)\s(?:who|which|when)\s$", re.IGNORECASE)
_HELPERS = r"was|were|is|are|been|be|has|have|had|did"
_VERBAL = re.compile(rf"(?:{_HELPERS}|being|to)\b|\w+ed\b", re.IGNORECASE)


def start_of_clause(text: str, start: int, position: int) -> int:
    """Return where the clause of `position` begins, no earlier than `start` and not far away."""
    begin = max(start, position - _FAR)
    for match in _clauses().finditer(text, begin, position):
        begin = match.end()
    return min(begin, position)


def hedges_of(text: str, places: Iterable[Span]) -> tuple[Hedge, ...]:
    """Return the hedge words in `places`, in the order of the text."""
    pattern, sure = hedges()
    found = {}
    for place in places:
        for match in pattern.finditer(text, place.start, place.end):
            meant = sure[" ".join(match[0].lower().split())]
            near = max(place.start, match.start() - 40)
            if match[0] == "May" or (match[0] == "unknown" and not _ASSERTED.search(text, near, match.start())):
                continue  # "In May" names a month, and "an unknown group" says nothing of how sure somebody is.
            found[match.start()] = Hedge(Span(*match.span()), meant.kind, meant.band)
    return tuple(hedge for _, hedge in sorted(found.items()))


def is_denied(text: str, start: int, target: Span) -> bool:
    """Whether the clause of `target`, which begins no earlier than `start`, says that it did not happen."""
    words = target.of(text)
    before = _pattern("harmless").sub("", _before(text, start, target))
    if _silence().search(before) or _pattern("purposes").search(before):
        return False
    condition = max((match.end() for match in _pattern("conditions").finditer(before)), default=0)
    negations = [match.end() for match in _pattern("negations").finditer(before, condition)]
    # In "nothing was taken in the recent breach" the breach is known.
    if negations and (_VERBAL.match(words) or not _known().search(before, negations[-1])):
        return True
    return _pattern("inner").search(_pattern("harmless").sub("", words)) is not None


def is_open(text: str, start: int, target: Span) -> bool:
    """Whether the clause of `target` says that it is not known whether, or who."""
    begin = _start_of_question(text, start, target.start)
    match = _pattern("questions").search(text, begin, target.start)
    # "All devices, whether patched or not" leaves nothing open.
    return match is not None and not (match[0].lower() == "whether" and text[max(0, begin - 2) : begin].strip() == ",")


def is_conditional(text: str, start: int, target: Span) -> bool:
    """Whether the clause of `target` only says what if."""
    return _pattern("conditions").search(_before(text, start, target)) is not None


def doubt_before(text: str, start: int, target: Span) -> Span | None:
    """Return the word by which a report says that it only heard of `target`: "reportedly"."""
    begin = start_of_clause(text, start, target.start)
    for hedge in hedges_of(text, [Span(begin, target.end)]):
        # "The alleged breach" is doubtful, "an alleged cache that was used to extort" says nothing of the extortion.
        adjective = hedge.span.of(text).lower() in table("incidex.claims", "hedges")["adjectives"]
        if hedge.kind == "hearsay" and not (adjective and len(text[hedge.span.end : target.start].split()) > 1):
            return hedge.span
    return None


def question_before(text: str, start: int, target: Span) -> Span | None:
    """Return the words by which a report says that it is not known whether `target` happened."""
    match = _pattern("unknown").search(text, _start_of_question(text, start, target.start), target.start)
    return Span(*match.span()) if match else None


def _start_of_question(text: str, start: int, position: int) -> int:
    """Return where the clause of `position` begins, with the one that asks: "it is unclear who"."""
    begin = start_of_clause(text, start, position)
    asked = _ASKED.search(text, max(start, begin - 20), begin)
    return start_of_clause(text, start, asked.start()) if asked else begin


def _before(text: str, start: int, target: Span) -> str:
    """Return the words of the clause of `target` before it."""
    return text[start_of_clause(text, start, target.start) : target.start]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of the phrases that the table lists under `name`."""
    phrases = table("incidex.claims", "hedges")[name]
    # "n't" is the end of a word.
    short = "|n['’]t\\b" if "n't" in phrases else ""
    whole = alternatives(phrase for phrase in phrases if phrase != "n't")
    return re.compile(rf"\b(?:{whole})\b{short}", re.IGNORECASE)


@cache
def _known() -> re.Pattern[str]:
    """Return a pattern for "in the", a few words that are no verbs, and the end."""
    known = alternatives(table("incidex.claims", "hedges")["known"])
    return re.compile(rf"\b(?:{known})(?:\s(?!(?:{_HELPERS})\b)[\w'’-]{{1,30}}){{0,3}}\s?$", re.IGNORECASE)


@cache
def _silence() -> re.Pattern[str]:
    """Return a pattern for "not going to comment on": a negation with a verb of saying soon behind it."""
    words = table("incidex.claims", "hedges")
    negations = alternatives(phrase for phrase in words["negations"] if phrase != "n't")
    return re.compile(
        rf"(?:\b(?:{negations}|declin\w{{1,4}})|n['’]t)\b.{{0,20}}\b(?:{alternatives(words['silence'])})\b",
        re.IGNORECASE,
    )


@cache
def _clauses() -> re.Pattern[str]:
    """Return a pattern for where a clause ends: "no names were taken, but the list was" denies only the first."""
    return re.compile(
        rf"[,;:.–—]\s|(?<!in )\b(?:{alternatives(table('incidex.claims', 'hedges')['clauses'])})\s", re.IGNORECASE
    )
