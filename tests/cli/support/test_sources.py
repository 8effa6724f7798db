"""One source that fails is named, and the others are still done."""

import pytest

from incidex.cli.support.console import Console
from incidex.cli.support.sources import for_each, with_source
from incidex.errors import BundleError, UnreadableSource


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
