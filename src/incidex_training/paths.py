"""The loss of tag sequences: the likelihood of the annotated spans among all possible ones (a CRF)."""

import torch
from torch import Tensor

from incidex.events.spans import AGAIN
from incidex_training.features import UNKNOWN

_NEVER = -1e4


def path_loss(logits: Tensor, tags: Tensor, continues: Tensor) -> Tensor:
    """
    Return the mean over words of the negative log-likelihood of the annotated path, as in a conditional random field
    (Lafferty et al., 2001) whose only transitions are those of `incidex.events.spans.find_spans`.

    Args:
        logits: (windows, tokens, 1 + 2 * types).
        tags: int64 (windows, tokens); `UNKNOWN` where nothing is known, such as at separators, which also end a path.
        continues: bool (windows, tokens), the tokens that go on with a word: it is what its first token is.
    """
    steps = _steps(logits)  # (B, T, 3)
    known = (tags != UNKNOWN) & ~continues
    states, again = _states(tags, known, continues)
    taken = steps.gather(-1, states.unsqueeze(-1)).squeeze(-1) - AGAIN * again
    wanted = (taken * known).sum(1)
    return (_all_paths(steps, known, continues) - wanted).sum() / known.sum().clamp(min=1)


def _steps(logits: Tensor) -> Tensor:
    """Return the log-probabilities of outside, beginning and going on, types summed up."""
    sure = logits.float().log_softmax(-1)
    return torch.stack([sure[..., 0], sure[..., 1::2].logsumexp(-1), sure[..., 2::2].logsumexp(-1)], -1)


def _states(tags: Tensor, known: Tensor, continues: Tensor) -> tuple[Tensor, Tensor]:
    """
    Return at each token 0 for outside, 1 for beginning, 2 for going on, and whether it begins right behind a span.

    A span that begins inside a word begins with the next one.
    """
    states, again = torch.zeros_like(tags), torch.zeros_like(tags)
    before = torch.zeros_like(tags[:, 0])  # whether the last word was inside
    for at in range(tags.shape[1]):
        inside = known[:, at] & (tags[:, at] > 0)
        begins = inside & ((tags[:, at] % 2 == 1) | (before == 0))
        states[:, at] = inside.long() * 2 - begins.long()
        again[:, at] = (begins & (before == 1)).long()
        before = torch.where(continues[:, at], before, inside.long())
    return states, again


def _all_paths(steps: Tensor, known: Tensor, continues: Tensor) -> Tensor:
    """Return the logarithm of the summed likelihoods of all paths, (windows,)."""
    free = torch.zeros_like(steps[:, 0, 0])
    held = torch.full_like(free, _NEVER)
    for at in range(steps.shape[1]):
        outside, begins, goes_on = steps[:, at].unbind(-1)
        either = torch.logaddexp(free, held)
        inside = torch.logaddexp(held + goes_on, torch.logaddexp(free, held - AGAIN) + begins)
        # Unknown tokens end what was there; tokens inside a word change nothing.
        next_free = torch.where(known[:, at], either + outside, either)
        next_held = torch.where(known[:, at], inside, torch.full_like(held, _NEVER))
        free = torch.where(continues[:, at], free, next_free)
        held = torch.where(continues[:, at], held, next_held)
    return torch.logaddexp(free, held)
