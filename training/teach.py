"""
Trains a large teacher, all-mpnet-base-v2 with every head, from which the next model is to learn.

    python training/teach.py CORPUS MPNET RUNS [--rounds 12] [--decay-from 9]

MPNET is the folder with the encoder's config.json, model.safetensors and tokenizer.json; RUNS keeps the checkpoints. A
checkpoint is written every ten minutes and after each round, and a run that was cut off goes on where it was. The rate
rises over 150 batches, stays, and falls to 0 from round --decay-from to the end, so that more rounds can be added
before that. It needs the extra 'train'; a round takes 20 to 50 minutes on two cores with bfloat16 units.
"""

import argparse
import json
import logging
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from incidex_training.base import load_tokenizer
from incidex_training.config import Settings, resolve_device
from incidex_training.corpora import read_articles
from incidex_training.decide import choose_decoding, score_events
from incidex_training.features import Example, batches, examples
from incidex_training.marked import read_marked
from incidex_training.mpnet import network_on_mpnet
from incidex_training.network import Network
from incidex_training.predict import in_torch, predictions
from incidex_training.prose import read_annotated_prose
from incidex_training.score import score
from incidex_training.train import step

log = logging.getLogger("teach")

_HERE = Path(__file__).resolve().parent
_RISING = 150  # batches in which the rate rises from 0
_EACH = 600.0  # seconds from checkpoint to checkpoint
# Arguments are furthest from having converged, so they count more than for the students.
_SETTINGS = replace(Settings(), batch_tokens=4096, argument_weight=2.0, link_weight=1.0, path_weight=0.0)


@dataclass
class Place:
    """How far the training is: whole rounds, batches of the round under way, batches in all."""

    round: int = 0
    batch: int = 0
    steps: int = 0


@dataclass
class Teacher:
    """What a checkpoint holds, and where it is written."""

    network: Network
    optimiser: torch.optim.Optimizer
    place: Place
    checkpoint: Path

    def save(self) -> None:
        """Write the checkpoint; an interruption leaves the one before."""
        part = self.checkpoint.with_suffix(".part")
        state = {"network": self.network.state_dict(), "optimiser": self.optimiser.state_dict()}
        torch.save(state | {"at": asdict(self.place)}, part)
        part.replace(self.checkpoint)

    def resume(self) -> None:
        """Go on from the checkpoint, if there is one."""
        if self.checkpoint.exists():
            state = torch.load(self.checkpoint, weights_only=True)
            self.network.load_state_dict(state["network"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.place = Place(**state["at"])
            log.info("going on at %s", self.place)


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("mpnet", type=Path)
    parser.add_argument("runs", type=Path)
    parser.add_argument("--name", default="teacher", help="what the checkpoint is called")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--decay-from", type=float, default=9.0, metavar="ROUND")
    parser.add_argument("--rates", type=float, nargs=2, default=(8e-5, 1e-3), metavar=("ENCODER", "HEADS"))
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    given.runs.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer()
    prose = [read_annotated_prose(_HERE / name, given.corpus / "prose") for name in ("prose.jsonl", "reports.jsonl")]
    articles = (*read_articles(given.corpus, "train"), *prose[0], *prose[1], *read_marked(_HERE / "articles"))
    dev = examples(read_articles(given.corpus, "dev"), tokenizer)
    teacher = _teacher(given)
    teacher.resume()
    _train(teacher, examples(articles, tokenizer), dev, given)


def _teacher(given: argparse.Namespace) -> Teacher:
    torch.manual_seed(given.seed)
    network = network_on_mpnet(given.mpnet, dropout=_SETTINGS.dropout)
    network.to(resolve_device("auto"))
    encoder = list(network.encoder.parameters())
    known = {id(parameter) for parameter in encoder}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in known]
    groups = [{"params": part, "lr": rate} for part, rate in zip((encoder, heads), given.rates, strict=True)]
    optimiser = torch.optim.AdamW(groups, weight_decay=_SETTINGS.weight_decay, fused=True)
    return Teacher(network, optimiser, Place(), given.runs / f"{given.name}.pt")


def _train(teacher: Teacher, chosen: Sequence[Example], dev: Sequence[Example], given: argparse.Namespace) -> None:
    device, saved = resolve_device("auto"), time.monotonic()
    while teacher.place.round < given.rounds:
        teacher.network.train()
        groups = list(batches(chosen, _SETTINGS, draw=random.Random(f"{given.seed}/{teacher.place.round}")))
        for training in groups[teacher.place.batch :]:
            _set_rates(teacher, len(groups), given)
            torch.manual_seed(given.seed * 10**7 + teacher.place.steps)
            loss = step(teacher.network, training, teacher.optimiser, _SETTINGS, device=device)
            teacher.place.batch += 1
            teacher.place.steps += 1
            if time.monotonic() - saved > _EACH:
                teacher.save()
                saved = time.monotonic()
                log.info("saved at %s of %d batches, loss %.4f", teacher.place, len(groups), loss)
        teacher.place = Place(teacher.place.round + 1, 0, teacher.place.steps)
        teacher.save()
        _log_scores(teacher, dev, device)


def _set_rates(teacher: Teacher, batches_in_round: int, given: argparse.Namespace) -> None:
    place = teacher.place.round + teacher.place.batch / batches_in_round
    rising = min(1.0, (teacher.place.steps + 1) / _RISING)
    falling = (given.rounds - place) / max(1e-9, given.rounds - given.decay_from)
    for group, rate in zip(teacher.optimiser.param_groups, given.rates, strict=True):
        group["lr"] = rate * rising * min(1.0, max(0.01, falling))


def _log_scores(teacher: Teacher, dev: Sequence[Example], device: str) -> None:
    found = list(predictions(in_torch(teacher.network, device=device), dev, window=_SETTINGS.window))
    labels = score([prediction.labels for prediction in found], dev)
    events = score_events(found, dev, choose_decoding(found, dev, apart=teacher.network.apart))
    log.info("round %d: %s; %s", teacher.place.round, labels, json.dumps(events))


if __name__ == "__main__":
    main()
