"""Applies edits of sentences."""

from dataclasses import replace

from incidex.labels import scheme
from incidex.records import Analysis, Sentence, Span
from incidex.store.decisions.edits import Change, Target, Verdict
from incidex.store.decisions.places import overlap


def edit_sentence(analysis: Analysis, target: Target, change: Change, number: int | None) -> Analysis:
    """Return `analysis` with other labels of the sentence that has most of the target's span."""
    sentence = sentence_at(analysis, target.span) if target.span else None
    if sentence is None:
        return analysis
    new = replace(sentence, labels=_labels(sentence, target.detail, change), decision=number)
    return replace(analysis, sentences=tuple(new if each is sentence else each for each in analysis.sentences))


def sentence_at(analysis: Analysis, span: Span) -> Sentence | None:
    """Return the sentence with most of `span`; None if none has any of it."""
    best = max(analysis.sentences, key=lambda sentence: overlap(sentence.span, span), default=None)
    return best if best is not None and overlap(best.span, span) else None


def _labels(sentence: Sentence, label: str, change: Change) -> tuple[str, ...]:
    """Return the labels; `label` is the one that the verdict is about, empty for all of them."""
    if change.labels is not None:
        return scheme().ordered(change.labels)
    rejected = change.verdict is Verdict.REJECTED
    if not label:
        return () if rejected else sentence.labels
    kept = {each for each in sentence.labels if each != label}
    return scheme().ordered(kept if rejected else kept | {label})
