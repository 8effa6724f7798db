"""Trains a bundle from the corpora: teachers, students, calibration, thresholds, int8, bundle.json."""

import json
import logging
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from incidex.encoder.bundle import open_bundle, sha256
from incidex_training.base import base_folder, load_tokenizer
from incidex_training.bundle import write_bundle
from incidex_training.config import Settings
from incidex_training.corpora import corpus_hash, read_articles
from incidex_training.decide import choose_decoding, score_events
from incidex_training.distil import between, mean_of, with_soft_tags, with_teacher_targets
from incidex_training.features import Example, examples
from incidex_training.identity import learn_identity
from incidex_training.marked import marked_hash, read_marked
from incidex_training.mpnet import load_teacher
from incidex_training.network import Network, with_base
from incidex_training.predict import in_torch, label_logits, predictions
from incidex_training.prose import read_annotated_prose, read_prose
from incidex_training.runs import reserve
from incidex_training.score import Scores, score
from incidex_training.train import train
from incidex_training.unpack import network_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """
    The input and output of a training run.

    Attributes:
        corpus: The folder with `casie/` and `sentences/`, each with `train/` and `dev/`.
        articles: A folder with more labelled articles for the students (see `incidex_training.marked`); None for none.
        prose: The folder with prose for the students; None for none.
        annotations: Files that say which events some documents of the prose report (see `incidex_training.prose`).
        newer: Annotations of prose that nothing is trained on: calibration and thresholds are chosen on its documents
            and on dev together, both counting the same; None for dev alone.
        held_out: Annotations of prose that scores are measured on: students never see these documents.
        start: A bundle to go on from instead of training teachers; None for none.
        teacher: A checkpoint of `training/teach.py` that labels prose for the students, with `start`; None for none.
        mpnet: The folder with the encoder that this teacher began as.
        output: The bundle is written here.
        runs: Checkpoints and scores are kept here; a run that was cut off goes on from them.
        seeds: One teacher and one student for each.
        device: "cpu" or "cuda".
    """

    corpus: Path
    articles: Path | None
    prose: Path | None
    annotations: tuple[Path, ...]
    newer: Path | None
    held_out: tuple[Path, ...]
    start: Path | None
    teacher: Path | None
    mpnet: Path | None
    output: Path
    runs: Path
    seeds: tuple[int, ...]
    device: str


def train_sentences(options: TrainingOptions, settings: Settings) -> dict[str, Any]:
    """
    Train and write the bundle; return its bundle.json.

    Raises:
        InputError: A part of the corpus is missing, or the checkpoints in `options.runs` are of other data or settings.
    """
    reserve(options.runs, made_from(options, settings))
    tokenizer = load_tokenizer()
    gold = examples(read_articles(options.corpus, "train"), tokenizer)
    dev = examples(read_articles(options.corpus, "dev"), tokenizer)
    newer = _newer(options, tokenizer)
    start, teachers, report = _beginning(gold, dev, options, settings)
    lessons = student_data(teachers, gold, options, settings, tokenizer)
    students = [student(seed, start, lessons, dev, options, settings) for seed in options.seeds]
    for seed, member in zip(options.seeds, students, strict=True):
        learn_identity(member, gold, settings, seed=seed, device=options.device)
    network = mean_of(students, into=deepcopy(start))
    if options.start is not None:
        network = between(start, network, share=settings.further_share, into=deepcopy(start))
    learn_identity(network, gold, settings, seed=options.seeds[0], device=options.device)
    report["students"] = [_all_scores(member, dev, options, settings) for member in students]
    last = "mean of the students' weights" if options.start is None else "between the bundle and the students' mean"
    report[last] = _all_scores(network, dev, options, settings)
    (options.runs / "scores.json").write_text(json.dumps(report, indent=1), "utf-8")
    provenance = made_from(options, settings) | {"dev": report}
    return write_bundle(network, dev, newer, options.output, provenance=provenance, settings=settings)


def _beginning(
    gold: Sequence[Example], dev: Sequence[Example], options: TrainingOptions, settings: Settings
) -> tuple[Network, list[Network], dict[str, Any]]:
    """Return the network that students go on from, the teachers behind it if there are any, and their scores."""
    if options.start is not None:
        start = network_of(open_bundle(options.start), dropout=settings.dropout).eval()
        report = {"bundle that it goes on from": _scored(start, dev, options, settings).as_json()}
        if options.teacher is None or options.mpnet is None:
            return start, [], report
        large = load_teacher(options.teacher, options.mpnet, dropout=settings.dropout)
        return start, [large], report | {"teacher": _all_scores(large, dev, options, settings)}
    teachers = [teacher(seed, gold, dev, options, settings) for seed in options.seeds]
    start = mean_of(teachers, into=_blank(settings))
    return (
        start,
        teachers,
        {
            "teachers": [_scored(member, dev, options, settings).as_json() for member in teachers],
            "teachers together": _together(teachers, dev, options, settings).as_json(),
            "mean of the teachers' weights": _scored(start, dev, options, settings).as_json(),
        },
    )


def teacher(
    seed: int, gold: Sequence[Example], dev: Sequence[Example], options: TrainingOptions, settings: Settings
) -> Network:
    """Return the network that was trained on `gold` with `seed`, with `teacher_settings`."""
    import torch

    torch.manual_seed(seed)
    network = _blank(settings)
    checkpoint = options.runs / f"teacher-{seed}.pt"
    return train(
        network,
        gold,
        teacher_settings(settings),
        seed=seed,
        checkpoint=checkpoint,
        device=options.device,
        score=_logged(dev, options, settings),
        stop=settings.teacher_epochs,
    )


def teacher_settings(settings: Settings) -> Settings:
    """
    Return the settings of a teacher, which learns only what it will label for students: labels, triggers and arguments.

    Roles, realis, links and coreference are only in the annotated articles, from which students learn them.
    """
    return replace(settings, path_weight=0.0, role_weight=0.0, realis_weight=0.0, link_weight=0.0, identity_weight=0.0)


def student_data(
    teachers: Sequence[Network],
    gold: Sequence[Example],
    options: TrainingOptions,
    settings: Settings,
    tokenizer: "Tokenizer",
) -> list[Example]:
    """
    Return the training data of students: annotated articles, further labelled ones, and prose labelled by the teachers.
    """
    more = read_marked(options.articles) if options.articles else ()
    if options.prose:
        more += tuple(article for file in options.annotations for article in read_annotated_prose(file, options.prose))
    but = (*options.annotations, *([options.newer] if options.newer else ()), *options.held_out)
    prose = read_prose(options.prose, settings, seed=options.seeds[0], but=but) if options.prose and teachers else ()
    repeats = settings.gold_repeats if options.start is None else settings.further_gold_repeats
    return [
        *[with_soft_tags(example) for example in gold] * repeats,
        *[with_soft_tags(example) for example in examples(more, tokenizer)] * settings.more_repeats,
        *with_teacher_targets(teachers, examples(prose, tokenizer), window=settings.window, device=options.device),
    ]


def student(
    seed: int,
    start: Network,
    lessons: Sequence[Example],
    dev: Sequence[Example],
    options: TrainingOptions,
    settings: Settings,
) -> Network:
    """Return a copy of `start` trained on `lessons`."""
    first = options.start is None
    slower = replace(
        settings,
        epochs=settings.student_epochs,
        encoder_rate=settings.student_rate if first else settings.further_rate,
        head_rate=10 * settings.student_rate if first else 5 * settings.further_rate,
    )
    return train(
        deepcopy(start),
        lessons,
        slower,
        seed=seed,
        checkpoint=options.runs / f"student-{seed}.pt",
        device=options.device,
        score=_logged(dev, options, settings),
    )


def made_from(options: TrainingOptions, settings: Settings) -> dict[str, Any]:
    """Return the provenance of the weights for bundle.json and the checkpoint folder."""
    return {
        "seeds": list(options.seeds),
        "settings": asdict(settings),
        "data": {part: corpus_hash(options.corpus, part) for part in ("train", "dev")}
        | ({"articles": marked_hash(options.articles)} if options.articles else {})
        | {f"annotations {file.name}": sha256(file) for file in options.annotations}
        | ({"newer": sha256(options.newer)} if options.newer else {}),
        "prose": options.prose is not None,
        **({"start": sha256(options.start / "model.onnx")} if options.start else {}),
        **({"teacher": sha256(options.teacher)} if options.teacher else {}),
    }


def _newer(options: TrainingOptions, tokenizer: "Tokenizer") -> tuple[Example, ...]:
    if options.newer is None or options.prose is None:
        return ()
    return examples(read_annotated_prose(options.newer, options.prose), tokenizer)


def _blank(settings: Settings) -> Network:
    return with_base(base_folder(), dropout=settings.dropout)


def _logged(dev: Sequence[Example], options: TrainingOptions, settings: Settings) -> Callable[[Network], str]:
    return lambda network: str(_scored(network, dev, options, settings))


def _scored(network: Network, dev: Sequence[Example], options: TrainingOptions, settings: Settings) -> Scores:
    return score(label_logits(in_torch(network, device=options.device), dev, window=settings.window), dev)


def _all_scores(
    network: Network, dev: Sequence[Example], options: TrainingOptions, settings: Settings
) -> dict[str, Any]:
    """Return the scores of labels and events."""
    found = list(predictions(in_torch(network, device=options.device), dev, window=settings.window))
    labels = score([prediction.labels for prediction in found], dev)
    decoding = choose_decoding(found, dev, apart=network.apart)
    return labels.as_json() | {"events": score_events(found, dev, decoding)}


def _together(
    teachers: Sequence[Network], dev: Sequence[Example], options: TrainingOptions, settings: Settings
) -> Scores:
    each = [label_logits(in_torch(member, device=options.device), dev, window=settings.window) for member in teachers]
    mean: list[NDArray[np.float32]] = [np.mean(rows, axis=0) for rows in zip(*each, strict=True)]
    return score(mean, dev)
