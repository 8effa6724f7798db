"""Dates and numbers of a dossier in words."""

from dataclasses import replace

import pytest

from incidex.export.dossier_words import date_in_words, distinct_statements, plural, verb
from incidex.records import Evidence, Span, Statement, Support


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2024-03-14", "14 March 2024"),
        ("2024-03-14T18:42+00:00", "14 March 2024"),
        ("2024-03", "March 2024"),
        ("2024", "2024"),
        (None, "no date"),
        ("soon", "soon"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(written: str | None, said: str) -> None:
    assert date_in_words(written) == said


def test_one_is_no_plural() -> None:
    assert (plural(1, "report"), plural(0, "report")) == ("1 report", "0 reports")


@pytest.mark.parametrize(
    ("kind", "context", "said"),
    [
        ("denies", "Acme denied that data was stolen.", "denies"),
        ("denies", "The bank has ruled out a theft.", "denies"),
        ("denies", "“No data was stolen,” Acme said.", "says"),
        ("confirms", "Acme confirmed that data was stolen.", "confirms"),
        ("", "Acme said so.", "says"),
    ],
)
def test_only_what_is_reported_as_a_denial_is_called_one(kind: str, context: str, said: str) -> None:
    assert verb(kind, evidence(context)) == said


@pytest.mark.parametrize(
    ("quote", "context", "said"),
    [
        ("passwords were stolen", "Acme does not believe that passwords were stolen.", "denies"),
        ("not only names were stolen", "Acme has found no evidence that not only names were stolen.", "denies"),
        ("passwords weren’t stolen", "Acme said passwords weren’t stolen.", "says"),
    ],
)
def test_a_denial_is_called_one_unless_its_words_are_negated(quote: str, context: str, said: str) -> None:
    assert verb("denies", replace(evidence(context), quote=quote)) == said


def test_what_one_claimant_says_of_two_events_in_the_same_words_is_told_once() -> None:
    told = [statement("Acme", "the theft"), statement("Acme", "the attack"), statement("Zeta", "the theft")]
    assert distinct_statements(told) == [told[0], told[2]]


def evidence(context: str) -> Evidence:
    return Evidence("d", Span(0, 4), context, Span(0, len(context)), context)


def statement(claimant: str, about: str) -> Statement:
    places = (evidence("It was hit."),)
    return Statement(claimant, "states", about, None, Support(1, 1), places)
