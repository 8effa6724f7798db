"""A desk that a browser reaches, for the tests marked `browser`."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desks import FERRY, open_desk
from paths import ROOT

from incidex import analyse, read
from incidex.service.app import create_app
from incidex.service.desk import Desk

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
EXAMPLES = ("alder-courier-ferry-leak.txt", "gullholm-gazette-ferry-leak.html", "st-brannoc-hospital-ransom.html")


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Desk, str]]:
    """Return a desk with three reports of two incidents, and its address."""
    import uvicorn

    monkeypatch.setenv("INCIDEX_AUTHOR", "Ada")  # pictures show the name

    with open_desk(tmp_path) as desk:
        for name in EXAMPLES:
            document = replace(read(str(ROOT / "examples" / name)), source=f"examples/{name}")
            desk.store.add(analyse(document, encoder=desk.encoder))
        listening = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(desk), log_config=None, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield desk, f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=15)
        listening.close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the browser of the system."""
    found = next((path for path in CHROMIUM if Path(path).exists()), "")
    if not found:
        pytest.skip("There is no Chromium here: install it (Debian: apt-get install chromium).")
    return found


@pytest.fixture(scope="session")
def article() -> str:
    """Return an article to paste."""
    return FERRY
