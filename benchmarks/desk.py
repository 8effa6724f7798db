"""
Measures the desk: its start, adding a pasted article, many readers while some write, and its memory.

`incidex serve` runs as a process of its own on a new SQLite store. In this order:

1. seconds from the start of the process to the first page;
2. seconds from handing in an article (one that ships in `examples`, lengthened to 700 words) to its page with what was
   found, the median of several, each another text;
3. readers, who fetch pages of reports and dossiers over and over, while writers add articles and decide: the answers a
   second, the slowest tenth, and every answer that is an error;
4. the memory of the process, with its children, after a number of articles.

Usage: python benchmarks/desk.py [--articles N] [--seconds S] [--readers N] [--writers N] [--json]

For Linux.
"""

import argparse
import json
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx

_EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "northern-wire-ferry-leak.txt"
_WORDS = 700
# What makes one article differ from the next: invented names.
_STEMS = ("Alder", "Brack", "Corin", "Dun", "Elm", "Fen", "Gull", "Hazel", "Inver", "Kestrel", "Lark", "Marl", "Nor")
_ENDS = ("holm", "water", "field", "mere", "stead", "wick", "ford", "combe", "haven", "gate", "shaw")


def main() -> int:
    """Print what was measured, as lines or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000, metavar="N", help="articles in all (default: 1000)")
    parser.add_argument("--seconds", type=float, default=20, metavar="S", help="of reading and writing (default: 20)")
    parser.add_argument("--readers", type=int, default=50, metavar="N", help="readers at once (default: 50)")
    parser.add_argument("--writers", type=int, default=2, metavar="N", help="writers at once (default: 2)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), options)
    print(json.dumps(found, indent=2) if options.json else "\n".join(f"{name:44}{found[name]:>10}" for name in found))
    return 1 if found["answers that were errors"] else 0


def measure(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return the figures by name."""
    articles = article_texts()
    with served(folder / "desk.sqlite") as (address, process, seconds), httpx.Client(base_url=address) as client:
        _wait_until_loaded(client)
        pasted = [_paste(client, next(articles)) for _ in range(9)]
        load = _load(address, articles, options)
        while client.get("/api/documents").json()["total"] < options.articles:
            _add(client, [next(articles) for _ in range(20)])
        return {
            "first page after the start, s": round(seconds, 2),
            "article of 700 words to its page, s": round(median(pasted), 2),
            **load,
            "articles in the store": client.get("/api/documents").json()["total"],
            "memory of the desk, MB": round(_memory(process.pid)),
            "memory with the processes that read, MB": round(sum(map(_memory, _family(process.pid)))),
        }


@contextmanager
def served(store: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]", float]]:
    """Start a desk; yield its address, its process, and the seconds until the first page was there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    started = time.perf_counter()
    command = [sys.executable, "-m", "incidex", "serve", "--store", str(store), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            while not _is_there(address):
                time.sleep(0.02)
            yield address, process, time.perf_counter() - started
        finally:
            process.terminate()


def article_texts(seed: int = 7) -> Iterator[str]:
    """Yield articles of 700 words, each about other names on another day, so that hardly two report one incident."""
    chance = random.Random(seed)
    words = _EXAMPLE.read_text("utf-8")
    plain = set(re.findall(r"\b[a-z]+\b", words))
    names = {name for name in re.findall(r"\b[A-Z][a-z]{3,}\b", words) if name.lower() not in plain}
    while True:
        invented = {name: chance.choice(_STEMS) + chance.choice(_ENDS) for name in sorted(names)}
        victim = f"{chance.choice(_STEMS)}{chance.choice(_ENDS)} {chance.choice(_STEMS)}{chance.choice(_ENDS)}"
        day = f"{chance.randint(1, 28)} May 20{chance.randint(15, 25)}"
        body = re.sub(r"\b[A-Z][a-z]{3,}\b", lambda match, new=invented: new.get(match[0], match[0]), words)
        sentences = re.findall(r"[^.\n]+[.\n]+", body)
        count = f"{chance.randint(2, 99)},000"
        text = f"{victim} reports a breach\n\n{victim} lost the data of {count} people on {day}.\n{body}"
        while len(text.split()) < _WORDS:
            text += f" {chance.choice(sentences).strip()}"
        yield text


def _is_there(address: str) -> bool:
    try:
        return httpx.get(address, timeout=10).status_code == 200
    except httpx.TransportError:
        return False


def _wait_until_loaded(client: httpx.Client) -> None:
    client.post("/api/extract", json={"text": "Attackers stole files on Monday."}, timeout=60).raise_for_status()


def _paste(client: httpx.Client, text: str) -> float:
    """Return the seconds from handing in a text to its page."""
    started = time.perf_counter()
    job = client.post("/api/documents", params={"wait": 60}, json={"text": text}, timeout=90).json()
    assert job.get("state") == "read", job
    httpx.get(f"{client.base_url}/reports/{job['document']}", timeout=60).raise_for_status()
    return time.perf_counter() - started


def _add(client: httpx.Client, texts: list[str]) -> None:
    jobs = [client.post("/api/documents", json={"text": text}, timeout=60).json() for text in texts]
    for job in jobs:
        client.get(f"/api/jobs/{job['id']}", params={"wait": 60}, timeout=90).raise_for_status()


@dataclass
class Answers:
    """What the desk answered: the seconds of each answer, and those that were errors."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, client: httpx.Client, method: str, path: str, **how: Any) -> Any:
        """Ask for something, and keep how long that took; return the JSON of the answer, if it has any."""
        started = time.perf_counter()
        try:
            answer = client.request(method, path, timeout=60, **how)
        except httpx.HTTPError as error:
            self.errors.append(f"{path}: {error!r}")
            return None
        self.times.append(time.perf_counter() - started)
        if answer.status_code >= 400:
            self.errors.append(f"{path}: {answer.status_code} {answer.text[:200]}")
            return None
        return answer.json() if "json" in answer.headers["content-type"] else None


def _load(address: str, articles: Iterator[str], options: argparse.Namespace) -> dict[str, Any]:
    """Read and write at once for a while, and return how that went."""
    read, written = Answers(), Answers()
    texts = [next(articles) for _ in range(int(20 * options.seconds))]
    ends = time.monotonic() + options.seconds
    threads = [threading.Thread(target=_read, args=(address, read, ends)) for _ in range(options.readers)]
    threads += [threading.Thread(target=_write, args=(address, written, texts, ends)) for _ in range(options.writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    errors = read.errors + written.errors
    for error in errors[:5]:
        print(error, file=sys.stderr)
    return {
        "readers at once": options.readers,
        "writers at once": options.writers,
        "answers to readers a second": round(len(read.times) / options.seconds),
        "nine of ten answers to readers within, s": round(quantiles(read.times, n=10)[-1], 2),
        "changes by writers": len(written.times),
        "answers that were errors": len(errors),
    }


def _read(address: str, answers: Answers, ends: float) -> None:
    with httpx.Client(base_url=address) as client:
        while time.monotonic() < ends:
            listed = answers.ask(client, "GET", "/api/incidents?limit=20")
            for item in listed["items"][:3] if listed else ():
                answers.ask(client, "GET", f"/incidents/{item['id']}")
            answers.ask(client, "GET", "/api/search?words=data")


def _write(address: str, answers: Answers, texts: list[str], ends: float) -> None:
    with httpx.Client(base_url=address) as client:
        while time.monotonic() < ends and texts:
            text = texts.pop()
            answers.ask(client, "POST", "/api/documents?wait=60", json={"text": text})
            answers.ask(client, "POST", "/api/decisions/ignore", json={"value": text.split()[0]})


def _memory(process: int) -> float:
    """Return the resident memory of a process in millions of bytes."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024 / 1e6  # type: ignore[index]


def _family(process: int) -> list[int]:
    """Return a process with its children."""
    children = Path(f"/proc/{process}/task").glob("*/children")
    return [process, *(int(child) for file in children for child in file.read_text("ascii").split())]


if __name__ == "__main__":
    sys.exit(main())
