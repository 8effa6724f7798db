"""Trains the coreference head over whole articles, on the vectors of the frozen encoder."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from incidex.encoder.windows import collate, pack
from incidex_training import base
from incidex_training.config import Settings
from incidex_training.features import EVENT, STEP, UNKNOWN, Example
from incidex_training.network import Network, identity_head, same_event

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pairs:
    """
    The annotated triggers of one article (m), and those two of them that are of one type (n pairs).

    Attributes:
        vectors: float32 (m, H), the encoder's vector of the first token of each.
        first: int64 (n,), index of one trigger of each pair; `second` of the other.
        sentences: float32 (n,), how many sentences they are apart.
        same: float32 (n,), 1 where both are mentions of one event.
    """

    vectors: Tensor
    first: Tensor
    second: Tensor
    sentences: Tensor
    same: Tensor


def learn_identity(network: Network, gold: Sequence[Example], settings: Settings, *, seed: int, device: str) -> Network:
    """
    Train the head for coreference of `network`, and what sentences between two triggers cost, from random weights.

    While all is learnt at once, this head sees pairs of triggers within a window alone, in few batches, and stays far
    from done; alone, on vectors that are worked out once, it takes a minute. An article with few pairs has a louder
    say than by its pairs: they weigh 1 / sqrt(n).
    """
    network.eval().to(device)
    articles = [pairs for pairs in (_pairs(network, example, settings) for example in gold) if pairs is not None]
    if not articles:
        return network
    torch.manual_seed(seed)
    network.identity, network.unlike = identity_head(network.encoder.config.hidden_size)
    network.to(device)
    head, dropout = network.identity.train(), nn.Dropout(settings.identity_dropout)
    learnt = [*head.parameters(), network.unlike]
    optimiser = torch.optim.AdamW(learnt, lr=settings.identity_rate, weight_decay=settings.identity_decay)
    steps = settings.identity_epochs * -(-len(articles) // settings.identity_articles)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / steps)
    for _ in range(settings.identity_epochs):
        for batch in _batches(articles, settings.identity_articles):
            losses = [_loss(head(dropout(pairs.vectors)), pairs, network.unlike) for pairs in batch]
            (torch.stack(losses).sum() / settings.identity_articles).backward()
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
    log.info("coreference: %d articles, a sentence apart costs %s", len(articles), network.unlike.tolist())
    return network.eval()


def _batches(articles: Sequence[Pairs], size: int) -> Iterator[list[Pairs]]:
    order = torch.randperm(len(articles)).tolist()
    for start in range(0, len(order), size):
        yield [articles[index] for index in order[start : start + size]]


def _loss(identity: Tensor, pairs: Pairs, unlike: Tensor) -> Tensor:
    logits = same_event(identity[pairs.first], identity[pairs.second], pairs.sentences, unlike)
    summed = nn.functional.binary_cross_entropy_with_logits(logits, pairs.same, reduction="sum")
    return summed / len(pairs.same) ** 0.5


def _pairs(network: Network, example: Example, settings: Settings) -> Pairs | None:
    """Return the pairs of an article; None if it has none."""
    vectors, types, events, sentences = _triggers(network, example, settings)
    first, second = np.triu_indices(len(types), 1)
    alike = types[first] == types[second]
    first, second = first[alike], second[alike]
    if not len(first):
        return None
    apart = np.abs(sentences[first] - sentences[second]).astype(np.float32)
    same = (events[first] == events[second]).astype(np.float32)
    device = next(network.parameters()).device
    arrays = (vectors, first, second, apart, same)
    return Pairs(*(torch.from_numpy(np.asarray(array)).to(device) for array in arrays))


def _triggers(network: Network, example: Example, settings: Settings) -> tuple[NDArray[np.generic], ...]:
    """Return vectors (m, H), types, events and sentences (m,) of the annotated triggers, each where it stands first."""
    windows = pack([len(tokens) for tokens in example.tokens], limit=settings.window)
    found: dict[tuple[int, int], NDArray[np.float32]] = {}
    if windows:
        batch = collate(windows, example.tokens, cls=base.CLS, sep=base.SEP, step=STEP)
        hidden = _read(network, batch.input_ids, batch.attention_mask)
        for row, window in enumerate(windows):
            at = 1
            for piece in window:
                events = example.details[piece.sentence][piece.start : piece.end, EVENT]
                for place in np.flatnonzero(events != UNKNOWN):
                    found.setdefault((piece.sentence, piece.start + int(place)), hidden[row, at + place])
                at += piece.cost
    places = sorted(found)
    return (
        np.array([found[place] for place in places], np.float32),
        np.array([(int(example.triggers[sentence][token]) - 1) // 2 for sentence, token in places], np.int64),
        np.array([example.details[sentence][token, EVENT] for sentence, token in places], np.int64),
        np.array([sentence for sentence, _ in places], np.int64),
    )


def _read(network: Network, input_ids: NDArray[np.int64], attention_mask: NDArray[np.int64]) -> NDArray[np.float32]:
    device = next(network.parameters()).device
    with torch.inference_mode():
        hidden: Tensor = network.encoder(
            input_ids=torch.from_numpy(input_ids).to(device), attention_mask=torch.from_numpy(attention_mask).to(device)
        ).last_hidden_state
    return hidden.float().cpu().numpy()
