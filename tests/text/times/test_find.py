"""Times get the value that a person gave them, stand where the text says, and cost the same in every text."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import ROOT
from scripts import load
from timing import grows_less, takes_less

from incidex.records import Block, BlockKind, Document, Granularity, Span, TimeBasis, TimeBound
from incidex.text.times.find import find_times

BENCHMARK = ROOT / "benchmarks" / "times.py"


MEASURE = load("benchmarks/times.py")
CASES = [
    pytest.param(document, places, id=f"{group} {number}")
    for group in ("development", "held-out")
    for number, (document, places) in enumerate(MEASURE.own("times", group), 1)
]
PIECES = st.lists(
    st.sampled_from(
        [
            *" ,.-/:\n",
            "May",
            "last",
            "2016",
            "12",
            "month",
            "two",
            "ago",
            "Friday",
            "the",
            "and",
            "p.m.",
            "İ",
            "of",
            "3",
        ]
    )
).map(" ".join)


@pytest.mark.parametrize(("document", "places"), CASES)
def test_times_have_the_values_of_the_table(document: Document, places: list[tuple[Span, str]]) -> None:
    there, elsewhere = MEASURE.judged("times", document, places)
    assert [(place.words, place.found) for place in there] == [(place.words, place.wanted) for place in there]
    assert elsewhere == []


@pytest.mark.parametrize(("document", "places"), CASES)
def test_parts_and_bounds_are_those_of_the_table(document: Document, places: list[tuple[Span, str]]) -> None:
    found = {time.span: [str(word) for word in (time.part, time.bound) if word] for time in find_times(document)}
    for span, value in places:
        if span in found and value[0] not in "P-":
            assert found[span] == value.split()[4:]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was seen on 7-8 June.", [("7-8 June", "2025-06-07", "2025-06-09")]),
        ("It is dated 12-Jun-2023.", [("12-Jun-2023", "2023-06-12", "2023-06-13")]),
        ("The weekend of 7 June was bad.", [("The weekend of 7 June", "2025-06-07", "2025-06-09")]),
        ("He offered what he alleged to be data on June 27.", [("June 27", "2024-06-27", "2024-06-28")]),
        ("Midnight Ledger and Mr Midnight Roe did it.", []),
        (
            "It was down from 9 p.m. on June 10 until 4 a.m.",
            [("9 p.m. on June 10", "2025-06-10T21:00", "2025-06-10T22:00"), ("4 a.m.", "T04:00", "T05:00")],
        ),
    ],
    ids=[
        "range with a hyphen",
        "date with hyphens",
        "weekend of a day",
        "alleged to be",
        "name",
        "clock without a day",
    ],
)
def test_times_end_where_they_end(text: str, found: list[tuple[str, str, str]]) -> None:
    times = find_times(Document(text, published_at="2025-06-14"))
    assert [(time.span.of(text), time.begins, time.ends) for time in times] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("It answers at 2001:db8::28 and at [2001:db8:2019::1]:443.", [], id="addresses"),
        pytest.param("It answers at fe80::2019 today.", ["today"], id="end of an address"),
        pytest.param("The keys are RSA 2048, or RSA-2048.", [], id="size of a key"),
        pytest.param("They spoke at RSA 2018, and again in 2019: nobody came.", ["2018", "2019"], id="conference"),
        pytest.param("It will take until 2048.", ["2048"], id="year far ahead"),
        pytest.param("2001: the worm came.", ["2001"], id="year before a colon"),
    ],
)
def test_four_digits_are_a_year_where_they_are_one(text: str, found: list[str]) -> None:
    document = Document(text, published_at="2020-05-01")
    assert [one.span.of(text) for one in find_times(document)] == found


def test_a_time_says_where_it_comes_from() -> None:
    document = Document("It has been down since last month.", published_at="2017-05-06")
    (found,) = find_times(document)
    assert found.span.of(document.text) == "last month"
    assert (found.begins, found.ends, found.granularity) == ("2017-04-01", "2017-05-01", Granularity.MONTH)
    assert (found.basis, found.bound, found.rule, found.reason) == (TimeBasis.PUBLICATION, TimeBound.SINCE, "unit", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("It failed yesterday.", "date of publication", id="no date of publication"),
        pytest.param("It failed on 05/06/2019.", "either order", id="day or month"),
        pytest.param("It fell in fiscal 2019.", "Fiscal years", id="fiscal year"),
        pytest.param("It failed several weeks ago.", "number", id="no number"),
        pytest.param("Two days later it failed.", "No time shortly before", id="nothing to count from"),
        pytest.param("It was down for several days.", "number", id="duration without a number"),
    ],
)
def test_a_time_without_a_value_says_why(text: str, reason: str) -> None:
    (found,) = find_times(Document(text))
    assert (found.begins, found.ends, found.duration) == (None, None, None)
    assert reason in found.reason


def test_times_stand_in_the_article_only() -> None:
    text = "Hit on 3 May 2017\n\nPosted 4 May 2017\n\nBack since 5 May 2017."
    blocks = (
        Block(Span(0, 17), BlockKind.TITLE),
        Block(Span(19, 36), BlockKind.DATE),
        Block(Span(38, 60), BlockKind.BODY),
    )
    assert [found.span.of(text) for found in find_times(Document(text, blocks))] == ["3 May 2017", "5 May 2017"]


@pytest.mark.parametrize(
    "published", ["", "2017", "0000", "2017-13", "2017-02-30", "yesterday", "9999-12-31", "0001-01-01"]
)
def test_any_date_of_publication_is_taken(published: str) -> None:
    text = "It failed yesterday, last week, ten decades ago, next year and on Friday; in the past two years too."
    assert len(find_times(Document(text, published_at=published))) >= 3


@settings(deadline=None)
@given(st.one_of(st.text(), PIECES))
def test_times_are_in_order_and_begin_before_they_end(text: str) -> None:
    found = find_times(Document(text, published_at="2017-05-06"))
    assert all(left.span.end <= right.span.start for left, right in zip(found, found[1:], strict=False))
    for time_ in found:
        assert time_.span.of(text).strip() == time_.span.of(text)
        assert (time_.begins is None) == (time_.ends is None)
        if time_.begins and time_.ends and not time_.begins.startswith("T"):
            assert time_.begins < time_.ends


# Each is repeated to a long line: runs that patterns could read again and again.
HOSTILE = [
    *[
        "a",
        "1",
        "1.",
        "1/",
        "1-",
        "1 ",
        "(",
        "[",
        ".",
        " ",
        "\n",
        "İ",
        "the ",
        "May ",
        "2016 ",
        "2016-",
        "12:30 ",
        "half ",
    ],
    *["last year ", "Monday ", "two days later ", "over the past ", "May, ", "early ", "a few "],
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    # Four times the text takes four times as long if the time is linear, sixteen times if it is quadratic.
    short, long = (Document(piece * (size // len(piece)), published_at="2017-05-06") for size in (10_000, 40_000))
    assert grows_less(8, lambda: find_times(short), lambda: find_times(long))


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a", "1", ".", "("])
def test_ten_megabytes_take_seconds(piece: str) -> None:
    document = Document(piece * (10_000_000 // len(piece)), published_at="2017-05-06")
    assert takes_less(30, lambda: find_times(document))


@pytest.mark.slow
def test_benchmark_without_corpus_measures_our_own_cases(tmp_path: Path) -> None:
    rows, messages = _rows(tmp_path / "none")
    assert {(row["what"], row["set"]): row["accuracy"] for row in rows} == {
        (what, group): 1.0 for what in ("times", "quantities") for group in ("development", "held-out")
    }
    assert "--corpus" in messages


@pytest.mark.corpus
def test_values_in_articles_are_right(shared: Path) -> None:
    rows, _ = _rows(shared / "corpus" / "casie" / "dev")
    accuracy = {row["what"]: row["accuracy"] for row in rows if row["set"] == "CASIE"}
    assert accuracy["times"] >= 0.95
    assert accuracy["quantities"] >= 0.95


def _rows(corpus: Path) -> tuple[list[dict[str, Any]], str]:
    command = [sys.executable, str(BENCHMARK), "--corpus", str(corpus), "--json"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return json.loads(done.stdout), done.stderr
