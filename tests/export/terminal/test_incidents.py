"""The list of incidents for terminals."""

from incidex.export.terminal.incidents import to_terminal_incidents
from incidex.records import Document, Incident


def incident(id: str, title: str = "Acme Foods hit", documents: tuple[str, ...] = ("d",)) -> Incident:
    return Incident(id, title, ("AttackRansom",), "2024-05-07", "2024-05-10", (), documents)


def test_an_incident_has_the_beginning_of_its_id_and_who_reports_it() -> None:
    shown = to_terminal_incidents([incident("35e8efc0-e01d")], {"d": Document("x", publisher="Post")}, colour=False)
    assert shown == (
        "35e8efc0  Acme Foods hit\n          Ransom or extortion. 7 May 2024 to 10 May 2024, 1 report: Post\n"
    )


def test_ids_are_shown_as_far_as_it_takes_to_tell_them_apart() -> None:
    shown = to_terminal_incidents([incident("35e8efc0-a1"), incident("35e8efc0-b2")], {}, colour=False)
    assert shown.startswith("35e8efc0-a  ")


def test_hostile_titles_fit_and_do_nothing() -> None:
    shown = to_terminal_incidents([incident("1", "\x1b[2J" + "word " * 50_000)], {}, width=60, colour=False)
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 60
    assert len(shown) < 2000
