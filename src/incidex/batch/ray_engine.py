"""
Runs shards on a Ray cluster; the only file that imports ray.

Each actor takes a core, reads whole shards from the input, and writes their results itself, so that documents do not
travel through the cluster. The plan and what is done stand in the folder of the run and not in Ray: a lost actor costs
the shard it was at, which another one does again, and a lost driver is started again.
"""

import os
import socket
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from itertools import islice
from typing import Any

from incidex.batch.answer import ANSWER
from incidex.batch.inputs import Inputs
from incidex.batch.records import Failed, Shard
from incidex.batch.run import Run
from incidex.batch.work import result_of
from incidex.errors import IncidexError, InputError, MissingExtra
from incidex.workers.limits import Limits
from incidex.workers.pool import Pool

# Shards that wait for each actor, so that it never waits for one.
_AHEAD = 2
# Seconds for the head of a cluster to answer.
_PATIENCE = 10.0
# How often to try to start a cluster.
_TRIALS = 3


class ShardWorker:
    """What an actor does: shard after shard, with one child process, which has the model."""

    def __init__(self, run: Run, limits: Limits, here: str) -> None:
        """Start the child, which loads the model with its first document. Paths are relative to the folder `here`."""
        with suppress(OSError):  # where it is not shared, paths have to be absolute
            os.chdir(here)
        self._run = run
        self._limits = limits
        self._inputs = Inputs()
        self._pool = Pool(ANSWER, limits=limits, count=1)
        self._pool.start()

    def do(self, shard: Shard) -> tuple[int, int]:
        """Do `shard`, unless another actor has done it. Returns how many documents it has, and how many failed."""
        results = [
            result_of(item, self._run.wanted, self._pool.ask, self._limits) for item in self._inputs.items(shard)
        ]
        self._run.write(shard, results)
        return len(results), sum(isinstance(result, Failed) for result in results)


def run_on_ray(
    run: Run, shards: Iterable[Shard], *, address: str | None, workers: int | None, limits: Limits
) -> Generator[tuple[int, int], None, None]:
    """
    Do `shards`, and yield how many documents more are done, and how many of these failed.

    Args:
        run: Its folder, and the input, have to be on storage that all machines of the cluster share.
        shards: Those to do.
        address: Of the cluster; None to start one on this machine.
        workers: How many actors; by default one for each core of the cluster.
        limits: What a document may cost.

    Raises:
        MissingExtra: Ray is not installed.
        InputError: There is no cluster at `address`.
        IncidexError: No document can be done, or the output cannot be written.
    """
    ray = _connected(address, workers)
    try:
        count = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        actor = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=-1)(ShardWorker)
        actors = [actor.remote(run, limits, os.getcwd()) for _ in range(count)]
        yield from _driven(ray, actors, iter(shards))
    finally:
        ray.shutdown()


def _driven(ray: Any, actors: list[Any], shards: Iterator[Shard]) -> Generator[tuple[int, int], None, None]:
    """Keep `actors` busy with `shards`, each with a few in advance."""
    busy = {actor.do.remote(shard): actor for _ in range(_AHEAD) for actor, shard in zip(actors, shards, strict=False)}
    while busy:
        (ready, *_), _ = ray.wait(list(busy), num_returns=1)
        actor = busy.pop(ready)
        busy |= {actor.do.remote(shard): actor for shard in islice(shards, 1)}
        yield _got(ray, ready)


def _got(ray: Any, ready: Any) -> tuple[int, int]:
    try:
        done, failed = ray.get(ready)
    except ray.exceptions.RayTaskError as error:
        cause = error.cause
        raise (
            cause
            if isinstance(cause, IncidexError)
            else IncidexError(f"A worker of the cluster failed: {cause}.\nSee Ray's logs on that machine.")
        ) from error
    except ray.exceptions.RayError as error:
        raise IncidexError(f"The cluster lost a worker for good: {error}.\nRun the same command again.") from error
    return done, failed


def _connected(address: str | None, workers: int | None) -> Any:
    if find_spec("ray") is None:
        raise MissingExtra('Ray needs a package that is not here.\nInstall it with: pip install "incidex[ray]"')
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray as library

    ray: Any = library
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    if address is None:
        _start(ray, num_cpus=workers, **quiet)
        return ray
    try:
        _look_for(address)
        ray.init(address=address, **quiet)
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        said = str(error).strip().partition("\n")[0]
        raise InputError(
            f"There is no Ray cluster at {address}: {said}.\nLook at the address that `ray start --head` printed."
        ) from error
    return ray


def _start(ray: Any, **options: Any) -> None:
    """Start a cluster on this machine. Ray gives up after half a minute, which is too soon on a busy one."""
    for trial in range(_TRIALS):
        try:
            ray.init(address="local", include_dashboard=False, **options)
            return
        except Exception as error:  # noqa: BLE001 - it raises bare Exception
            ray.shutdown()
            if trial == _TRIALS - 1:
                said = str(error).strip().partition("\n")[0]
                raise IncidexError(f"Ray could not be started: {said}\nTry again, or use --engine local.") from error


def _look_for(address: str) -> None:
    """Raise OSError or ValueError if nobody answers at `address`: Ray itself would wait for minutes."""
    if address == "auto":
        return
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        raise ValueError("an address is HOST:PORT")
    socket.create_connection((host, int(port)), timeout=_PATIENCE).close()
