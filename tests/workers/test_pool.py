"""Child processes answer, and whatever happens to one costs one answer."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from incidex.errors import FetchError
from incidex.workers.limits import Limits
from incidex.workers.pool import Pool
from incidex.workers.worker import Failure, Reason

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals.")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


@pytest.fixture
def pool() -> Iterator[Pool]:
    """Return a pool of one child that does what it is told."""
    with Pool("deeds:obey", limits=Limits(seconds=20, megabytes=500), count=1) as pool:
        yield pool


def number(answer: bytes) -> int:
    return int(answer.split()[-1])


def test_a_child_stays_for_further_requests() -> None:
    with Pool("deeds:upper", count=1) as pool:
        first, second = pool.ask(b"a"), pool.ask(b"b" * 1_000_000)
    assert (first.split()[0], second.split()[0]) == (b"A", b"B" * 1_000_000)
    assert number(first) == number(second) != os.getpid()


def test_none_is_left_when_the_pool_is_closed(pool: Pool) -> None:
    child = number(pool.ask(b"hello"))
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    with pytest.raises(Failure, match="closed"):
        pool.ask(b"hello")


def test_several_are_asked_at_once() -> None:
    with Pool("deeds:obey", count=3) as pool, ThreadPoolExecutor(6) as threads:
        children = {number(answer) for answer in threads.map(pool.ask, [b"sleep 0.5"] * 6)}
    assert 2 <= len(children) <= 3


@pytest.mark.parametrize(
    ("deed", "reason", "detail"),
    [
        pytest.param("die", Reason.CRASH, "SIGKILL", id="killed"),
        pytest.param("exit 7", Reason.CRASH, "exit code 7", id="ends"),
        pytest.param("fill 3000", Reason.MEMORY, "", id="too much memory"),
        pytest.param("fail", Reason.DEFECT, "KeyError: 'missing'", id="a defect"),
        pytest.param("deep", Reason.DEFECT, "RecursionError", id="too deep"),
    ],
)
def test_a_failure_says_why_and_the_next_request_is_answered(
    pool: Pool, deed: str, reason: Reason, detail: str
) -> None:
    if reason is Reason.MEMORY and sys.platform == "darwin":
        pytest.skip("macOS does not enforce the limit.")
    pool.ask(b"hello")
    with pytest.raises(Failure) as caught:
        pool.ask(deed.encode())
    assert caught.value.reason is reason
    assert detail in caught.value.detail
    assert ("Traceback" in caught.value.trace) == (reason is Reason.DEFECT)
    assert pool.ask(b"hello").startswith(b"HELLO")


@pytest.mark.parametrize("deed", ["sleep 60", "spin"])
def test_one_that_takes_too_long_is_killed(deed: str) -> None:
    with Pool("deeds:obey", limits=Limits(seconds=1), count=1) as pool:
        child = number(pool.ask(b"hello"))
        with pytest.raises(Failure) as caught:
            pool.ask(deed.encode())
        assert caught.value.reason is Reason.TIME
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
        assert pool.ask(b"hello").startswith(b"HELLO")


def test_an_error_of_the_function_is_raised_as_it_is(pool: Pool) -> None:
    with pytest.raises(FetchError, match=r"^It is not there.\nLook elsewhere.$"):
        pool.ask(b"refuse")


def test_what_a_library_prints_or_reads_is_no_part_of_the_answers(pool: Pool) -> None:
    assert pool.ask(b"print").startswith(b"PRINT")
    assert pool.ask(b"read") == b"nothing"


@pytest.mark.parametrize("deed", ["lie", "claim"])
def test_a_child_that_answers_nonsense_is_one_failure(pool: Pool, deed: str) -> None:
    reasons = []
    for file in range(3, 6):  # one of them is the pipe for answers
        with pytest.raises(Failure) as caught:
            pool.ask(f"{deed} {file}".encode())
        reasons.append(caught.value.reason)
        assert pool.ask(b"hello").startswith(b"HELLO")
    assert Reason.CRASH in reasons


def test_a_child_that_died_meanwhile_is_replaced(pool: Pool) -> None:
    child = number(pool.ask(b"hello"))
    os.kill(child, signal.SIGKILL)
    time.sleep(0.2)
    assert number(pool.ask(b"hello")) != child


def test_closing_ends_those_who_wait(pool: Pool) -> None:
    failures: list[Failure] = []

    def wait() -> None:
        try:
            pool.ask(b"sleep 60")
        except Failure as failure:
            failures.append(failure)

    pool.ask(b"hello")
    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.5)
    pool.close()
    waiting.join(timeout=20)
    assert not waiting.is_alive()
    assert len(failures) == 1


def test_one_that_cannot_start_says_so() -> None:
    with Pool("no_such_module:nothing") as pool, pytest.raises(Failure) as caught:
        pool.ask(b"hello")
    assert caught.value.reason is Reason.START


def test_the_current_folder_is_not_searched_for_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)", "utf-8")
    monkeypatch.chdir(tmp_path)
    with Pool("deeds:upper") as pool:
        assert pool.ask(b"a").startswith(b"A")


def test_the_children_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, sys; sys.path.insert(0, sys.argv[1]); from incidex.workers.pool import Pool; "
        "pool = Pool('deeds:upper'); print(pool.ask(b'a').decode(), flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(Path(__file__).parent)], capture_output=True)
    child = number(done.stdout)
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("The child is still there.")
