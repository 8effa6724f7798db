"""One row for each event: what all its mentions say, nothing twice."""

import re

import pytest

from incidex.export.csv.columns import rows
from incidex.labels import scheme
from incidex.records import Analysis, Argument, Document, Event, EventMention, Realis, Span


def roles(analysis: Analysis, number: int) -> dict[str, list[str]]:
    found = rows(analysis)[number - 1].roles
    return {role: [filler.span.of(analysis.document.text) for filler in fillers] for role, fillers in found}


def test_mentions_are_put_together(analysis: Analysis) -> None:
    first, second = rows(analysis)
    assert (first.number, second.number) == (1, 2)
    assert (first.realis, second.realis) == ((Realis.ACTUAL, Realis.OTHER), (Realis.OTHER,))
    assert roles(analysis, 1) == {
        "Compromised-Data": ["5,000 names of passengers"],
        "Victim": ["Ferry line", "Alder Ferries. They", "Alder  Ferries"],
        "Attacker": ["Thieves"],
        "Number-of-Data": ["5,000"],
    }


def test_roles_stand_in_the_order_of_the_scheme_and_unknown_ones_last() -> None:
    known = list(scheme().event_type("AttackRansom").roles)
    arguments = tuple(
        Argument(Span(at, at + 1), "Person", role) for at, role in enumerate(["Witness", *reversed(known)])
    )
    event = Event((EventMention(Span(50, 51), "AttackRansom", arguments=arguments),))
    (row,) = rows(Analysis(Document("abcdefghijklmnopqrstuvwxyz" * 2), (), "fake-1", (event,)))
    assert [role for role, _ in row.roles] == [*known, "Witness"]


def test_the_same_words_are_named_once() -> None:
    text = "The  Line paid; the line. THE LINE!"
    spans = [Span(0, 9), Span(16, 24), Span(26, 34)]
    arguments = tuple(Argument(span, "Organization", "Victim") for span in reversed(spans))
    event = Event((EventMention(Span(10, 14), "AttackRansom", arguments=arguments),))
    (row,) = rows(Analysis(Document(text), (), "fake-1", (event,)))
    assert [filler.span for _, fillers in row.roles for filler in fillers] == [spans[0]]


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        pytest.param("We paid; Acme paid; it paid", ["Acme"], id="beside a name"),
        pytest.param("We paid; they paid; it paid", ["We", "they", "it"], id="nothing else"),
    ],
)
def test_pronouns_are_left_out_where_others_say_more(text: str, victims: list[str]) -> None:
    starts = [0, *(match.end() for match in re.finditer("; ", text))]
    arguments = tuple(Argument(Span(start, text.index(" ", start)), "Organization", "Victim") for start in starts)
    event = Event((EventMention(Span(3, 7), "AttackRansom", arguments=arguments),))
    assert roles(Analysis(Document(text), (), "fake-1", (event,)), 1) == {"Victim": victims}
