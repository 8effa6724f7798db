"""Moves what was read in sentences to where it stands in the document."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from incidex.encoder.reading import Reading
from incidex.records import Span


def placed(reading: Reading, sentences: Sequence[Span | None]) -> Reading:
    """
    Return `reading` with positions in the document.

    Args:
        reading: Counts characters of each sentence.
        sentences: Where each sentence of the article stands in the document; None for a headline that is no part of
            its text, whose tokens are left out.
    """
    begins = np.array([-1 if span is None else span.start for span in sentences])
    keep = np.flatnonzero(begins[reading.sentence] >= 0)
    moved = begins[reading.sentence[keep]]
    return replace(
        reading,
        sentence=reading.sentence[keep],
        start=reading.start[keep] + moved,
        end=reading.end[keep] + moved,
        continues=reading.continues[keep],
        triggers=reading.triggers[keep],
        arguments=reading.arguments[keep],
        roles=reading.roles[keep],
        realis=reading.realis[keep],
        links=reading.links[np.ix_(keep, keep)],
        identity=reading.identity[keep],
    )
