"""Decides which mentions are the same event."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def group(types: Sequence[str], identities: NDArray[np.float32], *, same: float) -> tuple[tuple[int, ...], ...]:
    """
    Return the mentions of each event, as indices; events ordered by their first mention.

    A mention joins the event of its own type whose mentions are on average likeliest the same, if they are so with at
    least the logit `same`; otherwise it is a new event. Mentions are taken in the order of the text. The mean over an
    event is one inner product, with the mean of its vectors, so the time grows with mentions times events.

    Args:
        types: The event type of each mention, in the order of the text.
        identities: (mentions, d), see `Reading.identity`.
    """
    events: list[list[int]] = []
    for index, event_type in enumerate(types):
        rivals = [event for event in events if types[event[0]] == event_type]
        means = [float(identities[event].mean(0) @ identities[index]) for event in rivals]
        if means and max(means) >= same:
            rivals[means.index(max(means))].append(index)
        else:
            events.append([index])
    return tuple(tuple(event) for event in events)
