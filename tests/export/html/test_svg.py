"""The drawings of a dossier: what they leave out, and how words are cut."""

from dataclasses import replace

import pytest

from incidex.export.html.svg import draw_graph, draw_timeline, fitting
from incidex.records import Dossier


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
