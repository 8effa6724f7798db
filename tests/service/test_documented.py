"""The pages about the desk: what they claim is tested, and what they show works."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from desks import open_desk
from paths import ROOT

from incidex.service.app import create_app
from incidex.service.desk import Desk

_SECURITY = (ROOT / "docs" / "explanation" / "security.md").read_text("utf-8")
_REST = (ROOT / "docs" / "reference" / "rest.md").read_text("utf-8")
_SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINES = [line for block in _SHELL.findall(_REST) for line in block.replace("\\\n", " ").splitlines()]


def test_each_test_that_the_page_on_security_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", _SECURITY))
    tests = "\n".join(file.read_text("utf-8") for file in (ROOT / "tests" / "service").rglob("test_*.py"))
    assert len(named) > 30
    assert {name for name in named if f"def {name}(" not in tests} == set()
    assert [path for path in re.findall(r"`(tests/[\w/.]+)`", _SECURITY) if not (ROOT / path).exists()] == []


def test_the_page_on_rest_names_each_address(full: Desk) -> None:
    paths = create_app(full).openapi()["paths"]
    last = {path: [part for part in path.split("/") if "{" not in part][-1] for path in paths}
    assert len(last) > 30
    assert [path for path, part in last.items() if part not in _REST] == []


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an empty desk, and return its address."""
    import uvicorn

    with open_desk(tmp_path_factory.mktemp("documented")) as desk:
        server = uvicorn.Server(uvicorn.Config(create_app(desk), port=0, log_config=None, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            assert thread.is_alive()
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.mark.slow
@pytest.mark.parametrize("line", _LINES)
def test_what_the_page_on_rest_shows_works(served: str, line: str) -> None:
    program, *arguments = shlex.split(line.replace("http://127.0.0.1:8000", served))
    if program == "curl" and not shutil.which("curl"):
        pytest.skip("There is no curl.")
    command = [sys.executable if program == "python" else program, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    assert "urn:incidex:problem" not in done.stdout
    assert '"state": "failed"' not in done.stdout
