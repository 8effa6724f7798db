"""
Writes analyses as one table, a row for each finding: CSV for spreadsheets and data frames.

The form is that of RFC 4180. No cell can begin with what a spreadsheet takes for a formula (CWE-1236), and no cell
contains a line break, so that a row is always one line.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from incidex.export.csv.rows import COLUMNS, Cell, Finding, findings
from incidex.export.terminal.text import printable
from incidex.records import Analysis

# Excel takes a file for the system's old encoding, unless it begins with the mark of UTF-8.
BYTE_ORDER_MARK = "\ufeff"

# A spreadsheet takes what begins with one of these for a formula; the wide forms are those of East Asian keyboards. It
# sees such a beginning behind blanks and quotation marks, too, and behind a semicolon, which ends a cell where the
# comma is the decimal sign. The apostrophe is among the marks, so that guarded words are guarded once more, and
# `unguarded` returns exactly the original words.
_FORMULA = r"(?=[ '\"]*[=+\-@＝＋－＠])"
_BARE = re.compile(rf"(^|;){_FORMULA}")
_GUARDED = re.compile(rf"(^|;)'{_FORMULA}")


def to_csv(analyses: Iterable[Analysis], *, everything: bool = False) -> str:
    """
    Return one table with a heading and a row for each finding in `analyses`.

    docs/reference/formats/csv.md says what the columns are.

    With `everything`, the labels of captions, links and notices are among the rows.
    """
    return heading() + "".join(to_rows(analysis, everything=everything) for analysis in analyses)


def heading() -> str:
    """Return the line with the names of the columns."""
    return _lines([COLUMNS])


def to_rows(analysis: Analysis, *, everything: bool = False) -> str:
    """Return the rows of one analysis, without the heading."""
    return _lines(_row(finding) for finding in findings(analysis, everything=everything))


# Neighbouring findings have the same sentence.
@lru_cache(maxsize=64)
def guarded(words: str) -> str:
    """Return `words` in one line, with an apostrophe wherever a formula could begin."""
    return _BARE.sub(r"\1'", printable(" ".join(words.split())))


def unguarded(cell: str) -> str:
    """Return the words from which `guarded` made `cell`."""
    return _GUARDED.sub(r"\1", cell)


def _row(finding: Finding) -> Iterator[str | int | float]:
    return (_cell(finding.get(column, "")) for column in COLUMNS)


def _cell(value: Cell) -> str | int | float:
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else value


def _lines(rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
