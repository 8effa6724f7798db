"""Finds counts that one source gave first and another time later: a development, not a disagreement."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from incidex.dossiers.figures import Figure
from incidex.dossiers.support import Counting, grouped
from incidex.english import lexicon
from incidex.records import Development, Value

_MOST = 20
_Group = Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Developments:
    """
    How the figures of one measure changed.

    Attributes:
        found: The changes.
        replaced: Unit and value of the figures that no longer hold.
    """

    found: tuple[Development, ...]
    replaced: frozenset[tuple[str, float]]


def developments(group: _Group, counting: Counting, value: Callable[[_Group], Value]) -> Developments:
    """
    Return how figures of one measure changed: a report says so itself, or the same claimant gave both.

    Args:
        group: All figures of the measure, in the order of publication.
        counting: Which reports count together.
        value: Makes a value of equal figures.
    """
    pairs: dict[tuple[tuple[str, float], tuple[str, float]], tuple[Figure, Figure, str]] = {}
    for old, new, reason in (*_stated(group), *_told_twice(group, counting)):
        pairs.setdefault((_key(old), _key(new)), (old, new, reason))
    of_value = {_key(same[0]): same for same in grouped(group, _key)}
    found = tuple(
        Development(value(of_value[_key(old)]), value(of_value[_key(new)]), reason)
        for old, new, reason in list(pairs.values())[:_MOST]
    )
    return Developments(found, frozenset(old for old, _ in pairs))


def _stated(group: _Group) -> Iterator[tuple[Figure, Figure, str]]:
    """Yield figures of which a report says that others replaced them, with what replaced them."""
    for old in (figure for figure in group if figure.is_former):
        own = [one for one in group if one.evidence.document == old.evidence.document and _may_replace(one, old)]
        near = min(own, key=lambda one: abs(one.evidence.span.start - old.evidence.span.start), default=None)
        if near:
            yield old, near, "A report gives the first figure as one that no longer holds."


def _told_twice(group: _Group, counting: Counting) -> Iterator[tuple[Figure, Figure, str]]:
    """Yield figures of one claimant, or of one outlet in its own words, in reports of different days."""
    whole = [figure for figure in group if not figure.is_part and not figure.is_former]
    for who, own in _by_speaker(whole, counting):
        for old, new in zip(own, own[1:], strict=False):
            later = counting.day(old.evidence.document) < counting.day(new.evidence.document)
            if later and _may_replace(new, old):
                yield old, new, f"{who} gave both, the second later."


def _by_speaker(figures: _Group, counting: Counting) -> Iterator[tuple[str, _Group]]:
    named = [figure for figure in figures if figure.evidence.claimant]
    for same in grouped(named, lambda one: one.evidence.claimant):
        yield str(same[0].evidence.claimant), same
    unnamed = [figure for figure in figures if not figure.evidence.claimant and not _is_attributed(figure)]
    for same in grouped(unnamed, lambda one: counting.outlet(one.evidence.document)):
        if outlet := counting.outlet(same[0].evidence.document):
            yield outlet, same


def _may_replace(new: Figure, old: Figure) -> bool:
    comparable = (
        new.unit == old.unit and new.value != old.value and (new.noun == old.noun or new.is_bare or old.is_bare)
    )
    return comparable and not new.is_part and not new.is_former


def _is_attributed(figure: Figure) -> bool:
    """Return whether the sentence gives a figure in the name of somebody, though no claim was found in it."""
    words = figure.evidence.context.lower().replace(",", " ").split()
    return not lexicon.words("attributing").isdisjoint(words)


def _key(figure: Figure) -> tuple[str, float]:
    return figure.unit, figure.value
