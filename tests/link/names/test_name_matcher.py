"""Where a text writes a known name."""

import pytest

from incidex.link.names.index import index
from incidex.link.names.knowledge import Knowledge, Source
from incidex.link.names.name_matcher import find_places
from incidex.records import EntityKind, Entry, Span

_NAMES = index(
    Knowledge(
        (
            Source(
                "s",
                "One",
                "2",
                "",
                "CC0 1.0",
                "",
                (Entry("1", "Night Heron", EntityKind.MALWARE, ("Zornik", "TA505")),),
            ),
        ),
        frozenset({"night", "heron"}),
    )
)


def _spotted(text: str) -> list[str]:
    return [place.span.of(text) for place in find_places(text, Span(0, len(text)), _NAMES)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("It was Night Heron.", ["Night Heron"], id="as it is"),
        pytest.param("It was NightHeron.", ["NightHeron"], id="joined"),
        pytest.param("It was Night-Heron.", ["Night-Heron"], id="hyphen"),
        pytest.param("It was Night\nHeron.", ["Night\nHeron"], id="line end"),
        pytest.param("It was Night, Heron.", [], id="comma between"),
        pytest.param("It was Nig htheron.", [], id="divided at no part"),
        pytest.param("It was night heron.", [], id="ordinary words in small letters"),
        pytest.param("TA 505 and ta-505", ["TA 505"], id="digits"),
        pytest.param("Zornik/TA505", ["Zornik", "TA505"], id="slash"),
        pytest.param("See zornik.example and https://a.example/zornik", [], id="addresses"),
        pytest.param("@zornik, zornik@a.example, c:\\zornik, a.zornik", [], id="handles and paths"),
        pytest.param("Zornik. Zornik: (Zornik)", ["Zornik"] * 3, id="punctuation"),
    ],
)
def test_names_are_found_where_they_stand(text: str, found: list[str]) -> None:
    assert _spotted(text) == found


@pytest.mark.parametrize(
    ("text", "mixed"),
    [("The report of the police names Zornik.", True), ("Police Report Names Zornik Again", False)],
)
def test_a_place_knows_whether_capitals_mean_something(text: str, mixed: bool) -> None:
    (place,) = find_places(text, Span(0, len(text)), _NAMES)
    assert place.mixed is mixed


def test_a_place_sees_no_other_sentence() -> None:
    text = "They left. Zornik came. They left."
    (place,) = find_places(text, Span(11, 23), _NAMES)
    assert (place.before, place.behind) == ("", " came.")
