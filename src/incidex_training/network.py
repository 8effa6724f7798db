"""The network: one small encoder over a window of an article, and three heads that learn from each other."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from incidex.labels import scheme

TRIGGER_TAGS = 1 + 2 * len(scheme().names)
ARGUMENT_TAGS = 1 + 2 * len(scheme().entity_types)


class Network(nn.Module):
    """
    Sentence labels, triggers and arguments from one pass through the encoder.

    A sentence is read from the mean of its tokens, from one attention over them for each event type, and from the
    strongest trigger of each type in it.
    """

    def __init__(self, config: BertConfig, *, dropout: float) -> None:
        """Build the network with random weights; `with_base` loads those of the base encoder."""
        super().__init__()
        labels = len(scheme().names)
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.dropout = nn.Dropout(dropout)
        self.triggers = nn.Linear(config.hidden_size, TRIGGER_TAGS)
        self.arguments = nn.Linear(config.hidden_size, ARGUMENT_TAGS)
        self.attention = nn.Linear(config.hidden_size, labels)
        self.attended = nn.Parameter(torch.randn(labels, config.hidden_size) * config.hidden_size**-0.5)
        self.average = nn.Linear(config.hidden_size, labels)
        self.evidence = nn.Parameter(torch.full((labels,), 0.5))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, membership: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """
        Read a batch of windows (shapes as in `incidex.encoder.windows.Batch`).

        Returns:
            Logits of labels (windows, pieces, event types), of trigger tags (windows, tokens, 11) and of argument
            tags (windows, tokens, 43).
        """
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state  # (B, T, H)
        hidden = self.dropout(hidden)
        triggers = self.triggers(hidden)
        return self.labels(hidden, triggers, membership), triggers, self.arguments(hidden)

    def labels(self, hidden: Tensor, triggers: Tensor, membership: Tensor) -> Tensor:
        """Return logits of labels (windows, pieces, event types) from token vectors and the logits of trigger tags."""
        inside = membership > 0  # (B, S, T)
        least = torch.finfo(torch.float32).min / 4
        # What each token says about each label, and how much that label looks at it: (B, T, L).
        says = hidden @ self.attended.T
        looks = self.attention(hidden).float()
        weights = (
            looks.transpose(1, 2).unsqueeze(2).masked_fill(~inside.unsqueeze(1), least).softmax(-1)
        )  # (B, L, S, T)
        attended = (weights @ says.float().transpose(1, 2).unsqueeze(-1)).squeeze(-1).transpose(1, 2)  # (B, S, L)
        counts = membership.sum(-1, keepdim=True).clamp(min=1)
        average = self.average((membership.to(hidden.dtype) @ hidden) / counts.to(hidden.dtype)).float()
        # How far the best beginning of a trigger of a type stands above "outside".
        begins = (triggers[..., 1::2] - triggers[..., :1]).float()  # (B, T, L)
        strongest = (
            begins.transpose(1, 2).unsqueeze(2).masked_fill(~inside.unsqueeze(1), -20.0).amax(-1).transpose(1, 2)
        )
        return attended + average + self.evidence * strongest


def with_base(folder: Path, *, dropout: float) -> Network:
    """
    Return a network whose encoder has the weights in `folder` (config.json, model.safetensors) and whose heads are
    random.
    """
    config = BertConfig.from_pretrained(
        folder, attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout, attn_implementation="sdpa"
    )
    network = Network(config, dropout=dropout)
    network.encoder = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False)
    return network
