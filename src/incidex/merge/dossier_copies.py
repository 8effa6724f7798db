"""
Finds copies among reports: the same text in several places, cut or with another headline, as agency copy is printed.

Two texts are compared by their shingles, which are runs of five words, as Broder does (On the resemblance and
containment of documents, 1997). What counts is containment: how much of the shorter text stands in the longer one.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice

from incidex.merge.dossier_report import Report

_SHINGLE = 5
# Enough for an article; of longer reports the beginning.
_MOST_WORDS = 5000
_FEWEST_SHINGLES = 20
# Syndicated texts that were cut or lightly edited reach 0.75 and more, reports of one event by different hands less
# than 0.25, long quotations included: see the measured examples in the tests.
COPIED = 0.6
# Candidates are found by a fifth of the shingles. What more texts share is a template, and not counted.
_ONE_IN = 5
_MOST_SHARING = 40
_CANDIDATES = 5
_WORD = re.compile(r"\w+")


def shingles(report: Report) -> frozenset[int]:
    """Return numbers for the runs of five words in the sentences of a report, whatever their case and punctuation."""
    text = report.document.text
    words = [
        word
        for sentence in report.sentences
        for word in islice(_WORD.findall(sentence.span.of(text)[:_MOST_WORDS].lower()), _MOST_WORDS)
    ][:_MOST_WORDS]
    runs = (" ".join(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1))
    return frozenset(zlib.crc32(run.encode()) for run in runs)


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """Return how much of the smaller set the other has, 0..1; 0 if one is too small to tell."""
    least = min(len(one), len(other))
    return len(one & other) / least if least >= _FEWEST_SHINGLES else 0.0


def copies(reports: Sequence[Report]) -> dict[int, tuple[int, float]]:
    """
    Return which of `reports` are copies: the index of each to that of the text that it is a copy of, and how much of
    the shorter of the two stands in the other.

    Each report is compared with the ones before it that are no copies themselves, so their order says which is the
    original.
    """
    found: dict[int, tuple[int, float]] = {}
    index: dict[int, list[int]] = defaultdict(list)
    sets = [shingles(report) for report in reports]
    for number, own in enumerate(sets):
        keys = [shingle for shingle in own if shingle % _ONE_IN == 0]
        shared = Counter(other for key in keys for other in index.get(key, ()))
        near = [(containment(own, sets[other]), -other) for other, _ in shared.most_common(_CANDIDATES)]
        share, other = max(near, default=(0.0, 0))
        if share >= COPIED:
            found[number] = (-other, share)
            continue
        for key in keys:
            if len(index[key]) < _MOST_SHARING:
                index[key].append(number)
    return found
