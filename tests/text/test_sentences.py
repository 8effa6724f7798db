"""Sentences end where they should, lose no character, and cost the same per character in every text."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import ROOT
from timing import grows_less

from incidex.records import Block, BlockKind, Document, Sentence, Span
from incidex.text.sentences import document_sentences, split_sentences

TESTS = ROOT / "tests"
CASES: dict[str, str] = yaml.safe_load((TESTS / "cases" / "sentences.yaml").read_text("utf-8"))
LEXICON = yaml.safe_load(
    (TESTS.parent / "src" / "incidex" / "english" / "lexicon" / "abbreviations.yaml").read_text("utf-8")
)
BENCHMARK = TESTS.parent / "benchmarks" / "sentence_splitting.py"

# Random letters hardly ever meet the rules, pieces that the rules look for do.
PIECES = st.lists(
    st.sampled_from(
        [
            *"\n \t.!?…\"'“”‘’()[]–-•$1aAéÉ",
            "word",
            "The",
            "Mr",
            "U.S",
            "etc",
            "No",
            "E!",
            "1. ",
            "\u00a0",
            "\u2028",
            "\x1c",
        ]
    )
).map("".join)


@pytest.mark.parametrize("marked", [pytest.param(marked, id=name) for name, marked in CASES.items()])
def test_sentences_end_at_the_marks_of_the_table(marked: str) -> None:
    text = marked.replace("‖", "")
    expected = [part.strip() for part in marked.split("‖") if part.strip()]
    assert [span.of(text) for span in split_sentences(text)] == expected


@settings(deadline=None)
@given(st.one_of(st.text(), PIECES))
def test_sentences_are_in_order_and_lose_no_character(text: str) -> None:
    spans = split_sentences(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


@settings(deadline=None)
@given(st.one_of(st.text(), PIECES))
def test_sentences_split_once_more_stay_whole(text: str) -> None:
    for span in split_sentences(text):
        assert split_sentences(text, span) == (span,)


@settings(deadline=None)
@given(before=st.text(max_size=5), text=PIECES, after=st.text(max_size=5))
def test_a_stretch_is_split_as_if_it_stood_alone(before: str, text: str, after: str) -> None:
    alone = [(span.start + len(before) + 1, span.end + len(before) + 1) for span in split_sentences(text)]
    if text:
        within = Span(len(before) + 1, len(before) + 1 + len(text))
        found = split_sentences(f"{before} {text} {after}", within)
        assert [(span.start, span.end) for span in found] == alone


@pytest.mark.parametrize("within", [Span(3, 99), Span(50, 60)], ids=["ends behind the text", "lies behind the text"])
def test_a_stretch_may_reach_beyond_the_text(within: Span) -> None:
    assert [span.of("It failed. So it goes.") for span in split_sentences("It failed. So it goes.", within)] == (
        ["failed.", "So it goes."] if within.start == 3 else []
    )


def test_document_sentences_take_every_block_and_its_kind() -> None:
    text = "Acme hit\n\nIt was hit. It\npaid.\n\nSign up! Now!"
    blocks = (
        Block(Span(0, 8), BlockKind.TITLE),
        Block(Span(10, 30), BlockKind.BODY),
        Block(Span(32, 45), BlockKind.BOILERPLATE),
    )
    assert document_sentences(Document(text, blocks)) == (
        Sentence(Span(0, 8), BlockKind.TITLE),
        Sentence(Span(10, 21), BlockKind.BODY),
        Sentence(Span(22, 30), BlockKind.BODY),
        Sentence(Span(32, 40), BlockKind.BOILERPLATE),
        Sentence(Span(41, 45), BlockKind.BOILERPLATE),
    )


def test_document_without_blocks_is_body_text() -> None:
    assert document_sentences(Document("It failed. So it goes.")) == (
        Sentence(Span(0, 10), BlockKind.BODY),
        Sentence(Span(11, 22), BlockKind.BODY),
    )


# Each is repeated to a long line without a line break: runs that patterns could read again and again.
@pytest.mark.parametrize(
    "piece",
    [
        "A. ",
        "Mr. ",
        "1.",
        "!",
        '"',
        '!"',
        '. "',
        ". ",
        " ",
        "a",
        "word.The",
        '."A',
        "… ",
        ". -",
        "((",
        "[.]",
        "\n1. A",
        "-. A",
    ],
)
@pytest.mark.parametrize("before", ["", "-" * 20_000], ids=["alone", "behind dashes"])
def test_time_is_linear_in_hostile_text(piece: str, before: str) -> None:
    # Four times the text takes four times as long if the time is linear, sixteen times if it is quadratic.
    short, long = (before + piece * (size // len(piece)) for size in (40_000, 160_000))
    assert grows_less(8, lambda: split_sentences(short), lambda: split_sentences(long))


@pytest.mark.parametrize("name", LEXICON)
def test_lexicon_is_made_of_words(name: str) -> None:
    # YAML reads a bare No, on or 1 as something else.
    assert [word for word in LEXICON[name] if not isinstance(word, str) or word != word.strip(" .")] == []
    assert len(set(LEXICON[name])) == len(LEXICON[name])


@pytest.mark.parametrize(
    ("left", "right"), [("never_end", "seldom_end"), ("starters", "suffixes"), ("never_end", "before_number")]
)
def test_lexicon_does_not_contradict_itself(left: str, right: str) -> None:
    assert set(LEXICON[left]) & set(LEXICON[right]) == set()


def test_benchmark_counts_the_ends_found(tmp_path: Path) -> None:
    # Three ends inside the article; "U.S. Acme" hides the second one, and the labels are right about the others.
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "1.txt").write_text(
        "It failed. | O\nSo did the U.S. | O\nAcme paid. | O\nThe end. | O\n", "utf-8"
    )
    row = next(
        row for row in _benchmark(tmp_path) if row["text"] == "joined with blanks" and row["splitter"] == "Incidex"
    )
    assert (row["articles"], row["sentences"], row["precision"], row["perfect"]) == ("dev", 4, 1.0, 0.0)
    assert row["recall"] == pytest.approx(2 / 3)
    assert row["f1"] == pytest.approx(0.8)


def test_benchmark_without_articles_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, BENCHMARK, "--corpus", tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "--corpus" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.corpus
@pytest.mark.parametrize(("text", "floor"), [("line by line", 0.99), ("joined with blanks", 0.945)])
def test_labelled_articles_are_split_well(shared: Path, text: str, floor: float) -> None:
    rows = [
        row
        for row in _benchmark(shared / "corpus" / "sentences")
        if row["text"] == text and row["splitter"] == "Incidex"
    ]
    assert [row["articles"] for row in rows] == ["dev", "train+dev"]
    assert all(row["f1"] >= floor and row["per_second"] > 20_000 for row in rows)


def _benchmark(corpus: Path) -> list[dict[str, Any]]:
    command = [sys.executable, str(BENCHMARK), "--corpus", str(corpus), "--json"]
    rows: list[dict[str, Any]] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return rows
