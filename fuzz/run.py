"""
Fuzzes readers, decoders and exporters for as long as asked, each target in a process of its own.

    python fuzz/run.py --seconds 600          all targets, in equal shares
    python fuzz/run.py --only email           those whose names hold this word
    python fuzz/run.py --input FILE --only email    one input again, such as one that was found

Inputs that reach new code are kept in build/fuzz and used again. What is found lies in build/fuzz/findings: the exit
code is 1 then. An input is found if it raises what nobody promised, or takes more than 30 seconds of CPU or 2 GB.
"""

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "fuzz")]

_PLACE = ROOT / "build" / "fuzz"
_SLOWEST_S, _MOST_MEGABYTES = 30, 2_000
# What never returns is stopped by the clock.
_HANGS_S = 600
# The first seconds of a process go into loading; less than this finds nothing.
_LEAST_S = 10
_LAST_LINES = 25
_DONE = re.compile(r"^(?:Done (\d+) runs|#(\d+)\s)", re.MULTILINE)


def main() -> int:
    """Fuzz, or try one input."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600, metavar="N", help="how long in all (default: 600)")
    parser.add_argument("--only", default="", metavar="WORD", help="targets whose names hold this word")
    parser.add_argument("--input", type=Path, metavar="FILE", help="run this input alone")
    parser.add_argument("--target", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.target:
        _fuzz(options.target, options.seconds)
    from targets import TARGETS

    chosen = [name for name in TARGETS if options.only in name]
    if not chosen:
        parser.error(f"there is no target {options.only}; there are {', '.join(TARGETS)}")
    if options.input:
        for name in chosen:
            attempt(TARGETS[name].run, options.input.read_bytes())
        return 0
    if find_spec("atheris") is None:
        print("Fuzzing needs atheris, which there is for Linux: pip install -e '.[test,fuzz]'", file=sys.stderr)
        return 2
    found = [name for name in chosen if not _in_process(name, max(_LEAST_S, options.seconds // len(chosen)))]
    if found:
        print(f"Found something in {', '.join(found)}: see {_PLACE / 'findings'}", file=sys.stderr)
    return 1 if found else 0


class SlowInput(Exception):
    """An input that takes far too long."""


def attempt(run: Callable[[bytes], object], content: bytes) -> None:
    """
    Run a target on one input; errors that callers are promised are as it should be.

    Raises:
        SlowInput: It took more than 30 seconds of CPU: by the clock, it may be the machine that is busy.
    """
    from incidex.errors import IncidexError

    started = time.process_time()
    with suppress(IncidexError):
        run(content)
    took = time.process_time() - started
    if took > _SLOWEST_S:
        raise SlowInput(f"{len(content):,} bytes took {took:.0f} s of CPU")


def _in_process(name: str, seconds: int) -> bool:
    """Fuzz one target in a process of its own, and return whether nothing was found."""
    started = time.monotonic()
    command = [sys.executable, __file__, "--target", name, "--seconds", str(seconds)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace")
    runs = max((int(done or seen) for done, seen in _DONE.findall(done.stdout)), default=0)
    verdict = "nothing found" if done.returncode == 0 else f"FOUND something (code {done.returncode})"
    print(f"{name:10} {runs:>10,} inputs {time.monotonic() - started:>6.0f} s  {verdict}", flush=True)
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-_LAST_LINES:]), file=sys.stderr, flush=True)
    return done.returncode == 0


def _fuzz(name: str, seconds: int) -> None:
    """Fuzz a target in this process, which ends with it."""
    import atheris
    from mutate import mutated

    with atheris.instrument_imports(include=["incidex", "email"]):
        from targets import TARGETS

    target = TARGETS[name]
    corpus, seeds, findings = (_PLACE / kind / name for kind in ("corpus", "seeds", "findings"))
    for folder in (corpus, seeds, findings):
        folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(target.inputs()):
        (seeds / str(number)).write_bytes(content[: target.longest])

    def mutate(content: bytes, most: int, seed: int) -> Any:
        changed = mutated(content, most=most, seed=seed) if seed % 3 else None
        return atheris.Mutate(content, len(content)) if changed is None else changed

    limits = [f"-max_total_time={seconds}", f"-timeout={_HANGS_S}", f"-rss_limit_mb={_MOST_MEGABYTES}"]
    flags = [*limits, f"-max_len={target.longest}", f"-artifact_prefix={findings}/", str(corpus), str(seeds)]
    more = {"custom_mutator": mutate} if target.is_json else {}
    atheris.Setup([sys.argv[0], *flags], lambda content: attempt(target.run, content), **more)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
