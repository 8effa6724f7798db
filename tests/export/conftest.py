"""An analysis made by hand, with what is hard to show: spans in spans, across sentences, the same words twice."""

from collections.abc import Callable
from dataclasses import replace

import dossier_case
import exchange_case
import pytest
from dossier_case import evidence

from incidex.records import (
    Actor,
    Analysis,
    Argument,
    Block,
    BlockKind,
    Document,
    Dossier,
    Event,
    EventMention,
    Measure,
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


def breach() -> Event:
    predicted = (
        Argument(span("Thieves"), "Person", "Attacker", 0.625),
        Argument(span("5,000"), "Number", "Number-of-Data", 0.5),
        Argument(span("5,000 names of passengers"), "PII", "Compromised-Data", 0.75),
        # A prediction that runs on into the next sentence.
        Argument(reach("Alder Ferries", "They"), "Organization", "Victim", 0.25),
    )
    first, later = (Argument(span(words), "Organization", "Victim") for words in ("Ferry line", "Alder  Ferries"))
    return Event(
        (
            EventMention(span("loses"), "AttackDatabreach", Realis.ACTUAL, (first,)),
            EventMention(span("stole"), "AttackDatabreach", Realis.ACTUAL, predicted, 0.875),
            EventMention(span("theft"), "AttackDatabreach", Realis.OTHER, (later,)),
        )
    )


def ransom() -> Event:
    arguments = (
        Argument(span("Alder  Ferries"), "Organization", "Victim"),
        Argument(span("saltmarsh"), "Person", "Attacker"),
    )
    return Event((EventMention(span("pay <b>saltmarsh</b> a ransom"), "AttackRansom", Realis.OTHER, arguments),))


@pytest.fixture
def analysis() -> Analysis:
    title, byline = span("Ferry line loses passenger lists"), span("By Ann Lee")
    last = reach("Alder  Ferries", "ransom.")
    document = Document(
        TEXT,
        blocks=(
            Block(title, BlockKind.TITLE),
            Block(byline, BlockKind.BYLINE),
            Block(reach("Thieves", "sell them."), BlockKind.BODY),
            Block(last, BlockKind.BODY),
        ),
        source="https://news.example/ferry?a=1&b=2",
        title=title.of(TEXT),
        published_at="2026-03-04T09:30+01:00",
        publisher="The Wire",
        author="Ann Lee",
        language="en",
        warnings=("The text is short.",),
    )
    sentences = (
        Sentence(title, BlockKind.TITLE, ("AttackDatabreach",), (0.9, 0, 0, 0, 0)),
        Sentence(byline, BlockKind.BYLINE, ("AttackPhishing",), (0, 0.6, 0, 0, 0)),
        Sentence(reach("Thieves", "Alder Ferries."), BlockKind.BODY, ("AttackDatabreach",)),
        Sentence(span("They may sell them."), BlockKind.BODY),
        Sentence(last, BlockKind.BODY, ("AttackDatabreach", "AttackRansom"), (0.6, 0, 0.8, 0, 0)),
    )
    return Analysis(document, sentences, "fake-1", (breach(), ransom()))


@pytest.fixture
def made() -> Dossier:
    """Return a dossier of three reports, one of them a copy, with something in each field."""
    return dossier_case.made()


@pytest.fixture
def hostile(made: Dossier) -> Callable[..., Dossier]:
    """Return a function that puts words everywhere where reports could have put them."""

    def filled(words: str, source: str = "a.txt") -> Dossier:
        said = replace(evidence("a", words[:300], words[:300], "denies"), context=words[:600], hedges=(words[:80],))
        value = replace(made.victims[0], text=words[:300], note=words, evidence=(said,) * 30)
        statement = replace(made.statements[0], claimant=words, about=words, accused=words, evidence=(said,))
        return replace(
            made,
            title=words,
            types=(words[:40],),
            status_reason=words[:300],
            status_evidence=(said,),
            sources=tuple(
                replace(one, title=words[:300], publisher=words[:300], source=source) for one in made.sources
            ),
            timeline=tuple(replace(one, text=words[:300], evidence=(said,)) for one in made.timeline),
            victims=(value,) * 30,
            actors=(Actor(words[:300], value, (statement,), (statement,), (statement,)),),
            measures=(Measure(words[:300], (value,) * 3, differ=True),),
            statements=(replace(statement, accused=None, kind="states"),),
        )

    return filled


@pytest.fixture
def told() -> Analysis:
    """Return an analysis that has everything that other tools are told of."""
    return exchange_case.told()
