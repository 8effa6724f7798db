"""Runs a trained network over articles, as the shipped encoder does."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from incidex.encoder.windows import collate, pack
from incidex.labels import scheme
from incidex_training.features import Example
from incidex_training.network import Network


def label_logits(network: Network, chosen: Sequence[Example], *, window: int, device: str) -> list[NDArray[np.float32]]:
    """Return for each article float32 logits of shape (sentences, event types); sentences without tokens have -20."""
    found = []
    for example in chosen:
        logits = np.full((len(example.tokens), len(scheme().names)), -20.0, np.float32)
        windows = pack([len(tokens) for tokens in example.tokens], limit=window)
        if windows:
            batch = collate(windows, example.tokens, cls=101, sep=102)
            arrays = (torch.from_numpy(array).to(device) for array in (batch.input_ids, batch.attention_mask, batch.membership))
            with torch.inference_mode(), torch.autocast(device, dtype=torch.bfloat16):
                labels = network(*arrays)[0].float().cpu().numpy()
            for row, pieces in enumerate(windows):
                np.maximum.at(logits, [piece.sentence for piece in pieces], labels[row, : len(pieces)])
        found.append(logits)
    return found
