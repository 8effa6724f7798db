"""Reads who accuses whom from the words beside "blamed", "accused of", "suspects" and "attributed it to"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from incidex.claims.accused import Attribution, is_specific, names_attack
from incidex.claims.clause import Word
from incidex.claims.contents import span_of
from incidex.claims.lexicon import listed
from incidex.claims.phrases import Phrase, named_behind, phrase_after, phrase_before, speaks
from incidex.records import Span
from incidex.tables import table

# In words: what is blamed on somebody stands no further behind the verb.
_FAR = 14
_CHARGES = frozenset({"with", "over", "for"})
# Verbs that say other things, too, without these: "suspects the bot may", "charges a fee".
_ONLY_WITH = {"suspects": frozenset({"of"})} | dict.fromkeys(("charge", "charges", "charged", "charging"), _CHARGES)


def accusing(words: Sequence[Word], first: int, last: int) -> Iterator[Attribution]:
    """ "X blamed Y for", "X has been accused of", "suspected Russian hackers" """
    verb = words[first].lower
    suspected = verb.startswith("suspect")
    if first and words[first - 1].lower in ("the", "an", "all") and verb in ("accused", "blame", "suspect", "suspects"):
        return
    cue = span_of(words, first, last)
    if first and any(word.lower in listed("doing") for word in words[max(0, first - 3) : first]):
        yield from _accused(words, first, last, cue, suspected=suspected)
        return
    if verb.startswith("blam") and (blamed := _blamed_on(words, first, last)):
        yield blamed
        return
    who = phrase_after(words, last)
    if who:  # "blamed China for the attack", "suspects Iran of the theft", "charged two Russians with the theft"
        parting = ("for", "with", "over") if verb.startswith(("blam", "charg", "indict")) else ("of",)
        end = next((i for i in range(who.first + 1, who.last) if words[i].lower in parting), who.last)
        who = Phrase(who.first, end, end)
    if who is None or not (is_specific(words[who.first : who.last]) or _are_people(words[who.first : who.last])):
        return
    behind = [word.lower for word in words[who.last : who.last + 2]]
    if verb in _ONLY_WITH and _ONLY_WITH[verb].isdisjoint(behind):
        return
    reproach = table("incidex.claims", "attributions")["reproaches"]
    if any(one.lower == "for" and two.lower in reproach for one, two in pairwise(words[last : last + 12])):
        return
    relative = first > 1 and words[first - 1].lower == "that"
    speaker = (
        phrase_after(words, 0) if verb.endswith("ing") else phrase_before(words, _past_helpers(words, first) - relative)
    )
    if speaker and not speaks(words, speaker):
        speaker = None
    if suspected and speaker is None and verb != "suspected":
        return
    rule = "suspected X" if suspected and speaker is None else "X blames Y"
    yield Attribution(span_of(words, who.first, who.last), cue, speaker, True, suspected, False, rule)


def _accused(words: Sequence[Word], first: int, last: int, cue: Span, *, suspected: bool) -> Iterator[Attribution]:
    """ "X has been accused of", "X is suspected of" """
    if last >= len(words) or words[last].lower not in ("of", "for", "with", "over"):
        return
    who = phrase_before(words, _past_helpers(words, first))
    if who and (is_specific(words[who.first : who.last]) or _are_people(words[who.first : who.last])):
        yield Attribution(span_of(words, who.first, who.last), cue, None, True, suspected, False, "is accused of")


def tying(words: Sequence[Word], first: int, last: int) -> Iterator[Attribution]:
    """ "X attributed the attack to Y", "X pinned the attack on Y" """
    if words[first].lower.startswith("pin") and (found := _blamed_on(words, first, last)):
        yield found
        return
    to = next((i for i in range(last, min(len(words), last + _FAR)) if words[i].lower == "to"), None)
    if to is None or any(word.lower in (".", ";", ",", "that") for word in words[last:to]):
        return
    who = phrase_after(words, to + 1)
    who = named_behind(words, who) if who else None
    before = _past_helpers(words, first)
    if words[last].lower != "by" and any(word.lower in listed("doing") for word in words[before:first]):
        return  # "The campaign was tied back to Pale Heron": nobody says so.
    speaker = phrase_before(words, before)
    blamed = phrase_after(words, last)
    attacked = who is not None and names_attack(words[who.first : who.last])
    if blamed and blamed.last == to and is_specific(words[last:to], strict=True) and attacked:
        who = blamed  # "X has linked North Korea to the attack"
    if words[last].lower == "by":
        speaker = phrase_after(words, last + 1)
    strict = not words[first].lower.startswith("attribut")
    if who and speaker and speaks(words, speaker) and is_specific(words[who.first : who.last], strict=strict):
        yield Attribution(
            span_of(words, who.first, who.last),
            span_of(words, first, first + 1),
            speaker,
            True,
            False,
            False,
            "X attributed to Y",
        )


def _blamed_on(words: Sequence[Word], first: int, last: int) -> Attribution | None:
    """ "X blamed the attack on Y", "the attack on Z on Y" """
    far = min(len(words), last + _FAR)
    end = next((i for i in range(last, far) if words[i].lower in (".", ";", ",", "for", "that")), far)
    speaker = phrase_before(words, _past_helpers(words, first))
    if speaker is None or not speaks(words, speaker):
        return None
    for on in (i for i in range(end - 1, last, -1) if words[i].lower == "on"):
        who = phrase_after(words, on + 1)
        who = named_behind(words, who) if who else None
        if who and names_attack(words[last:on]) and is_specific(words[who.first : who.last]):
            accused, cue = span_of(words, who.first, who.last), span_of(words, first, last)
            return Attribution(accused, cue, speaker, True, False, False, "X blames Y")
    return None


def _are_people(words: Sequence[Word]) -> bool:
    """Whether a phrase means people who are known, though it does not name them: "the two men", "a teenager"."""
    return words[0].lower in listed("determiners") and words[-1].lower in listed("accusable")


def _past_helpers(words: Sequence[Word], first: int) -> int:
    while first > 0 and words[first - 1].lower in listed("doing", "helpers", "adverbs"):
        first -= 1
    return first
