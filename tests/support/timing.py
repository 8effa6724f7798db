"""
Asks whether something is quick, on machines that do other things as well. pytest finds this by `pythonpath`.

What else a machine does can only add to a time, so the least of some tries is nearest the truth.
"""

import time
from collections.abc import Callable

TRIES = 4
TOO_SHORT = 0.02  # seconds; shorter times are mostly noise


def seconds(call: Callable[[], object]) -> float:
    """Return the processor time that one call takes."""
    started = time.process_time()
    call()
    return time.process_time() - started


def takes_less(limit: float, call: Callable[[], object]) -> bool:
    """Return whether one of some calls takes less than `limit` seconds of processor time."""
    return any(seconds(call) < limit for _ in range(TRIES))


def grows_less(factor: float, small: Callable[[], object], large: Callable[[], object]) -> bool:
    """Return whether `large` takes less than `factor` times as long as `small`, by the least of some calls of each."""
    of_small = of_large = float("inf")
    for _ in range(TRIES):
        of_small, of_large = min(of_small, seconds(small)), min(of_large, seconds(large))
        if of_large < factor * max(of_small, TOO_SHORT):
            return True
    return False
