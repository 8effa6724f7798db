"""
Measures how long each step of an analysis takes on hostile text: one word or sentence repeated over and over.

    python benchmarks/hostile.py                10 MB of each text: reading, sentences, and all that is found in them
    python benchmarks/hostile.py --growth       50, 100 and 200 kB of each text, with events, in every step from reading
                                                to the store and each format; and of sources of each kind
    python benchmarks/hostile.py --only dates   texts whose names hold this word

Every step but the network is measured. Without the model there are no events; --growth puts one into each sentence.
Seconds are CPU time over all threads. With --growth the exit code is 1 if a step takes more than six times as long for
four times the text: it is tried again then, and the least time of three counts.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

from incidex import findings
from incidex.ingest.plain import from_text
from incidex.text.sentences import document_sentences

# The steps by their names in `incidex.findings`.
_STEPS = {
    "find_indicators": "indicators",
    "find_names": "names",
    "find_organisations": "organisations",
    "find_times": "times",
    "find_quantities": "quantities",
    "find_claims": "claims",
}
# Four times the text may take so many times as long. What takes less than so many seconds is not looked at.
_MOST_GROWTH, _NOISE_S, _TRIES = 6, 0.5, 8
# The repeated texts by name; "#" is replaced by a counter, so that no two are alike.
_TEXTS = {
    "one token": "a",
    "words in one line": "the attack was ",
    "brackets": "(",
    "digits": "1",
    "dots": ".",
    "quotation marks": '"',
    "short lines": "a\n",
    "dates": "It was 5 May 2017. ",
    "dates, all different": "It was 5 May #. ",
    "days before": "Two days later it fell. ",
    "weekdays": "It fell on Monday. ",
    "amounts": "It lost $5 million. ",
    "amounts, all different": "It lost $# million. ",
    "people": "It has 1,700 users. ",
    "file names": "They ran dropper.exe. ",
    "file names, all different": "They ran dropper#.exe. ",
    "domains": "They used evil[.]example.com. ",
    "domains, all different": "They used evil#[.]com. ",
    "names and domains": "We saw Kestrel#a and mail-e#.com. ",
    "subdomains of a name": "We saw Kestrel at e#.kestrel.com. ",
    "URLs": "They used hxxp://evil.com/a. ",
    "URLs, all different": "They used hxxp://evil#.com/a. ",
    "addresses": "The server is 5.6.7.8. ",
    "addresses in a list": "1.2.3.4,\n",
    "hashes": "d41d8cd98f00b204e9800998ecf8427e\n",
    "denials": "X denied it. ",
    "denials, all different": "Firm#a denied it. ",
    "speech": "He said it. ",
    "quoted speech": "“A hack,” he said. ",
    "accusations": "It was blamed on Iran. ",
    "actors": "APT28 struck. ",
    "malware in a list": "Emotet, ",
    "firms": "Acme Corp paid. ",
    "firms, all different": "Acme#a Corp paid. ",
    "firms in lines": "Acme Corp\n",
    "firms in lines, all different": "Acme#a Corp\n",
    "one firm with many others": "Acme Corp and Acme Corp X#a paid. ",
    "actors in lines": "Fancy Bear\n",
    "actors that are accused": "Fancy Bear hacked Acme#a, police said. ",
    "headings": "# Kestrel hit\n\nIt fell.\n\n",
    "list items": "- Acme Corp was hit\n",
    "CVE numbers": "It fixed CVE-2024-#. ",
}


def main() -> int:
    """Print the seconds of each step for each text, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=10, metavar="N", help="length of each text (default: 10)")
    parser.add_argument("--only", default="", metavar="WORDS", help="texts whose names hold these words alone")
    parser.add_argument("--json", action="store_true", help="print the seconds as JSON")
    parser.add_argument("--growth", action="store_true", help="measure how the time of each step grows")
    parser.add_argument("--kilobytes", type=int, default=50, metavar="N", help="with --growth: the least text")
    options = parser.parse_args()
    if options.growth:
        return growth(options.kilobytes * 1_000, options.only)
    measure("It was on 5 May 2017.\nIt fell.")  # loads the tables
    found: dict[str, dict[str, float]] = {}
    for name, unit in _TEXTS.items():
        if options.only in name:
            found[name] = measure(repeated(unit, int(options.megabytes * 1_000_000)))
            if not options.json:
                print(_row(name, found[name], head=len(found) == 1), flush=True)
    if options.json:
        print(json.dumps({"megabytes": options.megabytes, "seconds": found}, indent=2))
    return 0


def measure(text: str) -> dict[str, float]:
    """Return the CPU seconds of each step for `text`, published in May 2017."""
    seconds: dict[str, float] = {}
    document = replace(_clocked("reading", from_text, seconds)(text), published_at="2017-05-06")
    sentences = _clocked("sentences", document_sentences, seconds)(document)
    steps = {name: getattr(findings, name) for name in _STEPS}
    for name, step in steps.items():
        setattr(findings, name, _clocked(_STEPS[name], step, seconds))
    try:
        findings.findings(document, sentences, ())
    finally:
        for name, step in steps.items():
            setattr(findings, name, step)
    return seconds


def growth(least: int, only: str) -> int:
    """Print what takes longest at `least` characters, twice and four times as many; return 1 if it grows too fast."""
    from hostile_steps import SOURCES, read_source, steps

    print(f"{'seconds of CPU':40}{'step':>16}{'n':>9}{'2n':>9}{'4n':>9}")
    steps("It fell.")  # loads what is loaded once
    measured: dict[str, Callable[[int], dict[str, float]]] = {
        name: lambda size, unit=unit: steps(repeated(unit, size)) for name, unit in _TEXTS.items()
    }
    measured |= {name: lambda size, name=name: read_source(name, size) for name in SOURCES}
    fast = [_growth(name, measure, least) for name, measure in measured.items() if only in name]
    return 1 if any(fast) else 0


def _growth(name: str, measure: Callable[[int], dict[str, float]], least: int) -> bool:
    """Print the slowest step and all that grow too fast, and return whether there are any."""
    sizes = (least, 2 * least, 4 * least)
    found = [measure(size) for size in sizes]
    for _ in range(_TRIES - 1):
        if not _too_fast(found):
            break
        again = [measure(size) for size in sizes]
        found = [
            {step: min(took, one[step]) for step, took in two.items()} for one, two in zip(again, found, strict=True)
        ]
    fast = _too_fast(found)
    for step in fast or [max(found[-1], key=found[-1].__getitem__)]:
        row = "".join(f"{seconds[step]:9.2f}" for seconds in found)
        print(f"{name:40}{step:>16}{row}{'  GROWS TOO FAST' if fast else ''}", flush=True)
    return bool(fast)


def _too_fast(found: list[dict[str, float]]) -> list[str]:
    """Return the steps whose time grows faster than the text."""
    return [
        step for step, took in found[-1].items() if took > _NOISE_S and took > _MOST_GROWTH * max(found[0][step], 0.01)
    ]


def repeated(unit: str, length: int) -> str:
    """Return `unit` repeated to `length` characters, each time with another number in place of "#"."""
    if "#" not in unit:
        return (unit * (length // len(unit) + 1))[:length]
    pieces: list[str] = []
    numbers, so_far = count(1), 0
    while so_far < length:
        pieces.append(unit.replace("#", str(next(numbers))))
        so_far += len(pieces[-1])
    return "".join(pieces)[:length]


def _clocked(name: str, step: Callable[..., Any], seconds: dict[str, float]) -> Callable[..., Any]:
    """Return `step`, wrapped to record its time in `seconds`."""

    def clocked(*arguments: Any, **named: Any) -> Any:
        started = time.process_time()
        result = step(*arguments, **named)
        seconds[name] = time.process_time() - started
        return result

    return clocked


def _row(name: str, seconds: dict[str, float], *, head: bool) -> str:
    whole = {**seconds, "all": sum(seconds.values())}
    title = f"{'seconds of CPU':26}" + "".join(f"{step:>14}" for step in whole) + "\n"
    return (title if head else "") + f"{name:26}" + "".join(f"{took:14.2f}" for took in whole.values())


if __name__ == "__main__":
    sys.exit(main())
