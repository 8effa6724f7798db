"""Writes one section of a page: a heading and a table. Small screens show its rows as stacks."""

from collections.abc import Iterable, Sequence

from incidex.export.html.markup import Html, element, joined


def section(place: str, title: str, caption: str, heads: Sequence[str], rows: Iterable[Html]) -> Html:
    """
    Return a heading that `#place` leads to, and a table with `caption` over it; nothing if there are no `rows`.

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
    """Return a table without a heading. A browser that shows rows as stacks forgets what they are: hence the roles."""
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
    """Return a row: what it is about, then its cells."""
    first = element("th", *head, scope="row", role="rowheader")
    return element("tr", first, *(element("td", *cell, role="cell") for cell in cells), role="row")
