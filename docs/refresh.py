"""
Runs the commands whose output README and docs show, and puts the real output into the pages.

Run `python docs/refresh.py` after each change that a reader would see. With `--check` it changes nothing and exits with
code 1 if a page is out of date. Output goes between `<!-- output: COMMAND -->` and `<!-- end -->` as a terminal would
show it, or between `<!-- text: COMMAND -->` and `<!-- end -->` as part of the page. COMMAND runs in the root of the
checkout and may be a pipeline.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_SHOWN = re.compile(
    r"(?P<begin><!-- (?P<kind>output|text): (?P<command>[^\n]+?) -->\n).*?(?P<end><!-- end -->)", re.DOTALL
)


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
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    environment["INCIDEX_STORE"] = store
    shell = ["bash", "-o", "pipefail", "-c", command]
    done = subprocess.run(shell, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"`{command}` ended with code {done.returncode}:\n{done.stderr}")
    return done.stdout.rstrip("\n") + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
