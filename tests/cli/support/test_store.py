"""How an incident is found by what a person gives for its id."""

import gc

import pytest

from incidex.cli.support.console import Console
from incidex.cli.support.store import Listing, find_incident, without_garbage_collection
from incidex.errors import InputError
from incidex.records import Incident
from incidex.store.results import Added, Status


class Kept:
    """A store with three incidents."""

    place = "made.sqlite"

    def __init__(self) -> None:
        self.known = [
            Incident("35e8efc0-01", "Kestrel Ferries hit", (), None, None, ("77aa0000-01",), ()),
            Incident("35e8efc0-02", "Acme Foods hit", (), None, None, (), ()),
            Incident("9b7c1d2e-03", "Flaw in CartMoor", (), None, None, (), ()),
        ]

    def incident(self, id: str) -> Incident:
        for one in self.known:
            if one.id == id:
                return one
        raise InputError("There is none.")

    def incidents(self) -> tuple[Incident, ...]:
        return tuple(self.known)


@pytest.mark.parametrize(
    ("wanted", "id"),
    [
        pytest.param("35e8efc0-02", "35e8efc0-02", id="whole id"),
        pytest.param("9b7c", "9b7c1d2e-03", id="beginning"),
        pytest.param("9B7C1D", "9b7c1d2e-03", id="capitals"),
        pytest.param("77aa", "35e8efc0-01", id="id of a member"),
        pytest.param("kestrel", "35e8efc0-01", id="word of the title"),
        pytest.param("hit acme", "35e8efc0-02", id="words of the title"),
    ],
)
def test_what_leads_to_one_incident(wanted: str, id: str) -> None:
    assert find_incident(Kept(), wanted).id == id  # type: ignore[arg-type]


@pytest.mark.parametrize("wanted", ["ffff0000", "", "   ", "acme kestrel", "'; --"])
def test_what_leads_to_none_is_said(wanted: str) -> None:
    with pytest.raises(InputError, match="No incident in made.sqlite"):
        find_incident(Kept(), wanted)  # type: ignore[arg-type]


def test_garbage_collection_is_as_it_was_even_after_an_error() -> None:
    def fail() -> None:
        assert not gc.isenabled()
        raise ValueError("made")

    assert gc.isenabled()
    with pytest.raises(ValueError, match="made"), without_garbage_collection():
        fail()
    assert gc.isenabled()


def test_several_are_all_named() -> None:
    with pytest.raises(InputError, match="any of 2 incidents") as error:
        find_incident(Kept(), "35e8")  # type: ignore[arg-type]
    assert "35e8efc0-01  Kestrel Ferries hit" in str(error.value)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\u2028", "\n\n"])
def test_a_line_end_in_the_name_of_a_file_makes_no_second_line(end: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Console() as console, Listing(console, as_json=False) as listing:
        listing.put_added(f"first{end}added  second.txt", Added("d1", Status.ADDED, ()))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("added          first")
    assert lines[0].endswith("second.txt  ->  no incident")
