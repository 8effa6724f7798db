"""Finds hedges, negation, questions and conditions in what is said."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from incidex.claims.clauses import CONTRACTED_NOT, start_of_clause
from incidex.english.lexicon import Form, subclasses, words
from incidex.english.patterns import alternatives
from incidex.records import Hedge, Span

# In characters, after a trigger.
_FARTHEST_REFUTATION = 60
# In characters, before a trigger.
_FARTHEST_INFERENCE = 120
# "Theories" and "believing" hedge nothing.
_HEDGE_FORMS: tuple[Form, ...] = ("base", "s", "past", "participle", "singular", "only")
_PURPOSE_FORMS: tuple[Form, ...] = ("base", "s", "ing", "only")


def hedges_of(text: str, places: Iterable[Span]) -> tuple[Hedge, ...]:
    """Return the hedges in `places`, in the order of the text."""
    kinds = _hedge_kinds()
    found = {}
    for place in places:
        harmless = [match.span() for match in _harmless().finditer(text, place.start, place.end)]
        for match in _hedge_pattern().finditer(text, place.start, place.end):
            if any(start <= match.start() < end for start, end in harmless):
                continue  # "There is no doubt that"
            near = max(place.start, match.start() - 40)
            if match[0] == "May" or (match[0] == "unknown" and not _copula().search(text, near, match.start())):
                continue  # "In May" names a month, and "an unknown group" says nothing of how sure somebody is.
            kind, band = kinds[" ".join(match[0].lower().split())]
            found[match.start()] = Hedge(Span(*match.span()), kind, band)
    return tuple(hedge for _, hedge in sorted(found.items()))


def is_denied(text: str, start: int, target: Span) -> bool:
    """Whether the clause of `target`, which begins no earlier than `start`, says that it did not happen."""
    trigger = target.of(text)
    before = _harmless().sub("", _before(text, start, target))
    if _silence().search(before) or _purposes().search(before):
        return False
    condition = max((match.end() for match in _conditions().finditer(before)), default=0)
    negations = [match.end() for match in _negations().finditer(before, condition)]
    # In "nothing was taken in the recent breach" the breach is known.
    if negations and (_verbal().match(trigger) or not _known_event().search(before, negations[-1])):
        return True
    if _negated_trigger().search(_harmless().sub("", trigger)):
        return True
    after = text[target.end : target.end + _FARTHEST_REFUTATION]
    return _negated_object().match(_harmless().sub("", after)) is not None or _is_refuted(before, after)


def _is_refuted(before: str, after: str) -> bool:
    """Whether what is reported is said to be false: "claims that Acme was breached are untrue"."""
    return _reported().search(before) is not None and _refuting().match(after) is not None


def is_open(text: str, start: int, target: Span) -> bool:
    """Whether the clause of `target` says that it is not known whether, or who."""
    begin = _start_of_question(text, start, target.start)
    match = _questions().search(text, begin, target.start)
    # "All devices, whether patched or not" leaves nothing open.
    return match is not None and not (match[0].lower() == "whether" and text[max(0, begin - 2) : begin].strip() == ",")


def is_inferred(text: str, start: int, target: Span) -> bool:
    """Whether the clause of `target` infers it from evidence: "evidence points to credentials that were stolen"."""
    return _inferences().search(text, max(start, target.start - _FARTHEST_INFERENCE), target.start) is not None


def is_conditional(text: str, start: int, target: Span) -> bool:
    """Whether the clause of `target` is a condition."""
    return _conditions().search(_before(text, start, target)) is not None


def doubt_before(text: str, start: int, target: Span) -> Span | None:
    """Return the word by which a report says that it has `target` from hearsay: "reportedly"."""
    begin = start_of_clause(text, start, target.start)
    for hedge in hedges_of(text, [Span(begin, target.end)]):
        # "The alleged breach" is doubtful, "an alleged cache that was used to extort" says nothing of the extortion.
        adjective = hedge.span.of(text).lower() in words("hearsay_adjective")
        if hedge.kind == "hearsay" and not (adjective and len(text[hedge.span.end : target.start].split()) > 1):
            return hedge.span
    return None


def question_before(text: str, start: int, target: Span) -> Span | None:
    """Return the words by which a report says that it is not known whether `target` happened."""
    match = _unknowns().search(text, _start_of_question(text, start, target.start), target.start)
    if match is None or _known_to_happen().match(text, match.end()):
        return None
    return Span(*match.span())


def _start_of_question(text: str, start: int, position: int) -> int:
    """Return where the clause of `position` begins, with the one that asks: "it is unclear who"."""
    begin = start_of_clause(text, start, position)
    asked = _asked().search(text, max(start, begin - 20), begin)
    return start_of_clause(text, start, asked.start()) if asked else begin


def _before(text: str, start: int, target: Span) -> str:
    """Return the words of the clause of `target` before it."""
    return text[start_of_clause(text, start, target.start) : target.start]


@cache
def _hedge_kinds() -> Mapping[str, tuple[str, str | None]]:
    """Return what each hedge says, by lower case: its kind and its band."""
    kinds: dict[str, tuple[str, str | None]] = {}
    for hedge, name in subclasses("hedge", forms=_HEDGE_FORMS).items():
        kind, _, band = name.replace("_", " ").partition(".")
        kinds[hedge] = (kind, band or None)
    return kinds


@cache
def _hedge_pattern() -> re.Pattern[str]:
    return _any_of(frozenset(_hedge_kinds()))


@cache
def _harmless() -> re.Pattern[str]:
    return _any_of(words("negation_without_denial"))


@cache
def _purposes() -> re.Pattern[str]:
    return _any_of(words("purpose", forms=_PURPOSE_FORMS))


@cache
def _conditions() -> re.Pattern[str]:
    return _any_of(words("condition"))


@cache
def _negations() -> re.Pattern[str]:
    return _any_of(words("negation.event"))


@cache
def _negated_trigger() -> re.Pattern[str]:
    """Return a pattern for a negation inside a trigger: "was not taken", "paid nothing"."""
    return _any_of(words("negation.trigger"))


@cache
def _negated_object() -> re.Pattern[str]:
    """Return a pattern for a negation right after a verb: "stole no passwords"."""
    return re.compile(rf"\s(?:{alternatives(words('negation.object'))})\b", re.IGNORECASE)


@cache
def _reported() -> re.Pattern[str]:
    """Return a pattern for a noun for what is reported, before the report: "claims that", "reports of a"."""
    return re.compile(rf"\b(?:{alternatives(words('reported_thing'))})\s(?:that|of|about)\b", re.IGNORECASE)


@cache
def _refuting() -> re.Pattern[str]:
    """Return a pattern for "are untrue", behind an event and a few words."""
    verbs, adjectives = words("auxiliary.be"), words("refuting")
    between = r"(?:\s[\w'’-]{1,20}){0,4}"
    return re.compile(
        rf"{between}\s(?:{alternatives(verbs)})\s(?:\w{{2,12}}ly\s)?(?:{alternatives(adjectives)})\b", re.IGNORECASE
    )


@cache
def _inferences() -> re.Pattern[str]:
    """Return a pattern for "evidence points to", "the signs suggest"."""
    nouns, verbs = alternatives(words("evidence")), alternatives(words("inferring", forms=_HEDGE_FORMS))
    return re.compile(rf"(?<!no\s)\b(?:{nouns})\s(?:\w{{2,12}}ly\s)?(?:{verbs})\b", re.IGNORECASE)


@cache
def _questions() -> re.Pattern[str]:
    return _any_of(words("question.open"))


@cache
def _unknowns() -> re.Pattern[str]:
    """Return a pattern for the words by which a report itself leaves open what happened."""
    return _any_of(words("question.unknown"))


@cache
def _known_to_happen() -> re.Pattern[str]:
    """Return a pattern for a question that takes for granted what it is about: "it is not known how much was paid"."""
    asked = alternatives(words("question.detail"))
    return re.compile(rf",?\s(?:{asked})\b", re.IGNORECASE)


def _any_of(phrases: frozenset[str]) -> re.Pattern[str]:
    # "n't" is the end of a word.
    contracted = r"|n['’]t\b" if CONTRACTED_NOT in phrases else ""
    return re.compile(rf"\b(?:{alternatives(phrases - {CONTRACTED_NOT})})\b{contracted}", re.IGNORECASE)


@cache
def _auxiliaries() -> str:
    return alternatives(words("auxiliary.be", "auxiliary.have", "auxiliary.do"))


@cache
def _verbal() -> re.Pattern[str]:
    """Return a pattern for a trigger that is a verb rather than a noun."""
    return re.compile(rf"(?:{_auxiliaries()}|to)\b|\w+ed\b", re.IGNORECASE)


@cache
def _copula() -> re.Pattern[str]:
    """Return a pattern for "is still", before what is said of a subject."""
    copula, adverbs = words("auxiliary.be") | words("copula", forms=("base", "s", "past")), words("beside_copula")
    return re.compile(rf"\b(?:{alternatives(copula)})\s(?:(?:{alternatives(adverbs)})\s){{0,2}}$")


@cache
def _asked() -> re.Pattern[str]:
    """Return a pattern for the beginning of a clause that is known only as a question: "unclear who stole it"."""
    known, asked = alternatives(words("certainty")), alternatives(words("asked_pronoun"))
    return re.compile(rf"\b(?:{known})\s(?:{asked})\s$", re.IGNORECASE)


@cache
def _known_event() -> re.Pattern[str]:
    """Return a pattern for "in the", a few words that are no verbs, and the end."""
    known = alternatives(words("known_event"))
    return re.compile(rf"\b(?:{known})(?:\s(?!(?:{_auxiliaries()})\b)[\w'’-]{{1,30}}){{0,3}}\s?$", re.IGNORECASE)


@cache
def _silence() -> re.Pattern[str]:
    """
    Return a pattern for "not going to comment on": a negation with a verb of saying soon after it.

    Whoever is not going to say so does not deny it.
    """
    negations = alternatives((words("negation.event") - {CONTRACTED_NOT}) | words("declining"))
    saying = alternatives(words("silence", forms=("base", "ing")))
    return re.compile(rf"(?:\b(?:{negations})|n['’]t)\b.{{0,20}}\b(?:{saying})\b", re.IGNORECASE)
