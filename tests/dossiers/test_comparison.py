"""What two dossiers have in common, and what is new since a day."""

from collections.abc import Callable
from dataclasses import replace

import dossier_case

from incidex.dossiers.comparison import changes_since, compare_dossiers
from incidex.records import Analysis, Incident


def test_what_both_have_and_what_only_one_has() -> None:
    one = dossier_case.made()
    victim = replace(one.victims[0], text="Ostrel Bank")
    other = replace(one, victims=(one.victims[0], victim), measures=())
    found = {(each.field, each.text, each.side) for each in compare_dossiers(one, other)}
    assert ("victims", "Acme Foods", "both") in found
    assert ("victims", "Ostrel Bank", "second") in found
    assert ("people", "9,000 customers", "first") in found


def test_a_dossier_does_not_differ_from_itself() -> None:
    made = dossier_case.made()
    assert {each.side for each in compare_dossiers(made, made)} == {"both"}


def test_the_reports_that_say_so_are_named() -> None:
    made = dossier_case.made()
    (victim,) = [each for each in compare_dossiers(made, made) if each.field == "victims"]
    assert victim.documents == ("a", "b")


def changed(article: Callable[..., Analysis], day: str) -> set[tuple[str, str, str]]:
    written = "They [breach:stole] data of [People:{} people]."
    told = (("2024-05-01", "Post", "900"), ("2024-05-09", "Wire", "4,000"))
    reports = [article(written.format(n), date=when, publisher=outlet, title=n) for when, outlet, n in told]
    ids = tuple(report.document.id for report in reports)
    incident = Incident("x", "One", ("AttackDatabreach",), "2024-05-01", "2024-05-09", (), ids)
    return {(each.field, each.text, each.side) for each in changes_since(day, incident, reports, ())}


def test_what_came_since_a_day(article: Callable[..., Analysis]) -> None:
    found = changed(article, "2024-05-02")
    assert ("reports", "Wire: 4,000", "second") in found
    assert ("people", "4,000 people", "second") in found
    assert not any("900 people" in text for _, text, _ in found)


def test_nothing_came_since_the_last_report(article: Callable[..., Analysis]) -> None:
    assert changed(article, "2024-05-10") == set()


def test_before_the_first_report_all_reports_are_new(article: Callable[..., Analysis]) -> None:
    assert {field for field, _, _ in changed(article, "2024-01-01")} == {"reports"}
