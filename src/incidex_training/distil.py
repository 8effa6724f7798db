"""Averages networks, and labels unannotated prose with the predictions of teachers, for students."""

import logging
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from incidex_training.features import UNKNOWN, Example
from incidex_training.network import ARGUMENT_TAGS, TRIGGER_TAGS, Network
from incidex_training.predict import Prediction, in_torch, predictions

log = logging.getLogger(__name__)


def mean_of(networks: Sequence[Network], *, into: Network) -> Network:
    """
    Give `into` the mean of the weights of `networks`, which were all trained from the same base (Wortsman et al.,
    Model soups, 2022).
    """
    states = [network.state_dict() for network in networks]
    mean = {
        name: torch.stack([state[name].float() for state in states]).mean(0).to(value.dtype)
        for name, value in states[0].items()
    }
    into.load_state_dict(mean)
    return into


def between(one: Network, other: Network, *, share: float, into: Network) -> Network:
    """
    Give `into` the weights that lie between those of two networks, of which the other one was trained from the first:
    it keeps most of what both can do (Wortsman et al., Robust fine-tuning of zero-shot models, 2022).

    Args:
        share: That of `other`, 0..1.
    """
    first, second = one.state_dict(), other.state_dict()
    mixed = {name: torch.lerp(value.float(), second[name].float(), share) for name, value in first.items()}
    into.load_state_dict({name: value.to(first[name].dtype) for name, value in mixed.items()})
    return into


def with_teacher_targets(
    teachers: Sequence[Network], chosen: Sequence[Example], *, window: int, device: str
) -> tuple[Example, ...]:
    """
    Return `chosen` with the mean predictions of the teachers as targets, without examples in which they find no event.
    """
    found: list[Example] = []
    if not chosen:
        return ()
    streams = [predictions(in_torch(teacher, device=device), chosen, window=window) for teacher in teachers]
    for example, *by_teacher in zip(chosen, *streams, strict=True):
        labels = np.mean([1 / (1 + np.exp(-prediction.labels)) for prediction in by_teacher], axis=0)
        if labels.size and labels.max() > 0.5 and _read_whole(example, by_teacher[0]):
            found.append(
                replace(
                    example,
                    labels=labels.astype(np.float32),
                    triggers=_mean_tags(
                        [[r.triggers for r in prediction.window_outputs] for prediction in by_teacher], example
                    ),
                    arguments=_mean_tags(
                        [[r.arguments for r in prediction.window_outputs] for prediction in by_teacher], example
                    ),
                )
            )
    log.info("the teachers find events in %d of %d documents", len(found), len(chosen))
    return tuple(found)


def _read_whole(example: Example, prediction: Prediction) -> bool:
    """Return whether every sentence was read completely."""
    return sum(len(output.sentence) for output in prediction.window_outputs) == sum(map(len, example.tokens))


def _mean_tags(
    by_teacher: Sequence[Sequence[NDArray[np.float32]]], example: Example
) -> tuple[NDArray[np.float16], ...]:
    """Return the mean over the teachers, split into sentences."""
    joined = np.mean([np.concatenate(windows) for windows in by_teacher], axis=0).astype(np.float16)
    lengths = [len(tokens) for tokens in example.tokens]
    return tuple(np.split(joined, np.cumsum(lengths)[:-1]))


def with_soft_tags(example: Example) -> Example:
    """Return an annotated article with its tags as probabilities, like those of teachers, for mixed batches."""
    return replace(
        example,
        triggers=tuple(_one_hot(tags, TRIGGER_TAGS) for tags in example.triggers),
        arguments=tuple(_one_hot(tags, ARGUMENT_TAGS) for tags in example.arguments),
    )


def _one_hot(tags: NDArray[np.generic], count: int) -> NDArray[np.float16]:
    known = np.asarray(tags) >= 0
    hot = np.where(known[:, None], np.eye(count)[np.where(known, tags, 0).astype(np.int64)], UNKNOWN)
    return hot.astype(np.float16)
