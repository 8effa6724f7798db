"""Mentions of one event come together, those of two do not."""

import numpy as np
import pytest

from incidex.events.coreference import group

NEAR, FAR = (2.0, 0.0), (0.0, 2.0)


def grouped(types, vectors, sentences=None, *, same=1.0, apart=0.0):
    places = np.zeros(len(types), np.int64) if sentences is None else np.array(sentences)
    return group(types, np.array(vectors, np.float32).reshape(len(types), 2), places, same=same, apart=apart)


def test_like_mentions_of_one_type_are_one_event():
    assert grouped("AAA", [NEAR, FAR, NEAR]) == ((0, 2), (1,))


def test_mentions_of_two_types_never_are():
    assert grouped("AB", [NEAR, NEAR]) == ((0,), (1,))


def test_the_best_antecedent_decides():
    """The third is like the second, the second like the first, the third not like the first."""
    assert grouped("AAA", [(2, 0), (0.6, 1), (0, 1)]) == ((0, 1, 2),)
    assert grouped("AAA", [(2, 0), (0.4, 1), (0, 1)]) == ((0,), (1, 2))


@pytest.mark.parametrize(("sentences", "events"), [([0, 0], 1), ([3, 4], 1), ([0, 20], 2), ([20, 0], 2)])
def test_sentences_between_two_mentions_speak_against_them(sentences, events):
    """4 - 1.5 * log(2) is above 1, 4 - 1.5 * log(21) below."""
    assert len(grouped("AA", [NEAR, NEAR], sentences, apart=1.5)) == events


def test_no_mention_no_event():
    assert grouped("", []) == ()


@pytest.mark.slow
def test_many_mentions_take_no_time_that_is_felt():
    assert [len(event) for event in grouped("A" * 10_000, [NEAR, FAR] * 5000)] == [5000, 5000]
