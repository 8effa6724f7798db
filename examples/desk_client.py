"""
Adds files to a desk, waits until they are read, and prints the incidents that they report.

Usage: python examples/desk_client.py http://127.0.0.1:8000 FILE...

If the desk has accounts, put a token ("incidex account token NAME --label ...") into the variable INCIDEX_TOKEN. The
class `Desk` is a small client to copy and change; it needs httpx, which comes with Incidex.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx


class DeskError(Exception):
    """What the desk says about a request that it could not carry out."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        """Keep the problem, whose `type` and `status` programs can rely on."""
        self.problem = problem
        super().__init__("\n".join(filter(None, (problem.get("title"), problem.get("detail")))))


@dataclass(frozen=True, slots=True)
class Job:
    """What became of a report that was handed in."""

    id: str
    source: str
    state: str
    message: str
    status: str
    document: str
    incidents: tuple[str, ...]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("read", "failed")


class Desk:
    """A connection to a desk. Use it as a context manager."""

    def __init__(self, address: str, *, token: str = "", transport: httpx.BaseTransport | None = None) -> None:
        """Connect to the desk at `address`; `token` is needed if it has accounts."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(base_url=address, headers=headers, timeout=90, transport=transport)

    def __enter__(self) -> Self:
        """Return the connection."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self._http.close()

    def add_text(self, text: str, *, source: str = "") -> Job:
        """Add an article by its text, and wait until it is read."""
        body = {"text": text, "source": source}
        return self._finished(_job(self._ask("POST", "/api/documents", json=body, params={"wait": 60})))

    def add_files(self, files: Sequence[Path]) -> tuple[Job, ...]:
        """Add files, and wait until they are read."""
        parts = [("files", (file.name, file.read_bytes())) for file in files]
        items = self._ask("POST", "/api/documents/files", files=parts, params={"wait": 60})["items"]
        return tuple(self._finished(_job(item)) for item in items)

    def incidents(self, **conditions: str) -> Iterator[dict[str, Any]]:
        """Yield the incidents that fulfil all conditions, such as `victim="Kestrel"`, however many there are."""
        cursor: str | None = None
        while True:
            part = self._ask("GET", "/api/incidents", params={**conditions, **({"cursor": cursor} if cursor else {})})
            yield from part["items"]
            cursor = part["next"]
            if cursor is None:
                return

    def dossier(self, id: str) -> dict[str, Any]:
        """Return the dossier of an incident."""
        found: dict[str, Any] = self._ask("GET", f"/api/incidents/{id}")
        return found

    def join(self, one: str, other: str, *, reason: str = "") -> dict[str, Any]:
        """Decide that two incidents are one, and return the decision."""
        body = {"incidents": [one, other], "reason": reason}
        made: dict[str, Any] = self._ask("POST", "/api/decisions/join", json=body)
        return made

    def _finished(self, job: Job) -> Job:
        while not job.is_over:
            job = _job(self._ask("GET", f"/api/jobs/{job.id}", params={"wait": 60}))
        return job

    def _ask(self, method: str, path: str, **how: Any) -> Any:
        answer = self._http.request(method, path, **how)
        if answer.is_error:
            raise DeskError(answer.json())
        return answer.json()


def main(arguments: Sequence[str]) -> int:
    """Add the files and print what they report. Returns the exit code."""
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    address, *files = arguments
    with Desk(address, token=os.environ.get("INCIDEX_TOKEN", "")) as desk:
        jobs = desk.add_files([Path(file) for file in files])
        for job in jobs:
            print(f"{job.source}: {job.status or job.state} {job.message}".rstrip())
        for id in dict.fromkeys(id for job in jobs for id in job.incidents):
            dossier = desk.dossier(id)
            print(f"{dossier['title']} ({len(dossier['sources'])} sources)")
    return 0 if all(job.state == "read" for job in jobs) else 1


def _job(content: Mapping[str, Any]) -> Job:
    chosen = {name: content[name] for name in Job.__slots__ if name != "incidents"}
    return Job(**chosen, incidents=tuple(content["incidents"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
