"""Puts networks together, and gives the opinion of teachers on prose that nobody annotated, for students."""

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


def taught(teachers: Sequence[Network], chosen: Sequence[Example], *, window: int, device: str) -> tuple[Example, ...]:
    """
    Return `chosen` with the mean opinion of the teachers as targets; those in which they see no event are left out.
    """
    found = []
    streams = [predictions(in_torch(teacher, device=device), chosen, window=window) for teacher in teachers]
    for example, *opinions in zip(chosen, *streams, strict=True):
        labels = np.mean([1 / (1 + np.exp(-opinion.labels)) for opinion in opinions], axis=0)
        if labels.size and labels.max() > 0.5 and _read_whole(example, opinions[0]):
            found.append(
                replace(
                    example,
                    labels=labels.astype(np.float32),
                    triggers=_mean_tags(
                        [[r.triggers for r in opinion.window_outputs] for opinion in opinions], example
                    ),
                    arguments=_mean_tags(
                        [[r.arguments for r in opinion.window_outputs] for opinion in opinions], example
                    ),
                )
            )
    log.info("%d of %d documents report an event, say the teachers", len(found), len(chosen))
    return tuple(found)


def _read_whole(example: Example, opinion: Prediction) -> bool:
    """Return whether no sentence was so long that a part of it was not read."""
    return sum(len(output.sentence) for output in opinion.window_outputs) == sum(map(len, example.tokens))


def _mean_tags(opinions: Sequence[Sequence[NDArray[np.float32]]], example: Example) -> tuple[NDArray[np.float16], ...]:
    """Return the mean over the teachers, divided into sentences again."""
    joined = np.mean([np.concatenate(windows) for windows in opinions], axis=0).astype(np.float16)
    lengths = [len(tokens) for tokens in example.tokens]
    return tuple(np.split(joined, np.cumsum(lengths)[:-1]))


def soft(example: Example) -> Example:
    """Return an annotated article with its tags as probabilities, so that it fits into a batch with taught ones."""
    return replace(
        example,
        triggers=tuple(_one_hot(tags, TRIGGER_TAGS) for tags in example.triggers),
        arguments=tuple(_one_hot(tags, ARGUMENT_TAGS) for tags in example.arguments),
    )


def _one_hot(tags: NDArray[np.generic], count: int) -> NDArray[np.float16]:
    known = np.asarray(tags) >= 0
    hot = np.where(known[:, None], np.eye(count)[np.where(known, tags, 0).astype(np.int64)], UNKNOWN)
    return hot.astype(np.float16)
