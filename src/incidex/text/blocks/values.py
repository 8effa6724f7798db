"""Finds lines that hold data, which page rules leave alone: indicators, table rows, fields, lists of indicators."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from incidex.text.blocks.furniture import all_weak, lexicon
from incidex.text.blocks.line_features import LineFeatures
from incidex.text.blocks.sections import kind_of_heading, names_section

# Read on lines in lower case. Plain addresses of sites and mailboxes are missing: pages are full of their own.
_INDICATOR = re.compile(
    r"\[[.:@]\]|\[(?:dot|at|://)\]|\(\.\)|\bhxxps?\b|\.onion\b|\b[a-z]:\\|\bhk(?:lm|cu|ey_)"
    r"|(?<![0-9a-z])[0-9a-f]{32}(?:[0-9a-f]{8}(?:[0-9a-f]{24})?)?(?![0-9a-z])"
    r"|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"
)
_VULNERABILITY = re.compile(r"\bcve-\d{4}-\d{4,7}\b")
_SIGNS = frozenset("[(.:\\0123456789")
_FIELD = re.compile(r"([A-Z][\w/&().-]{0,24}(?: [\w/&().-]{1,24}){0,3}):\s+\S")
_FEWEST_FIELDS, _LONGEST_FIELD = 3, 14
_FEWEST_BARS = 2
# A heading of a section is short, and the section ends at a paragraph of prose.
_LONGEST_HEADING = 8


def has_indicator(line: LineFeatures) -> bool:
    """Whether a line has a value that only a report of an attack gives, such as a defanged address or a hash."""
    return not _SIGNS.isdisjoint(line.plain) and _INDICATOR.search(line.plain) is not None


def has_vulnerability(line: LineFeatures) -> bool:
    """Whether a line has a CVE number, as headlines and links to other articles may have, too."""
    return "cve-" in line.plain and _VULNERABILITY.search(line.plain) is not None


def data_lines(lines: Sequence[LineFeatures]) -> frozenset[int]:
    """Return the indexes of lines with an indicator, rows of tables, fields, and headings of sections of a report."""
    found = {i for i, line in enumerate(lines) if has_indicator(line) or (not line.ends and names_section(line.raw))}
    return frozenset(found.union(table_rows(lines), _fields(lines)))


def table_rows(lines: Sequence[LineFeatures]) -> frozenset[int]:
    """Return the indexes of the rows of tables."""
    return frozenset(_rows(lines))


def indicator_lists(lines: Sequence[LineFeatures]) -> frozenset[int]:
    """Return the indexes of headings such as "Indicators of compromise" and of the lines below, up to the next text."""
    found: set[int] = set()
    inside = False
    for index, line in enumerate(lines):
        kind = kind_of_heading(line.raw) if line.words <= _LONGEST_HEADING and not line.ends else None
        if kind is not None:
            inside = kind == "indicators"
        elif line.prose or line.bare in lexicon().whole or line.bare in lexicon().link_lists:
            inside = False
        if inside:
            found.add(index)
    return frozenset(found)


def _rows(lines: Sequence[LineFeatures]) -> Iterator[int]:
    """Yield lines that begin with a bar, and neighbours that the same number of bars divides, but for rows of links."""
    for bars, group in groupby(enumerate(lines), key=lambda entry: entry[1].raw.count("|")):
        if bars:
            rows = [index for index, line in group if not all_weak(line)]
            yield from (i for i in rows if lines[i].raw[0] == "|" or (bars >= _FEWEST_BARS and len(rows) > 1))


def _fields(lines: Sequence[LineFeatures]) -> Iterator[int]:
    """Yield the indexes of fields: with a known name, or several in a row."""
    known = lexicon().fields
    for is_field, group in groupby(enumerate(lines), key=lambda entry: _field_name(entry[1]) is not None):
        if is_field:
            run = list(group)
            yield from (i for i, line in run if len(run) >= _FEWEST_FIELDS or _field_name(line) in known)


def _field_name(line: LineFeatures) -> str | None:
    """Return the name of a field in lower case; None if the line is not one."""
    match = _FIELD.match(line.raw) if line.words <= _LONGEST_FIELD and ": " in line.raw else None
    # "EX-2026-004: Flaw in the web console" is the headline of an advisory.
    is_number = match is not None and re.search(r"\d{3}", match[1]) is not None
    return match[1].lower() if match and not is_number else None
