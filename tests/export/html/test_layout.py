"""Pages: a head that allows the page's own style and nothing else, and tables that screen readers understand."""

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest

from incidex.export.html.layout import row, section, to_page
from incidex.export.html.markup import text

PARTS = {"types": "", "about": "", "status": "", "evidence": "", "sections": "", "id": "1"}


@pytest.mark.parametrize("styles", [["colours.css", "page.css"], ["colours.css", "page.css", "dossier.css"]])
def test_the_policy_allows_the_style_of_the_page_and_nothing_else(styles: list[str]) -> None:
    page = to_page("dossier.html", styles, name=text("A"), **PARTS)
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_page_is_whole_and_has_its_name() -> None:
    page = to_page("dossier.html", ["page.css"], name=text("A <b>"), **PARTS)
    assert page.startswith('<!doctype html>\n<html lang="en">\n<head>\n')
    assert page.endswith("</body>\n</html>\n")
    assert "<title>A &lt;b&gt;</title>" in page
    assert '<h1 dir="auto">A &lt;b&gt;</h1>' in page


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
