"""Working ahead: the order stays, errors come where they belong, and no more is begun than a few."""

import threading
from contextlib import closing

import pytest

from incidex.cli.support.prefetch import prefetch


def test_results_come_in_order() -> None:
    sources = [str(number) for number in range(30)]
    assert [(source, result.result()) for source, result in prefetch(sources, int)] == [
        (source, int(source)) for source in sources
    ]


def test_an_error_is_raised_where_its_result_is_asked_for() -> None:
    results = [result for _, result in prefetch(["1", "one", "2"], int)]
    assert (results[0].result(), results[2].result()) == (1, 2)
    with pytest.raises(ValueError, match="invalid literal"):
        results[1].result()


def test_no_more_than_a_few_are_begun() -> None:
    begun: list[str] = []
    with closing(prefetch(map(str, range(1000)), begun.append, threads=2)) as results:
        next(results)
    assert len(begun) <= 4


def test_several_are_worked_on_at_once() -> None:
    both = threading.Barrier(2, timeout=30)
    results = prefetch(["a", "b"], lambda _: both.wait() >= 0, threads=2)
    assert all(result.result() for _, result in results)
