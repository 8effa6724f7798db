"""The network's output for the tokens of a window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from incidex.encoder.windows import Piece
from incidex.records import Span


@dataclass(frozen=True, slots=True)
class WindowOutput:
    """
    The output for the `n` tokens of a window of an article, without special tokens.

    Attributes:
        sentence: int64 (n,), the index of each token's sentence in the article.
        start: int64 (n,), where the token begins, in characters of its sentence.
        end: int64 (n,), one past where it ends.
        continues: bool (n,), whether the token continues the word of the one before.
        triggers: float32 (n, 1 + 2 * event types), probabilities of the tags of triggers: 0 is outside, 1 + 2 * type
            the first token, 2 + 2 * type a later one.
        arguments: float32 (n, 1 + 2 * entity types), likewise for arguments.
        roles: float32 (n, roles), logits of the role of an argument that begins with the token.
        realis: float32 (n, 3), probabilities of the realis of a trigger that begins with the token.
        links: float32 (n, n), logits: [i, j] scores how well an argument that begins with token i fits the trigger that
            begins with token j. Only differences within a row are meaningful.
        identity: float32 (n, d), vectors: their inner product scores whether triggers that begin with these tokens are
            the same event.
    """

    sentence: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    continues: NDArray[np.bool_]
    triggers: NDArray[np.float32]
    arguments: NDArray[np.float32]
    roles: NDArray[np.float32]
    realis: NDArray[np.float32]
    links: NDArray[np.float32]
    identity: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Decoding:
    """
    How probabilities become spans and events; tuned on dev and stored in bundle.json.

    Attributes:
        trigger: The probability from which on a one-word trigger counts, 0..1; see `incidex.events.spans.find_spans`.
        argument: The same for an argument.
        same: The logit from which on two mentions are the same event.
        apart: The penalty on that logit for distance: this times log(1 + sentences between the mentions).
    """

    trigger: float
    argument: float
    same: float
    apart: float = 0.0  # the value of bundles made before it existed


# The network outputs for tokens, in order; all have the shape (windows, tokens, values), where `links` has a value for
# each token.
TOKEN_OUTPUTS = ("triggers", "arguments", "roles", "realis", "links", "identity")


def window_output(
    window: Sequence[Piece],
    offsets: Mapping[int, NDArray[np.int64]],
    continues: NDArray[np.bool_],
    outputs: Sequence[NDArray[np.float32]],
) -> WindowOutput:
    """
    Return the output of one window.

    Args:
        window: Its pieces, in order.
        offsets: For each sentence of the window int64 (tokens, 2): where its tokens begin and end.
        continues: bool (tokens,), whether each token continues a word, including special tokens and padding.
        outputs: The network outputs for the window, in the order of `TOKEN_OUTPUTS`, each (tokens, values), including
            special tokens and padding.
    """
    places = [offsets[piece.sentence][piece.start : piece.end] for piece in window]
    # [CLS] comes first, and a separator after each piece.
    lengths = np.array([len(place) for place in places])
    at = np.concatenate(
        [1 + first + np.arange(length) for first, length in zip(_firsts(lengths), lengths, strict=True)]
    )
    triggers, arguments, roles, realis, links, identity = (output[at] for output in outputs)
    start, end = np.concatenate(places).T
    return WindowOutput(
        sentence=np.repeat([piece.sentence for piece in window], lengths),
        start=start,
        end=end,
        continues=continues[at],
        triggers=_softmax(triggers),
        arguments=_softmax(arguments),
        roles=roles,
        realis=_softmax(realis),
        links=links[:, at],
        identity=identity,
    )


def in_document(output: WindowOutput, sentences: Sequence[Span | None]) -> WindowOutput:
    """
    Return `output` with positions in the document.

    Args:
        output: Positions count characters of each sentence.
        sentences: The span of each sentence in the document; None for a headline that is not part of its text, whose
            tokens are dropped.
    """
    begins = np.array([-1 if span is None else span.start for span in sentences])
    keep = np.flatnonzero(begins[output.sentence] >= 0)
    moved = begins[output.sentence[keep]]
    return replace(
        output,
        sentence=output.sentence[keep],
        start=output.start[keep] + moved,
        end=output.end[keep] + moved,
        continues=output.continues[keep],
        triggers=output.triggers[keep],
        arguments=output.arguments[keep],
        roles=output.roles[keep],
        realis=output.realis[keep],
        links=output.links[np.ix_(keep, keep)],
        identity=output.identity[keep],
    )


def _firsts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.cumsum(lengths + 1) - lengths - 1


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), np.float32)
