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
