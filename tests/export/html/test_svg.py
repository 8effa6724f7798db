"""The drawings of a dossier: what they leave out, and how words are cut."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from dossier_case import blank

from incidex.export.html.svg import draw_graph, draw_timeline, fitting
from incidex.records import Dossier, Evidence, Moment, Span, Support


@pytest.mark.parametrize(
    ("words", "most", "expected"),
    [
        pytest.param("Night Ledger", 20, "Night Ledger", id="fits"),
        pytest.param("Night  \n Ledger", 20, "Night Ledger", id="one line"),
        pytest.param("abcdefghij", 5, "abcd…", id="cut"),
        pytest.param("名名名名名", 6, "名名…", id="wide letters count twice"),
    ],
)
def test_words_are_cut_to_their_room(words: str, most: int, expected: str) -> None:
    assert fitting(words, most) == expected


def test_without_actors_and_times_nothing_is_drawn(made: Dossier) -> None:
    empty = replace(made, actors=(), timeline=())
    assert (draw_graph(empty), draw_timeline(empty)) == ("", "")


def test_a_day_is_a_dot_and_a_month_is_a_bar(made: Dossier) -> None:
    drawn = draw_timeline(made)
    assert "<circle" in drawn
    assert "<rect" in drawn


def test_a_timeline_of_five_hundred_moments_stays_small(made: Dossier) -> None:
    assert draw_timeline(replace(made, timeline=made.timeline * 500)).count("<text") < 40


def test_denials_are_broken_lines(made: Dossier) -> None:
    assert 'class="edge denies"' in draw_graph(made)


def moments(*days: str) -> tuple[Moment, ...]:
    """Return a moment for each day."""
    place = Evidence("a", Span(0, 1), "x", Span(0, 1), "x")
    ends = [(date.fromisoformat(day) + timedelta(days=1)).isoformat() for day in days]
    return tuple(
        Moment(day, end, "day", day, "AttackDatabreach", False, False, Support(1, 1), (place,))
        for day, end in zip(days, ends, strict=True)
    )


def places_of(drawing: str) -> list[float]:
    return [float(place) for place in re.findall(r'<circle cx="([\d.]+)"', drawing)]


def test_one_old_day_does_not_squeeze_the_others() -> None:
    recent = ("2024-05-01", "2024-05-04", "2024-05-09", "2024-05-12")
    places = places_of(draw_timeline(blank(timeline=moments("2012-01-01", *recent))))
    assert places[-1] - places[1] > 0.7 * (places[-1] - places[0])


def test_a_shortened_time_is_shown_and_named() -> None:
    drawing = draw_timeline(blank(timeline=moments("2012-01-01", "2024-05-01", "2024-05-12")))
    assert 'class="break"' in drawing
    assert "Shortened: 2 January 2012 to 1 May 2024" in drawing


@pytest.mark.parametrize("days", [("2024-05-01", "2024-05-04", "2024-05-30"), ("2024-05-01",)])
def test_what_is_not_squeezed_is_not_shortened(days: tuple[str, ...]) -> None:
    drawing = draw_timeline(blank(timeline=moments(*days)))
    assert 'class="break"' not in drawing
    assert places_of(drawing) == sorted(places_of(drawing))
