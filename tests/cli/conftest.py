"""A stand-in for the model, which labels and finds events by single words."""

import pytest
from word_encoder import WordEncoder


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()
