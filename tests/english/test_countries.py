"""Countries by their names."""

import pytest

from incidex.english.countries import country_in, names_of
from incidex.tables import table


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("Germany", "Germany"),
        ("Bonn, Germany", "Germany"),
        ("the U.S.", "United States"),
        ("US", "United States"),
        ("us", ""),
        ("in", ""),
        ("The Netherlands", "Netherlands"),
        ("German", "Germany"),
        ("Wilmington, DE", ""),
        ("Atlanta, Georgia", ""),
        ("Lagos, Nigeria.", "Nigeria"),
        ("Saltmere", ""),
        ("", ""),
    ],
)
def test_the_country_of_a_place(place: str, country: str) -> None:
    assert country_in(place) == country


def test_a_country_has_other_names() -> None:
    assert names_of("Germany") == ("DE", "German")
    assert names_of("Saltmere") == ()


def test_no_name_is_that_of_two_countries() -> None:
    forms = [
        form.replace(".", "").casefold()
        for name, others in table("incidex.english", "countries").items()
        for form in {name, *others}
    ]
    doubled = {form for form in forms if forms.count(form) > 1}
    assert doubled <= {"us", "usa", "uk"}
