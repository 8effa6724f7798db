"""Lists of incidents, on both databases: chosen, ordered, in parts, and with counts."""

from typing import Any

import pytest

from incidex.errors import InputError
from incidex.records import FacetKind, Filter, Order
from incidex.store import Store
from incidex.store.summaries import cursors

FERRY = "Thieves stole the names of passengers of Kestrel Ferries."
BANK = "Someone stole the accounts of Marrow Bank."
SCHOOL = "Thieves stole the marks of pupils of Alder School."


@pytest.fixture
def three(store: Store, report: Any) -> dict[str, str]:
    """Put three incidents into the store, and return their ids by victim."""
    found = {}
    for text, victim, day in (
        (FERRY, "Kestrel Ferries", "2024-03-14"),
        (BANK, "Marrow Bank", "2024-05-02"),
        (SCHOOL, "Alder School", None),
    ):
        added = store.add(report(text, source=f"{victim}.txt", victim=victim, published_at=day))
        found[victim] = added.incidents[0].id
    return found


def test_a_list_shows_what_the_dossiers_show(store: Store, three: dict[str, str]) -> None:
    page = store.summaries()
    assert (page.total, page.next, page.facets) == (3, None, ())
    for summary in page.summaries:
        dossier = store.dossier(summary.id)
        members = store.members(summary.id)
        assert (summary.title, summary.status, summary.types) == (dossier.title, dossier.status, dossier.types)
        assert summary.victims == tuple(victim.text for victim in dossier.victims)
        assert (summary.reports, summary.independent) == (len(dossier.sources), dossier.independent)
        assert summary.changed_at == members.changed_at
        assert store.incident(summary.id).title == dossier.title


@pytest.mark.parametrize(
    ("wanted", "victims"),
    [
        pytest.param(Filter(), ["Marrow Bank", "Kestrel Ferries", "Alder School"], id="all, those without a day last"),
        pytest.param(Filter(since="2024-04"), ["Marrow Bank"], id="since a month"),
        pytest.param(Filter(until="2024-03"), ["Kestrel Ferries"], id="until a month"),
        pytest.param(Filter(victim="ferries kestrel"), ["Kestrel Ferries"], id="words of a name in any order"),
        pytest.param(Filter(victim='"kestrel ferries"'), ["Kestrel Ferries"], id="a whole name"),
        pytest.param(Filter(victim='"Kestrel"'), [], id="not the whole name"),
        pytest.param(Filter(victim='""'), [], id="no name"),
        pytest.param(Filter(victim="%"), [], id="a sign is no wildcard"),
        pytest.param(Filter(type="data breach", victim="bank"), ["Marrow Bank"], id="two conditions"),
        pytest.param(Filter(type="ransom"), [], id="another event type"),
        pytest.param(Filter(status="reported"), ["Marrow Bank", "Kestrel Ferries", "Alder School"], id="status"),
        pytest.param(Filter(actor="bank"), [], id="a victim is no actor"),
        pytest.param(Filter(country="de"), [], id="no country"),
        pytest.param(Filter(cve="CVE-2024-1"), [], id="no number"),
        pytest.param(Filter(words="passenger"), ["Kestrel Ferries"], id="words of a report in any form"),
        pytest.param(Filter(words='"data breach" ferries'), ["Kestrel Ferries"], id="words of a title"),
        pytest.param(Filter(words="stole -accounts -pupils"), ["Kestrel Ferries"], id="words that must not occur"),
        pytest.param(Filter(changed_since="9999"), [], id="not changed since"),
    ],
)
def test_incidents_are_chosen(store: Store, three: dict[str, str], wanted: Filter, victims: list[str]) -> None:
    page = store.summaries(wanted)
    assert [summary.victims[0] for summary in page.summaries] == victims
    assert page.total == len(victims)


def test_an_order_is_kept(store: Store, three: dict[str, str], report: Any) -> None:
    later = report(f"{FERRY} It is sorry.", source="d.txt", victim="Kestrel Ferries", published_at="2024-03-15")
    assert store.add(later).incidents[0].id == three["Kestrel Ferries"]

    def victims(order: Order) -> list[str]:
        return [summary.victims[0] for summary in store.summaries(order=order).summaries]

    assert victims(Order.DATE) == ["Marrow Bank", "Kestrel Ferries", "Alder School"]
    assert victims(Order.CHANGED) == ["Kestrel Ferries", "Alder School", "Marrow Bank"]
    assert victims(Order.SIZE) == ["Kestrel Ferries", "Alder School", "Marrow Bank"]


@pytest.mark.parametrize("order", Order)
def test_the_parts_of_a_list_are_the_list(store: Store, three: dict[str, str], order: Order) -> None:
    whole = store.summaries(order=order).summaries
    parts: list[Any] = []
    after = None
    while True:
        page = store.summaries(order=order, limit=1, after=after)
        assert (page.total, len(page.summaries)) == (3, 1)
        parts += page.summaries
        if (after := page.next) is None:
            break
    assert tuple(parts) == whole


@pytest.mark.parametrize(
    "cursor",
    ["", "!", "aGFsbG8", "é", cursors.written(Order.SIZE, 3, 1), cursors.written(Order.DATE, 3, 1), "WzFd" * 99],
)
def test_what_is_no_place_in_a_list_is_refused(store: Store, cursor: str) -> None:
    with pytest.raises(InputError, match="is no place in this list"):
        store.summaries(after=cursor)


def test_values_are_counted_among_what_the_other_conditions_leave(store: Store, three: dict[str, str]) -> None:
    def choices(wanted: Filter | None = None) -> dict[FacetKind, dict[str, int]]:
        page = store.summaries(wanted, facets=True)
        return {facet.kind: {each.value: each.count for each in facet.choices} for facet in page.facets}

    assert choices()[FacetKind.TYPE] == {"AttackDatabreach": 3}
    assert choices()[FacetKind.VICTIM] == {"Kestrel Ferries": 1, "Marrow Bank": 1, "Alder School": 1}
    one = choices(Filter(victim="kestrel"))
    assert one[FacetKind.TYPE] == {"AttackDatabreach": 1}
    assert one[FacetKind.VICTIM] == choices()[FacetKind.VICTIM]
    assert choices(Filter(since="2024-04"))[FacetKind.VICTIM] == {"Marrow Bank": 1}
    for facet in store.summaries(facets=True).facets:
        for choice in facet.choices:
            wanted = Filter(**{facet.kind.value: f'"{choice.value}"'})
            assert store.summaries(wanted).total == choice.count
