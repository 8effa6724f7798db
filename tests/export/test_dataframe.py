"""Data frames: their columns and rows, in pandas and in Polars, and what is said where neither is there."""

import sys
from types import ModuleType
from typing import Any

import pytest

import incidex
from incidex.errors import MissingExtra
from incidex.export import dataframe
from incidex.labels import scheme
from incidex.records import (
    Analysis,
    Argument,
    BlockKind,
    Claim,
    Claimant,
    ClaimKind,
    Document,
    Event,
    EventMention,
    Incident,
    Indicator,
    IndicatorKind,
    IndicatorRole,
    Realis,
    Sentence,
    Span,
)

TEXT = "Kestrel said thieves stole files from 192.0.2.7. Share this."


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


MENTION = EventMention(
    span("stole"),
    "AttackDatabreach",
    Realis.ACTUAL,
    arguments=(Argument(span("files"), "Data", "Compromised-Data", 0.75),),
    score=0.5,
)
ANALYSIS = Analysis(
    Document(TEXT, source="a.txt"),
    (
        Sentence(Span(0, 48), labels=("AttackDatabreach",), scores=(0.9, 0.1, 0.1, 0.1, 0.1)),
        Sentence(Span(49, 60), kind=BlockKind.BOILERPLATE),
    ),
    "words-1",
    events=(Event((MENTION,)),),
    indicators=(Indicator(span("192.0.2.7"), IndicatorKind.IPV4, "192.0.2.7", IndicatorRole.INDICATOR, "no cue"),),
    claims=(
        Claim(
            kind=ClaimKind.STATES,
            words=span("thieves stole files"),
            cue=span("said"),
            quoted=False,
            claimant=Claimant(words=span("Kestrel"), name=span("Kestrel")),
            trigger=span("stole"),
            rule="says",
        ),
    ),
)
INCIDENT = Incident("35e8efc0", "Files stolen", ("AttackDatabreach",), None, None, ("p",), ("d1", "d2"))


class Frame:
    """What the stand-in for pandas makes: the columns as lists."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content


def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a small module in the place of pandas, whose frames keep the columns as they were given."""
    module = ModuleType("pandas")
    module.Series = lambda values, dtype: list(values)  # type: ignore[attr-defined]
    module.DataFrame = Frame  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pandas", module)


def rows(found: Any, table: str) -> list[dict[str, Any]]:
    content = incidex.to_dataframe(found, table).content
    return [dict(zip(content, cells, strict=True)) for cells in zip(*content.values(), strict=True)]


def test_sentences(monkeypatch):
    stand_in(monkeypatch)
    first, second = rows(ANALYSIS, "sentences")
    assert first["text"] == TEXT[:48]
    assert (first["labels"], first["AttackDatabreach"], first["in_article"]) == ("AttackDatabreach", 0.9, True)
    assert (second["number"], second["labels"], second["kind"]) == (2, "O", "boilerplate")
    assert second["AttackRansom"] is None
    assert first["published_at"] is None
    assert set(scheme().names) <= set(first)


def test_events_and_arguments_have_the_number_of_the_event(monkeypatch):
    stand_in(monkeypatch)
    (event,) = rows([ANALYSIS], "events")
    assert (event["event"], event["words"], event["realis"], event["mentions"]) == (1, "stole", "Actual", 1)
    assert event["sentence"] == TEXT[:48]
    (argument,) = rows([ANALYSIS], "arguments")
    assert (argument["event"], argument["role"], argument["words"], argument["score"]) == (
        1,
        "Compromised-Data",
        "files",
        0.75,
    )


def test_indicators_and_claims(monkeypatch):
    stand_in(monkeypatch)
    (indicator,) = rows([ANALYSIS], "indicators")
    assert (indicator["kind"], indicator["value"], indicator["start"]) == ("ipv4", "192.0.2.7", TEXT.index("192"))
    (claim,) = rows([ANALYSIS], "claims")
    assert (claim["claimant"], claim["kind"], claim["event"], claim["hedges"]) == ("Kestrel", "states", 1, None)


def test_incidents(monkeypatch):
    stand_in(monkeypatch)
    (incident,) = rows([INCIDENT], "incidents")
    assert (incident["reports"], incident["documents"], incident["first_seen"]) == (2, "d1, d2", None)


@pytest.mark.parametrize("table", dataframe._TABLES)
def test_an_empty_table_has_its_columns(monkeypatch, table):
    stand_in(monkeypatch)
    frame = incidex.to_dataframe([], table)
    assert len(frame.content) > 5
    assert set(map(len, frame.content.values())) == {0}


def test_without_pandas_and_polars_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(dataframe, "_LIBRARIES", ("a_library_that_is_not_there",))
    with pytest.raises(MissingExtra, match="pip install pandas"):
        incidex.to_dataframe(ANALYSIS)


@pytest.mark.parametrize(
    ("found", "table", "library", "error", "words"),
    [
        pytest.param(ANALYSIS, "words", None, ValueError, "no table 'words'. Choose one of sentences", id="table"),
        pytest.param(ANALYSIS, "events", "numpy", ValueError, "pandas or polars, not of 'numpy'", id="library"),
        pytest.param([INCIDENT], "events", None, TypeError, "made of analyses", id="incidents as events"),
        pytest.param([ANALYSIS], "incidents", None, TypeError, "made of incidents", id="analyses as incidents"),
        pytest.param("Hackers stole it.", "events", None, TypeError, "not of str", id="text"),
    ],
)
def test_mistakes_are_named(found, table, library, error, words):
    with pytest.raises(error, match=words):
        incidex.to_dataframe(found, table, library=library)


@pytest.mark.readers
@pytest.mark.parametrize("library", ["pandas", "polars"])
@pytest.mark.parametrize("table", dataframe._TABLES)
def test_frames_of_real_libraries(library, table):
    module = pytest.importorskip(library)
    given = [INCIDENT] if table == "incidents" else [ANALYSIS]
    frame = incidex.to_dataframe(given, table, library=library)
    empty = incidex.to_dataframe([], table, library=library)
    assert isinstance(frame, module.DataFrame)
    assert frame.shape[0] == (2 if table == "sentences" else 1)
    assert list(empty.columns) == list(frame.columns)
    assert list(map(str, empty.dtypes)) == list(map(str, frame.dtypes))
