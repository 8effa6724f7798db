"""The index finds a name by each of its spellings."""

import pytest

from incidex.link.names.index import Names, index
from incidex.link.names.knowledge import Knowledge, Source, knowledge
from incidex.records import EntityKind, Entry


def _index(*sources: Source) -> Names:
    return index(Knowledge(sources, frozenset({"night", "heron"})))


def _source(name: str, *entries: Entry) -> Source:
    return Source("s", name, "2", "", "CC0 1.0", "", entries)


def test_an_entry_is_found_by_its_name_and_its_aliases() -> None:
    names = _index(_source("One", Entry("1", "Night Heron", EntityKind.INTRUSION_SET, ("Zornik",))))
    assert [item.alias for key in ("nightheron", "zornik") for item in names.by_key[key].known] == [
        "Night Heron",
        "Zornik",
    ]
    assert names.by_key["zornik"].known[0].source == "One 2"


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        pytest.param("Zornik Ransomware", {"zornik"}, id="the noun is dropped"),
        pytest.param("Zornik Group", {"zornikgroup", "zornik"}, id="the noun may be dropped"),
        pytest.param("The Zornik Crew", {"thezornikcrew", "zornikcrew", "zornik", "thezornik"}, id="article"),
        pytest.param("Ransomware", set(), id="never a name"),
    ],
)
def test_nouns_and_articles_can_be_left_out(name: str, keys: set[str]) -> None:
    assert set(_index(_source("One", Entry("1", name, EntityKind.MALWARE))).by_key) == keys


def test_a_name_of_several_entries_has_all_of_them() -> None:
    names = _index(
        _source("One", Entry("1", "Zornik", EntityKind.INTRUSION_SET), Entry("2", "Zornik", EntityKind.MALWARE)),
        _source("Two", Entry("3", "zornik", EntityKind.MALWARE)),
    )
    name = names.find("zornik")
    assert name
    assert name.mixed
    assert [item.entry.id for item in name.known] == ["1", "2", "3"]


def test_the_cluster_of_tools_makes_no_software_of_an_actor() -> None:
    names = _index(
        _source("One", Entry("1", "Zornik", EntityKind.INTRUSION_SET)),
        _source("MISP galaxy: Tool", Entry("2", "Zornik", EntityKind.TOOL)),
    )
    name = names.find("zornik")
    assert name
    assert not name.mixed
    assert [item.entry.id for item in name.known] == ["1"]


def test_a_name_that_all_entries_share_is_indexed_in_linear_time() -> None:
    entries = [Entry(str(number), "Zornik", EntityKind.MALWARE) for number in range(50_000)]
    assert len(_index(_source("One", *entries)).by_key["zornik"].known) == 50_000


def test_the_index_is_made_once() -> None:
    assert index(knowledge()) is index(knowledge())


@pytest.mark.parametrize(("alias", "whole"), [("Zornik", True), ("Zornik (ELF)", True), ("Zornik Stealer", False)])
def test_software_is_whole_where_no_noun_was_left_out(alias: str, whole: bool) -> None:
    assert _index(_source("One", Entry("1", alias, EntityKind.MALWARE))).by_key["zornik"].whole is whole
