"""Picks the sentences of a document that are worth reading: those near a place where a claim can be made."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from incidex.claims.attributions import cue_words
from incidex.claims.reporting_verbs import reporting_verbs
from incidex.english.lexicon import words
from incidex.records import ClaimKind, Sentence, Span

# In sentences: who speaks is named no further before, and a quotation ends no further after.
_BEFORE, _AFTER = 200, 20
_LETTERS = re.compile(r"[^\W\d_]+")


def candidate_sentences(
    text: str, sentences: Sequence[Sentence], triggers: Sequence[Span]
) -> Iterator[tuple[int, Span]]:
    """
    Yield the sentences near a trigger, or near words that accuse, claim responsibility, deny or confirm, numbered.

    In an article these are nearly all; in a long text about other things they are few.

    Args:
        text: The text.
        sentences: The sentences of the article, in order.
        triggers: The triggers, in order.
    """
    done = 0
    for index, sentence in enumerate(sentences):
        if _holds_any(sentence.span, triggers) or _can_claim(text, sentence.span):
            for number in range(max(done, index - _BEFORE), min(len(sentences), index + _AFTER + 1)):
                yield number, sentences[number].span
                done = number + 1


def _holds_any(span: Span, triggers: Sequence[Span]) -> bool:
    index = bisect_left(triggers, span.start, key=lambda trigger: trigger.start)
    return index < len(triggers) and triggers[index].start < span.end


def _can_claim(text: str, span: Span) -> bool:
    return not _claiming().isdisjoint(_LETTERS.findall(text[span.start : span.end].lower()))


@cache
def _claiming() -> frozenset[str]:
    kinds = (ClaimKind.DENIES, ClaimKind.CONFIRMS)
    verbs = frozenset(word for word, verb in reporting_verbs().items() if verb.kind in kinds)
    return verbs | words("responsibility_word") | cue_words()
