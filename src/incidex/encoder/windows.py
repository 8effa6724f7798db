"""Packs the sentences of an article into windows for the encoder, the same way in training and in use."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Longer sentences are cut off here: 4 windows are some 1,500 words, more than any sentence that people write.
MAX_PIECES = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """
    A sentence, or a part of one that is too long for a window.

    Attributes:
        sentence: The index of the sentence in the article.
        start: Its first token, counted in the sentence.
        end: One past its last token.
    """

    sentence: int
    start: int
    end: int

    @property
    def cost(self) -> int:
        """The number of tokens that it takes in a window, including its separator."""
        return self.end - self.start + 1


@dataclass(frozen=True, slots=True)
class Batch:
    """
    Windows of about the same length as arrays, written `[CLS] sentence [SEP] sentence [SEP] ...`.

    Attributes:
        input_ids: int64, shape (windows, tokens), 0 where a window is shorter than the longest.
        attention_mask: int64, shape (windows, tokens), 1 for tokens that are there.
        membership: float32, shape (windows, pieces, tokens), 1 where a token belongs to a piece, its separator
            included.
        windows: The pieces of each window, in order.
    """

    input_ids: NDArray[np.int64]
    attention_mask: NDArray[np.int64]
    membership: NDArray[np.float32]
    windows: tuple[tuple[Piece, ...], ...]


def pack(token_counts: Sequence[int], *, limit: int) -> tuple[tuple[Piece, ...], ...]:
    """
    Divide an article into as few windows as hold it, of about equal length and cut at sentence ends.

    Args:
        token_counts: How many tokens each sentence has, without separators. Sentences without tokens are left out.
        limit: The most tokens a window may have, `[CLS]` and separators included.
    """
    pieces = [piece for index, count in enumerate(token_counts) for piece in _pieces(index, count, room=limit - 2)]
    total = sum(piece.cost for piece in pieces)
    # Equal parts, so that the last window of an article is not a lone sentence without context.
    share = total / max(1, -(-total // (limit - 1)))
    windows: list[list[Piece]] = []
    filled = used = 0
    for piece in pieces:
        if not windows or used + piece.cost > limit - 1 or filled + piece.cost / 2 > share * len(windows):
            windows.append([])
            used = 0
        windows[-1].append(piece)
        used += piece.cost
        filled += piece.cost
    return tuple(tuple(window) for window in windows)


def cost(token_count: int, *, limit: int) -> int:
    """Return how many tokens of the windows a sentence takes, separators included."""
    return sum(piece.cost for piece in _pieces(0, token_count, room=limit - 2))


def collate(
    windows: Sequence[Sequence[Piece]], tokens: Sequence[Sequence[int]], *, cls: int, sep: int, step: int = 1
) -> Batch:
    """
    Return `windows` as arrays.

    Args:
        tokens: The token ids of each sentence of the article, without special tokens.
        cls: The id of `[CLS]`.
        sep: The id of `[SEP]`.
        step: The width of the arrays is a multiple of this.
    """
    width = max(1 + sum(piece.cost for piece in window) for window in windows)
    width = -(-width // step) * step
    deepest = max(len(window) for window in windows)
    input_ids = np.zeros((len(windows), width), np.int64)
    attention_mask = np.zeros_like(input_ids)
    membership = np.zeros((len(windows), deepest, width), np.float32)
    for row, window in enumerate(windows):
        input_ids[row, 0] = cls
        at = 1
        for column, piece in enumerate(window):
            end = at + piece.cost
            input_ids[row, at:end] = [*tokens[piece.sentence][piece.start : piece.end], sep]
            membership[row, column, at:end] = 1
            at = end
        attention_mask[row, :at] = 1
    return Batch(input_ids, attention_mask, membership, tuple(tuple(window) for window in windows))


def _pieces(sentence: int, count: int, *, room: int) -> list[Piece]:
    starts = range(0, min(count, room * MAX_PIECES), room)
    return [Piece(sentence, start, min(start + room, count)) for start in starts]
