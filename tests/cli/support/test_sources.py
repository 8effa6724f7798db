"""One source that fails is named, and the others are still done."""

import click
import pytest

from incidex.cli.support.console import Console
from incidex.cli.support.sources import for_each, with_source
from incidex.errors import BundleError, IncidexError, StoreError, UnreadableSource


def test_all_others_are_done(capsys: pytest.CaptureFixture[str]) -> None:
    done = []

    def work(source: str) -> None:
        if source.startswith("bad"):
            raise UnreadableSource("It is empty.\nThere is nothing to read.")
        done.append(source)

    assert for_each(["a", "bad1", "b", "bad2", "c"], work, Console()) == 1
    assert done == ["a", "b", "c"]
    assert capsys.readouterr().err.splitlines() == [
        "error: bad1: It is empty.",
        "  There is nothing to read.",
        "error: bad2: It is empty.",
        "  There is nothing to read.",
        "summary: 2 of 5 sources could not be used; all others are done.",
    ]


def test_success_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert for_each(["a", "b"], lambda source: None, Console()) == 0
    assert capsys.readouterr() == ("", "")


def test_a_damaged_model_ends_the_work() -> None:
    def work(source: str) -> None:
        raise BundleError("model.onnx is damaged.")

    with pytest.raises(BundleError):
        for_each(["a", "b"], work, Console())


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        pytest.param("a.txt", "It is empty.", "a.txt: It is empty.", id="named"),
        pytest.param("a.txt", "a.txt is empty.", "a.txt is empty.", id="not named twice"),
        pytest.param("-", "It is empty.", "standard input: It is empty.", id="standard input"),
        pytest.param("-", "Standard input is empty.", "Standard input is empty.", id="standard input not named twice"),
    ],
)
def test_messages_name_their_source(source: str, text: str, expected: str) -> None:
    assert with_source(source, text) == expected


def test_a_defect_is_one_sources_error_and_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    done = []

    def work(source: str) -> None:
        if source == "bad":
            raise KeyError("missing")
        done.append(source)

    assert for_each(["a", "bad", "b"], work, Console()) == 3
    assert done == ["a", "b"]
    first, second, last = capsys.readouterr().err.splitlines()
    assert first.startswith("error: bad: An internal error: KeyError: 'missing' (incidex/cli/support/sources.py, line ")
    assert second.startswith("  This is a defect of Incidex. Please report it")
    assert last == "summary: 1 of 3 sources could not be used; all others are done."


def test_a_defect_outweighs_other_failures_and_its_trace_is_a_detail(capsys: pytest.CaptureFixture[str]) -> None:
    def work(source: str) -> None:
        raise {"a": ValueError("a"), "b": UnreadableSource("It is empty."), "c": MemoryError()}[source]

    reasons: list[str] = []
    console = Console(verbose=True)
    assert for_each(["a", "b", "c"], work, console, on_failure=lambda source, _: reasons.append(source)) == 3
    assert reasons == ["a", "b", "c"]
    printed = capsys.readouterr().err
    assert printed.count("Traceback (most recent call last)") == 1
    assert "error: c: There is not enough memory for it." in printed


def test_a_store_that_refuses_one_source_may_take_the_next() -> None:
    def work(source: str) -> None:
        if source.startswith("bad"):
            raise StoreError("The store is locked.")

    assert for_each(["bad", "bad", "a", "bad", "bad", "b"], work, Console(quiet=True)) == 1


def test_a_store_that_refuses_three_in_a_row_ends_the_work() -> None:
    tried = []

    def work(source: str) -> None:
        tried.append(source)
        raise StoreError("The disk is full.")

    with pytest.raises(StoreError, match=r"The disk is full.\n3 sources in a row failed; those from c on"):
        for_each(["a", "b", "c", "d"], work, Console(quiet=True))
    assert tried == ["a", "b", "c"]


@pytest.mark.parametrize("error", [click.exceptions.Exit(0), click.UsageError("no"), IncidexError("Output is closed.")])
def test_what_concerns_all_sources_ends_the_work(error: Exception) -> None:
    def work(source: str) -> None:
        raise error

    with pytest.raises(type(error)):
        for_each(["a", "b"], work, Console())
