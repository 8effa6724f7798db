"""Finds where a URL ends: before the punctuation of the sentence, the next cell of a row, or the next URL of a list."""

import re

from incidex.link.indicators.forms import AFTER_SCHEME, SCHEME

_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}
_NEXT = re.compile(rf"[,;|](?={SCHEME}{AFTER_SCHEME}|[\"'])|\]\(|&(?:quot|gt|lt|nbsp);|\\n|\\\"", re.IGNORECASE)
# "it's" and "?a='b'" are parts of a URL.
_APOSTROPHE = re.compile(r"='[^'\s]{0,80}'|'(?!(?<=\w')\w)")
# The rest of a row of values separated by commas: cells of plain words, numbers and dates.
_CELLS = re.compile(r"(?:[,;][^,;/=&?%#\\]{0,80}){1,20}$")
# The text of a link in AsciiDoc: "https://a.example/report[the report]". "[.]" and "[dot]" are dots, and the name of a
# field in a query may have brackets: "?where[name]".
_LABEL = re.compile(r"(?<=[\w/])\[(?!dot\b)[^\W\d_][^\[\]?=&%/]*(?:\][.,;:)]*)?$", re.IGNORECASE)
_FILE_ENDING = re.compile(r"\.(?:html?|php\d?|aspx?|jsp|xml|pdf)$", re.IGNORECASE)


def url_end(text: str, match: re.Match[str]) -> int:
    """
    Return where the URL that `match` found ends.

    A row of a table in CSV ends at its next separator. URLs may have commas in them, so this is done only behind a
    separator, and at the beginning of a line whose rest looks like cells.
    """
    start, end = match.start(), match.end()
    written = text[start:end]
    opening = text[max(match.pos, start - 1) : start]
    label = None if "?" in written else _LABEL.search(written)
    cuts = [found.start() for found in (_NEXT.search(written), label) if found]
    if opening == "'":
        cuts.append(written.find("'"))
    cuts += [found.start() for found in _APOSTROPHE.finditer(written) if found[0] == "'"][:1]
    if opening in (",", ";"):
        cuts.append(written.find(opening, 8))
    elif opening in ("", "\n"):
        line = text[start : _line_end(text, start, match.endpos)]
        cells = _CELLS.search(line) if line.count(",") + line.count(";") else None
        if cells and cells.start() < len(written) and not _FILE_ENDING.search(line):
            cuts.append(cells.start())
    ends = [cut for cut in cuts if cut > 0]
    return start + len(without_tail(written[: min(ends)] if ends else written))


def without_tail(written: str) -> str:
    """Return a URL without the punctuation and the closing brackets that belong to the sentence."""
    while written:
        last = written[-1]
        if written.endswith("[.]"):
            written = written[:-3]
        elif (
            last in ".,;:!?*~\\…"
            or (last == "'" and written.count("'") % 2)
            or (last in _CLOSING and written.count(last) > written.count(_CLOSING[last]))
        ):
            written = written[:-1]
        else:
            break
    return written


def _line_end(text: str, start: int, end: int) -> int:
    found = text.find("\n", start, end)
    return found if found >= 0 else end
