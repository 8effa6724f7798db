"""
Measures the shipped model, and stores the figures in docs/measured.json, where the docs take them from.

Usage: python benchmarks/measure.py [--corpus FOLDER] [PART...]

PART is `sentences`, `events`, `own sentences`, `own events`, `prose sentences`, `newer sentences`, `report sentences`,
`speed`, `added time` or `start`; by default all are measured. FOLDER holds the research corpora: `sentences/dev`,
`casie/dev`, `prose`. Figures of another model are discarded.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from incidex.encoder.bundle import open_bundle

_ROOT = Path(__file__).resolve().parents[1]
_KEPT = _ROOT / "docs" / "measured.json"
_CORPUS = _ROOT.parent / "shared" / "corpus"
# Run in the root of the checkout; CORPUS is the folder with the research corpora.
_PROSE = "python benchmarks/prose_labels.py --corpus CORPUS"
_PARTS = {
    "sentences": "incidex evaluate sentences CORPUS/sentences/dev --json --worst 0",
    "events": "incidex evaluate events CORPUS/casie/dev --json",
    "own sentences": "incidex evaluate sentences tests/cases/events/labelled --json --worst 0",
    "own events": "incidex evaluate events tests/cases/events --json",
    "prose sentences": f"{_PROSE} --json",
    "newer sentences": f"{_PROSE} --annotations tests/cases/reports.jsonl --json",
    "report sentences": "python benchmarks/prose_labels.py --articles tests/cases/reports --json",
    "speed": "python benchmarks/speed.py --corpus CORPUS --json",
    "added time": "python benchmarks/added_time.py --corpus CORPUS --json",
    "start": "python benchmarks/start.py --json",
}


def main() -> int:
    """Measure and store the requested parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_CORPUS, metavar="FOLDER", help="the research corpora")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(_PARTS))
    options = parser.parse_args()
    if unknown := set(options.parts) - set(_PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(_PARTS)}")
    kept = _kept(open_bundle().metadata["files"]["model.onnx"])
    for part in options.parts or _PARTS:
        print(f"{part}: {_PARTS[part]}", file=sys.stderr)
        kept["parts"][part] = {
            "command": _PARTS[part],
            "on": f"{datetime.now(UTC):%Y-%m-%d}",
            "machine": _machine(),
            "result": json.loads(_printed(_PARTS[part], options.corpus)),
        }
        _KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


def _kept(model: str) -> dict[str, Any]:
    """Return the stored figures if they are of the model with this SHA-256."""
    before: dict[str, Any] = json.loads(_KEPT.read_text("utf-8")) if _KEPT.exists() else {}
    return before if before.get("model") == model else {"model": model, "parts": {}}


def _printed(command: str, corpus: Path) -> str:
    words = [word.replace("CORPUS", str(corpus.resolve())) for word in command.split()]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(words, cwd=_ROOT, env={**os.environ, "PATH": path}, stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"`{command}` ended with code {done.returncode}.")
    return done.stdout


def _machine() -> str:
    """Return the processor's name, the system and the version of Python."""
    information = Path("/proc/cpuinfo")
    named = re.search(r"^model name\s*: (.+)$", information.read_text(), re.MULTILINE) if information.exists() else None
    processor = named[1] if named else platform.processor() or platform.machine()
    return f"{processor}, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
