"""Scores merged incidents against gold ones."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from incidex.errors import FormatError, UnreadableSource
from incidex.evaluation.score import Score, score_of

Pair = frozenset[str]


@dataclass(frozen=True)
class GoldIncident:
    """
    An incident in the gold data.

    Attributes:
        name: A short description.
        documents: The names of the articles that report it.
        related: Articles that may or may not be counted as reports of it: pairs with them are not scored.
    """

    name: str
    documents: tuple[str, ...]
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gold:
    """
    Which articles report the same incident.

    Attributes:
        incidents: Those with several articles.
        singletons: Articles that are the only report of their incident.
        look_alikes: Pairs of articles about similar but different incidents.
    """

    incidents: tuple[GoldIncident, ...]
    singletons: tuple[str, ...] = ()
    look_alikes: tuple[tuple[str, str], ...] = ()

    @cached_property
    def listed(self) -> frozenset[str]:
        """All articles that are scored."""
        return frozenset(self.singletons).union(*(incident.documents for incident in self.incidents))

    @cached_property
    def same(self) -> frozenset[Pair]:
        """The pairs of articles that report the same incident."""
        return frozenset(frozenset(pair) for found in self.incidents for pair in combinations(found.documents, 2))

    @cached_property
    def unscored(self) -> frozenset[Pair]:
        """The pairs that are not scored."""
        pairs = ((one, other) for found in self.incidents for one in found.documents for other in found.related)
        return frozenset(map(frozenset, pairs)) - self.same


@dataclass(frozen=True, slots=True)
class IncidentScores:
    """
    How well merged incidents agree with gold ones.

    Attributes:
        pairs: Over pairs of articles in the same incident. Support: the number of such pairs in gold.
        b3: B³ (Bagga and Baldwin, 1998) over the articles of incidents with several articles. Over all articles it
            would be misleading: leaving each article by itself gets more than 0.8.
        macro: The mean over gold incidents of the scores of their pairs. Support: the number of gold incidents.
        false_pairs: Pairs that were wrongly joined.
        look_alikes: The look-alike pairs that were joined.
        look_alikes_listed: The number of look-alike pairs in gold.
        documents: The number of articles scored.
    """

    pairs: Score
    b3: Score
    macro: Score
    false_pairs: tuple[tuple[str, str], ...]
    look_alikes: tuple[tuple[str, str], ...]
    look_alikes_listed: int
    documents: int


def read_gold(path: Path) -> Gold:
    """
    Read gold incidents from a JSON file: lists called "incidents" (objects with "incident", "documents" and
    "related"), "singletons" and "look_alikes".

    Raises:
        UnreadableSource: The file cannot be read, or is not JSON.
        FormatError: It does not have this form.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read: {error.strerror}. Check the path.") from error
    except ValueError as error:
        raise UnreadableSource(f"{path} is not JSON. Give a file with gold incidents.") from error
    try:
        return gold_of(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormatError(
            f"{path} is not a file of gold incidents: it needs a list 'incidents' of objects with 'incident' and "
            "'documents'.\nSee docs/reference/incidents.md."
        ) from error


def gold_of(content: dict[str, Any]) -> Gold:
    """Return gold incidents from the content of a file; see `read_gold`."""
    incidents = tuple(
        GoldIncident(str(entry["incident"]), _names(entry["documents"]), _names(entry.get("related", [])))
        for entry in content["incidents"]
    )
    pairs = tuple((str(one), str(other)) for one, other in content.get("look_alikes", []))
    return Gold(incidents, _names(content.get("singletons", [])), pairs)


def _names(entries: Any) -> tuple[str, ...]:
    if not isinstance(entries, list):
        raise TypeError
    return tuple(map(str, entries))


def evaluate_incidents(gold: Gold, predicted: Iterable[Collection[str]]) -> IncidentScores:
    """
    Score predicted incidents.

    Args:
        gold: The gold incidents.
        predicted: The articles of each incident. An article may be in several, or in none. Articles that gold does not
            list are ignored.
    """
    found = [sorted(gold.listed.intersection(documents)) for documents in predicted]
    pairs = {frozenset(pair) for documents in found for pair in combinations(documents, 2)} - gold.unscored
    wrong = sorted(tuple(sorted(pair)) for pair in pairs - gold.same)
    merged = [(one, other) for one, other in gold.look_alikes if frozenset((one, other)) in pairs]
    return IncidentScores(
        pairs=score_of(len(pairs & gold.same), len(pairs), len(gold.same)),
        b3=_b3(gold, pairs),
        macro=_macro(gold, pairs),
        false_pairs=tuple((one, other) for one, other in wrong),
        look_alikes=tuple(merged),
        look_alikes_listed=len(gold.look_alikes),
        documents=len(gold.listed),
    )


def _b3(gold: Gold, pairs: set[Pair]) -> Score:
    """Return B³ over the articles of incidents with several articles."""
    precision, recall = [], []
    of_document: dict[str, set[str]] = {}
    for one, other in map(sorted, pairs):
        of_document.setdefault(one, set()).add(other)
        of_document.setdefault(other, set()).add(one)
    for incident in gold.incidents:
        if len(incident.documents) > 1:
            own = set(incident.documents)
            for document in incident.documents:
                together = {document} | of_document.get(document, set())
                precision.append(len(together & own) / len(together))
                recall.append(len(together & own) / len(own))
    return _mean(precision, recall, len(recall))


def _macro(gold: Gold, pairs: set[Pair]) -> Score:
    """Return the mean over incidents of precision and recall of the pairs with an article of the incident."""
    precision, recall = [], []
    for incident in gold.incidents:
        if len(incident.documents) > 1:
            own = {frozenset(pair) for pair in combinations(incident.documents, 2)}
            touched = {pair for pair in pairs if not pair.isdisjoint(incident.documents)}
            precision.append(len(touched & own) / len(touched) if touched else 0.0)
            recall.append(len(touched & own) / len(own))
    return _mean(precision, recall, len(recall))


def _mean(precision: Sequence[float], recall: Sequence[float], support: int) -> Score:
    p, r = (sum(values) / len(values) if values else 0.0 for values in (precision, recall))
    return Score(p, r, 2 * p * r / (p + r) if p + r else 0.0, support=support)
