"""Weighs the names and words of a report by where they occur, how often, and how rare they are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from incidex.english.tokens import Token
from incidex.matching.frequencies import name_rarity, rarity
from incidex.matching.words import stem
from incidex.records import Weighted

# How much a name says about the topic of a report in its headline, in its first sentences, and elsewhere.
TITLE, LEAD, BODY = 3.0, 1.5, 0.6
# What it says in a sentence about another incident.
ASIDE = 0.1
# The first sentences are so many.
LEAD_SENTENCES = 3
_MOST_WORDS, _MOST_NAMES, _MOST_SALIENT = 150, 60, 20


def weighted_names(title: Iterable[str], body: Sequence[Iterable[str]]) -> tuple[Weighted, ...]:
    """Return the names of the headline and of each sentence of the body with their weights, the greatest first."""
    weights: defaultdict[str, float] = defaultdict(float)
    for index, names in enumerate(body):
        for name in set(names):
            weights[name] += LEAD if index < LEAD_SENTENCES else BODY
    for name in set(title):
        weights[name] += TITLE
    scored = {name: name_rarity(name) * _share(weight) for name, weight in weights.items()}
    return _top(scored, _MOST_NAMES)


def weighted_words(title: Iterable[Token], body: Iterable[Iterable[Token]]) -> tuple[Weighted, ...]:
    """Return the stems of the words of headline and body with their weights, whose squares add up to 1."""
    counts: Counter[str] = Counter(word.lower for sentence in body for word in sentence)
    for word in title:
        counts[word.lower] += 2
    stems: Counter[str] = Counter()
    rare: dict[str, float] = {}
    for written, count in counts.items():
        if len(written) > 1:
            base = stem(written)
            stems[base] += count
            rare[base] = min(rarity(written), rare.get(base, 1.0))
    scored = {base: rare[base] * (1 + count) ** 0.5 for base, count in stems.items()}
    return _normalised(dict(_top(scored, _MOST_WORDS)))


def weighted_title(title: Iterable[Token]) -> tuple[Weighted, ...]:
    """Return the stems of the words of a headline alone with their weights, whose squares add up to 1."""
    return _normalised({stem(word.lower): rarity(word.lower) for word in title if len(word.lower) > 1})


def weighted_mentions(weights: Mapping[str, float], title: str) -> tuple[Weighted, ...]:
    """Return what was mentioned with these weights, in 0..1 each; what the headline has too counts more."""
    lowered = title.lower()
    scored = {name: _share(weight + TITLE * (name.lower() in lowered)) for name, weight in weights.items()}
    return _top(scored, _MOST_SALIENT)


def _share(weight: float) -> float:
    """Return 0..1 for a weight from 0 upwards: half for one mention in the headline or two in the first sentences."""
    return weight / (weight + TITLE)


def _top(scored: Mapping[str, float], most: int) -> tuple[Weighted, ...]:
    best = sorted(scored.items(), key=lambda item: (-item[1], item[0]))[:most]
    return tuple((name, round(weight, 4)) for name, weight in best)


def _normalised(scored: Mapping[str, float]) -> tuple[Weighted, ...]:
    norm = sum(weight**2 for weight in scored.values()) ** 0.5 or 1.0
    return _top({word: weight / norm for word, weight in scored.items()}, len(scored))
