"""Runs networks over articles, in torch or onnxruntime, with the windows of the shipped encoder."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from incidex.encoder.output import TOKEN_OUTPUTS, WindowOutput, window_output
from incidex.encoder.session import SAME_EVERYWHERE, load_onnxruntime
from incidex.encoder.windows import Batch, collate, pack
from incidex.labels import scheme
from incidex_training import base
from incidex_training.features import STEP, Example
from incidex_training.network import Network, autocast

NOTHING = -20.0  # the logit of a sentence without tokens

# Takes a batch and returns "labels" and `TOKEN_OUTPUTS`, as the network gives them.
Run = Callable[[Batch], Sequence[NDArray[np.float32]]]


@dataclass(frozen=True, slots=True)
class Prediction:
    """
    The predictions of a network for an article.

    Attributes:
        labels: Logits, float32, shape (sentences, event types).
        window_outputs: One for each window. Positions count tokens of the sentence, not characters.
    """

    labels: NDArray[np.float32]
    window_outputs: tuple[WindowOutput, ...]


def in_torch(network: Network, *, device: str) -> Run:
    """Return what runs `network` on `device`."""
    network.eval().to(device)

    def run(batch: Batch) -> Sequence[NDArray[np.float32]]:
        arrays = (batch.input_ids, batch.attention_mask, batch.membership)
        with torch.inference_mode(), autocast(device):
            outputs = network(*(torch.from_numpy(array).to(device) for array in arrays))
        return [output.float().cpu().numpy() for output in outputs]

    return run


def in_onnx(path: Path) -> Run:
    """Return what runs the exported network in `path`."""
    onnxruntime = load_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry(*SAME_EVERYWHERE)
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(batch: Batch) -> Sequence[NDArray[np.float32]]:
        arrays = {"input_ids": batch.input_ids, "attention_mask": batch.attention_mask, "membership": batch.membership}
        found: Sequence[NDArray[np.float32]] = session.run(["labels", *TOKEN_OUTPUTS], arrays)
        return found

    return run


def predictions(run: Run, chosen: Sequence[Example], *, window: int) -> Iterator[Prediction]:
    """Yield what the network says about each article, in order."""
    for example in chosen:
        labels = np.full((len(example.tokens), len(scheme().names)), NOTHING, np.float32)
        window_outputs = []
        windows = pack([len(tokens) for tokens in example.tokens], limit=window)
        if windows:
            batch = collate(windows, example.tokens, cls=base.CLS, sep=base.SEP, step=STEP)
            given, *outputs = run(batch)
            for row, pieces in enumerate(windows):
                np.maximum.at(labels, [piece.sentence for piece in pieces], given[row, : len(pieces)])
                offsets = {piece.sentence: _offsets(len(example.tokens[piece.sentence])) for piece in pieces}
                whole = base.continues()[batch.input_ids[row]]
                window_outputs.append(window_output(pieces, offsets, whole, [output[row] for output in outputs]))
        yield Prediction(labels, tuple(window_outputs))


def label_logits(run: Run, chosen: Sequence[Example], *, window: int) -> list[NDArray[np.float32]]:
    """Return for each article float32 logits of shape (sentences, event types)."""
    return [prediction.labels for prediction in predictions(run, chosen, window=window)]


def _offsets(tokens: int) -> NDArray[np.int64]:
    return np.arange(tokens)[:, None] + np.array([0, 1])
