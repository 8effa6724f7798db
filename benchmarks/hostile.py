"""
Measures how long each step of an analysis takes on hostile text: one word or sentence repeated over and over.

Every step but the network is measured: reading (which finds the blocks), sentences, and everything found in them.
Without the model there are no events. Seconds are CPU time over all threads; each step runs once.

Usage: python benchmarks/hostile.py [--megabytes N] [--only WORDS] [--json]
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
}


def main() -> int:
    """Print the seconds of each step for each text, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=10, metavar="N", help="length of each text (default: 10)")
    parser.add_argument("--only", default="", metavar="WORDS", help="texts whose names hold these words alone")
    parser.add_argument("--json", action="store_true", help="print the seconds as JSON")
    options = parser.parse_args()
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
