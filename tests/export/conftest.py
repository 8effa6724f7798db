"""An analysis made by hand, with what is hard to show: spans in spans, across sentences, the same words twice."""

import pytest

from incidex.records import (
    Analysis,
    Argument,
    Block,
    BlockKind,
    Document,
    Event,
    EventMention,
    Realis,
    Sentence,
    Span,
)

TEXT = (
    "Ferry line loses passenger lists\n"
    "By Ann Lee\n"
    "Thieves stole 5,000 names of passengers from Alder Ferries. They may sell them.\r\n"
    "Alder  Ferries calls the theft a rumour & will not pay <b>saltmarsh</b> a ransom.\n"
)


def span(words: str, nth: int = 0) -> Span:
    """Return where `words` stand in TEXT for the first time, or another one."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def reach(first: str, last: str) -> Span:
    """Return what lies from `first` to `last`."""
    return Span(span(first).start, span(last).end)


@pytest.fixture
def analysis() -> Analysis:
    breach = Event(
        (
            EventMention(
                span("loses"),
                "AttackDatabreach",
                Realis.ACTUAL,
                (Argument(span("Ferry line"), "Organization", "Victim"),),
            ),
            EventMention(
                span("stole"),
                "AttackDatabreach",
                Realis.ACTUAL,
                (
                    Argument(span("Thieves"), "Person", "Attacker", 0.625),
                    Argument(span("5,000"), "Number", "Number-of-Data", 0.5),
                    Argument(span("5,000 names of passengers"), "PII", "Compromised-Data", 0.75),
                    # A prediction that runs on into the next sentence.
                    Argument(reach("Alder Ferries", "They"), "Organization", "Victim", 0.25),
                ),
                0.875,
            ),
            EventMention(
                span("theft"),
                "AttackDatabreach",
                Realis.OTHER,
                (Argument(span("Alder  Ferries"), "Organization", "Victim"),),
            ),
        )
    )
    ransom = Event(
        (
            EventMention(
                span("pay <b>saltmarsh</b> a ransom"),
                "AttackRansom",
                Realis.OTHER,
                (
                    Argument(span("Alder  Ferries"), "Organization", "Victim"),
                    Argument(span("saltmarsh"), "Person", "Attacker"),
                ),
            ),
        )
    )
    return Analysis(
        Document(
            TEXT,
            blocks=(
                Block(span("Ferry line loses passenger lists"), BlockKind.TITLE),
                Block(span("By Ann Lee"), BlockKind.BYLINE),
                Block(reach("Thieves", "sell them."), BlockKind.BODY),
                Block(reach("Alder  Ferries", "ransom."), BlockKind.BODY),
            ),
            source="https://news.example/ferry?a=1&b=2",
            title="Ferry line loses passenger lists",
            published_at="2026-03-04T09:30+01:00",
            publisher="The Wire",
            author="Ann Lee",
            language="en",
            warnings=("The text is short.",),
        ),
        (
            Sentence(
                span("Ferry line loses passenger lists"), BlockKind.TITLE, ("AttackDatabreach",), (0.9, 0, 0, 0, 0)
            ),
            Sentence(span("By Ann Lee"), BlockKind.BYLINE, ("AttackPhishing",), (0, 0.6, 0, 0, 0)),
            Sentence(reach("Thieves", "Alder Ferries."), BlockKind.BODY, ("AttackDatabreach",)),
            Sentence(span("They may sell them."), BlockKind.BODY),
            Sentence(
                reach("Alder  Ferries", "ransom."),
                BlockKind.BODY,
                ("AttackDatabreach", "AttackRansom"),
                (0.6, 0, 0.8, 0, 0),
            ),
        ),
        "fake-1",
        (breach, ransom),
    )
