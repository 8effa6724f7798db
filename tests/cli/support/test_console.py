"""The line of progress shows only where a person waits, and never gets in the way of what is printed."""

import io
import time

import pytest

from incidex.cli.support.console import Console, _left


class Screen(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_shows_and_goes() -> None:
    screen = Screen()
    with Console(messages=screen, patience=0.0) as console:
        console.progress(1, 4, "b\x1b.txt")
        waited_until = time.monotonic() + 20
        while "of 4" not in screen.getvalue() and time.monotonic() < waited_until:
            time.sleep(0.05)
        console.message("warning", "Mind the gap.")
    shown = screen.getvalue()
    assert "\r\x1b[K[######------------------] 1 of 4, 0 s  b�.txt" in shown
    assert "\r\x1b[Kwarning: Mind the gap.\n" in shown
    assert shown.endswith(("\n", "\r\x1b[K"))


def test_progress_counts_nothing_before_the_sources_are_known() -> None:
    screen = Screen()
    with Console(messages=screen, patience=0.0):
        waited_until = time.monotonic() + 20
        while "]" not in screen.getvalue() and time.monotonic() < waited_until:
            time.sleep(0.05)
    assert screen.getvalue().startswith("\r\x1b[K[------------------------] 0 s")


def test_no_progress_without_a_terminal() -> None:
    file = io.StringIO()
    with Console(messages=file, patience=0.0) as console:
        console.progress(0, 2, "a.txt")
        time.sleep(0.4)
    assert file.getvalue() == ""


def test_no_progress_for_short_work() -> None:
    screen = Screen()
    with Console(messages=screen) as console:
        console.progress(0, 2, "a.txt")
        time.sleep(0.4)
    assert screen.getvalue() == ""


def test_messages_do_not_obey_what_they_quote(capsys: pytest.CaptureFixture[str]) -> None:
    Console().message("error", "evil\x1b[2J.txt is empty.\nCheck it.")
    assert capsys.readouterr().err == "error: evil�[2J.txt is empty.\n  Check it.\n"


@pytest.mark.parametrize(
    ("done", "total", "seconds", "words"),
    [
        pytest.param(2, 100, 10.0, "", id="too early"),
        pytest.param(10, 30, 20.0, ", about 40 s left", id="seconds"),
        pytest.param(10, 100, 60.0, ", about 9 min left", id="minutes"),
        pytest.param(30, 30, 20.0, "", id="done"),
        pytest.param(0, 0, 20.0, "", id="nothing known"),
    ],
)
def test_the_remaining_time_is_told_once_it_can_be(done: int, total: int, seconds: float, words: str) -> None:
    assert _left(done, total, seconds) == words
