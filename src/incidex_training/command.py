"""The whole way from the corpora to a bundle: teachers, student, calibration, thresholds, int8, bundle.json."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from incidex_training.base import base_folder, load_tokenizer
from incidex_training.bundle import write_bundle
from incidex_training.config import Settings
from incidex_training.corpora import corpus_hash, read_articles
from incidex_training.distil import mean_of, read_prose, soft, taught
from incidex_training.features import Example, examples
from incidex_training.marked import marked_hash, read_marked
from incidex_training.network import Network, with_base
from incidex_training.predict import in_torch, label_logits
from incidex_training.score import Scores, score
from incidex_training.train import train

if TYPE_CHECKING:
    from tokenizers import Tokenizer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """
    What is to be trained, and where.

    Attributes:
        corpus: The folder with `casie/` and `sentences/`, each with `train/` and `dev/`.
        articles: A folder with more labelled articles for the student (see `incidex_training.marked`); None for none.
        prose: The folder with unlabelled prose for the student; None for none.
        output: The bundle is written here.
        runs: Checkpoints and scores are kept here; a run that was cut off goes on from them.
        seeds: One teacher for each.
        device: "cpu" or "cuda".
    """

    corpus: Path
    articles: Path | None
    prose: Path | None
    output: Path
    runs: Path
    seeds: tuple[int, ...]
    device: str


def train_sentences(order: Order, settings: Settings) -> dict[str, Any]:
    """
    Train and write the bundle; return its bundle.json.

    Raises:
        InputError: A part of the corpus is missing.
    """
    tokenizer = load_tokenizer()
    gold = examples(read_articles(order.corpus, "train"), tokenizer)
    dev = examples(read_articles(order.corpus, "dev"), tokenizer)
    teachers = [teacher(seed, gold, dev, order, settings) for seed in order.seeds]
    network = mean_of(teachers, into=with_base(base_folder(), dropout=settings.dropout))
    report: dict[str, Any] = {
        "teachers": [_scored(member, dev, order, settings).as_json() for member in teachers],
        "teachers together": _together(teachers, dev, order, settings).as_json(),
        "mean of the teachers' weights": _scored(network, dev, order, settings).as_json(),
    }
    network = student(teachers, network, gold, dev, order, settings, tokenizer)
    report["student"] = _scored(network, dev, order, settings).as_json()
    (order.runs / "scores.json").write_text(json.dumps(report, indent=1), "utf-8")
    return write_bundle(network, dev, order.output, provenance=provenance(order, settings, report), settings=settings)


def teacher(seed: int, gold: Sequence[Example], dev: Sequence[Example], order: Order, settings: Settings) -> Network:
    """Return the network that was trained on `gold` with `seed`, as `teaching` says."""
    import torch

    torch.manual_seed(seed)
    network = with_base(base_folder(), dropout=settings.dropout)
    checkpoint = order.runs / f"teacher-{seed}.pt"
    return train(
        network,
        gold,
        teaching(settings),
        seed=seed,
        checkpoint=checkpoint,
        device=order.device,
        score=_logged(dev, order, settings),
        stop=settings.teacher_epochs,
    )


def teaching(settings: Settings) -> Settings:
    """
    Return the settings of a teacher, which learns what the student will ask it: labels, triggers and arguments.

    What ties these together (roles, realis, links, coreference) is only in the annotated articles, and the student
    learns it from there.
    """
    return replace(settings, path_weight=0.0, role_weight=0.0, realis_weight=0.0, link_weight=0.0, identity_weight=0.0)


def student(
    teachers: Sequence[Network],
    start: Network,
    gold: Sequence[Example],
    dev: Sequence[Example],
    order: Order,
    settings: Settings,
    tokenizer: "Tokenizer",
) -> Network:
    """
    Return the network that went on from `start`, with the prose that the teachers labelled, with further labelled
    articles, and with the annotated ones, from which it now learns what ties events together.
    """
    seed = order.seeds[0]
    more = examples(read_marked(order.articles), tokenizer) if order.articles else ()
    prose = examples(read_prose(order.prose, settings, seed=seed), tokenizer) if order.prose else ()
    both = [soft(example) for example in gold] * settings.gold_repeats
    both += [soft(example) for example in more] * settings.more_repeats
    both += taught(teachers, prose, window=settings.window, device=order.device)
    slower = replace(
        settings,
        epochs=settings.student_epochs,
        encoder_rate=settings.student_rate,
        head_rate=10 * settings.student_rate,
    )
    return train(
        start,
        both,
        slower,
        seed=seed,
        checkpoint=order.runs / "student.pt",
        device=order.device,
        score=_logged(dev, order, settings),
    )


def provenance(order: Order, settings: Settings, report: dict[str, Any]) -> dict[str, Any]:
    """Return what bundle.json says about where the weights come from."""
    return {
        "seeds": list(order.seeds),
        "settings": asdict(settings),
        "data": {part: corpus_hash(order.corpus, part) for part in ("train", "dev")}
        | ({"articles": marked_hash(order.articles)} if order.articles else {}),
        "prose": order.prose is not None,
        "dev": report,
    }


def _logged(dev: Sequence[Example], order: Order, settings: Settings) -> Callable[[Network], str]:
    return lambda network: str(_scored(network, dev, order, settings))


def _scored(network: Network, dev: Sequence[Example], order: Order, settings: Settings) -> Scores:
    return score(label_logits(in_torch(network, device=order.device), dev, window=settings.window), dev)


def _together(teachers: Sequence[Network], dev: Sequence[Example], order: Order, settings: Settings) -> Scores:
    each = [label_logits(in_torch(member, device=order.device), dev, window=settings.window) for member in teachers]
    mean: list[NDArray[np.float32]] = [np.mean(rows, axis=0) for rows in zip(*each, strict=True)]
    return score(mean, dev)
