"""The labelled form comes back as it was written, and files made by others can be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.labels import scheme
from incidex.labels.labelled import count_lines, read_lines, write_line

LABELS = st.sets(st.sampled_from(scheme().names))
SENTENCES = st.text(min_size=1).filter(lambda text: bool(text.strip()))


def parts(text: str) -> list[tuple[str | None, str | None]]:
    return [(line.span.of(text) if line.span else None, line.written) for line in read_lines(text)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("A leak. | O", ("A leak.", "O"), id="plain"),
        pytest.param("A leak. | AttackRansom, AttackPhishing", ("A leak.", "AttackRansom, AttackPhishing"), id="two"),
        pytest.param("Leak | The Wire | O", ("Leak | The Wire", "O"), id="bar in the sentence"),
        pytest.param("Leak | The Wire", ("Leak", "The Wire"), id="unknown name is still a label part"),
        pytest.param("Leak |", ("Leak", ""), id="nothing behind the bar"),
        pytest.param("Leak | ", ("Leak", ""), id="only a blank behind the bar"),
        pytest.param("Leak | O | ", ("Leak | O", ""), id="the last bar counts, also an empty one"),
        pytest.param("cat a|b and a |b", ("cat a|b and a |b", None), id="bars without blanks are words"),
        pytest.param("No bar at all.", ("No bar at all.", None), id="no bar"),
        pytest.param("Leak.| O", ("Leak.", "O"), id="glued to the sentence"),
        pytest.param("Leak. |PatchVulnerability", ("Leak.", "PatchVulnerability"), id="glued to the label"),
        pytest.param("Leak.\u00a0| O", ("Leak.", "O"), id="no-break space"),
        pytest.param("Leak. | AttackRansom ,  O,", ("Leak.", "AttackRansom ,  O,"), id="labels are not checked here"),
        pytest.param(" | O", (None, "O"), id="no sentence"),
        pytest.param("| O", (None, "O"), id="no sentence and no blank"),
        pytest.param("  Two  blanks\tstay. \t| O", ("Two  blanks\tstay.", "O"), id="inner white space stays"),
        pytest.param("One\u2028line\x0c. | O", ("One\u2028line\x0c.", "O"), id="only real line ends end a line"),
    ],
)
def test_reads_the_line(line: str, expected: tuple[str | None, str | None]) -> None:
    assert parts(line) == [expected]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_counts_lines_as_editors_do(end: str) -> None:
    text = end.join(["", "First. | O", "   ", "Second. | O", ""])
    assert [(line.number, line.span.of(text) if line.span else "") for line in read_lines(text)] == [
        (2, "First."),
        (4, "Second."),
    ]
    assert count_lines(text) == 4


@pytest.mark.parametrize(("text", "lines"), [("", 0), ("a", 1), ("a\n", 1), ("a\n\n", 2), ("\n", 1), ("a\r\n\r\nb", 3)])
def test_number_of_lines(text: str, lines: int) -> None:
    assert count_lines(text) == lines


def test_writes_labels_in_the_order_of_the_scheme() -> None:
    assert write_line("A\n leak. ", ["AttackRansom", "AttackDatabreach"]) == "A leak. | AttackDatabreach, AttackRansom"
    assert write_line("A leak.", ()) == "A leak. | O"


@given(SENTENCES, LABELS)
@settings(deadline=None)
def test_what_is_written_reads_back(sentence: str, labels: set[str]) -> None:
    written = write_line(sentence, labels)
    (line,) = read_lines(written)
    assert line.span is not None
    assert line.span.of(written) == " ".join(sentence.split())
    assert scheme().parsed(line.written or "") == scheme().ordered(labels)


@given(st.lists(st.tuples(SENTENCES, LABELS)))
@settings(deadline=None)
def test_a_whole_file_reads_back(sentences: list[tuple[str, set[str]]]) -> None:
    text = "".join(f"{write_line(sentence, labels)}\n" for sentence, labels in sentences)
    assert [line.number for line in read_lines(text)] == list(range(1, len(sentences) + 1))
    assert [sentence for sentence, _ in parts(text)] == [" ".join(sentence.split()) for sentence, _ in sentences]


@given(st.text(alphabet="ab|O ,\n\r\t"))
@settings(deadline=None)
def test_every_span_is_a_trimmed_piece_of_its_line(text: str) -> None:
    for line in read_lines(text):
        if line.span is not None:
            words = line.span.of(text)
            assert words == words.strip()
            assert "\n" not in words
            assert "\r" not in words
