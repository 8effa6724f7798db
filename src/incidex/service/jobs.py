"""Adding reports in the background: a few threads read, analyse and add what people hand in, in turn."""

import asyncio
import logging
import shutil
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from queue import Queue
from threading import Condition, Thread
from typing import IO, TYPE_CHECKING

from incidex.errors import IncidexError, InputError, UnknownId
from incidex.ingest.load import LARGEST, Raw, checked, is_url
from incidex.service.problems import TOO_LARGE, TOO_MANY, Refusal
from incidex.store.documents import UPLOADED, now
from incidex.store.results import Status

if TYPE_CHECKING:
    from incidex.records import Document
    from incidex.service.desk import Desk
    from incidex.store.results import Added

_log = logging.getLogger(__name__)

# How many jobs may wait, and how many bytes of uploads, which wait on disk. More are refused, not forgotten.
_MOST_WAITING, _MOST_BYTES = 500, 1_000_000_000
# How many jobs that are done are remembered.
_MOST_REMEMBERED = 2000
_LONGEST_NAME = 300
# How often a stream of events looks for news, and how often it says that it is still there, in seconds.
_LOOKS, _SIGNS = 0.25, 15.0


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self in (State.READ, State.FAILED)


@dataclass(frozen=True, slots=True)
class Job:
    """
    A report that somebody handed in, and what became of it.

    Attributes:
        id: Names the job as long as the desk runs.
        source: The name of the file, the URL, or the beginning of the text.
        author: Who handed it in.
        made_at: When, UTC, ISO 8601.
        state: How far it is.
        message: Why it failed and what to do, or warnings about what was read; may be empty.
        status: What the store did with the report: "added", "known already", "new revision"; empty until then.
        document: The id of the report; empty until it was read.
        incidents: The ids of the incidents that it reports.
    """

    id: str
    source: str
    author: str
    made_at: str
    state: State = State.WAITING
    message: str = ""
    status: str = ""
    document: str = ""
    incidents: tuple[str, ...] = ()


class Jobs:
    """The reports that wait to be read, and what became of those that were. Thread-safe."""

    def __init__(self, desk: "Desk", *, threads: int = 2) -> None:
        """Read with the parts of `desk`. Threads are started with the first job."""
        self._desk = desk
        self._folder: Path | None = None
        self._waiting: Queue[Callable[[], None] | None] = Queue()
        self._threads = [Thread(target=self._work, daemon=True, name=f"reading-{number}") for number in range(threads)]
        self._changed = Condition()
        self._jobs: dict[str, tuple[int, Job]] = {}  # with the number of its last change
        self._changes = 0
        self._bytes = 0
        self._closed = False

    def close(self) -> None:
        """Finish what is being read, and drop what waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=10)
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def add(
        self, name: str = "", *, author: str, content: bytes | IO[bytes] | None = None, url: str = "", text: str = ""
    ) -> Job:
        """
        Hand in a report, as exactly one of `content`, `url` and `text`; it is read soon.

        Args:
            name: The name of the file; of a text, the URL of the page that it comes from, if known.
            author: Who hands it in.
            content: The bytes of a file.
            url: The address of a page.
            text: The text of an article.

        Raises:
            InputError: It is not exactly one of them, or empty, or the URL is none.
            Refusal: It is too large, or too much waits already.
        """
        if (content is not None) + bool(url) + bool(text) != 1:
            raise InputError("There is nothing to read.\nGive a file, the address of a page, or a text.")
        if url and not is_url(url):
            raise InputError(f"{url[:200]} is not the address of a page.\nIt begins with http:// or https://.")
        if content is not None:
            return self._add_file(name, content, author)
        if url:
            return self._begin(url, author, lambda: self._desk.reader.read(url))
        if len(text) > LARGEST:
            raise _too_large("The text")
        source = name if name and is_url(name) else ""
        beginning = " ".join(text[:400].split())
        shown = source or (beginning if len(beginning) <= 80 else f"{beginning[:79]}…")
        return self._begin(shown, author, lambda: self._desk.read_text(text, source=source))

    def get(self, id: str) -> Job:
        """Return a job. Raises UnknownId if there is none, or it was forgotten."""
        with self._changed:
            if id not in self._jobs:
                raise UnknownId(f"There is no job {id[:100]}, or it is over since long.\nLook for the report itself.")
            return self._jobs[id][1]

    def all(self) -> tuple[Job, ...]:
        """Return all jobs, the latest first."""
        with self._changed:
            return tuple(job for _, job in reversed(self._jobs.values()))

    def wait(self, id: str, seconds: float) -> Job:
        """Return a job when it is over, or after so many seconds."""
        ends = time.monotonic() + seconds
        while True:
            job = self.get(id)
            left = ends - time.monotonic()
            if job.state.is_over or left <= 0 or self._closed:
                return job
            with self._changed:
                self._changed.wait(min(left, 1.0))

    def changes(self, since: int) -> tuple[int, tuple[Job, ...]]:
        """Return the number of the last change, and the jobs that changed after the change `since`."""
        with self._changed:
            changed = sorted((number, job) for number, job in self._jobs.values() if number > since)
            return self._changes, tuple(job for _, job in changed)

    async def events(self, since: int | None = None) -> AsyncIterator[tuple[int, Job] | None]:
        """
        Yield each change of a job with its number, and None now and then as a sign of life, until the desk is closed.

        Args:
            since: The number of the last change that was seen; by default only what is new.
        """
        seen, quiet = self._changes if since is None else since, 0.0
        while not self._closed:
            seen, changed = self.changes(seen)
            for job in changed:
                yield seen, job
            quiet = 0.0 if changed else quiet + _LOOKS
            if quiet >= _SIGNS:
                quiet = 0.0
                yield None
            await asyncio.sleep(_LOOKS)

    def _add_file(self, name: str, content: bytes | IO[bytes], author: str) -> Job:
        shown = " ".join(name.replace("\\", "/").rpartition("/")[2].split())[:_LONGEST_NAME] or "a file without a name"
        file, size = self._kept(BytesIO(content) if isinstance(content, bytes) else content, shown)

        def read() -> "Document":
            try:
                raw = Raw(file.read_bytes(), UPLOADED + shown)
            finally:
                file.unlink(missing_ok=True)
                with self._changed:
                    self._bytes -= size
            return self._desk.reader.read_bytes(checked(raw))

        return self._begin(shown, author, read)

    def _kept(self, content: IO[bytes], name: str) -> tuple[Path, int]:
        """Write an upload to a file until its turn comes, and return that with its size."""
        with self._changed:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="incidex-"))
        file = self._folder / uuid.uuid4().hex
        size = 0
        try:
            with file.open("xb") as written:
                while piece := content.read(1_000_000):
                    size += len(piece)
                    if size > LARGEST:
                        raise _too_large(name)
                    written.write(piece)
            with self._changed:
                if self._bytes + size > _MOST_BYTES:
                    raise _too_many()
                self._bytes += size
        except BaseException:
            file.unlink(missing_ok=True)
            raise
        return file, size

    def _begin(self, source: str, author: str, read: "Callable[[], Document]") -> Job:
        job = Job(uuid.uuid4().hex, source, author, now())
        with self._changed:
            if self._waiting.qsize() >= _MOST_WAITING or self._closed:
                raise _too_many()
            if not any(thread.is_alive() for thread in self._threads):
                for thread in self._threads:
                    thread.start()
        self._put(job)
        self._waiting.put(lambda: self._carry_out(job, read))
        return job

    def _put(self, job: Job) -> None:
        with self._changed:
            self._changes += 1
            self._jobs[job.id] = (self._changes, job)
            if len(self._jobs) > _MOST_REMEMBERED:
                over = next((id for id, (_, each) in self._jobs.items() if each.state.is_over), None)
                if over:
                    del self._jobs[over]
            self._changed.notify_all()

    def _work(self) -> None:
        while (work := self._waiting.get()) is not None and not self._closed:
            work()

    def _carry_out(self, job: Job, read: "Callable[[], Document]") -> None:
        job = replace(job, state=State.READING)
        self._put(job)
        try:
            added, warnings = self._desk.add(read)
        except IncidexError as error:
            self._put(replace(job, state=State.FAILED, message=str(error)))
        except Exception:  # noqa: BLE001 - one report, whatever is in it, never ends the desk
            _log.exception("%s: an internal error", job.source)
            message = (
                "It could not be read because of a defect of Incidex.\nPlease report it, with the file if you may."
            )
            self._put(replace(job, state=State.FAILED, message=message))
        else:
            self._put(_done(job, added, warnings))


def _done(job: Job, added: "Added", warnings: tuple[str, ...]) -> Job:
    return replace(
        job,
        state=State.READ,
        status=Status(added.status).value,
        message="\n".join(warnings),
        document=added.document,
        incidents=tuple(incident.id for incident in added.incidents),
    )


def _too_large(what: str) -> Refusal:
    return Refusal(
        TOO_LARGE,
        413,
        f"{what} is larger than {LARGEST // 1_000_000} MB, the most that Incidex reads at once.\n"
        "Split it into one file per article.",
    )


def _too_many() -> Refusal:
    return Refusal(
        TOO_MANY,
        503,
        "Too many reports wait to be read.\nHand in more when some of them are done.",
        headers={"Retry-After": "30"},
    )
