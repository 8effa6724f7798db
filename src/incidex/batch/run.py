"""
A bulk run in its folder: what it is about (manifest.json), its shards (plan.jsonl), the results of those that are done.

A result is written under a temporary name and renamed when it is whole, so a shard that has its file is done. What was
killed in between leaves nothing behind but a temporary file, and its shard is done again.
"""

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from incidex.batch.output import to_table
from incidex.batch.plan import Listing, cut, from_line, to_line
from incidex.batch.records import Failed, Result, Shard, Wanted
from incidex.errors import InputError

FORMAT = 1
_MANIFEST, _PLAN, _LOCK = "manifest.json", "plan.jsonl", ".lock"
# What a run that was killed while it was planned has in its folder.
_BEFORE_MANIFEST = re.compile(r"plan\.jsonl|\.lock|\..*\.part")
_CALLED = {
    "incidex": "the version of Incidex",
    "model": "the model",
    "wanted": "the options",
    "files": "the number of files in the input",
    "input": "the input",
}


@dataclass(frozen=True, slots=True)
class Run:
    """
    A run that may be under way.

    Attributes:
        folder: Where its files are.
        wanted: What is wanted of each document.
        documents: How many documents its input has.
        shards: How many shards these are.
    """

    folder: Path
    wanted: Wanted
    documents: int
    shards: int

    def done(self) -> frozenset[int]:
        """Return the numbers of the shards that are done."""
        ending = re.escape(self.wanted.format)
        found = (re.fullmatch(rf"part-(\d+)\.{ending}", name) for name in os.listdir(self.folder))
        return frozenset(int(match[1]) for match in found if match)

    def remaining(self) -> Iterator[Shard]:
        """Yield the shards that are not done, in order."""
        done = self.done()
        return (shard for shard in self._planned() if shard.number not in done)

    def failures(self) -> Iterator[Failed]:
        """Yield the documents that failed, in the order of the input."""
        for path in sorted(self.folder.glob("failed-*.jsonl")):
            for line in path.read_text("utf-8").splitlines():
                yield Failed(**json.loads(line))

    def documents_done(self) -> int:
        """Return how many documents the shards have that are done."""
        done = self.done()
        return sum(shard.count for shard in self._planned() if shard.number in done)

    def write(self, shard: Shard, results: Sequence[Result]) -> None:
        """Write what became of the documents of `shard`, which is then done. Raises InputError if that fails."""
        failed = [asdict(result) for result in results if isinstance(result, Failed)]
        lines = [result for result in results if isinstance(result, bytes)]
        content = b"".join(lines) if self.wanted.format == "jsonl" else to_table(lines)
        name = f"{shard.number:06d}"
        if failed:
            text = "".join(json.dumps(one, ensure_ascii=True) + "\n" for one in failed)
            write_whole(self.folder / f"failed-{name}.jsonl", text.encode())
        write_whole(self.folder / f"part-{name}.{self.wanted.format}", content)

    def _planned(self) -> Iterator[Shard]:
        with (self.folder / _PLAN).open(encoding="utf-8") as lines:
            for line in lines:
                yield from_line(line)


def open_run(folder: Path, listing: Listing, wanted: Wanted, *, model: str, version: str) -> Run:
    """
    Begin a run in `folder`, or go on with the one that is there.

    Args:
        folder: It may be new or empty.
        listing: The input.
        wanted: What is wanted of each document.
        model: Name and version of the model.
        version: That of Incidex.

    Raises:
        InputError: The folder cannot be used, or has a run of other input, options, model or version.
    """
    about = {
        "format": FORMAT,
        "incidex": version,
        "model": model,
        "wanted": asdict(wanted),
        "files": len(listing.files),
        "input": listing.fingerprint(),
    }
    _made(folder)
    known = _manifest(folder)
    if known is None:
        return _begun(folder, listing, wanted, about)
    _check_same(folder, known, about)
    for part in folder.glob(".*.part"):
        part.unlink(missing_ok=True)
    return Run(folder, wanted, known["documents"], known["shards"])


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """
    Make sure that no other process of this machine works in `folder` meanwhile.

    Raises:
        InputError: One does.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    path = _made(folder) / _LOCK
    try:
        opened = path.open("w")
    except OSError as error:
        raise _unwritable(path, error) from error
    with opened as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputError(
                f"Another process is at work in {folder}.\nWait for it, or name another folder."
            ) from error
        except OSError:  # a file system without locks
            pass
        yield


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there as a whole or not at all, also after the power fails. Raises InputError."""
    new = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with new.open("wb") as file:
            file.write(content)
            _to_disk(file)
        new.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(f"{path} cannot be written: {error.strerror}.\nMake room, or name another folder.")


def _to_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"The folder {folder} cannot be made: {error.strerror}.\nName another one.") from error
    return folder


def _manifest(folder: Path) -> dict[str, Any] | None:
    """Return what the run in `folder` is about; None if there is none."""
    try:
        known = json.loads((folder / _MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        others = sorted(name for name in os.listdir(folder) if not _BEFORE_MANIFEST.fullmatch(name))
        if others:
            raise InputError(
                f"{folder} has files, such as {others[0]}, and is no folder of incidex batch.\n"
                "Name a new or an empty folder."
            ) from None
        return None
    except (OSError, ValueError) as error:
        raise InputError(f"{folder / _MANIFEST} cannot be read: {error}.\nName another folder.") from error
    if not isinstance(known, dict) or known.get("format") != FORMAT:
        raise InputError(f"{folder} has a run of another version of Incidex.\nName another folder.")
    return known


def _begun(folder: Path, listing: Listing, wanted: Wanted, about: dict[str, Any]) -> Run:
    shards = documents = 0
    new = folder / f".{_PLAN}.part"
    try:
        with new.open("wb") as file:
            for shard in cut(listing.files, wanted.shard_size):
                file.write(to_line(shard).encode())
                shards, documents = shards + 1, documents + shard.count
            _to_disk(file)
        new.replace(folder / _PLAN)
    except OSError as error:
        raise _unwritable(folder / _PLAN, error) from error
    manifest = {**about, "documents": documents, "shards": shards}
    write_whole(folder / _MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode())
    return Run(folder, wanted, documents, shards)


def _check_same(folder: Path, known: dict[str, Any], about: dict[str, Any]) -> None:
    """Raise InputError if a run is about something else."""
    changed = next((name for name in _CALLED if known.get(name) != about[name]), None)
    if changed is None:
        return
    before: Any = known.get(changed)
    now: Any = about[changed]
    if changed == "wanted":
        before, now = _differing(before or {}, now), _differing(now, before or {})
    values = f": {before} then, {now} now" if changed != "input" else ""
    raise InputError(
        f"{folder} has a run that began with something else; {_CALLED[changed]} changed{values}.\n"
        "Go on with what it began with, or name another folder."
    )


def _differing(some: dict[str, Any], others: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in some.items() if others.get(name) != value)
