"""The loss of a path is that of its share among all paths, which a window is short enough here to write down."""

import itertools
import math

import pytest

pytest.importorskip("torch", reason="Training needs the extra 'train'.")

from incidex.events.spans import AGAIN
from incidex_training.features import UNKNOWN
from incidex_training.paths import path_loss

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.torch


def likelihood(rows, path):
    """Return the likelihood of `path` over words (0 outside, 1 begins, 2 goes on); impossible ones have none."""
    total, before = 0.0, 0
    for row, state in zip(rows, path, strict=True):
        if state == 2 and before == 0:
            return 0.0
        total += math.log(row[state]) - (AGAIN if state == 1 and before else 0)
        before = state
    return math.exp(total)


@pytest.mark.parametrize(
    "tags", [pytest.param(tags, id=str(tags)) for tags in [(0, 0, 0), (1, 2, 0), (3, 1, 2), (0, 1, 1), (0, 3, 4)]]
)
def test_it_is_the_share_of_the_path_among_all(tags):
    torch.manual_seed(1)
    logits = torch.randn(1, 3, 5)
    sure = logits.softmax(-1)[0]
    rows = [(float(row[0]), float(row[1] + row[3]), float(row[2] + row[4])) for row in sure]
    every = sum(likelihood(rows, path) for path in itertools.product(range(3), repeat=3))
    path = tuple(0 if tag == 0 else 2 - tag % 2 for tag in tags)
    loss = path_loss(logits, torch.tensor([tags]), torch.zeros(1, 3, dtype=torch.bool))
    assert float(loss) == pytest.approx(-math.log(likelihood(rows, path) / every) / 3, abs=1e-5)


def test_later_tokens_of_a_word_count_for_nothing():
    torch.manual_seed(2)
    logits = torch.randn(1, 4, 5)
    short = path_loss(logits[:, [0, 1, 3]], torch.tensor([[0, 1, 2]]), torch.tensor([[False, False, False]]))
    whole = path_loss(logits, torch.tensor([[0, 1, 2, 2]]), torch.tensor([[False, False, True, False]]))
    assert float(whole) == pytest.approx(float(short), abs=1e-6)


def test_separators_divide_a_window_into_paths_of_their_own():
    torch.manual_seed(3)
    logits = torch.randn(1, 5, 5)
    one = path_loss(logits[:, :2], torch.tensor([[1, 2]]), torch.zeros(1, 2, dtype=torch.bool))
    other = path_loss(logits[:, 3:], torch.tensor([[1, 0]]), torch.zeros(1, 2, dtype=torch.bool))
    both = path_loss(logits, torch.tensor([[1, 2, UNKNOWN, 1, 0]]), torch.zeros(1, 5, dtype=torch.bool))
    assert float(both) == pytest.approx((float(one) + float(other)) / 2, abs=1e-5)


def test_a_span_that_begins_inside_a_word_begins_with_the_next():
    torch.manual_seed(4)
    logits = torch.randn(1, 3, 5)
    within = torch.tensor([[False, True, False]])
    inside = path_loss(logits, torch.tensor([[0, 1, 2]]), within)
    behind = path_loss(logits, torch.tensor([[0, 0, 1]]), within)
    assert float(inside) == pytest.approx(float(behind), abs=1e-6)


def test_nothing_known_costs_nothing():
    assert float(path_loss(torch.randn(2, 3, 5), torch.full((2, 3), UNKNOWN), torch.zeros(2, 3, dtype=torch.bool))) == 0
