"""The encoder of the teacher, all-mpnet-base-v2, read with the token ids of the base encoder's vocabulary."""

import json
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, MPNetConfig, MPNetModel

from incidex_training import base
from incidex_training.network import Network

# Special tokens by the names that the two vocabularies give them; all other word pieces have the same text in both.
_SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>", "[UNK]": "[UNK]"}


class TranslatedMPNet(nn.Module):
    """MPNet (Song et al., 2020) behind the interface of `BertModel`: it is given BERT's token ids."""

    def __init__(self, model: MPNetModel, translation: Tensor) -> None:
        """Wrap `model`; `translation` gives the id in its vocabulary of each id in BERT's, int64 (vocabulary,)."""
        super().__init__()
        self.model = model
        self.config = model.config
        self.register_buffer("translation", translation)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> object:
        """Return what MPNet says of token ids (B, T) of BERT's vocabulary; see `BertModel`."""
        return self.model(input_ids=self.translation[input_ids], attention_mask=attention_mask)


def load_mpnet(folder: Path, *, dropout: float) -> TranslatedMPNet:
    """Return the encoder whose weights, configuration and tokenizer.json lie in `folder`."""
    config = MPNetConfig.from_pretrained(folder, attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout)
    model = MPNetModel.from_pretrained(folder, config=config, add_pooling_layer=False)
    return TranslatedMPNet(model, translation(folder / "tokenizer.json"))


def network_on_mpnet(folder: Path, *, dropout: float) -> Network:
    """Return a network on top of the encoder in `folder`; its heads are random."""
    encoder = load_mpnet(folder, dropout=dropout)
    size = encoder.config.hidden_size
    # A network makes its own encoder, which is replaced at once: hence as small as can be.
    network = Network(
        BertConfig(hidden_size=size, num_hidden_layers=1, num_attention_heads=12, vocab_size=10), dropout=dropout
    )
    network.encoder = encoder
    return network


def load_teacher(checkpoint: Path, folder: Path, *, dropout: float) -> Network:
    """Return the network in a checkpoint of `training/teach.py`, whose encoder began as the one in `folder`."""
    network = network_on_mpnet(folder, dropout=dropout)
    network.load_state_dict(torch.load(checkpoint, weights_only=True, mmap=True)["network"])
    return network.eval()


def translation(tokenizer: Path) -> Tensor:
    """Return for each id of the base encoder's vocabulary the id in `tokenizer` of the same text, int64."""
    wanted = json.loads(tokenizer.read_text("utf-8"))
    theirs = dict(wanted["model"]["vocab"]) | {entry["content"]: entry["id"] for entry in wanted["added_tokens"]}
    ours = base.load_tokenizer().get_vocab(with_added_tokens=True)
    ids = torch.full((max(ours.values()) + 1,), theirs["[UNK]"], dtype=torch.int64)
    for text, number in ours.items():
        ids[number] = theirs.get(_SPECIAL.get(text, text), theirs["[UNK]"])
    return ids
