"""
Puts pages and their tables together.

All pages have the head in `head.html`. They are self-contained: the style is inline, there is no script, and the
security policy forbids the browser to load anything. On small screens, the rows of a table are shown as stacks.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from string import Template

from incidex.export.html.markup import Html, element, joined


def to_page(frame: str, styles: Iterable[str], *, name: Html, **parts: Html | str) -> str:
    """
    Return a page.

    Args:
        frame: The file with the body of the page, beside this one.
        styles: The files with its style.
        name: The title of the page.
        parts: Everything else that the frame has a place for.
    """
    style = "".join(map(_file, styles))
    digest = b64encode(sha256(style.encode()).digest()).decode()
    head = Template(_file("head.html")).substitute(style=style, digest=digest, name=name)
    return head + Template(_file(frame)).substitute(name=name, **parts)


def section(place: str, title: str, caption: str, heads: Sequence[str], rows: Iterable[Html]) -> Html:
    """
    Return a heading that `#place` links to, and a table with `caption` above it; nothing if there are no `rows`.

    Args:
        place: Its id in the page.
        title: The words of the heading.
        caption: A sentence about the table.
        heads: The names of its columns.
        rows: As `row` returns them.
    """
    body = joined(rows, "\n")
    return joined([element("h2", title, id=place), table(caption, heads, body)], "\n") if body else Html()


def table(caption: str, heads: Sequence[str], body: Html) -> Html:
    """Return a table without a heading. Browsers that show rows as stacks forget what they are: hence the roles."""
    line = element("tr", *(element("th", head, scope="col", role="columnheader") for head in heads), role="row")
    return element(
        "table",
        element("caption", caption),
        element("thead", line, role="rowgroup"),
        "\n",
        element("tbody", body, role="rowgroup"),
        role="table",
    )


def row(head: Iterable[str], *cells: Iterable[str]) -> Html:
    """Return a row: its heading, then its cells."""
    first = element("th", *head, scope="row", role="rowheader")
    return element("tr", first, *(element("td", *cell, role="cell") for cell in cells), role="row")


@cache
def _file(name: str) -> str:
    return files("incidex.export.html").joinpath(name).read_text("utf-8")
