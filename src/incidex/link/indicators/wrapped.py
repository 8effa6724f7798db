"""Finds values that continue in the next block, as in text from PDF files: a hash or a number on two lines."""

import re
from collections.abc import Sequence
from itertools import pairwise

from incidex.link.indicators.addresses import is_ipv4
from incidex.link.indicators.forms import Form, refang
from incidex.link.indicators.hashes import SIZES, is_other_hash
from incidex.link.indicators.readable import INVISIBLE
from incidex.records import Block, IndicatorKind, Span

_DOT = r"(?:\.|\[\.\])"
# A soft hyphen in a hash is no end of it.
_HEX_TAIL = re.compile(rf"(?<![\w/{INVISIBLE}-])[0-9a-fA-F]{{16,127}}$")
_HEX_HEAD = re.compile(rf"[0-9a-fA-F]{{2,112}}(?![\w{INVISIBLE}-])")
_CVE_TAIL = re.compile(r"(?<![\w-])CVE-?(?:((?:19|20)\d\d)-?)?$", re.IGNORECASE)
_CVE_HEAD = re.compile(r"(?:-?((?:19|20)\d\d)-)?(\d{4,7})(?!\d)")
_IPV4_TAIL = re.compile(rf"(?<![\w.-])(?:\d{{1,3}}{_DOT}){{1,3}}$")
_IPV4_HEAD = re.compile(rf"\d{{1,3}}(?:{_DOT}\d{{1,3}}){{0,2}}(?!{_DOT}?\w)")
# What names the size of a hash.
_ALGORITHMS = {32: "md-?5", 40: "sha-?1", 64: "sha-?256", 128: "sha-?512"}
_NEAR = 160


def wrapped_forms(text: str, blocks: Sequence[Block]) -> tuple[tuple[Block, Form], ...]:
    """Return the values that begin at the end of a block and end at the start of the next one, with the first block."""
    found: list[tuple[Block, Form]] = []
    for first, second in pairwise(blocks):
        # Only the last and the first signs of the two matter.
        tail = text[max(first.span.start, first.span.end - 140) : first.span.end]
        head = text[second.span.start : min(second.span.end, second.span.start + 140)]
        if not (tail[-1:].isalnum() or tail[-1:] in ".-]") or not (head[:1].isalnum() or head[:1] == "-"):
            continue
        before = text[max(0, first.span.end - _NEAR) : first.span.end].lower()
        made = _hash(tail, head, before) or _cve(tail, head) or _address(tail, head)
        if made and not (found and found[-1][1].span.end > first.span.end - made[0]):
            taken, ending, kind, value = made
            span = Span(first.span.end - taken, second.span.start + ending)
            host = value if kind is IndicatorKind.IPV4 else ""
            found.append((first, Form(span, kind, value, host, defanged="[" in span.of(text))))
    return tuple(found)


Wrapped = tuple[int, int, IndicatorKind, str]


def _hash(tail: str, head: str, before: str) -> Wrapped | None:
    """Return the lengths of the parts of a hash, its kind and value; two whole ones are one if a word says so."""
    end, begin = _HEX_TAIL.search(tail), _HEX_HEAD.match(head)
    if end is None or begin is None:
        return None
    size = len(end[0]) + len(begin[0])
    whole = len(end[0]) in SIZES
    if size not in SIZES or (whole and not _is_named(before[: -len(end[0])], size)) or is_other_hash(before):
        return None
    digits = (end[0] + begin[0]).lower()
    if digits.isdigit() or digits.isalpha():
        return None
    return len(end[0]), len(begin[0]), SIZES[size], digits


def _is_named(before: str, size: int) -> bool:
    """Return whether the last algorithm named before a hash is the one of this size."""
    places = {
        bits: max((match.start() for match in re.finditer(name, before)), default=-1)
        for bits, name in _ALGORITHMS.items()
    }
    return places[size] >= 0 and places[size] == max(places.values())


def _cve(tail: str, head: str) -> Wrapped | None:
    end, begin = _CVE_TAIL.search(tail), _CVE_HEAD.match(head)
    if end is None or begin is None or (end[1] is None) == (begin[1] is None):
        return None
    return len(end[0]), begin.end(), IndicatorKind.CVE, f"CVE-{end[1] or begin[1]}-{begin[2]}"


def _address(tail: str, head: str) -> Wrapped | None:
    end, begin = _IPV4_TAIL.search(tail), _IPV4_HEAD.match(head)
    if end is None or begin is None or "[" not in end[0] + begin[0]:
        return None
    value = refang(end[0] + begin[0])
    return (len(end[0]), begin.end(), IndicatorKind.IPV4, value) if is_ipv4(value) else None
