"""Token outputs of the network come to the tokens that they belong to."""

import numpy as np

from incidex.encoder.output import TOKEN_OUTPUTS, window_output
from incidex.encoder.windows import Piece


def test_special_tokens_and_padding_are_left_out():
    # [CLS] a b [SEP] c [SEP] padding
    window = (Piece(4, 0, 2), Piece(5, 1, 2))
    offsets = {4: np.array([[0, 3], [4, 6]]), 5: np.array([[0, 1], [2, 9]])}
    place = np.arange(7, dtype=np.float32)
    outputs = {name: np.repeat(place[:, None], 3, axis=1) for name in TOKEN_OUTPUTS}
    outputs["links"] = place[:, None] * 10 + place
    output = window_output(window, offsets, np.arange(7) == 2, [outputs[name] for name in TOKEN_OUTPUTS])
    assert output.sentence.tolist() == [4, 4, 5]
    assert output.start.tolist() == [0, 4, 2]
    assert output.end.tolist() == [3, 6, 9]
    assert output.continues.tolist() == [False, True, False]
    assert output.identity[:, 0].tolist() == [1, 2, 4]
    assert output.links.tolist() == [[11, 12, 14], [21, 22, 24], [41, 42, 44]]
    assert np.allclose(output.triggers, 1 / 3)
    assert np.allclose(output.realis.sum(1), 1)
