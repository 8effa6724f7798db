"""READ FIRST: what happens to a document, on one page."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from incidex.encoder.output import Decoding, WindowOutput
from incidex.encoder.session import open_encoder
from incidex.events import EventFinder
from incidex.ingest.plain import from_text
from incidex.labels import scheme
from incidex.records import Analysis, BlockKind, Document, EventMention, Sentence
from incidex.text.sentences import document_sentences


class SentenceScorer(Protocol):
    """What `analyse` needs of an encoder; `incidex.encoder.session.Encoder` is one."""

    name: str
    thresholds: tuple[float, ...]
    decoding: Decoding

    def scores(
        self, texts: Sequence[str], *, each: Callable[[WindowOutput], None] | None = None
    ) -> NDArray[np.float32]:
        """
        Return calibrated probabilities of shape (sentences, event types) for consecutive sentences of one article, and
        call `each` with what is known about the tokens of each window.
        """


def analyse(
    document: Document | str,
    *,
    sentences: Sequence[Sentence] | None = None,
    events: bool = True,
    triggers: Sequence[EventMention] | None = None,
    encoder: SentenceScorer | None = None,
) -> Analysis:
    """
    Find the sentences of a document, what each reports, the events, indicators, names, times, quantities and
    claims.

    Args:
        document: As `incidex.read` returns it, or the text of an article.
        sentences: Use these instead of splitting the document's blocks.
        events: Whether more than labels is wanted; labels alone take a little less time.
        triggers: Use the triggers of these mentions instead of finding them.
        encoder: Use this model instead of the shipped one.

    Raises:
        UnreadableSource: `document` is text without a word.
        BundleError: The shipped model is damaged.
        InputError: The user's own copy of the names of actors and malware cannot be used.
    """
    if isinstance(document, str):
        document = from_text(document)
    if sentences is None:
        sentences = document_sentences(document)
    encoder = encoder or open_encoder()
    finder = EventFinder(encoder.decoding, triggers=triggers) if events else None
    labelled = _labelled(document, sentences, encoder, finder)
    if finder is None:
        return Analysis(document=document, sentences=labelled, model=encoder.name)
    from incidex.findings import findings  # here, since it takes a quarter of a second to load

    found = finder.events()
    rest = findings(document, labelled, found)
    return Analysis(sentences=labelled, model=encoder.name, events=found, **rest)


def label(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each sentence of an article's text with its labels; no label means that it reports no event."""
    analysis = analyse(text, events=False)
    return tuple(
        (sentence.span.of(text), sentence.labels) for sentence in analysis.sentences if sentence.kind.in_article
    )


def _labelled(
    document: Document, sentences: Sequence[Sentence], encoder: SentenceScorer, finder: EventFinder | None
) -> tuple[Sentence, ...]:
    """
    Return `sentences` with labels and scores, in the same order, and let `finder` see the article.

    The article is read as one, headline first; what stands around it (captions, notices) is read apart, so that it is
    no context of the article, and no events are sought there.
    """
    inside = [index for index, sentence in enumerate(sentences) if sentence.kind.in_article]
    outside = [index for index, sentence in enumerate(sentences) if not sentence.kind.in_article]
    scores = np.zeros((len(sentences), len(scheme().names)), np.float32)
    texts = [sentence.span.of(document.text) for sentence in sentences]
    # CASIE's files keep the headline beside the text: it is context there, but no sentence of the document.
    headline = [document.title] if document.title and not _has_title(sentences) else []
    each = finder.of_article([None] * len(headline) + [sentences[index].span for index in inside]) if finder else None
    scores[inside] = encoder.scores(headline + [texts[index] for index in inside], each=each)[len(headline) :]
    scores[outside] = encoder.scores([texts[index] for index in outside])
    return tuple(
        replace(sentence, labels=_labels(row, encoder.thresholds), scores=tuple(float(score) for score in row))
        for sentence, row in zip(sentences, scores, strict=True)
    )


def _has_title(sentences: Sequence[Sentence]) -> bool:
    return any(sentence.kind is BlockKind.TITLE for sentence in sentences)


def _labels(scores: NDArray[np.float32], thresholds: Sequence[float]) -> tuple[str, ...]:
    pairs = zip(scheme().names, scores, thresholds, strict=True)
    return tuple(name for name, score, threshold in pairs if score >= threshold)
