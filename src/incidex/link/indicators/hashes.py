"""Reads hashes of files, and tells them from other long hexadecimal numbers by the words before them."""

import re
from functools import cache

from incidex.english.lexicon import words
from incidex.english.patterns import alternatives
from incidex.link.indicators.forms import Form
from incidex.records import IndicatorKind, Span

HASH = r"(?<![\w/-])(?<![A-Za-z_]{2}\.)[0-9a-fA-F]{32,128}(?![\w-]|\.\d)"
SIZES = {32: IndicatorKind.MD5, 40: IndicatorKind.SHA1, 64: IndicatorKind.SHA256, 128: IndicatorKind.SHA512}

_NEAR_BEFORE = 70
_NEAR_BEHIND = 24
# What is said of one value ends at the next one, and at the end of a sentence or a line.
_OTHER_VALUE = re.compile(r"[0-9a-fA-F]{16,}|[.!?]\s|\n")


def hash_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the hash that `match` found; None if the words around it say that it is the hash of no file."""
    digits = match[0].lower()
    kind = SIZES.get(len(digits))
    if kind is None or len(set(digits)) < 6 or digits.isdigit() or digits.isalpha():
        return None
    before = text[max(match.pos, match.start() - _NEAR_BEFORE) : match.start()]
    if before.endswith("=") and not _labelled().search(before.lower()):
        return None
    behind = text[match.end() : min(match.endpos, match.end() + _NEAR_BEHIND)].lower()
    if is_other_hash(before) or _in_brackets().match(behind):
        return None
    return Form(Span(*match.span()), kind, digits)


def is_other_hash(before: str) -> bool:
    """Return whether the words before a hash, or the heading above it, name a fingerprint of something else."""
    ends = list(_OTHER_VALUE.finditer(before))
    return _other_hash().search((before[ends[-1].end() :] if ends else before).lower()) is not None


@cache
def _other_hash() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{alternatives(words('other_hash'), space='[ _-]?', whole=True)})")


@cache
def _in_brackets() -> re.Pattern[str]:
    return re.compile(rf"\s?[(\[](?:{alternatives(words('other_hash'), space='[ _-]?', whole=True)})")


@cache
def _labelled() -> re.Pattern[str]:
    return re.compile(r"(?<![a-z0-9])(?:md5|sha-?\d{1,3}|hash(?:es)?|checksum|digest)(?:sum|hash)?\)?=$")
