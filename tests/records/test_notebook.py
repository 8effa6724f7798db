"""What notebooks show of records: short, escaped, and what a reader looks for first."""

import pytest

from incidex.records import (
    Actor,
    Analysis,
    Block,
    BlockKind,
    Document,
    Dossier,
    Evidence,
    Incident,
    Incidents,
    Measure,
    Sentence,
    Source,
    Span,
    Status,
    Support,
    Value,
)

TEXT = "Hackers stole <b>files</b>. Share this & more."
DOCUMENT = Document(TEXT, source="a.html", title="<script>alert(1)</script>", publisher="Harbour News")
ANALYSIS = Analysis(
    DOCUMENT,
    (Sentence(Span(0, 27), labels=("AttackDatabreach",)), Sentence(Span(28, 46), kind=BlockKind.BOILERPLATE)),
    "words-1",
)
INCIDENT = Incident("35e8efc0-1", "Files <stolen>", ("AttackDatabreach",), "2024-03-14", "2024-03-15", (), ("a", "b"))


def value(text: str, *documents: str) -> Value:
    places = tuple(Evidence(id, Span(0, 1), "x", Span(0, 1), "x") for id in documents)
    return Value(text, "Organization", Support(len(documents), 1), places)


DOSSIER = Dossier(
    "35e8efc0-1",
    "Data breach: Kestrel <Ferries>",
    ("AttackDatabreach",),
    Status.CONFIRMED,
    "Kestrel confirms it.",
    (),
    "2024-03-14",
    "2024-03-14",
    (Source("d1", "a.html", "Files gone", "Harbour News", None, "d1"), Source("d2", "b.txt", "It", None, None, "d2")),
    2,
    victims=(value("Kestrel", "d2", "d1"), value("customers", "d2")),
    actors=(Actor("Grey Heron", denied_by=(), named=None),),
    measures=(Measure("people", (value("400,000 customers", "d1"),), False),),
    indicators=tuple(value(f"192.0.2.{number}", "d1") for number in range(30)),
)


@pytest.mark.parametrize("record", [DOCUMENT, ANALYSIS, DOSSIER, INCIDENT, Incidents([INCIDENT])])
def test_what_records_hold_is_escaped(record):
    shown = record._repr_html_()
    assert not any(tag in shown for tag in ("<script", "<b>files", "<stolen", "<Ferries"))
    assert "&lt;" in shown


def test_an_analysis_shows_the_article_with_its_labels():
    shown = ANALYSIS._repr_html_()
    assert "&lt;b&gt;files&lt;/b&gt;.</td><td style='text-align: left'>AttackDatabreach" in shown
    assert "Share this" not in shown
    assert "Harbour News, a.html" in shown


def test_a_dossier_shows_values_with_the_numbers_of_their_reports():
    shown = DOSSIER._repr_html_()
    assert "Kestrel [1] [2]; customers [2]" in shown
    assert "People" in shown
    assert "400,000 customers [1]" in shown
    assert "192.0.2.11 [1]; and 18 more" in shown
    assert "2 reports, 2 independent" in shown
    assert ">Data<" not in shown
    assert "b.txt" in shown


def test_long_records_are_cut():
    long = Document("word " * 100_000)
    sentences = tuple(Sentence(Span(start, start + 4)) for start in range(0, 5_000, 5))
    for shown in (long._repr_html_(), Analysis(long, sentences, "words-1")._repr_html_()):
        assert len(shown) < 12_000
    assert "(500,000 characters)" in long._repr_html_()
    assert "… and 900 more" in Analysis(long, sentences, "words-1")._repr_html_()
    assert "… and 400 more" in Incidents([INCIDENT] * 500)._repr_html_()


def test_nothing_known_is_shown_too():
    empty = Incident("1", "", (), None, None, (), ())
    assert "no date" in Incidents([empty])._repr_html_()
    assert "Text without a title" in Document("All is well.", (Block(Span(0, 3), BlockKind.BODY),))._repr_html_()


@pytest.mark.parametrize(
    ("record", "words"),
    [
        pytest.param(INCIDENT, "<Incident 35e8efc0 'Files <stolen>': 2 reports>", id="incident"),
        pytest.param(
            DOSSIER,
            "<Dossier 35e8efc0 'Data breach: Kestrel <Ferries>': 2 reports, 2 independent>",
            id="dossier",
        ),
    ],
)
def test_records_are_printed_in_one_line(record, words):
    assert repr(record) == words


def test_incidents_are_a_tuple():
    assert Incidents([INCIDENT]) == (INCIDENT,)
    assert Incidents() == ()
