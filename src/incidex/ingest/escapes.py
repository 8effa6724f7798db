"""Puts characters in place of references to them ("&amp;") in titles that were escaped once too often."""

import html
import re

# With a semicolon, as "R&notes" has none.
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST_TIMES = 3


def unescaped(line: str) -> str:
    """Return a line with the characters that its references stand for, on one line; "&amp;apos;" is an apostrophe."""
    for _ in range(_MOST_TIMES):
        before = line
        line = _REFERENCE.sub(lambda match: html.unescape(match[0]), line)
        if line == before:
            break
    return " ".join(line.split())
