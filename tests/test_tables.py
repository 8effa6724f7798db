"""Reads the tables that ship with the package."""

import pytest

from incidex.tables import table


@pytest.mark.parametrize(
    ("package", "name", "key"),
    [("incidex.labels", "scheme", "event_types"), ("incidex.english", "lexicon/abbreviations", "starters")],
)
def test_reads_a_table_of_a_package(package, name, key):
    assert table(package, name)[key]


def test_a_table_is_read_once():
    assert table("incidex.labels", "scheme") is table("incidex.labels", "scheme")
