"""Runs trained networks over articles, in the windows that the shipped encoder uses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from incidex.encoder.windows import Piece, collate, pack
from incidex.labels import scheme
from incidex_training import base
from incidex_training.device import autocast
from incidex_training.features import Example
from incidex_training.network import ARGUMENT_TAGS, TRIGGER_TAGS, Network

NOTHING = -20.0  # the logit of a sentence without tokens


@dataclass(frozen=True, slots=True)
class Outputs:
    """
    What one network says about one article.

    Attributes:
        labels: Logits, float32, shape (sentences, event types).
        triggers: For each sentence the probabilities of its tokens' tags, float16, shape (tokens, 11).
        arguments: Likewise, shape (tokens, 43).
    """

    labels: NDArray[np.float32]
    triggers: tuple[NDArray[np.float16], ...]
    arguments: tuple[NDArray[np.float16], ...]


def outputs(network: Network, chosen: Sequence[Example], *, window: int, device: str) -> Iterator[Outputs]:
    """Yield what `network` says about each article, in order."""
    network.eval().to(device)
    for example in chosen:
        found = Outputs(
            labels=np.full((len(example.tokens), len(scheme().names)), NOTHING, np.float32),
            triggers=tuple(np.zeros((len(tokens), TRIGGER_TAGS), np.float16) for tokens in example.tokens),
            arguments=tuple(np.zeros((len(tokens), ARGUMENT_TAGS), np.float16) for tokens in example.tokens),
        )
        windows = pack([len(tokens) for tokens in example.tokens], limit=window)
        if windows:
            labels, triggers, arguments = _run(network, example, windows, device)
            for row, pieces in enumerate(windows):
                np.maximum.at(found.labels, [piece.sentence for piece in pieces], labels[row, : len(pieces)])
                _put_back(found.triggers, pieces, triggers[row])
                _put_back(found.arguments, pieces, arguments[row])
        yield found


def label_logits(network: Network, chosen: Sequence[Example], *, window: int, device: str) -> list[NDArray[np.float32]]:
    """Return for each article float32 logits of shape (sentences, event types)."""
    return [found.labels for found in outputs(network, chosen, window=window, device=device)]


def _run(
    network: Network, example: Example, windows: Sequence[Sequence[Piece]], device: str
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    batch = collate(windows, example.tokens, cls=base.CLS, sep=base.SEP, step=32)
    arrays = (torch.from_numpy(array).to(device) for array in (batch.input_ids, batch.attention_mask, batch.membership))
    with torch.inference_mode(), autocast(device):
        labels, triggers, arguments = network(*arrays)
    tags = (logits.float().softmax(-1).cpu().numpy() for logits in (triggers, arguments))
    return (labels.float().cpu().numpy(), *tags)


def _put_back(found: Sequence[NDArray[np.float16]], pieces: Sequence[Piece], row: NDArray[np.float32]) -> None:
    at = 1
    for piece in pieces:
        found[piece.sentence][piece.start : piece.end] = row[at : at + piece.cost - 1]
        at += piece.cost
