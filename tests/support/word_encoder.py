"""A stand-in for the model, which labels and finds events by single words."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from incidex.encoder.output import Decoding, WindowOutput
from incidex.labels import scheme

WORDS = ("stole", "phish", "ransom", "flaw", "patch")


class WordEncoder:
    """
    Scores a sentence .9 for each event type whose word it contains, else .1.

    Such words are triggers; "thieves" are an argument of the nearest trigger before or behind them. All mentions of a
    type are one event.
    """

    name = "words-1"
    thresholds: tuple[float, ...] = (0.5, 0.5, 0.5, 0.5, 0.5)
    decoding = Decoding(trigger=0.5, argument=0.5, same=0.0)

    def count_within(self, texts: Sequence[str], most: int) -> int:
        """Return how many of the texts, from the first on, have at most that many tokens in all."""
        totals = accumulate(len(text.split()) + 1 for text in texts)
        return sum(total <= most for total in totals)

    def scores(
        self, texts: Sequence[str], *, each: Callable[[WindowOutput], None] | None = None
    ) -> NDArray[np.float32]:
        if each:
            each(read_words(texts))
        scores = [[0.9 if word in text.lower() else 0.1 for word in WORDS] for text in texts]
        return np.array(scores, dtype=np.float32).reshape(len(texts), 5)


def read_words(texts: Sequence[str]) -> WindowOutput:
    """Return the output for a window whose tokens are the words of `texts`."""
    tokens = [(index, match) for index, text in enumerate(texts) for match in re.finditer(r"\w+", text)]
    count = len(tokens)
    triggers = np.zeros((count, 1 + 2 * len(scheme().names)), np.float32)
    arguments = np.zeros((count, 1 + 2 * len(scheme().entity_types)), np.float32)
    for row, (_, match) in enumerate(tokens):
        kind = next((number for number, word in enumerate(WORDS) if word in match[0].lower()), None)
        triggers[row, 0 if kind is None else 1 + 2 * kind] = 1
        person = 1 + 2 * scheme().entity_types.index("Person")
        arguments[row, person if match[0] == "thieves" else 0] = 1
    roles = np.zeros((count, len(scheme().roles)), np.float32)
    roles[:, scheme().roles.index("Attacker")] = 9
    return WindowOutput(
        sentence=np.array([index for index, _ in tokens], np.int64),
        start=np.array([match.start() for _, match in tokens], np.int64),
        end=np.array([match.end() for _, match in tokens], np.int64),
        continues=np.zeros(len(tokens), np.bool_),
        triggers=triggers,
        arguments=arguments,
        roles=roles,
        realis=np.tile(np.array([1, 0, 0], np.float32), (count, 1)),
        links=-np.abs(np.subtract.outer(np.arange(count), np.arange(count))).astype(np.float32),
        identity=np.ones((count, 1), np.float32),
    )
