"""
Measures lists of indicators for indicators.py: on generated pages, and on research reports next to ioc-finder.

What ioc-finder alone finds in reports is not always right, nor is all there is: the shares say how far the two agree.
"""

import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from indicator_pages import Value, pages

from incidex.ingest.plain import from_text
from incidex.link.indicators import find_indicators
from incidex.records import IndicatorRole

_REPORTS = 200
_SIGN = re.compile(r"hxxp|\[\.\]|(?<!\w)[0-9a-fA-F]{32,64}(?!\w)")
_LONGEST = 200_000
_KINDS = {
    "domains": "domain",
    "urls": "url",
    "ipv4s": "ipv4",
    "email_addresses": "email",
    "md5s": "md5",
    "sha1s": "sha1",
    "sha256s": "sha256",
    "cves": "cve",
}


def measure_pages(*, wrong: bool) -> None:
    """Print precision and recall for each kind, and how many of the values have the right role."""
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    same: Counter[str] = Counter()
    right: Counter[str] = Counter()
    rival: Counter[str] = Counter()
    finder = _ioc_finder()
    for page in pages():
        wanted = page.indicators
        got = {(one.kind.value, one.value): one.role for one in find_indicators(from_text(page.text))}
        gold.update(kind for kind, _ in wanted)
        found.update(kind for kind, value in got if (kind, value) not in page.others)
        same.update(kind for kind, value in got if (kind, value) in wanted)
        right.update(value[0] for value, role in got.items() if value in wanted and role is IndicatorRole.INDICATOR)
        rival.update(kind for kind, value in _rival(finder, page.text) if (kind, value) in wanted)
        if wrong:
            for value in sorted(wanted - got.keys()):
                print("missed", page.name, *value)
            for value in sorted(got.keys() - wanted - page.others):
                print("found ", page.name, *value)
    print(f"{len(pages())} pages")
    print(f"{'':14}{'gold':>8}{'found':>8}{'precision':>10}{'recall':>8}{'role':>8}{'ioc-finder':>12}")
    for kind in ("all", *sorted(gold)):
        of = [sum(one.values()) if kind == "all" else one[kind] for one in (gold, found, same, right, rival)]
        theirs = f"{of[4] / of[0]:12.3f}" if finder and (kind == "all" or kind in _KINDS.values()) else f"{'-':>12}"
        shares = f"{_share(of[2], of[1]):10.3f}{_share(of[2], of[0]):8.3f}{_share(of[3], of[2]):8.3f}"
        print(f"{kind:14}{of[0]:8}{of[1]:8}{shares}{theirs}")


def compare_reports(file: Path, *, wrong: bool) -> int:
    """Print for each kind how many values both find, or one alone, in reports with lists of indicators."""
    finder = _ioc_finder()
    if finder is None or not file.is_file():
        print(f"Nothing was compared: this needs ioc-finder (pip install ioc-finder) and {file}.")
        return 0
    both: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for number, text in islice(_with_lists(file), _REPORTS):
        got = {(one.kind.value, _comparable(one.kind.value, one.value)) for one in find_indicators(from_text(text))}
        parts = got | {host for kind, value in got for host in _hosts(kind, value)}
        rival = set(_rival(finder, text))
        both.update(kind for kind, value in rival if (kind, value) in parts)
        theirs.update(kind for kind, value in rival if (kind, value) not in parts)
        ours.update(kind for kind, value in got if (kind, value) not in rival and kind in _KINDS.values())
        if wrong:
            for value in sorted(rival - parts):
                print("missed", number, *value)
    print(f"{'':10}{'both':>8}{'ours':>8}{'theirs':>8}{'of theirs':>11}")
    for kind in _KINDS.values():
        share = _share(both[kind], both[kind] + theirs[kind])
        print(f"{kind:10}{both[kind]:8}{ours[kind]:8}{theirs[kind]:8}{share:11.3f}")
    return 0


def _ioc_finder() -> Any:
    try:
        import ioc_finder
    except ImportError:
        return None
    return ioc_finder


def _rival(finder: Any, text: str) -> Iterable[Value]:
    """Yield what ioc-finder finds, with the kinds of ours."""
    if finder is None:
        return
    found = finder.find_iocs(text)
    for name, kind in _KINDS.items():
        yield from ((kind, _comparable(kind, value)) for value in found.get(name, ()))


def _comparable(kind: str, value: str) -> str:
    return value if kind in ("url", "path") else value.upper() if kind == "cve" else value.lower()


def _hosts(kind: str, value: str) -> Iterator[Value]:
    """Yield the host of a URL or an e-mail address, which ioc-finder gives besides it."""
    host = ""
    if kind == "url":
        host = value.rpartition("://")[2].partition("/")[0].partition(":")[0].lower()
    elif kind == "email":
        host = value.rpartition("@")[2]
    if host:
        yield ("ipv4" if host[-1].isdecimal() else "domain", host)


def _with_lists(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the reports with hashes or defanged values, with their numbers in the file."""
    with lzma.open(file, "rt", encoding="utf-8") as opened:
        reports = opened.read().split("\n\n")
    for number, text in enumerate(reports):
        if len(text) <= _LONGEST and _SIGN.search(text):
            yield number, text


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
