"""The teacher's vocabulary: each word piece is found by its text, whatever its number."""

import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="Training needs the extra 'train'.")

from incidex_training.base import CLS, MASK, SEP, load_tokenizer
from incidex_training.mpnet import load_teacher, network_on_mpnet, translation

pytestmark = pytest.mark.torch


def _vocabulary(folder: Path) -> Path:
    special = {"<s>": 0, "<pad>": 1, "</s>": 2, "[UNK]": 3, "<mask>": 9}
    content = {
        "model": {"vocab": {"[UNK]": 3, "attack": 4, "##ers": 5}},
        "added_tokens": [{"content": text, "id": number} for text, number in special.items()],
    }
    file = folder / "tokenizer.json"
    file.write_text(json.dumps(content), "utf-8")
    return file


def test_pieces_are_found_by_their_text(tmp_path: Path) -> None:
    ids = translation(_vocabulary(tmp_path))
    ours = load_tokenizer().get_vocab(with_added_tokens=True)
    assert len(ids) == max(ours.values()) + 1
    assert [int(ids[number]) for number in (CLS, SEP, MASK, ours["[PAD]"])] == [0, 2, 9, 1]
    assert int(ids[ours["attack"]]) == 4
    assert int(ids[ours["##ers"]]) == 5
    assert int(ids[ours["ransom"]]) == 3


def test_a_teacher_is_read_from_a_checkpoint(tmp_path: Path) -> None:
    import torch
    from transformers import MPNetConfig, MPNetModel

    _vocabulary(tmp_path)
    small = MPNetConfig(hidden_size=24, num_hidden_layers=1, num_attention_heads=12, intermediate_size=8, vocab_size=10)
    MPNetModel(small, add_pooling_layer=False).save_pretrained(tmp_path)
    network = network_on_mpnet(tmp_path, dropout=0.1)
    torch.save({"network": network.state_dict()}, tmp_path / "teacher.pt")
    read = load_teacher(tmp_path / "teacher.pt", tmp_path, dropout=0.1)
    assert not read.training
    for name, weights in network.state_dict().items():
        assert weights.equal(read.state_dict()[name]), name
