"""What tests of watching need: a stand-in for the model, a store, and a site that misbehaves."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from scripts import load
from word_encoder import WordEncoder

from incidex.ingest.reader import Reader
from incidex.store import Store, open_store
from incidex.watch.places import place_of
from incidex.watch.polite import Client
from incidex.watch.watcher import Outcome, Settings, Watcher


@pytest.fixture(scope="session")
def server() -> ModuleType:
    return load("benchmarks/misbehaving_server.py")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store.sqlite")) as store:
        yield store


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


class Looker:
    """Looks at places with a new watcher each time, and keeps what it tells."""

    def __init__(self, store: Store, reader: Reader) -> None:
        self._store = store
        self._reader = reader
        self.told: list[Outcome] = []

    def __call__(self, *sources: object, total: float = 5.0, **settings: Any) -> int:
        client = Client(allow_private=True, pause=0.0, total=total)
        self.told = []
        watcher = Watcher(
            self._store,
            self._reader,
            client,
            encoder=lambda: WordEncoder(),
            tell=self.told.append,
            settings=Settings(allow_private=True, **settings),
        )
        return watcher.look_once([place_of(str(source)) for source in sources])

    @property
    def outcomes(self) -> list[str]:
        return [one.item.outcome for one in self.told if one.item]


@pytest.fixture
def look(store: Store, reader: Reader) -> Looker:
    return Looker(store, reader)


@pytest.fixture
def feed(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes an RSS file with these items: title, link, text."""

    def write(*items: tuple[str, str, str], name: str = "feed.xml") -> Path:
        from xml.sax.saxutils import escape

        written = "".join(
            f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
            f"<content:encoded>{escape(text)}</content:encoded></item>"
            for title, link, text in items
        )
        path = tmp_path / name
        path.write_text(
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>Wire</title>{written}</channel></rss>",
            "utf-8",
        )
        return path

    return write
