"""The losses of the heads."""

import numpy as np
import torch
from torch import Tensor, nn

from incidex.events.assemble import licences
from incidex_training import base
from incidex_training.config import Settings
from incidex_training.features import EVENT, MENTION, OWNER, REALIS, ROLE, UNKNOWN, Training
from incidex_training.network import Network, Outputs, same_event, sentence_of
from incidex_training.paths import path_loss


def loss(network: Network, outputs: Outputs, training: Training, settings: Settings) -> Tensor:
    """Return the weighted sum of all losses of a batch."""
    device = outputs.labels.device
    labels, present, triggers, arguments, details = (
        torch.from_numpy(array).to(device)
        for array in (training.labels, training.present, training.triggers, training.arguments, training.details)
    )
    continues = torch.from_numpy(base.continues()[training.batch.input_ids]).to(device)
    sentences = sentence_of(torch.from_numpy(training.batch.membership).to(device))
    paths = [
        path_loss(logits, _annotated(tags), continues)
        for logits, tags in ((outputs.triggers, triggers), (outputs.arguments, arguments))
        if settings.path_weight
    ]
    return (
        _label_loss(outputs.labels[present], labels[present])
        + settings.trigger_weight * tag_loss(outputs.triggers, triggers)
        + settings.argument_weight * tag_loss(outputs.arguments, arguments)
        + settings.path_weight * sum(paths)
        + settings.role_weight * tag_loss(outputs.roles, details[..., ROLE])
        + settings.realis_weight * tag_loss(outputs.realis, details[..., REALIS])
        + settings.link_weight * _link_loss(outputs.links, _types(triggers), _types(arguments), details)
        + settings.identity_weight
        * _identity_loss(outputs.identity, network.unlike, _types(triggers), details, sentences)
    )


def tag_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """
    Return the mean cross-entropy against tags (windows, tokens) or a teacher's probabilities (windows, tokens, tags).
    """
    if wanted.ndim == 2:
        flat = wanted.flatten()
        summed = nn.functional.cross_entropy(logits.float().flatten(0, 1), flat, ignore_index=UNKNOWN, reduction="sum")
        return summed / (flat != UNKNOWN).sum().clamp(min=1)
    known = wanted[..., 0] != UNKNOWN
    return nn.functional.cross_entropy(logits.float()[known], wanted[known])


def _annotated(tags: Tensor) -> Tensor:
    """Return tags (windows, tokens) of annotated windows; `UNKNOWN` in windows labelled by teachers."""
    if tags.ndim == 2:
        return tags
    sure = ((tags == 1).any(-1) | (tags[..., 0] == UNKNOWN)).all(-1, keepdim=True)  # (windows, 1)
    return torch.where(sure & (tags[..., 0] != UNKNOWN), tags.argmax(-1), UNKNOWN)


def _label_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    summed = nn.functional.binary_cross_entropy_with_logits(logits, wanted, reduction="sum")
    return summed / max(1, len(wanted))


def _types(tags: Tensor) -> Tensor:
    """Return the index of the type at each token (windows, tokens); meaningless where the token is outside."""
    best = tags if tags.ndim == 2 else tags.argmax(-1)
    return ((best - 1) // 2).clamp(min=0)


def _link_loss(links: Tensor, events: Tensor, entities: Tensor, details: Tensor) -> Tensor:
    """Return the loss of choosing, for each argument, among the triggers in its window that have a role for it."""
    licensed = torch.from_numpy(np.asarray(licences().any(-1))).to(links.device)
    losses = []
    for row in range(len(links)):
        askers = torch.nonzero(details[row, :, OWNER] != UNKNOWN).squeeze(1)
        triggers = torch.nonzero(details[row, :, MENTION] != UNKNOWN).squeeze(1)
        owned = details[row, askers, OWNER].unsqueeze(1) == details[row, triggers, MENTION].unsqueeze(0)
        askers, owned = askers[owned.any(1)], owned[owned.any(1)]
        if len(askers):
            allowed = licensed[events[row, triggers].unsqueeze(0), entities[row, askers].unsqueeze(1)] | owned
            scores = links[row, askers][:, triggers].masked_fill(~allowed, -1e4)
            losses.append(nn.functional.cross_entropy(scores, owned.long().argmax(1), reduction="none"))
    return torch.cat(losses).mean() if losses else links.sum() * 0


def _identity_loss(identity: Tensor, unlike: Tensor, events: Tensor, details: Tensor, sentences: Tensor) -> Tensor:
    """Return the loss over pairs of triggers of one type in a window, which are the same event or not."""
    losses = []
    for row in range(len(identity)):
        triggers = torch.nonzero(details[row, :, EVENT] != UNKNOWN).squeeze(1)
        first, second = torch.triu_indices(len(triggers), len(triggers), offset=1, device=identity.device)
        first, second = triggers[first], triggers[second]
        alike = events[row, first] == events[row, second]
        first, second = first[alike], second[alike]
        same = (details[row, first, EVENT] == details[row, second, EVENT]).float()
        apart = (sentences[row, first] - sentences[row, second]).abs()
        logits = same_event(identity[row, first], identity[row, second], apart, unlike)
        losses.append(nn.functional.binary_cross_entropy_with_logits(logits, same, reduction="none"))
    joined = torch.cat(losses)
    return joined.mean() if len(joined) else identity.sum() * 0
