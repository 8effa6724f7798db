"""Many sources at a time: in order, errors beside the source that caused them, folders walked."""

from pathlib import Path

import numpy as np
import pytest

import incidex
from incidex.encoder.output import Decoding
from incidex.errors import UnreadableSource
from incidex.labels import scheme


class Fixed:
    """An encoder that finds nothing, and remembers how many articles it saw."""

    name = "fixed-1"
    thresholds = (0.5,) * len(scheme().names)
    decoding = Decoding(trigger=0.5, argument=0.5, same=0.0)

    def count_within(self, texts, most):
        return len(texts)

    def scores(self, texts, *, each=None):
        return np.zeros((len(texts), len(self.thresholds)), np.float32)


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.txt", "c.txt"):
        (tmp_path / name).write_text(f"Report {name[0]} says that all is well in the harbour today.", "utf-8")
    return tmp_path


def many(sources, **options):
    return list(incidex.analyse_many(sources, encoder=Fixed(), events=False, **options))


@pytest.mark.parametrize("jobs", [1, 2, 7, None])
def test_outcomes_come_in_the_order_of_the_sources(folder, jobs):
    outcomes = many(folder, jobs=jobs)
    assert [Path(one.source).name for one in outcomes] == ["a.txt", "b.txt", "c.txt"]
    assert [one.analysis.document.text[7] for one in outcomes] == ["a", "b", "c"]
    assert [one.error for one in outcomes] == [None] * 3


def test_a_source_that_cannot_be_read_stops_no_other(folder):
    (folder / "b.txt").write_bytes(b"")
    outcomes = many([folder / "a.txt", folder / "b.txt", str(folder / "missing.txt"), folder / "c.txt"])
    assert [one.analysis is None for one in outcomes] == [False, True, True, False]
    assert isinstance(outcomes[1].error, UnreadableSource)
    assert "missing.txt" in str(outcomes[2].error)


def test_a_single_path_is_no_list_of_letters(folder):
    (outcome,) = many(str(folder / "a.txt"))
    assert outcome.source == str(folder / "a.txt")


def test_progress_is_told_before_each_outcome(folder):
    told: list[tuple[int, int, str]] = []
    many(folder, progress=lambda *state: told.append(state))
    assert [(done, total, Path(source).name) for done, total, source in told] == [
        (0, 3, "a.txt"),
        (1, 3, "b.txt"),
        (2, 3, "c.txt"),
    ]


def test_it_can_be_left_early(folder):
    outcomes = incidex.analyse_many(folder, encoder=Fixed(), events=False, jobs=1)
    assert next(outcomes).analysis is not None
    outcomes.close()
    assert list(outcomes) == []


@pytest.mark.parametrize(
    ("sources", "error", "words"),
    [
        pytest.param(None, TypeError, "Sources are paths and URLs, not NoneType", id="None"),
        pytest.param([b"a.txt"], TypeError, "a path or a URL, not bytes", id="bytes"),
        pytest.param([incidex.from_text("All is well.")], TypeError, "not Document", id="document"),
    ],
)
def test_mistakes_are_named_at_once(sources, error, words):
    with pytest.raises(error, match=words):
        incidex.analyse_many(sources)


@pytest.mark.parametrize("jobs", [0, -1])
def test_no_jobs_are_refused(folder, jobs):
    with pytest.raises(ValueError, match="At least one source"):
        incidex.analyse_many(folder, jobs=jobs)


def test_a_name_that_is_not_utf8_can_go_into_a_database(tmp_path):
    try:
        (tmp_path / "caf\udce9.txt").write_text("All is well in the harbour today.", "utf-8")
    except (OSError, UnicodeError):
        pytest.skip("This file system has no such names.")
    (outcome,) = many(tmp_path)
    assert outcome.source.endswith("caf\\udce9.txt")
    assert outcome.analysis.document.source == outcome.source
