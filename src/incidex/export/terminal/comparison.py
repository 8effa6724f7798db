"""Writes differences for a terminal: of two dossiers, or of one before and after a day."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from incidex.dossiers.comparison import Difference
from incidex.export.dossier_words import date_in_words, plural
from incidex.export.terminal.text import BOLD, paint, printable
from incidex.records import Dossier

_MARKS = {"both": "=", "first": "-", "second": "+"}
_MOST, _LONGEST, _NARROWEST = 12, 200, 40


def to_terminal_comparison(
    one: Dossier, other: Dossier, found: Sequence[Difference], *, width: int = 80, colour: bool = True
) -> str:
    """Return what two dossiers have: "=" what both have, "-" only the first, "+" only the second."""
    heads = [f"- {one.title} ({one.id[:8]})", f"+ {other.title} ({other.id[:8]})"]
    return _text([*heads, "= both"], found, width, colour)


def to_terminal_changes(
    made: Dossier, day: str, found: Sequence[Difference], *, width: int = 80, colour: bool = True
) -> str:
    """Return what is new in an incident since a day: "+" what came, "-" what no longer is so."""
    reports = [one for one in found if one.field == "reports"]
    since = date_in_words(day)
    if not reports:
        return _text([made.title, f"No report since {since}."], (), width, colour)
    return _text([made.title, f"{plural(len(reports), 'report')} since {since}."], found, width, colour)


def _text(heads: Sequence[str], found: Iterable[Difference], width: int, colour: bool) -> str:
    lines = (line for head in heads for line in _wrapped(head, "", width))
    return "".join(f"{line}\n" for line in (*lines, *_fields(found, max(width, _NARROWEST), colour)))


def _fields(found: Iterable[Difference], width: int, colour: bool) -> Iterator[str]:
    for field, group in groupby(found, key=lambda one: one.field):
        own = list(group)
        name = f"{field[:1].upper()}{field[1:]}"
        yield ""
        yield paint(name, BOLD) if colour else name
        for one in own[:_MOST]:
            yield from _wrapped(f"{_MARKS[one.side]} {one.text}", "  ", width)
        if len(own) > _MOST:
            yield f"  … and {len(own) - _MOST} more; see --json"


def _wrapped(words: str, indent: str, width: int) -> list[str]:
    line = " ".join(printable(words[: 2 * _LONGEST]).split())
    short = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
    return textwrap.wrap(
        short,
        max(width, _NARROWEST),
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_on_hyphens=False,
    )
