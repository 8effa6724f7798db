"""The teacher's vocabulary: each word piece is found by its text, whatever its number."""

import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="Training needs the extra 'train'.")

from incidex_training.base import CLS, MASK, SEP, load_tokenizer
from incidex_training.mpnet import translation

pytestmark = pytest.mark.torch


def test_pieces_are_found_by_their_text(tmp_path: Path) -> None:
    special = {"<s>": 0, "<pad>": 1, "</s>": 2, "[UNK]": 3, "<mask>": 9}
    content = {
        "model": {"vocab": {"[UNK]": 3, "attack": 4, "##ers": 5}},
        "added_tokens": [{"content": text, "id": number} for text, number in special.items()],
    }
    file = tmp_path / "tokenizer.json"
    file.write_text(json.dumps(content), "utf-8")
    ids = translation(file)
    ours = load_tokenizer().get_vocab(with_added_tokens=True)
    assert len(ids) == max(ours.values()) + 1
    assert [int(ids[number]) for number in (CLS, SEP, MASK, ours["[PAD]"])] == [0, 2, 9, 1]
    assert int(ids[ours["attack"]]) == 4
    assert int(ids[ours["##ers"]]) == 5
    assert int(ids[ours["ransom"]]) == special["[UNK]"]
