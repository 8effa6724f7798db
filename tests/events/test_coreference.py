"""Mentions of one event come together, those of two do not."""

import numpy as np

from incidex.events.coreference import group

NEAR, FAR = (2.0, 0.0), (0.0, 2.0)


def test_like_mentions_of_one_type_are_one_event():
    assert group(["A", "A", "A"], np.array([NEAR, FAR, NEAR], np.float32), same=1.0) == ((0, 2), (1,))


def test_mentions_of_two_types_never_are():
    assert group(["A", "B"], np.array([NEAR, NEAR], np.float32), same=1.0) == ((0,), (1,))


def test_the_mean_over_an_event_decides():
    vectors = np.array([(2, 0), (1, 0), (0.7, 0)], np.float32)
    assert group(["A"] * 3, vectors, same=1.1) == ((0, 1), (2,))
    assert group(["A"] * 3, vectors, same=1.0) == ((0, 1, 2),)


def test_no_mention_no_event():
    assert group([], np.zeros((0, 2), np.float32), same=0.0) == ()


def test_many_mentions_take_no_time_that_is_felt():
    vectors = np.tile(np.array([NEAR, FAR], np.float32), (5000, 1))
    assert [len(event) for event in group(["A"] * 10_000, vectors, same=1.0)] == [5000, 5000]
