"""Finds where a sentence says who did it: "was behind", "attributed to", "blamed X for", "claimed responsibility"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from incidex.claims.clause import Word, position_of
from incidex.claims.lexicon import alternatives, listed
from incidex.claims.phrases import Phrase, is_name, named_behind, phrase_after, phrase_before, speaks
from incidex.records import Span
from incidex.tables import table

_CLAIMING = re.compile(
    r"\b(?:claim(?:s|ed|ing)?|t(?:ake|akes|ook|aking|aken))(?:\s(?:full|sole|public|the)){0,2}\s{1,3}(?:responsibility|credit)\b|"
    r"\b(?:claims?|claimed|boasts?|boasted|bragged)\s{1,3}(?:to\s{1,3}have|of\s{1,3}having|that\s(?:they|he|she|it)\s(?:had|have|has))\s{1,3}"
    r"(?=\w{3,})",
    re.IGNORECASE,
)


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


@dataclass(frozen=True, slots=True)
class Owned:
    """Words by which somebody claims to have done it."""

    speaker: Phrase
    cue: Span


def attributions(words: Sequence[Word], text: str) -> list[Attribution]:
    """Return where a sentence of `text` says who did it, each accused once."""
    if _cue_words().isdisjoint(word.lower for word in words):
        return []
    found: dict[Span, Attribution] = {}
    for match in _cues().finditer(text, words[0].start, words[-1].end):
        first, last = position_of(words, match.start()), position_of(words, match.end() - 1) + 1
        if first >= last:
            continue
        kind = match.lastgroup or ""
        for one in _READERS[kind](words, first, last):
            found.setdefault(one.accused, one)
    return list(found.values())


def owned(words: Sequence[Word], text: str) -> Iterator[Owned]:
    """Yield where somebody in a sentence of `text` claims to have done it."""
    if not any(word.lower.startswith(("claim", "credit", "responsib", "boast", "brag")) for word in words):
        return
    for match in _CLAIMING.finditer(text, words[0].start, words[-1].end):
        first = position_of(words, match.start())
        before = first
        while before > 0 and words[before - 1].lower in listed("helpers") | {
            "have",
            "later",
            "since",
            "publicly",
            "quickly",
        }:
            before -= 1
        speaker = phrase_before(words, before)
        negated = any(word.lower in ("not", "never") for word in words[before:first])
        if (
            speaker
            and speaks(words, speaker)
            and not negated
            and words[speaker.first].lower not in ("no", "nobody", "none")
        ):
            yield Owned(speaker, Span(*match.span()))


def is_specific(words: Sequence[Word], *, strict: bool = False) -> bool:
    """
    Whether a phrase says who: a name, a country, a kind of group; not "hackers" or "the attackers".

    With `strict`, a name alone is not enough: it has to be a country's, or stand beside a word for an actor.
    """
    words = words[: next((i for i, word in enumerate(words) if i and word.lower == "for"), len(words))]
    plain = [re.sub(r"['’]s?$", "", word.lower) for word in words if word.letters]
    if not plain or plain[-1] in table("incidex.claims", "attributions")["causes"] or plain[0] in ("who", "what"):
        return False
    places = any(part in listed("places") for word in plain for part in word.split("-"))
    if places or (any(word in listed("actors") - listed("nobody") for word in plain)):
        return True
    rest = [word for word in plain if word not in listed("nobody", "vague")]
    if not rest:
        return False
    named = any(is_name(word) for word in words)
    if strict:
        return (named and any(word in listed("actors", "nobody") for word in plain)) or any(
            _CODE.fullmatch(word.text) for word in words
        )
    return named or any(word in listed("actors", "nobody") for word in plain)


_CODE = re.compile(r"(?:APT|FIN|TA|UNC|DEV|TEMP)[- ]?\d{1,5}", re.IGNORECASE)


@cache
def _cues() -> re.Pattern[str]:
    phrases = table("incidex.claims", "attributions")
    # "linked to" is tried before "linked".
    named = (rf"(?P<{name}>\b(?:{alternatives(phrases[name])})\b)" for name in _READERS)
    return re.compile("|".join(named), re.IGNORECASE)


@cache
def _cue_words() -> frozenset[str]:
    """Return the longest word of each phrase: a sentence with none of them need not be searched."""
    phrases = table("incidex.claims", "attributions")
    return frozenset(max(phrase.split(), key=len) for name in _READERS for phrase in phrases[name])


def _before(words: Sequence[Word], first: int, last: int) -> Iterator[Attribution]:
    """ "APT 28 was behind the leak", "who was responsible" """
    index = first
    while (
        index > 0
        and words[index - 1].lower in listed("doing", "helpers")
        or (index > 0 and words[index - 1].lower.endswith("n't"))
    ):
        index -= 1
    if not any(
        word.lower in listed("doing") or word.lower.endswith(("'s", "'re")) for word in words[max(0, index - 1) : first]
    ):
        return
    cue = (
        Span(words[index].start, words[last - 1].end)
        if index < first
        else Span(words[first].start, words[last - 1].end)
    )
    if index > 0 and words[index - 1].lower in listed("who_did") | {"who's"}:
        yield Attribution(_of(words, index - 1, index), cue, None, True, False, True, "who is behind")
        return
    if words[index - 1].lower in ("they're", "it's", "he's", "she's", "they've"):
        yield Attribution(_of(words, index - 1, index), cue, None, False, False, False, "is behind")
        return
    who = phrase_before(words, index)
    if who:
        own = len(words[who.first : who.last]) == 1 and words[who.first].lower in ("it", "they", "he", "she")
        if own or is_specific(words[who.first : who.last]):
            yield Attribution(_of(words, who.first, who.last), cue, None, not own, False, False, "is behind")


def _after(
    words: Sequence[Word], first: int, last: int, *, strict: bool = False, by_report: bool = True
) -> Iterator[Attribution]:
    """ "attributed to X", "linked to X", "carried out by X" """
    who = phrase_after(words, last)
    who = named_behind(words, who) if who else None
    cue = Span(words[first].start, words[last - 1].end)
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
    yield Attribution(
        _of(words, who.first, who.last),
        cue,
        None,
        by_report,
        False,
        False,
        "by X" if not by_report else "attributed to X",
    )


def _describing(words: Sequence[Word], first: int, tied: Phrase, cue: Span) -> Iterator[Attribution]:
    """ "Hackers linked to Russia" did it; "a group tied to Russia" beside a name only says more of it."""
    who = phrase_before(words, first)
    if who is None or words[first - 1].lower not in listed("nobody", "actors"):
        if who is None or words[first - 1].lower not in ("it", "them"):
            yield Attribution(_of(words, tied.first, tied.last), cue, None, True, False, False, "linked to X")
        return
    if who.first == 0 or words[who.first - 1].lower not in (",", "–", "—"):
        yield Attribution(_of(words, who.first, tied.last), cue, None, False, False, False, "hackers linked to X")


def _linked(words: Sequence[Word], first: int, last: int, cue: Span) -> Iterator[Attribution]:
    """ "The collective has been linked to cyber attacks on ..." """
    index = first
    while index > 0 and words[index - 1].lower in listed("doing", "helpers") | {"previously"}:
        index -= 1
    if not any(word.lower in listed("doing") for word in words[index:first]) or not words[last : last + 8]:
        return
    attack = any(
        re.search(r"attack|hack|breach|leak|campaign|theft|intrusion", word.lower) for word in words[last : last + 8]
    )
    who = phrase_before(words, index)
    if attack and who and (is_specific(words[who.first : who.last], strict=False)):
        yield Attribution(_of(words, who.first, who.last), cue, None, True, False, False, "X was linked to")


def _weak(words: Sequence[Word], first: int, last: int) -> Iterator[Attribution]:
    return _after(words, first, last, strict=True)


def _agent(words: Sequence[Word], first: int, last: int) -> Iterator[Attribution]:
    return _after(words, first, last, by_report=False)


def _accusing(words: Sequence[Word], first: int, last: int) -> Iterator[Attribution]:
    """ "X blamed Y for", "X has been accused of", "suspected Russian hackers" """
    verb = words[first].lower
    suspected = verb.startswith("suspect")
    if first and words[first - 1].lower in ("the", "an", "all") and verb in ("accused", "blame", "suspect", "suspects"):
        return
    cue = Span(words[first].start, words[last - 1].end)
    if first and any(word.lower in listed("doing") for word in words[max(0, first - 3) : first]):
        yield from _accused(words, first, last, cue, suspected=suspected)
        return
    who = phrase_after(words, last)
    if who:  # "blamed China for the attack", "suspects Iran of the theft"
        parting = ("for",) if verb.startswith("blam") else ("of",)
        end = next((i for i in range(who.first + 1, who.last) if words[i].lower in parting), who.last)
        who = Phrase(who.first, end, end)
    if who is None or not is_specific(words[who.first : who.last]):
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
    yield Attribution(_of(words, who.first, who.last), cue, speaker, True, suspected, False, "X blames Y")


def _accused(words: Sequence[Word], first: int, last: int, cue: Span, *, suspected: bool) -> Iterator[Attribution]:
    """ "X has been accused of", "X is suspected of" """
    if last >= len(words) or words[last].lower not in ("of", "for"):
        return
    who = phrase_before(words, _past_helpers(words, first))
    if who and is_specific(words[who.first : who.last]):
        yield Attribution(_of(words, who.first, who.last), cue, None, True, suspected, False, "is accused of")


def _tying(words: Sequence[Word], first: int, last: int) -> Iterator[Attribution]:
    """ "X attributed the attack to Y" """
    to = next((i for i in range(last, min(len(words), last + 14)) if words[i].lower == "to"), None)
    if to is None or any(word.lower in (".", ";", ",", "that") for word in words[last:to]):
        return
    who = phrase_after(words, to + 1)
    who = named_behind(words, who) if who else None
    speaker = phrase_before(words, _past_helpers(words, first))
    if words[last].lower == "by":
        speaker = phrase_after(words, last + 1)
    strict = not words[first].lower.startswith("attribut")
    if who and speaker and speaks(words, speaker) and is_specific(words[who.first : who.last], strict=strict):
        yield Attribution(
            _of(words, who.first, who.last),
            Span(words[first].start, words[first].end),
            speaker,
            True,
            False,
            False,
            "X attributed to Y",
        )


def _past_helpers(words: Sequence[Word], first: int) -> int:
    while first > 0 and words[first - 1].lower in listed("doing", "helpers") | {
        "later",
        "then",
        "previously",
        "been",
    }:
        first -= 1
    return first


def _of(words: Sequence[Word], first: int, last: int) -> Span:
    return Span(words[first].start, words[last - 1].end)


_READERS = {
    "doer_before": _before,
    "doer_after": _after,
    "weak": _weak,
    "agent": _agent,
    "accusing": _accusing,
    "tying": _tying,
}
