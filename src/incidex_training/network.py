"""The network: a small encoder over a window of an article, with a head for each task."""

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from incidex.labels import scheme

TRIGGER_TAGS = 1 + 2 * len(scheme().names)
ARGUMENT_TAGS = 1 + 2 * len(scheme().entity_types)
_LINK_WIDTH = 64
_IDENTITY_WIDTH = 32


class Outputs(NamedTuple):
    """
    The logits for a batch of B windows, with at most S pieces and T tokens.

    Attributes:
        labels: (B, S, event types).
        triggers: (B, T, 11), tags of triggers.
        arguments: (B, T, 43), tags of arguments.
        roles: (B, T, roles), of the argument that a token is part of.
        realis: (B, T, 3), of the trigger that a token is part of.
        links: (B, T, T), how far the argument that begins with one token belongs to the trigger that begins with the
            other.
        identity: (B, T, 32), vectors whose inner product is the logit of two triggers' being the same event, less
            what `Network.unlike` says; see `same_event`.
    """

    labels: Tensor
    triggers: Tensor
    arguments: Tensor
    roles: Tensor
    realis: Tensor
    links: Tensor
    identity: Tensor


class Network(nn.Module):
    """
    Sentence labels and all parts of events from one pass through the encoder.

    A sentence is read from the mean of its tokens, from one attention over them for each event type, and from the
    strongest trigger of each type in it. An argument is linked to a trigger by a bilinear score, less what it costs to
    be far away, in tokens and in sentences.
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
        self.roles = nn.Linear(config.hidden_size, len(scheme().roles))
        self.realis = nn.Linear(config.hidden_size, len(scheme().realis))
        self.asks = nn.Linear(config.hidden_size, _LINK_WIDTH)
        self.answers = nn.Linear(config.hidden_size, _LINK_WIDTH)
        self.distance = nn.Parameter(torch.tensor([0.5, 1.0]))  # what a token's and a sentence's distance costs
        self.identity, self.unlike = identity_head(config.hidden_size)

    @property
    def apart(self) -> float:
        """What sentences between two mentions of an event cost, see `Decoding.apart`."""
        return round(self.unlike.detach()[1].item(), 4)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, membership: Tensor) -> Outputs:
        """Read a batch of windows (shapes as in `incidex.encoder.windows.Batch`)."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state  # (B, T, H)
        return self.heads(self.dropout(hidden), membership)

    def heads(self, hidden: Tensor, membership: Tensor) -> Outputs:
        """Return what is said on top of token vectors (B, T, H)."""
        triggers = self.triggers(hidden)
        return Outputs(
            labels=self.labels(hidden, triggers, membership),
            triggers=triggers,
            arguments=self.arguments(hidden),
            roles=self.roles(hidden),
            realis=self.realis(hidden),
            links=self.links(hidden, membership),
            identity=self.identity(hidden),
        )

    def links(self, hidden: Tensor, membership: Tensor) -> Tensor:
        """Return how far each token as an argument belongs to each token as a trigger, (B, T, T)."""
        asks, answers = self.asks(hidden), self.answers(hidden)  # (B, T, 64)
        fitting = (asks @ answers.transpose(1, 2)).float() * _LINK_WIDTH**-0.5
        place = torch.arange(hidden.shape[1], device=hidden.device, dtype=torch.float32)
        apart = torch.log1p((place.unsqueeze(1) - place.unsqueeze(0)).abs())  # (T, T)
        sentence = sentence_of(membership)
        sentences_apart = (sentence.unsqueeze(2) - sentence.unsqueeze(1)).abs()  # (B, T, T)
        return fitting - self.distance[0] * apart - self.distance[1] * sentences_apart

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


def identity_head(width: int) -> tuple[nn.Sequential, nn.Parameter]:
    """
    Return what makes identities (32,) of token vectors (`width`,), with random weights, and what speaks against two
    triggers' being the same event: (2,), that they are two, and each sentence between them; see `same_event`.
    """
    wide = 4 * _IDENTITY_WIDTH
    head = nn.Sequential(nn.Linear(width, wide), nn.GELU(), nn.Linear(wide, _IDENTITY_WIDTH))
    return head, nn.Parameter(torch.tensor([0.0, 0.1]))


def sentence_of(membership: Tensor) -> Tensor:
    """Return float32 (B, T): the number of the piece of the window that each token is in."""
    order = torch.arange(membership.shape[1], device=membership.device, dtype=torch.float32)
    return (membership * order.unsqueeze(1)).sum(1)


def same_event(first: Tensor, second: Tensor, sentences: Tensor, unlike: Tensor) -> Tensor:
    """
    Return the logits (n,) of pairs of triggers' being the same event.

    Args:
        first: (n, 32), identities of the one trigger of each pair; `second` of the other.
        sentences: float32 (n,), how many sentences they are apart.
        unlike: (2,), see `identity_head`.
    """
    return (first.float() * second.float()).sum(-1) - unlike[0] - unlike[1] * torch.log1p(sentences)


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


def autocast(device: str) -> torch.autocast:
    """
    Return the autocast context of the network: bfloat16 if the hardware supports it natively, else no cast.

    A CPU without bfloat16 units emulates them at a third of the speed.
    """
    native = device == "cuda" or bool(torch.cpu.get_capabilities().get("amx_bf16"))
    return torch.autocast(device, dtype=torch.bfloat16, enabled=native)
