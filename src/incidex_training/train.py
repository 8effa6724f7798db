"""Trains one network, with checkpoints to resume from."""

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from torch import nn

from incidex_training import base
from incidex_training.config import Settings
from incidex_training.features import Example, Training, batches
from incidex_training.losses import loss
from incidex_training.network import Network, autocast

log = logging.getLogger(__name__)

Score = Callable[[Network], str]


def train(
    network: Network,
    chosen: Sequence[Example],
    settings: Settings,
    *,
    seed: int,
    checkpoint: Path,
    device: str,
    score: Score,
    stop: int | None = None,
) -> Network:
    """
    Train `network` on `chosen` and return it, ready for use.

    Args:
        seed: The random seed. The same seed on the same machine gives the same weights.
        checkpoint: Written after each epoch; if it exists, training resumes from it.
        device: "cpu" or "cuda".
        score: Called after each epoch; its result is logged.
        stop: The epoch after which to stop early.
    """
    torch.manual_seed(seed)
    network.to(device)
    planned = sum(1 for _ in _epoch(chosen, settings, seed=seed, epoch=0)) * settings.epochs
    optimiser, schedule = _optimiser(network, settings, planned)
    done = _resume(checkpoint, network, optimiser, schedule)
    for epoch in range(done, settings.epochs if stop is None else min(stop, settings.epochs)):
        torch.manual_seed(seed * 1000 + epoch)
        network.train()
        started, total, count = time.monotonic(), 0.0, 0
        for training in _epoch(chosen, settings, seed=seed, epoch=epoch):
            total += step(network, training, optimiser, settings, device=device)
            schedule.step()
            count += 1
        network.eval()
        log.info(
            "seed %d epoch %d: loss %.4f, %.0f s, %s",
            seed,
            epoch + 1,
            total / count,
            time.monotonic() - started,
            score(network),
        )
        _save(checkpoint, network, optimiser, schedule, epoch + 1)
    return network.eval()


def step(
    network: Network, training: Training, optimiser: torch.optim.Optimizer, settings: Settings, *, device: str
) -> float:
    """Take a training step on a batch and return its loss."""
    batch = training.batch
    input_ids = torch.from_numpy(batch.input_ids).to(device)
    hidden = (torch.rand(input_ids.shape, device=device) < settings.mask_rate) & (
        input_ids > 999
    )  # ids below 1000 are special
    input_ids = input_ids.masked_fill(hidden, base.MASK)
    with autocast(device):
        outputs = network(
            input_ids, torch.from_numpy(batch.attention_mask).to(device), torch.from_numpy(batch.membership).to(device)
        )
    total = loss(network, outputs, training, settings)
    total.backward()
    nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
    optimiser.step()
    optimiser.zero_grad()
    return total.item()


def _epoch(chosen: Sequence[Example], settings: Settings, *, seed: int, epoch: int) -> Iterator[Training]:
    return batches(chosen, settings, draw=random.Random(f"{seed}/{epoch}"))


def _optimiser(
    network: Network, settings: Settings, planned: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    encoder = list(network.encoder.parameters())
    known = {id(parameter) for parameter in encoder}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in known]
    groups = [{"params": encoder, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=settings.weight_decay, fused=True)
    rising = max(1, round(planned * settings.warmup))

    def rate(step: int) -> float:
        return min((step + 1) / rising, max(0.0, (planned * 1.02 - step) / (planned * 1.02 - rising)))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, rate)


def _save(
    checkpoint: Path,
    network: Network,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    done: int,
) -> None:
    state = {
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "schedule": schedule.state_dict(),
        "done": done,
    }
    part = checkpoint.with_suffix(".part")
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, part)
    part.replace(checkpoint)


def _resume(
    checkpoint: Path, network: Network, optimiser: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR
) -> int:
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=True)
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    schedule.load_state_dict(state["schedule"])
    done: int = state["done"]
    log.info("%s: resuming after epoch %d", checkpoint, done)
    return done
