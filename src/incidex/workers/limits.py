"""The limits of a child process, and how they are set."""

import sys
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from time import process_time


@dataclass(frozen=True, slots=True)
class Limits:
    """
    What one request to a child process may cost.

    Attributes:
        seconds: Processor time; on Windows time by the clock. On a machine that is busy with other things it may be
            five times as many by the clock: a limit by the clock alone would refuse there what is read elsewhere.
        megabytes: Memory that the child may ask for, with that of the program itself (some 250 MB, of which it uses a
            quarter). Systems without such a limit (Windows; macOS takes it, and does not enforce it) go without.
        requests: How many requests a child answers before a new one takes its place: what each leaves behind (memory in
            pieces, leaks of libraries) never becomes much.
    """

    seconds: float = 60.0
    megabytes: int = 1000
    requests: int = 1000

    @property
    def by_the_clock(self) -> float:
        """Seconds after which a child is killed, whatever it does or waits for."""
        return self.seconds if sys.platform == "win32" else 5 * self.seconds


def limit_memory(megabytes: int) -> None:
    """Let this process have no more memory than `megabytes`, and write no image of it to disk when it crashes."""
    if sys.platform == "win32":
        return
    import resource

    _lower(resource.RLIMIT_AS, megabytes * 1_000_000)
    _lower(resource.RLIMIT_CORE, 0)


def limit_processor(seconds: float) -> None:
    """
    Let this process compute for no more than `seconds` from now on, rounded up, or be killed with SIGXCPU.

    This also ends a child whose parent was killed meanwhile, and no longer looks at the clock.
    """
    if sys.platform == "win32":
        return
    import resource

    _lower(resource.RLIMIT_CPU, ceil(process_time() + seconds))


def _lower(limit: int, value: int) -> None:
    """Set the soft limit to `value`, or to the hard limit if that is lower."""
    import resource

    _, hard = resource.getrlimit(limit)
    # macOS refuses a limit on memory below what is in use already, which counts libraries of the system.
    with suppress(ValueError, OSError):
        resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
