"""Dates and numbers of a dossier in words."""

import pytest

from incidex.export.dossier_words import plural, said_date


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
    assert said_date(written) == said


def test_one_is_no_plural() -> None:
    assert (plural(1, "report"), plural(0, "report")) == ("1 report", "0 reports")
