"""Ids by their beginnings, on both databases."""

from typing import Any

import pytest

from incidex.errors import InputError
from incidex.store import Store


def test_the_beginning_of_an_id_is_enough(store: Store, report: Any) -> None:
    analysis = report("Thieves stole a ship of Kestrel Ferries.", victim="Kestrel Ferries")
    (incident,) = store.add(analysis).incidents
    assert store.document(analysis.document.id[:8]) == analysis.document
    assert store.incident(incident.id[:4]) == incident


@pytest.mark.parametrize("beginning", ["", "abc", "%", "____", "zzzz"])
def test_what_is_too_short_or_no_beginning_is_not_found(store: Store, report: Any, beginning: str) -> None:
    store.add(report("Thieves stole a ship of Kestrel Ferries.", victim="Kestrel Ferries"))
    with pytest.raises(InputError, match="No document"):
        store.document(beginning)
    with pytest.raises(InputError, match="No incident"):
        store.incident(beginning)


def test_the_beginning_of_several_ids_is_refused(store: Store, report: Any) -> None:
    # Two of the first numbers for which that is so.
    for number in (217, 544):
        store.add(report(f"Ship number {number} sank."))
    first, second = store.document_ids()
    shared = first[:4]
    assert second.startswith(shared)
    with pytest.raises(InputError, match=f"The ids of several documents begin with {shared}"):
        store.document(shared)
