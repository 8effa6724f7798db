"""Counts how many sources say something, and groups what different reports say about the same thing."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from incidex.records import Certainty, ClaimKind, Evidence, Support, Value

_S = TypeVar("_S")
_DOUBTS = (ClaimKind.DENIES.value, ClaimKind.LEAVES_OPEN.value)
_MOST_NAMES = 3


class Counting:
    """Knows which documents are counted together, and so how many independent sources some evidence has."""

    def __init__(
        self,
        counts_with: Mapping[str, str],
        *,
        days: Mapping[str, str] | None = None,
        outlets: Mapping[str, str] | None = None,
    ) -> None:
        """
        Take the id of each document with that of the one that it is counted together with, its own if it is
        independent; in the order of publication.

        Args:
            counts_with: These ids.
            days: The day of publication of each document that has one, ISO 8601.
            outlets: The outlet of each document that has one.
        """
        self._root = dict(counts_with)
        self._days, self._outlets = days or {}, outlets or {}
        self._place = {document: place for place, document in enumerate(counts_with)}

    @property
    def independent(self) -> int:
        """The number of independent sources."""
        return len(set(self._root.values()))

    def origin(self, document: str) -> str:
        """Return the id of the independent source that `document` is counted together with."""
        return self._root[document]

    def day(self, document: str) -> str:
        """Return the day of publication of `document`, ISO 8601; empty if it has none."""
        return self._days.get(document, "")

    def outlet(self, document: str) -> str:
        """Return who published `document`; empty if that is not known."""
        return self._outlets.get(document, "")

    def ordered(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Return evidence in the order of publication, then of the text, each place once."""
        once = {(one.document, one.span.start, one.span.end, one.kind, one.claimant): one for one in evidence}
        return tuple(sorted(once.values(), key=lambda one: (self._place[one.document], one.span.start, one.span.end)))

    def support(self, evidence: Iterable[Evidence]) -> Support:
        """Return how many reports, sources and claimants are behind `evidence`."""
        found = list(evidence)
        documents = {one.document for one in found}
        sources = len({self._root[document] for document in documents})
        first = min(documents, key=self._place.__getitem__, default="")
        certainty, reason = certainty_of(found, sources)
        return Support(
            reports=len(documents),
            sources=sources,
            claimants=tuple(dict.fromkeys(one.claimant for one in found if one.claimant)),
            first=first,
            first_on=self._days.get(first),
            certainty=certainty,
            reason=reason,
        )

    def value(self, text: str, kind: str, evidence: Iterable[Evidence], note: str = "") -> Value:
        """Return a value with its evidence and support."""
        ordered = self.ordered(evidence)
        return Value(text, kind, self.support(ordered), ordered, note)


def certainty_of(evidence: Sequence[Evidence], sources: int) -> tuple[Certainty | None, str]:
    """Return how sure something is that has this evidence in so many independent sources, and why."""
    if not evidence:
        return None, ""
    denied = dict.fromkeys(one.claimant or "somebody" for one in evidence if one.kind in _DOUBTS)
    hedged = sum(1 for one in evidence if one.hedges or one.kind == ClaimKind.SUSPECTS.value)
    parts = [f"{sources} independent source{'s' if sources != 1 else ''}"]
    if hedged:
        parts.append("hedged" if hedged == len(evidence) else f"hedged in {hedged} of {len(evidence)} places")
    if denied:
        parts.append(f"denied or left open by {', '.join(list(denied)[:_MOST_NAMES])}")
    reason = "; ".join(parts)
    if denied:
        return Certainty.DISPUTED, reason
    if hedged == len(evidence):
        return Certainty.HEDGED, reason
    return (Certainty.CORROBORATED if sources > 1 else Certainty.SINGLE), reason


def best_first(values: Iterable[Value]) -> tuple[Value, ...]:
    """Return values with the most independent sources first, then those with the most reports, then the earliest."""
    return tuple(sorted(values, key=lambda value: (-value.support.sources, -value.support.reports)))


def grouped(found: Iterable[_S], key: Callable[[_S], object]) -> list[list[_S]]:
    """Return `found` in groups of the same key, in the order in which the keys occur first."""
    groups: dict[object, list[_S]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    return list(groups.values())


def most_frequent(words: Sequence[str]) -> str:
    """Return the most frequent of `words`; of several the first."""
    return Counter(words).most_common(1)[0][0]
