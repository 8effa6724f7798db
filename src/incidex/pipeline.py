"""READ FIRST: the analysis of a document, on one page."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from incidex.encoder.output import Decoding, WindowOutput
from incidex.encoder.session import open_encoder
from incidex.errors import InputError
from incidex.events import EventFinder
from incidex.ingest.plain import from_text
from incidex.labels import scheme
from incidex.link.indicators.finder import is_all_indicators
from incidex.records import Analysis, BlockKind, Document, EventMention, Sentence
from incidex.text.readable import readable_text
from incidex.text.sentences import document_sentences

# A path or URL in place of a text: one word with an ending, and letters before it.
_PLACE = re.compile(r"(?=[^.]*[A-Za-z])\S{1,4000}\.[A-Za-z]{2,8}|https?://\S+")
# A book of 500 pages has some 10,000.
_MOST_SENTENCES = 100_000
# Tokens that the network reads in a second on two cores, at least: how much a limit in seconds lets it read. What is
# labelled then depends on the text and the limit alone, not on how fast a machine is and what else it does.
TOKENS_A_SECOND = 6_000
# A minute. A megabyte of English has 250,000; of nothing but names and numbers it has 400,000.
MOST_TOKENS = 60 * TOKENS_A_SECOND


class SentenceScorer(Protocol):
    """What `analyse` needs from an encoder; `incidex.encoder.session.Encoder` is one."""

    name: str
    thresholds: tuple[float, ...]
    decoding: Decoding

    def scores(
        self, texts: Sequence[str], *, each: Callable[[WindowOutput], None] | None = None
    ) -> NDArray[np.float32]:
        """
        Return calibrated probabilities of shape (sentences, event types) for consecutive sentences of one article, and
        call `each` with the token outputs of each window.
        """

    def count_within(self, texts: Sequence[str], most: int) -> int:
        """Return how many of `texts`, from the first one on, have at most so many tokens together."""


def analyse(
    document: Document | str,
    *,
    sentences: Sequence[Sentence] | None = None,
    events: bool = True,
    triggers: Sequence[EventMention] | None = None,
    encoder: SentenceScorer | None = None,
    most_tokens: int = MOST_TOKENS,
) -> Analysis:
    """
    Find the sentences of a document with their labels, and its events, indicators, names, times, quantities and claims.

    Args:
        document: As `incidex.read` returns it, or the text of an article.
        sentences: Use these instead of splitting the document's blocks.
        events: Whether to find more than labels, which takes a little longer.
        triggers: Use the triggers of these mentions instead of predicting them.
        encoder: Use this model instead of the shipped one.
        most_tokens: Label sentences up to so many tokens, with a warning on the document if it has more. All sentences
            in `sentences` are labelled.

    Raises:
        TypeError: `document` is neither.
        InputError: `document` is the name of a file, which has to be read first.
        UnreadableSource: `document` is a blank text.
        BundleError: The shipped model is damaged.
        InputError: The user's own list of actors and malware cannot be read.
    """
    document = _document(document)
    encoder = encoder or open_encoder()
    if sentences is None:
        found = document_sentences(document, most=_MOST_SENTENCES + 1)
        sentences = _first(found[:_MOST_SENTENCES], document.text, encoder, most_tokens)
        if len(sentences) < len(found):
            document = _warned(document, sentences)
    finder = EventFinder(encoder.decoding, triggers=triggers) if events else None
    labelled = _labelled(document, sentences, encoder, finder)
    if finder is None:
        return Analysis(document=document, sentences=labelled, model=encoder.name)
    from incidex.findings import findings  # takes a quarter of a second to load

    rest = findings(document, labelled, finder.events(document))
    return Analysis(sentences=labelled, model=encoder.name, **rest)


def label(document: Document | str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """
    Return each sentence of an article with its labels; a sentence without labels reports no event.

    Takes and raises what `analyse` does.
    """
    analysis = analyse(document, events=False)
    text = analysis.document.text
    return tuple(
        (sentence.span.of(text), sentence.labels) for sentence in analysis.sentences if sentence.kind.in_article
    )


def _document(given: object) -> Document:
    """Return the document to analyse; a mistake in what is passed gets a message that says what to pass instead."""
    if isinstance(given, Document):
        return given
    if isinstance(given, PurePath) or (isinstance(given, str) and _PLACE.fullmatch(given.strip())):
        raise InputError(
            f"{given} is a file or a page, not the text of an article.\nRead it first: incidex.read({str(given)!r})"
        )
    if not isinstance(given, str):
        raise TypeError(
            f"An article is a str or a Document, not {type(given).__name__}.\n"
            "incidex.read(path) makes a Document of a file."
        )
    return from_text(given)


def _first(sentences: Sequence[Sentence], text: str, encoder: SentenceScorer, most_tokens: int) -> Sequence[Sentence]:
    """Return the first sentences, that have at most `most_tokens` together, but at least one."""
    # No token is shorter than a character, and there is one for the end of each sentence.
    if not sentences or sentences[-1].span.end + len(sentences) <= most_tokens:
        return sentences
    return sentences[: max(1, encoder.count_within([one.span.of(text) for one in sentences], most_tokens))]


def _labelled(
    document: Document, sentences: Sequence[Sentence], encoder: SentenceScorer, finder: EventFinder | None
) -> tuple[Sentence, ...]:
    """
    Return `sentences` with labels and scores, in order, and pass the article to `finder`.

    The article is scored as a whole, headline first; captions and notices are scored separately, so that they are not
    context of the article, and are not searched for events. Lines of nothing but indicators report nothing: a list of
    20,000 would keep the model busy for minutes.
    """
    text = readable_text(document)
    read = [index for index, sentence in enumerate(sentences) if not is_all_indicators(text, sentence.span)]
    inside = [index for index in read if sentences[index].kind.in_article]
    outside = [index for index in read if not sentences[index].kind.in_article]
    scores = np.zeros((len(sentences), len(scheme().names)), np.float32)
    texts = [sentence.span.of(text) for sentence in sentences]
    # CASIE's files have the headline outside the text: it is context, but not a sentence of the document.
    headline = [document.title] if document.title and not _has_title(sentences) else []
    each = finder.of_article([None] * len(headline) + [sentences[index].span for index in inside]) if finder else None
    scores[inside] = encoder.scores(headline + [texts[index] for index in inside], each=each)[len(headline) :]
    scores[outside] = encoder.scores([texts[index] for index in outside])
    return tuple(
        replace(sentence, labels=_labels(row, encoder.thresholds), scores=tuple(float(score) for score in row))
        for sentence, row in zip(sentences, scores, strict=True)
    )


def _warned(document: Document, sentences: Sequence[Sentence]) -> Document:
    """Return `document` with a warning that only `sentences` are labelled."""
    end, length = sentences[-1].span.end, len(document.text)
    warning = (
        f"Only its first {len(sentences):,} sentences were labelled, up to character {end:,} of {length:,}. "
        "Split it to label all of it, or allow it more time with --timeout."
    )
    # A document from the store may already have it.
    return document if warning in document.warnings else replace(document, warnings=(*document.warnings, warning))


def _has_title(sentences: Sequence[Sentence]) -> bool:
    return any(sentence.kind is BlockKind.TITLE for sentence in sentences)


def _labels(scores: NDArray[np.float32], thresholds: Sequence[float]) -> tuple[str, ...]:
    pairs = zip(scheme().names, scores, thresholds, strict=True)
    return tuple(name for name, score, threshold in pairs if score >= threshold)
