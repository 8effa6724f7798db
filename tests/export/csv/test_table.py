"""The table: true to RFC 4180, no formulas, one line a row, and nothing lost in a cell but white space."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidex.export.csv.rows import COLUMNS
from incidex.export.csv.table import guarded, heading, to_csv, to_rows, unguarded
from incidex.records import Analysis, Document, Entity, Sentence, Span

HOSTILE = st.text(st.sampled_from("=+-@＝＠;'\" \t\r\n,|a0\u2028\x85\x00\x1b\u202eé"))


def read(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table, newline="")))


def named(words: str) -> Analysis:
    return Analysis(Document(words, source=words), (Sentence(Span(0, len(words))),), "m", entities=(_name(words),))


def _name(words: str) -> Entity:
    return Entity(words, None, (Span(0, len(words)),))


def test_has_a_heading_and_a_row_for_each_finding(analysis: Analysis) -> None:
    table = to_csv([analysis, analysis])
    assert table == heading() + 2 * to_rows(analysis)
    rows = read(table)
    assert tuple(rows[0]) == COLUMNS
    assert [row["finding"] for row in rows] == 2 * (["label"] * 4 + ["event", "argument"] + ["event"] + ["argument"] * 4
        + ["event", "argument"] + ["event"] + ["argument"] * 2)  # fmt: skip
    assert {row["document"] for row in rows} == {analysis.document.id}


def test_labels_around_the_article_come_when_asked_for(analysis: Analysis) -> None:
    roles = [{row["role"] for row in read(to_csv([analysis], everything=wanted)) if row["finding"] == "label"}
        for wanted in (False, True)]  # fmt: skip
    assert roles == [{"title", "body"}, {"title", "byline", "body"}]


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1 555 0100", "'+1 555 0100"),
        ("-5", "'-5"),
        ("@saltmarsh", "'@saltmarsh"),
        ("\t=1+1", "'=1+1"),
        ("\r\n=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ('"=1+1', "'\"=1+1"),
        ("'=1+1", "''=1+1"),
        pytest.param("gone;=1+1;-2", "gone;'=1+1;'-2", id="a semicolon ends a cell in half of Europe"),
        pytest.param("two\nlines and\u2028three", "two lines and three", id="one line"),
        pytest.param("a\x1b[2Jb\x00", "a�[2Jb�", id="no control characters"),
        pytest.param("x=1, e-mail @home a-b", "x=1, e-mail @home a-b", id="inside a cell they are harmless"),
        ("“En Marche!” says “no”, twice", "“En Marche!” says “no”, twice"),
    ],
)
def test_cells(words: str, cell: str) -> None:
    assert guarded(words) == cell
    (row,) = read(to_csv([named(words)]))
    assert (row["words"], row["value"], row["source"], row["sentence"]) == (cell,) * 4


def test_a_negative_number_stays_a_number() -> None:
    """Only words are guarded: a number that this package wrote itself is no formula."""
    assert "0.9" in to_rows(Analysis(Document("Hit."), (Sentence(Span(0, 4), labels=("AttackRansom",),
        scores=(0, 0, 0.9, 0, 0)),), "m"))  # fmt: skip


@given(HOSTILE.filter(str.strip))
def test_no_cell_is_a_formula_whatever_ends_it_and_each_row_is_a_line(words: str) -> None:
    table = to_csv([named(words)])
    assert len(table.splitlines()) == 2
    assert table.count("\r\n") == 2
    for end in (",", ";"):
        for row in csv.reader(io.StringIO(table, newline=""), delimiter=end):
            assert not [cell for cell in row if re.match(r"\s*[=+\-@＝＠]", cell)]


@given(HOSTILE)
def test_the_guard_can_be_taken_off(words: str) -> None:
    line = " ".join(words.translate({0: "�", 0x1B: "�", 0x202E: "�"}).split())
    assert unguarded(guarded(words)) == line


@pytest.mark.slow
@pytest.mark.parametrize("token", [";", "'", '"', "=", ";'", " ", ";="])
def test_long_cells_take_no_long_time(token: str) -> None:
    assert unguarded(guarded(token * 500_000)) == (token * 500_000).strip()
