"""Reads who did it from the words beside "was behind", "attributed to", "linked to" and "carried out by"."""

from collections.abc import Iterator, Sequence

from incidex.claims.accused import Attribution, is_specific, names_attack
from incidex.claims.clause import Word
from incidex.claims.contents import span_of
from incidex.claims.lexicon import listed
from incidex.claims.nouns import is_pronoun
from incidex.claims.phrases import Phrase, named_behind, phrase_after, phrase_before
from incidex.records import Span
from incidex.tables import table


def doer_before(words: Sequence[Word], first: int, last: int) -> Iterator[Attribution]:
    """ "APT 28 was behind the leak", "who was responsible" """
    index = first
    while index > 0 and (
        words[index - 1].lower in listed("doing", "helpers") or words[index - 1].lower.endswith("n't")
    ):
        index -= 1
    said = next((i for i in range(index, first) if words[i].lower == "said"), None)
    if said and words[said - 1].lower not in listed("doing"):
        return  # "Pale Heron, who Mr Kremm said was behind it"
    if not any(
        word.lower in listed("doing") or word.lower.endswith(("'s", "'re")) for word in words[max(0, index - 1) : first]
    ):
        return
    cue = span_of(words, index, last)
    if index > 0 and words[index - 1].lower in listed("who_did"):
        before = {word.lower for word in words[max(0, index - 4) : index - 1]}
        if before.isdisjoint(listed("asking")) and (before or words[index - 1].lower == "whoever"):
            return  # "Those who were responsible" asks nothing.
        yield Attribution(span_of(words, index - 1, index), cue, None, True, False, True, "who is behind")
        return
    if words[index - 1].lower in listed("short_pronouns"):
        yield Attribution(span_of(words, index - 1, index), cue, None, False, False, False, "is behind")
        return
    who = phrase_before(words, index)
    asked = next((i for i in (who.first - 1, who.first) if i >= 0 and words[i].lower == "which"), None) if who else None
    if who and asked is not None:  # "which group is behind it"
        yield Attribution(span_of(words, asked, who.last), cue, None, True, False, True, "who is behind")
        return
    if who:
        own = is_pronoun(words[who.first : who.last], with_verb=True)
        if own or is_specific(words[who.first : who.last]):
            yield Attribution(span_of(words, who.first, who.last), cue, None, not own, False, False, "is behind")


def doer_after(
    words: Sequence[Word], first: int, last: int, *, strict: bool = False, by_report: bool = True
) -> Iterator[Attribution]:
    """ "attributed to X", "linked to X", "carried out by X" """
    who = phrase_after(words, last)
    who = named_behind(words, who) if who else None
    cue = span_of(words, first, last)
    if who is None or not is_specific(words[who.first : who.last], strict=strict):
        if strict and who is not None:
            yield from _linked(words, first, last, cue)
        return
    index = first
    while index > 0 and (words[index - 1].lower in listed("doing", "helpers") or words[index - 1].lower.endswith("ly")):
        index -= 1
    if strict and index == first:
        yield from _describing(words, first, who, cue)
        return
    rule = "attributed to X" if by_report else "by X"
    if by_report and _is_description(words, first, index, strict=strict):
        rule = "X's, by description"
    suspected = any(word.lower in listed("believed") for word in words[index:first])
    yield Attribution(span_of(words, who.first, who.last), cue, None, by_report, suspected, False, rule)


def _is_description(words: Sequence[Word], first: int, start: int, *, strict: bool) -> bool:
    """Whether it is said whose somebody is: "attacks attributed to Pale Heron", "Pale Heron is linked to the army"."""
    if not strict:
        return start == first and words[first].lower == "attributed"
    subject = phrase_before(words, start)
    inside = words[subject.first : subject.last] if subject else ()
    return is_specific(inside) and not names_attack(inside)


def _describing(words: Sequence[Word], first: int, tied: Phrase, cue: Span) -> Iterator[Attribution]:
    """ "Hackers linked to Russia" did it; "a group tied to Russia" beside a name only says more of it."""
    who = phrase_before(words, first)
    if who is None or words[first - 1].lower not in listed("nobody", "actors"):
        if who is None or words[first - 1].lower not in ("it", "them"):
            yield Attribution(span_of(words, tied.first, tied.last), cue, None, True, False, False, "linked to X")
        return
    software = words[first - 1].lower in table("incidex.claims", "attributions")["causes"]
    if not software and (who.first == 0 or words[who.first - 1].lower not in (",", "–", "—")):
        yield Attribution(span_of(words, who.first, tied.last), cue, None, False, False, False, "hackers linked to X")


def _linked(words: Sequence[Word], first: int, last: int, cue: Span) -> Iterator[Attribution]:
    """ "The collective has been linked to cyber attacks on ..." """
    index = first
    while index > 0 and words[index - 1].lower in listed("doing", "helpers"):
        index -= 1
    passive = any(word.lower in listed("doing") for word in words[index:first])
    who = phrase_before(words, index)
    if passive and names_attack(words[last : last + 8]) and who and is_specific(words[who.first : who.last]):
        yield Attribution(span_of(words, who.first, who.last), cue, None, True, False, False, "X was linked to")


def weak(words: Sequence[Word], first: int, last: int) -> Iterator[Attribution]:
    """Yield "linked to X", where X has to be an actor or a place."""
    return doer_after(words, first, last, strict=True)


def agent(words: Sequence[Word], first: int, last: int) -> Iterator[Attribution]:
    """Yield "carried out by X", which says something only where somebody says so."""
    # Software attacks and targets, too: there X has to be an actor or a place.
    strict = words[first].lower in table("incidex.claims", "attributions")["of_software"]
    who = phrase_after(words, last)
    if not strict or (who and is_specific(words[who.first : who.last], strict=True)):
        yield from doer_after(words, first, last, by_report=False)
