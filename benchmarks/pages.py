"""Measures what the pages of the desk take at the server: those of an article of 200 sentences and of its incident."""

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from fastapi.testclient import TestClient

from incidex.encoder.session import open_encoder
from incidex.ingest.plain import from_text
from incidex.pipeline import analyse
from incidex.service.app import create_app
from incidex.service.desk import Desk
from incidex.store import open_store

SENTENCES = (
    "Hackers stole the data of {number},000 customers of Kestrel Ferries on 4 March 2024, the company said.",
    "The attackers demanded a ransom of {number} million dollars, according to Osterby Analytics.",
    "Brackwater Systems released a patch for CVE-2024-99{number:03} on Monday.",
    "Nobody knows when the ferries will sail again.",
)


def main() -> None:
    """Print the median time of each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=200)
    parser.add_argument("--runs", type=int, default=9)
    args = parser.parse_args()
    words = [SENTENCES[number % len(SENTENCES)].format(number=number + 1) for number in range(args.sentences)]
    text = "Kestrel Ferries loses data\n\n" + "\n\n".join(
        " ".join(words[at : at + 4]) for at in range(0, len(words), 4)
    )
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store.sqlite")
        with Desk(store, encoder=open_encoder) as desk, TestClient(create_app(desk), "http://127.0.0.1:8000") as client:
            added = store.add(analyse(from_text(text), encoder=desk.encoder))
            paths = {"inbox": "/", "report": f"/reports/{added.document}", "review": "/review"}
            paths |= {f"incident {number}": f"/incidents/{one.id}" for number, one in enumerate(added.incidents, 1)}
            for name, path in paths.items():
                clock, processor = _medians(client, path, args.runs)
                print(f"{name}: {clock * 1000:.0f} ms, of these {processor * 1000:.0f} ms of the processor")


def _medians(client: TestClient, path: str, runs: int) -> tuple[float, float]:
    """Return the median time by the clock and of the processor, which a busy machine does not make longer."""
    times = []
    for _ in range(runs + 1):
        begun = time.perf_counter(), time.process_time()
        assert client.get(path).status_code == 200, path
        times.append((time.perf_counter() - begun[0], time.process_time() - begun[1]))
    return median(one for one, _ in times[1:]), median(one for _, one in times[1:])


if __name__ == "__main__":
    main()
