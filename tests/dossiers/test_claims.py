"""Who says what, across reports."""

from collections.abc import Callable

from incidex.records import Analysis, Dossier

THEFT = "Thieves [breach:stole] the records.\n\n"


def test_the_same_claimant_in_two_reports_is_one_statement(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    said = "Jane Roe of Kestrel Labs said that the group Night Ledger was behind the theft."
    made = dossier_of(article(THEFT + said), article(f"Yes. {THEFT}{said}"))
    (one,) = [statement for statement in made.statements if statement.kind == "attributed-to"]
    assert (one.claimant, one.accused, one.support.reports) == ("Jane Roe", "Night Ledger", 2)


def test_somebody_without_a_name_is_another_in_each_source(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(
        article("A spokesman said that thieves [breach:stole] the records of a bank."),
        article("A spokesman said that thieves [breach:stole] the plans of a shop."),
    )
    assert [one.support.reports for one in made.statements if one.kind == "states"] == [1, 1]
