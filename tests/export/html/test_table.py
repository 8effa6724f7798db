"""Sections of a page: a heading to link to, a table that a screen reader knows as one on small screens too."""

from typing import Any

from incidex.export.html.table import row, section


def parsed(written: str) -> Any:
    from lxml import html

    return html.fromstring(f"<div>{written}</div>")


def test_a_section_has_a_heading_and_a_table() -> None:
    found = parsed(section("a", "A & B", "All.", ("X", "Y"), [row(["1"], ["<2>"]), row(["3"], [])]))
    assert found.get_element_by_id("a").text == "A & B"
    assert found.findtext(".//caption") == "All."
    assert found.xpath(".//th[@scope='col']/text()") == ["X", "Y"]
    assert found.xpath(".//th[@scope='row']/text()") == ["1", "3"]
    assert [cell.text for cell in found.iter("td")] == ["<2>", None]


def test_every_part_has_its_role() -> None:
    found = parsed(section("a", "A", "All.", ("X",), [row(["1"], ["2"])]))
    roles = {"table": {"table"}, "thead": {"rowgroup"}, "tbody": {"rowgroup"}, "tr": {"row"}, "td": {"cell"},
        "th": {"columnheader", "rowheader"}}  # fmt: skip
    assert {name: {part.get("role") for part in found.iter(name)} for name in roles} == roles


def test_without_rows_there_is_nothing() -> None:
    assert section("a", "A", "All.", ("X",), []) == ""
