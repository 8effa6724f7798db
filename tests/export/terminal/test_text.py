"""The view for a terminal: coloured, readable without colours, and never obeying the article's control characters."""

import re

import pytest

from incidex.export.terminal.text import printable, to_terminal
from incidex.labels import scheme

LABELLED = "A leak. | AttackDatabreach, AttackRansom\n\nAdvertisement | O\n"
COLOUR = re.compile(r"\x1b\[[0-9;]+m")


def test_without_its_colours_it_is_the_labelled_form() -> None:
    painted = to_terminal(LABELLED, outside={2})
    assert painted != LABELLED
    assert COLOUR.sub("", painted) == LABELLED
    assert to_terminal(LABELLED, colour=False) == LABELLED


def test_each_label_has_a_colour_of_its_own() -> None:
    colours = {to_terminal(f"X. | {name}").replace(name, "").rsplit("\x1b[", 2)[1] for name in scheme().names}
    assert len(colours) == len(scheme().names)


def test_only_sentences_outside_the_article_are_dimmed() -> None:
    article, _, aside, _ = to_terminal(LABELLED, outside={2}).split("\n")
    assert article.startswith("A leak.")
    assert aside.startswith("\x1b[2mAdvertisement\x1b[0m")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\x1b]0;owned\x07", "�]0;owned�", id="window title"),
        pytest.param("\x9b2J", "�2J", id="control sequence of one character"),
        pytest.param("a\rb\x08", "a�b�", id="overwriting"),
        pytest.param("\u202egpj.exe", "�gpj.exe", id="writing direction"),
        pytest.param("Zoë “said”\tso\n", "Zoë “said”\tso\n", id="ordinary text stays"),
    ],
)
def test_control_characters_become_visible(text: str, expected: str) -> None:
    assert printable(text) == expected
    assert to_terminal(text, colour=False) == expected


def test_escape_sequences_of_the_article_do_not_reach_the_terminal() -> None:
    painted = to_terminal("Pay \x1b[31mnow\x1b[0m. | AttackRansom\n")
    assert COLOUR.sub("", painted) == "Pay �[31mnow�[0m. | AttackRansom\n"


LONG = (
    "Hackers stole the files of https://kestrel.example/a-very-long-address and asked for money | A, B\nAll is well | O"
)


@pytest.mark.parametrize("width", [20, 30, 41, 80, 92, 93, 97, 98, 200])
def test_lines_are_broken_between_words(width: int) -> None:
    shown = to_terminal(LONG, colour=False, width=width)
    assert shown.split() == LONG.split()
    too_long = [row for row in shown.splitlines() if len(row) > width]
    assert [row.split() for row in too_long if len(row.split()) > 1] == []
    assert shown.splitlines()[-1] == "All is well | O"


def test_labels_stay_together() -> None:
    shown = to_terminal("Hackers stole it | AttackDatabreach, AttackRansom", colour=False, width=30)
    assert shown == "Hackers stole it\n  | AttackDatabreach, AttackRansom"


def test_broken_lines_are_coloured_like_whole_ones() -> None:
    whole = to_terminal("Hackers stole the files | AttackRansom", outside={0})
    broken = to_terminal("Hackers stole the files | AttackRansom", outside={0}, width=32)
    assert broken.replace("\x1b[0m\n\x1b[2m ", "") == whole
