"""The store as it is used from Python: dossiers, lists of incidents, and mistakes that are named."""

import pytest

import incidex
from incidex.errors import InputError

TEXT = "Thieves stole files from Kestrel Ferries."


def test_a_dossier_says_what_the_reports_of_an_incident_say(store, report):
    added = store.add(report(TEXT, victim="Kestrel Ferries", published_at="2024-03-14", title="Files stolen"))
    dossier = store.dossier(added.incidents[0].id[:8])
    assert dossier.id == added.incidents[0].id
    assert [value.text for value in dossier.victims] == ["Kestrel Ferries"]
    assert (dossier.first_seen, dossier.founded_on, len(dossier.sources)) == ("2024-03-14", "2024-03-14", 1)


def test_a_dossier_leaves_out_what_people_decided_to_ignore(store, report):
    added = store.add(report(TEXT, victim="Kestrel Ferries", title="Files stolen"))
    store.ignore("Kestrel Ferries", author="jo", reason="The newspaper.")
    assert store.dossier(added.incidents[0].id).victims == ()


def test_a_dossier_of_an_unknown_incident_is_refused(store):
    with pytest.raises(InputError, match="No incident in the store has the id 35e8efc0"):
        store.dossier("35e8efc0")


def test_incidents_are_shown_as_a_table_in_notebooks(store, report):
    assert store.incidents() == ()
    store.add(report(TEXT, victim="Kestrel Ferries", title="Files stolen"))
    assert "Data breach: Kestrel Ferries" in store.incidents()._repr_html_()
    assert isinstance(store.incidents(victim="nobody"), incidex.Incidents)


@pytest.mark.parametrize("given", [TEXT, incidex.from_text(TEXT), None, 7])
def test_only_analyses_can_be_added(store, given):
    with pytest.raises(TypeError, match="A store takes what incidex.analyse returns, not "):
        store.add(given)


def test_a_store_opens_at_a_path(tmp_path):
    with incidex.open_store(tmp_path / "deep" / "store.sqlite") as opened:
        assert opened.incidents() == ()
    assert (tmp_path / "deep" / "store.sqlite").exists()
