"""
Finds copies among reports: the same text in several places, shortened or under another headline, like agency copy.

Two texts are compared by their shingles, runs of five words (Broder, On the resemblance and containment of documents,
1997). The measure is containment: the share of the shorter text that is also in the longer one.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from incidex.dossiers.report import Report

Shingle = tuple[str, ...]

# Enough for an article; of longer reports only the beginning is compared.
_MOST_WORDS, _LONGEST_SENTENCE = 5000, 20_000
_FEWEST_SHINGLES = 20
# Syndicated texts that were cut or lightly edited reach 0.75 and more, reports of one event by different hands less
# than 0.25, long quotations included: see the measured examples in the tests.
COPIED = 0.6
# Candidates are found by a fifth of the shingles. A shingle that more texts share is from a template, and not counted.
_ONE_IN = 5
_MOST_SHARING = 16
_CANDIDATES = 5
_WORD = re.compile(r"\w+")


def shingles(report: Report) -> frozenset[Shingle]:
    """Return the runs of five words in the sentences of a report, whatever their case and punctuation."""
    text = report.document.text
    words: list[str] = []
    for sentence in report.sentences:
        words += _WORD.findall(sentence.span.of(text)[:_LONGEST_SENTENCE].lower())
        if len(words) > _MOST_WORDS:
            break
    del words[_MOST_WORDS:]
    return frozenset(zip(words, words[1:], words[2:], words[3:], words[4:], strict=False))


def containment(one: frozenset[Shingle], other: frozenset[Shingle]) -> float:
    """Return the share of the smaller set that is in the other, 0..1; 0 if one is too small to tell."""
    least = min(len(one), len(other))
    return len(one & other) / least if least >= _FEWEST_SHINGLES else 0.0


def copies(sets: Sequence[frozenset[Shingle]]) -> dict[int, int]:
    """
    Return which of the texts with these shingles are copies, and of which other.

    Each text is compared with those before it that are not copies themselves, so the order decides which is the
    original.
    """
    found: dict[int, int] = {}
    index: dict[Shingle, list[int]] = defaultdict(list)
    for number, own in enumerate(sets):
        keys = [shingle for shingle in own if _is_key(shingle[0])]
        shared = Counter(chain.from_iterable(index[key] for key in keys if key in index))
        nearest = sorted(shared, key=lambda other: (-shared[other], other))[:_CANDIDATES]
        original = next(
            (
                other
                for other in nearest
                if _may_be(shared[other], len(own), len(sets[other])) and containment(own, sets[other]) >= COPIED
            ),
            None,
        )
        if original is not None:
            found[number] = original
            continue
        for key in keys:
            if len(index[key]) < _MOST_SHARING:
                index[key].append(number)
    return found


def _may_be(shared: int, own: int, other: int) -> bool:
    """Return whether a copy may share so few keys: it would share about two thirds of those of the shorter text."""
    return shared * _ONE_IN >= min(own, other) / 4


@lru_cache(maxsize=50_000)
def _is_key(word: str) -> bool:
    """Return whether shingles that begin with a word are used to find candidates: a fifth of all words, at random."""
    return zlib.crc32(word.encode()) % _ONE_IN == 0
