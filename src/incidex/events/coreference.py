"""Groups event mentions into events."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from incidex.events.subjects import Subject

# How many earlier mentions of its type to compare a mention with: more than any article has, so that the time for long
# texts stays linear.
_LOOK_BACK = 1000


def group(
    types: Sequence[str],
    identities: NDArray[np.float32],
    sentences: NDArray[np.int64],
    *,
    same: float,
    apart: float,
    subjects: Sequence[Subject] = (),
) -> tuple[tuple[int, ...], ...]:
    """
    Return the mentions of each event, as indices; events are ordered by their first mention.

    A mention joins the event of the most likely earlier mention of its type, if their logit is at least `same`;
    otherwise it starts a new event. (The best antecedent: Soon, Ng, Lim, 2001; Ng, Cardie, 2002.) Events that are about
    something else, such as another CVE number, are left out.

    Args:
        types: The event type of each mention, in the order of the text.
        identities: (mentions, d), see `WindowOutput.identity`.
        sentences: (mentions,), the index of the sentence of each.
        same: See `Decoding`.
        apart: See `Decoding`.
        subjects: What each mention is about; nothing is known of any if there are none.
    """
    before: dict[str, list[int]] = defaultdict(list)
    events: dict[int, list[int]] = {}
    about: dict[int, Subject] = {}
    event_of: list[int] = []
    for index, event_type in enumerate(types):
        subject = subjects[index] if subjects else Subject()
        rivals = np.array(before[event_type][-_LOOK_BACK:], np.int64)
        far = np.log1p(np.abs(sentences[rivals] - sentences[index]))
        logits = identities[rivals] @ identities[index] - apart * far
        if subject != Subject() and len(rivals):
            events_before = {event_of[rival] for rival in rivals}
            others = {event for event in events_before if subject.is_apart_from(about[event])}
            logits = np.where([event_of[rival] in others for rival in rivals], -np.inf, logits)
        best = int(logits.argmax()) if len(rivals) else -1
        event = event_of[rivals[best]] if best >= 0 and logits[best] >= same else index
        events.setdefault(event, []).append(index)
        about[event] = about.get(event, Subject()).joined(subject)
        event_of.append(event)
        before[event_type].append(index)
    return tuple(tuple(event) for event in events.values())
