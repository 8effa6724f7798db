"""The labelled form shows the article's sentences, and presplit lines come back one for one."""

import pytest
from drawn import analyses
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.export.labelled import to_labelled, to_presplit
from incidex.labels import scheme
from incidex.labels.labelled import count_lines, read_lines
from incidex.records import Analysis, BlockKind, Document, Sentence, Span

PAGE = "Ferry firm hit\nAdvertisement\nCrooks took\n  names. They want money."
ANALYSIS = Analysis(
    Document(PAGE),
    (
        Sentence(Span(0, 14), BlockKind.TITLE),
        Sentence(Span(15, 28), BlockKind.BOILERPLATE),
        Sentence(Span(29, 49), BlockKind.BODY, ("AttackDatabreach",)),
        Sentence(Span(50, 66), BlockKind.BODY, ("AttackDatabreach", "AttackRansom")),
    ),
    "fake-1",
)


def presplit(text: str, labels: tuple[str, ...] = ()) -> str:
    sentences = tuple(Sentence(line.span, labels=labels) for line in read_lines(text) if line.span)
    return to_presplit(Analysis(Document(text), sentences, "fake-1"))


def test_shows_the_article() -> None:
    assert to_labelled(ANALYSIS) == (
        "Ferry firm hit | O\nCrooks took names. | AttackDatabreach\nThey want money. | AttackDatabreach, AttackRansom\n"
    )


def test_shows_everything_when_asked() -> None:
    assert to_labelled(ANALYSIS, everything=True).splitlines()[1] == "Advertisement | O"


def test_no_sentence_is_no_line() -> None:
    assert to_labelled(Analysis(Document(" "), (), "fake-1")) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One.\nTwo.\n", "One. | O\nTwo. | O\n", id="a line for a line"),
        pytest.param("One.\n\n \nTwo.", "One. | O\n\n\nTwo. | O\n", id="blank lines stay"),
        pytest.param("\nOne.\n\n", "\nOne. | O\n\n", id="also first and last"),
        pytest.param("One. | AttackRansom\r\nTwo.\r\n", "One. | O\nTwo. | O\n", id="old labels are ignored"),
        pytest.param("One  and\ta half. \n", "One  and\ta half. | O\n", id="inner white space stays"),
        pytest.param("Leak | The Wire | O\n", "Leak | The Wire | O\n", id="bars in the sentence"),
        pytest.param(" | O\nTwo.\n", "\nTwo. | O\n", id="no sentence before the bar"),
        pytest.param("", "", id="empty"),
    ],
)
def test_presplit_lines(text: str, expected: str) -> None:
    assert presplit(text) == expected


@given(analyses())
@settings(deadline=None)
def test_what_is_written_is_read_back(analysis: Analysis) -> None:
    written = to_labelled(analysis)
    found = [(line.span.of(written), scheme().parsed(line.written or "")) for line in read_lines(written) if line.span]
    words = ((" ".join(one.span.of(analysis.document.text).split()), one.labels) for one in analysis.sentences)
    assert found == [(sentence, labels) for sentence, labels in words if sentence]


@given(st.text(alphabet="ab.|O \t\u2028\n\r"))
@settings(deadline=None)
def test_presplit_gives_a_line_for_each_line(text: str) -> None:
    assert presplit(text).count("\n") == count_lines(text)


@given(st.text(alphabet="ab.|O \t\u2028\n\r"))
@settings(deadline=None)
def test_presplit_twice_changes_nothing(text: str) -> None:
    once = presplit(text, ("AttackRansom",))
    assert presplit(once, ("AttackRansom",)) == once
