"""What was read in sentences is found in the document."""

import numpy as np

from incidex.events.place import placed
from incidex.records import Span


def test_positions_move_with_their_sentences_and_a_headline_beside_the_text_is_left_out(reading):
    made = reading([0, 0, 1, 1], links={(2, 3): 7.0})
    here = placed(made, [None, Span(100, 110)])
    assert here.start.tolist() == [100, 102]
    assert here.end.tolist() == [101, 103]
    assert np.array_equal(here.links, [[0, 7], [0, 0]])
    assert len(here.triggers) == len(here.arguments) == len(here.roles) == len(here.realis) == len(here.identity) == 2
