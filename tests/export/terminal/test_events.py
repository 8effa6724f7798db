"""The events on a terminal: a few lines each, in the order of the article, safe whatever the article says."""

import re
from dataclasses import replace
from typing import Any

import pytest

from incidex.export.terminal.events import to_terminal_events
from incidex.records import Analysis, Argument, Document, Event, EventMention, Sentence, Span

COLOUR = re.compile(r"\x1b\[[0-9;]+m")

VIEW = """\
Ferry line loses passenger lists

1  AttackDatabreach  Actual, Other
   Ferry line loses passenger lists
   triggers          “loses” (Actual), “stole” (Actual), “theft” (Other)
   Compromised-Data  5,000 names of passengers
   Victim            Ferry line; Alder Ferries. They; Alder Ferries
   Attacker          Thieves
   Number-of-Data    5,000

2  AttackRansom  Other
   Alder Ferries calls the theft a rumour & will not pay <b>saltmarsh</b> a ransom.
   triggers          “pay <b>saltmarsh</b> a ransom”
   Victim            Alder Ferries
   Attacker          saltmarsh
"""


def test_events_are_blocks_of_lines(analysis: Analysis) -> None:
    assert to_terminal_events(analysis, colour=False) == VIEW


def test_without_its_colours_it_is_the_same(analysis: Analysis) -> None:
    painted = to_terminal_events(analysis)
    assert painted != VIEW
    assert COLOUR.sub("", painted) == VIEW


@pytest.mark.parametrize("width", [60, 80, 132])
def test_lines_fit_the_terminal(width: int, analysis: Analysis) -> None:
    lines = COLOUR.sub("", to_terminal_events(analysis, width=width)).splitlines()
    assert max(map(len, lines)) <= width
    assert " ".join(" ".join(lines).split()) == " ".join(VIEW.split())


def test_a_terminal_can_be_absurdly_narrow(analysis: Analysis) -> None:
    assert "“theft” (Other)" in to_terminal_events(analysis, width=1, colour=False)


def test_says_so_when_there_is_no_event(analysis: Analysis) -> None:
    view = to_terminal_events(replace(analysis, events=()), colour=False)
    assert view == "Ferry line loses passenger lists\nNo event was found.\n"


@pytest.mark.parametrize(
    ("document", "title"),
    [({"title": "A\nleak", "source": "a.txt"}, "A leak"), ({"source": "a.txt"}, "a.txt"), ({}, "Text without a title")],
)
def test_begins_with_a_name(document: dict[str, Any], title: str) -> None:
    view = to_terminal_events(Analysis(Document("It leaked.", **document), (), "fake-1"), colour=False)
    assert view.splitlines()[0] == title


def view_of(text: str, trigger: Span, *, sentences: tuple[Sentence, ...] = (), argument: Span | None = None) -> str:
    arguments = (Argument(argument, "Data", "Victim"),) if argument else ()
    event = Event((EventMention(trigger, "AttackDatabreach", arguments=arguments),))
    return to_terminal_events(Analysis(Document(text), sentences, "fake-1", (event,)), colour=False)


def test_the_article_does_not_command_the_terminal() -> None:
    text = "They \x1b[2Jleaked\x07 \u202egpj.exe."
    view = view_of(text, Span(5, 16), sentences=(Sentence(Span(0, len(text))),), argument=Span(17, len(text)))
    assert "   They �[2Jleaked� �gpj.exe.\n   triggers  “�[2Jleaked�”\n   Victim    �gpj.exe.\n" in view


def test_without_a_sentence_the_trigger_is_shown() -> None:
    assert view_of("It leaked.", Span(3, 9)).splitlines()[3] == "   leaked"


def test_long_sentences_are_shortened_around_the_trigger() -> None:
    text = f"{'before ' * 100}leaked {'after ' * 100}"
    view = view_of(text, Span(700, 706), sentences=(Sentence(Span(0, len(text))),), argument=Span(0, 700))
    context = " ".join(view.partition("triggers")[0].split())
    assert re.search(r"Actual …[a-z ]+ leaked [a-z ]+…$", context)
    assert len(context) < 500
    assert view.partition("Victim")[2].strip().endswith("…")


def test_ten_megabytes_without_a_space_take_no_time() -> None:
    text = "a" * 10_000_000
    view = view_of(text, Span(5_000_000, 6_000_000), sentences=(Sentence(Span(0, len(text))),), argument=Span(0, 9))
    assert len(view) < 2_000
