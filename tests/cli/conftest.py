"""A stand-in for the model, which labels by single words."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from incidex.encoder.reading import Decoding, Reading

WORDS = ("stole", "phish", "ransom", "flaw", "patch")


class WordEncoder:
    """Scores a sentence .9 for each event type whose word it contains, else .1."""

    name = "words-1"
    thresholds = (0.5, 0.5, 0.5, 0.5, 0.5)
    decoding = Decoding(trigger=0.5, argument=0.5, same=0.0)

    def scores(self, texts: Sequence[str], *, each: Callable[[Reading], None] | None = None) -> NDArray[np.float32]:
        scores = [[0.9 if word in text.lower() else 0.1 for word in WORDS] for text in texts]
        return np.array(scores, dtype=np.float32).reshape(len(texts), 5)


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()
