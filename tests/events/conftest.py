"""Builds window outputs of a few tokens by hand."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from incidex.encoder.output import WindowOutput
from incidex.labels import scheme

Given = Mapping[int, Mapping[str, float]]


def probabilities(count: int, given: Given, types: Sequence[str]) -> np.ndarray:
    """
    Return (tokens, tags) with the probabilities given; what is left to 1 goes to "outside".

    "AttackRansom" is the tag of a first token, "+AttackRansom" that of a later one.
    """
    table = np.zeros((count, 1 + 2 * len(types)), np.float32)
    for token, tags in given.items():
        for tag, value in tags.items():
            table[token, 2 * types.index(tag.removeprefix("+")) + 1 + tag.startswith("+")] = value
    table[:, 0] = 1 - table.sum(1)
    return table


@pytest.fixture
def window_output() -> Callable[..., WindowOutput]:
    """Return a factory for outputs of one-character tokens two apart; all are outside by default."""

    def make(
        sentence: Sequence[int],
        triggers: Given | None = None,
        arguments: Given | None = None,
        roles: Given | None = None,
        realis: Mapping[int, Sequence[float]] | None = None,
        links: Mapping[tuple[int, int], float] | None = None,
        identity: Mapping[int, Sequence[float]] | None = None,
        continues: Sequence[int] = (),
    ) -> WindowOutput:
        count = len(sentence)
        weights = np.zeros((count, len(scheme().roles)), np.float32)
        for token, given in (roles or {}).items():
            for role, value in given.items():
                weights[token, scheme().roles.index(role)] = value
        linked = np.zeros((count, count), np.float32)
        for pair, value in (links or {}).items():
            linked[pair] = value
        begin = np.array([2 * list(sentence[:index]).count(number) for index, number in enumerate(sentence)])
        return WindowOutput(
            sentence=np.array(sentence),
            start=begin,
            end=begin + 1,
            continues=np.array([number in continues for number in range(count)], np.bool_),
            triggers=probabilities(count, triggers or {}, scheme().names),
            arguments=probabilities(count, arguments or {}, scheme().entity_types),
            roles=weights,
            realis=np.array([(realis or {}).get(i, (1, 0, 0)) for i in range(count)], np.float32),
            links=linked,
            identity=np.array([(identity or {}).get(i, (0, 0)) for i in range(count)], np.float32),
        )

    return make
