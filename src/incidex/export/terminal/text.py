"""Makes the labelled form readable and safe on a terminal: a colour for each label, no control characters."""

import re
import textwrap
from collections.abc import Collection

from incidex.labels import scheme

# What moves the cursor, rings, changes colours or reverses the writing direction. An article may contain it on purpose:
# "\x1b]0;title\x07" sets a window's title, U+202E shows "gpj.exe" as "exe.jpg".
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

# Before the further rows of a sentence.
_INDENT = "  "
# Codes for `paint`.
BOLD, DIM = "1", "2"
# One colour for each label in the order of the scheme: bold, of the 16 that the terminal's owner has made readable.
_COLOURS = ("1;31", "1;35", "1;33", "1;36", "1;32")


def to_terminal(labelled: str, *, outside: Collection[int] = (), colour: bool = True, width: int | None = None) -> str:
    """
    Return `labelled` with control characters shown as `�` and, with `colour`, ANSI colours.

    Args:
        labelled: The labelled form, as `incidex.export.labelled` writes it.
        outside: The indexes of the lines whose sentences are no part of the article; they are dimmed.
        colour: Whether to use ANSI colours.
        width: Break longer lines between words; by default lines stay whole.
    """
    lines = enumerate(printable(labelled).split("\n"))
    return "\n".join(_shown(line, dimmed=index in outside, colour=colour, width=width) for index, line in lines)


def printable(text: str) -> str:
    """Return `text` with `�` for each character that would control a terminal; line ends and tabs stay."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def paint(text: str, code: str) -> str:
    """Return `text`, which must have no control characters, with the ANSI code `code`."""
    return f"\x1b[{code}m{text}\x1b[0m"


def colour_of(label: str) -> str:
    """Return the ANSI code for an event type; for anything else, such as `O`, that for dim."""
    return dict(zip(scheme().names, _COLOURS, strict=True)).get(label, DIM)


def _shown(line: str, *, dimmed: bool, colour: bool, width: int | None) -> str:
    words, bar, written = line.rpartition(" | ")
    if not bar:
        return line
    rows = _broken(words, width, len(bar + written)) if width else [words]
    labels = written.split(", ")
    if not colour:
        return "\n".join([*rows[:-1], rows[-1] + bar + written])
    shown = [paint(row, DIM) if dimmed else row for row in rows]
    shown[-1] += paint(bar, DIM) + paint(", ", DIM).join(paint(name, colour_of(name)) for name in labels)
    return "\n".join(shown)


def _broken(words: str, width: int, behind: int) -> list[str]:
    """Return `words` in rows of at most `width` columns, the last of which leaves room for `behind` more."""
    rows = textwrap.wrap(words, width, subsequent_indent=_INDENT, break_long_words=False, break_on_hyphens=False) or [
        words
    ]
    return rows if len(rows[-1]) + behind <= width else [*rows, _INDENT[:-1]]
