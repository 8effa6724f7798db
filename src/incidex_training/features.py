"""Turns annotated articles into token ids and targets, and these into batches."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from incidex.encoder.windows import Batch, Piece, collate, pack
from incidex.labels import scheme
from incidex_training import base
from incidex_training.config import Settings
from incidex_training.corpora import Article, GoldSentence, Tagged

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

UNKNOWN = -100  # the target of tokens that nobody annotated; the loss leaves them out

# The columns of `Example.details`: what is known about single tokens beyond their tags. Realis and role stand at all
# tokens of a trigger or an argument, the numbers at the first.
REALIS, ROLE, MENTION, OWNER, EVENT = range(5)

# Widths of batches are multiples of this: on a CPU every new shape costs more than the padding.
STEP = 32


@dataclass(frozen=True, slots=True)
class Example:
    """
    An article as arrays, one entry a sentence.

    Attributes:
        tokens: Token ids without special ones.
        labels: float32, shape (sentences, event types), 0..1.
        triggers: For each sentence int64 (tokens,): 0 outside, 1 + 2 * type at the first token, 2 + 2 * type at later
            ones; or
            float16 (tokens, tags), the probabilities that a teacher gave.
        arguments: The same for entity types.
        details: For each sentence int64 (tokens, 5): index of the realis of a trigger, index of the role of an
            argument, number of the mention that a trigger makes, of the mention that an argument belongs to, and of the
            event that a trigger is a mention of. `UNKNOWN` elsewhere.
        titled: Whether the first sentence is the title.
    """

    tokens: tuple[tuple[int, ...], ...]
    labels: NDArray[np.float32]
    triggers: tuple[NDArray[np.generic], ...]
    arguments: tuple[NDArray[np.generic], ...]
    details: tuple[NDArray[np.int64], ...]
    titled: bool


@dataclass(frozen=True, slots=True)
class Training:
    """
    A batch with its targets.

    Attributes:
        batch: What the network sees.
        labels: float32, shape (windows, pieces, event types).
        present: bool, shape (windows, pieces): False where a window has fewer pieces than the fullest.
        triggers: int64, shape (windows, tokens), or float32, shape (windows, tokens, tags).
        arguments: Likewise.
        details: int64, shape (windows, tokens, 5).
    """

    batch: Batch
    labels: NDArray[np.float32]
    present: NDArray[np.bool_]
    triggers: NDArray[np.generic]
    arguments: NDArray[np.generic]
    details: NDArray[np.generic]


def examples(articles: Sequence[Article], tokenizer: "Tokenizer") -> tuple[Example, ...]:
    """Return the articles as arrays, in the same order."""
    return tuple(_example(article, tokenizer) for article in articles)


def batches(chosen: Sequence[Example], settings: Settings, *, draw: random.Random) -> Iterator[Training]:
    """Yield one epoch: every article cut anew, windows of like length together, batches in random order."""
    windows = []
    for example in chosen:
        first = int(example.titled and draw.random() < settings.title_drop)
        counts = [0] * first + [len(tokens) for tokens in example.tokens[first:]]
        limit = draw.randint(settings.window_least, settings.window)
        windows += [(example, window) for window in pack(counts, limit=limit)]
    draw.shuffle(windows)
    windows.sort(key=lambda entry: _width(entry[1]))
    groups: list[list[tuple[Example, tuple[Piece, ...]]]] = [[]]
    for entry in windows:
        width = _width(entry[1])
        if groups[-1] and width * (len(groups[-1]) + 1) > settings.batch_tokens:
            groups.append([])
        groups[-1].append(entry)
    draw.shuffle(groups)
    for group in groups:
        yield training_batch(group)


def training_batch(group: Sequence[tuple[Example, Sequence[Piece]]]) -> Training:
    """Return windows of several articles as one batch with targets."""
    tokens = [sentence for example, _ in group for sentence in example.tokens]
    firsts = np.cumsum([0] + [len(example.tokens) for example, _ in group])
    moved = [
        tuple(Piece(piece.sentence + int(first), piece.start, piece.end) for piece in window)
        for (_, window), first in zip(group, firsts, strict=False)
    ]
    batch = collate(moved, tokens, cls=base.CLS, sep=base.SEP, step=STEP)
    depth = batch.membership.shape[1]
    labels = np.zeros((len(group), depth, len(scheme().names)), np.float32)
    present = np.zeros((len(group), depth), np.bool_)
    for row, (example, window) in enumerate(group):
        labels[row, : len(window)] = example.labels[[piece.sentence for piece in window]]
        present[row, : len(window)] = True
    width = batch.input_ids.shape[1]
    triggers = _laid_out([(example.triggers, window) for example, window in group], width)
    arguments = _laid_out([(example.arguments, window) for example, window in group], width)
    details = _laid_out([(example.details, window) for example, window in group], width)
    return Training(batch, labels, present, triggers, arguments, details)


def _width(window: Sequence[Piece]) -> int:
    return -(-(1 + sum(piece.cost for piece in window)) // STEP) * STEP


def _laid_out(rows: Sequence[tuple[Sequence[NDArray[np.generic]], Sequence[Piece]]], width: int) -> NDArray[np.generic]:
    """Return token targets at the places that `collate` gives the tokens."""
    sample = rows[0][0][rows[0][1][0].sentence]
    kind = np.float32 if sample.dtype.kind == "f" else np.int64
    laid = np.full((len(rows), width, *sample.shape[1:]), UNKNOWN, kind)
    for row, (targets, window) in enumerate(rows):
        at = 1
        for piece in window:
            laid[row, at : at + piece.cost - 1] = targets[piece.sentence][piece.start : piece.end]
            at += piece.cost
    return laid


def _example(article: Article, tokenizer: "Tokenizer") -> Example:
    encodings = tokenizer.encode_batch([sentence.text for sentence in article.sentences], add_special_tokens=False)
    pairs = list(zip(article.sentences, encodings, strict=True))
    return Example(
        tokens=tuple(tuple(encoding.ids) for encoding in encodings),
        labels=np.array([sentence.labels for sentence in article.sentences], np.float32),
        triggers=tuple(_tags(sentence.triggers, encoding, scheme().names) for sentence, encoding in pairs),
        arguments=tuple(_tags(sentence.arguments, encoding, scheme().entity_types) for sentence, encoding in pairs),
        details=tuple(_details(sentence, encoding) for sentence, encoding in pairs),
        titled=_titled(article.sentences),
    )


def _titled(sentences: Sequence[GoldSentence]) -> bool:
    return len(sentences) > 1 and sentences[0].triggers is None


def _tags(tagged: Sequence[Tagged] | None, encoding: "Encoding", types: Sequence[str]) -> NDArray[np.int64]:
    if tagged is None:
        return np.full(len(encoding.ids), UNKNOWN, np.int64)
    tags = np.zeros(len(encoding.ids), np.int64)
    for tag in tagged:
        for position, token in enumerate(_covered(tag, encoding)):
            tags[token] = 1 + 2 * types.index(tag.type) + (position > 0)
    return tags


def _details(sentence: GoldSentence, encoding: "Encoding") -> NDArray[np.int64]:
    details = np.full((len(encoding.ids), 5), UNKNOWN, np.int64)
    for trigger in sentence.triggers or ():
        covered = _covered(trigger, encoding)
        if trigger.detail is not None:
            details[covered, REALIS] = scheme().realis.index(trigger.detail)
        details[covered[:1], MENTION] = trigger.mention
        details[covered[:1], EVENT] = UNKNOWN if trigger.event is None else trigger.event
    for argument in sentence.arguments or ():
        covered = _covered(argument, encoding)
        if argument.detail is not None:
            details[covered, ROLE] = scheme().roles.index(argument.detail)
        details[covered[:1], OWNER] = argument.mention
    return details


def _covered(tagged: Tagged, encoding: "Encoding") -> list[int]:
    span = tagged.span
    return [index for index, (start, end) in enumerate(encoding.offsets) if start < span.end and end > span.start]
