"""Packs articles of any shape into windows, and looks at the arrays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.encoder.windows import MAX_PIECES, Piece, collate, pack


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), max_size=60), st.integers(8, 64))
def test_windows_hold_every_token_once_in_order_within_the_limit(counts, limit):
    windows = pack(counts, limit=limit)
    assert all(1 + sum(piece.cost for piece in window) <= limit for window in windows)
    seen = [
        (piece.sentence, token) for window in windows for piece in window for token in range(piece.start, piece.end)
    ]
    most = (limit - 2) * MAX_PIECES
    assert seen == [(index, token) for index, count in enumerate(counts) for token in range(min(count, most))]


@pytest.mark.parametrize(
    ("counts", "limit", "expected"),
    [
        pytest.param([], 20, [], id="no sentence, no window"),
        pytest.param([0, 0], 20, [], id="sentences without tokens are left out"),
        pytest.param([5, 5, 5], 20, [[0, 1, 2]], id="what fits stays together"),
        pytest.param([5, 5, 5, 5], 20, [[0, 1], [2, 3]], id="equal parts, no lone last sentence"),
        pytest.param([30], 20, [[0], [0]], id="a long sentence goes on in the next window"),
    ],
)
def test_packs_sentences_into(counts, limit, expected):
    assert [[piece.sentence for piece in window] for window in pack(counts, limit=limit)] == expected


def test_collate_writes_separators_and_says_which_token_belongs_where():
    batch = collate([[Piece(0, 0, 2), Piece(1, 0, 1)], [Piece(2, 1, 2)]], [[11, 12], [13], [14, 15]], cls=1, sep=2)
    assert batch.input_ids.tolist() == [[1, 11, 12, 2, 13, 2], [1, 15, 2, 0, 0, 0]]
    assert batch.attention_mask.tolist() == [[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0]]
    assert batch.membership[0].tolist() == [[0, 1, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1]]
    assert batch.membership[1].tolist() == [[0, 1, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0]]
    assert batch.membership.dtype == np.float32


def test_collate_rounds_the_width_up_to_a_step():
    assert collate([[Piece(0, 0, 1)]], [[11]], cls=1, sep=2, step=8).input_ids.shape == (1, 8)


def test_very_many_short_sentences_are_packed_in_linear_time():
    assert sum(map(len, pack([1] * 200_000, limit=8000))) == 200_000
