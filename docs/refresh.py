"""
Runs the commands whose output README and docs show, and puts the real output into the pages.

Run `python docs/refresh.py` after each change that a reader would see. With `--check` it changes nothing and exits with
code 1 if a page is out of date. Output goes between `<!-- output: COMMAND -->` and `<!-- end -->` as a terminal would
show it, or between `<!-- text: COMMAND -->` and `<!-- end -->` as part of the page. COMMAND runs in the root of the
checkout and may be a pipeline.
"""

import contextlib
import glob
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_SHOWN = re.compile(
    r"(?P<begin><!-- (?P<kind>output|text): (?P<command>[^\n]+?) -->\n).*?(?P<end><!-- end -->)", re.DOTALL
)
# A call of `incidex` that needs no shell: no variables, no lists of commands.
_ALONE = re.compile(r"incidex [^|&;<>$()`]*")


def main(arguments: list[str]) -> int:
    """Bring the pages up to date, or with `--check` say which are not. Returns the exit code."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("Usage: python docs/refresh.py [--check]\n")
        return 2
    stale = {page: new for page in pages_with_output() if (new := refreshed(old := page.read_text("utf-8"))) != old}
    for page, new in sorted(stale.items()):
        if not arguments:
            page.write_text(new, "utf-8")
        sys.stderr.write(
            f"{page.relative_to(ROOT)} {'is out of date: run docs/refresh.py' if arguments else 'refreshed'}\n"
        )
    return 1 if stale and arguments else 0


def pages() -> list[Path]:
    """Return the pages of the project that are written for people, README first."""
    return [
        ROOT / "README.md",
        *sorted({*ROOT.glob("*.md")} - {ROOT / "README.md"}),
        *sorted((ROOT / "docs").rglob("*.md")),
    ]


def pages_with_output() -> list[Path]:
    """Return those of the pages that show what a command prints."""
    return [page for page in pages() if _SHOWN.search(page.read_text("utf-8"))]


def refreshed(page: str) -> str:
    """Return the text `page` with what its commands print today; they share one store, which is empty at first."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store.sqlite")
        return _SHOWN.sub(lambda match: _block(match, store), page)


def _block(match: re.Match[str], store: str) -> str:
    output = _output(match["command"], store)
    inner = f"\n{output}\n" if match["kind"] == "text" else f"```text\n$ {match['command']}\n{output}```\n"
    return f"{match['begin']}{inner}{match['end']}"


def _output(command: str, store: str) -> str:
    """Return what `command` prints on a terminal of 100 columns without colours."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    terminal = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    environment = {**os.environ, **terminal, "PATH": path, "INCIDEX_STORE": store}
    first, _, rest = command.partition(" | ")
    given = ""
    if _ALONE.fullmatch(first):
        given = _incidex(first, environment)
        command = rest or "cat"
    shell = ["bash", "-o", "pipefail", "-c", command]
    done = subprocess.run(shell, cwd=ROOT, env=environment, input=given, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"`{command}` ended with code {done.returncode}:\n{done.stderr}")
    return done.stdout.rstrip("\n") + "\n"


def _incidex(command: str, environment: dict[str, str]) -> str:
    """Return what a call of `incidex` prints. It runs in this process, since most of its time would be its start."""
    from incidex.cli import main

    words = [found for word in shlex.split(command)[1:] for found in _expanded(word)]
    before, folder = dict(os.environ), Path.cwd()
    printed, messages = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    try:
        os.environ.update(environment)
        os.chdir(ROOT)
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(messages):
            code = main(words)
            printed.flush()
            messages.flush()
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(before)
    if code:
        raise SystemExit(f"`{command}` ended with code {code}:\n{messages.buffer.getvalue().decode('utf-8')}")
    return printed.buffer.getvalue().decode("utf-8")


def _expanded(word: str) -> list[str]:
    """Return the files that a word with a star stands for, as a shell does; any other word as it is."""
    return sorted(glob.glob(word, root_dir=ROOT)) if "*" in word else [word]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
