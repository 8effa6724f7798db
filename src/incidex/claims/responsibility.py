"""Finds where somebody claims to have done it: "claimed responsibility", "claims to have stolen"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from incidex.claims.clause import Word, position_of
from incidex.claims.lexicon import listed
from incidex.claims.phrases import Phrase, phrase_after, phrase_before, speaks
from incidex.records import Span

_CLAIMING = re.compile(
    r"\b(?:claim(?:s|ed|ing)?|t(?:ake|akes|ook|aking|aken))(?:\s(?:full|sole|public|the)){0,2}\s{1,3}(?:responsibility|credit)\b|"
    r"\b(?:claims?|claimed|claiming|boasts?|boasted|bragged)(?:\s(?:on|in|via)\s(?:an?\s|its\s|the\s)?\w{2,20})?\s{1,3}(?:to\s{1,3}have|of\s{1,3}having|that\s(?:they|he|she|it)\s(?:had|have|has))\s{1,3}"
    r"(?:\w{2,12}ly\s)?"
    r"(?!(?:been|found|discovered|received|seen|fixed|patched|warned|learned|learnt|notified)\b)"
    r"(?=\w{2,}(?:ed|en|wn)\b|(?:got|made|done|sent|sold|hit|put|kept|held|cracked|hidden)\b)"
    r"|\bclaim(?:s|ed)?\s(?:that\s)?(?:they|he|she|it)\s(?:was|were|is|are|had\sbeen)\s(?:responsible\sfor|behind)\b"
    # "Pale Heron has claimed the attack on its site", but not "claimed the attack on it was staged".
    r"|\bclaim(?:s|ed)?\s(?:the|this|that)\s(?:\w{2,20}\s)?(?:attack|hack|breach|intrusion|theft|leak)s?\b(?=[.,;]|\s(?:on|in|via|through|against|at)\b)"
    r"(?![^.;,]{0,80}\b(?:was|were|is|are|had|has|have|did|never|would|could|came|took|happened)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Owned:
    """Words by which somebody claims to have done it."""

    speaker: Phrase
    cue: Span


def owned(words: Sequence[Word], text: str) -> Iterator[Owned]:
    """Yield where somebody in a sentence of `text` claims to have done it."""
    if listed("owning").isdisjoint(word.lower for word in words):
        return
    for match in _CLAIMING.finditer(text, words[0].start, words[-1].end):
        first = position_of(words, match.start())
        before = first
        while before > 0 and words[before - 1].lower in listed("helpers", "adverbs"):
            before -= 1
        speaker = _subject(words, before) if before else None
        negated = any(word.lower in ("not", "never") for word in words[before:first])
        if (
            speaker
            and speaks(words, speaker)
            and not negated
            and words[speaker.first].lower not in ("no", "nobody", "none")
        ):
            yield Owned(speaker, Span(*match.span()))


def _subject(words: Sequence[Word], verb: int) -> Phrase | None:
    """Return who claims: the phrase before the verb, or the sentence's before ", claiming" and "and claims"."""
    before = words[verb - 1].lower
    if before != "and" and (before != "," or words[verb].lower != "claiming"):
        return phrase_before(words, verb)
    subject = phrase_after(words, 0)
    # "The firm was listed by a gang, claiming to have ..." leaves open who claims.
    between = {word.lower for word in words[subject.last : verb]} if subject else set()
    return None if between & (listed("be") | {"by", "who", "which", "that"}) - {"is", "are"} else subject
