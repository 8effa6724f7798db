"""Character references in titles."""

import json

import pytest

from incidex.ingest.casie import read_casie
from incidex.ingest.escapes import unescaped
from incidex.ingest.html import read_html
from incidex.ingest.load import Raw


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Fjord Cargo&amp;apos;s data", "Fjord Cargo's data", id="twice"),
        pytest.param("Fjord &amp;amp;amp; Cargo", "Fjord & Cargo", id="three times"),
        pytest.param("&#8220;Fjord&#x201D;&nbsp; hit", "“Fjord” hit", id="numbers and blanks"),
        pytest.param("R&notes &copy Q&A; a & b;", "R&notes &copy Q&A; a & b;", id="no references"),
        pytest.param("&#99999999; &bogus;", "&#99999999; &bogus;", id="unknown"),
        pytest.param("a&#10;b&#55296;", "a b\ufffd", id="no line feeds, no half characters"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_unescaped(line: str, expected: str) -> None:
    assert unescaped(line) == expected


def test_it_takes_no_time() -> None:
    assert len(unescaped("&" * 1_000_000)) == 1_000_000
    assert unescaped("&amp;" * 200_000) == "&" * 200_000


def test_titles_are_read_without_references() -> None:
    record = {"content": "Thieves stole data.", "info": {"title": "Fjord Cargo&amp;apos;s data"}}
    raw = Raw(json.dumps(record).encode(), "a.json")
    assert read_casie(raw).title == "Fjord Cargo's data"
    head = '<meta property="og:title" content="Fjord Cargo&amp;amp;apos;s data">'
    page = f"<html><head>{head}</head><body><article><p>{'Thieves stole data. ' * 20}</p></article></body></html>"
    assert read_html(Raw(page.encode(), "a.html")).title == "Fjord Cargo's data"
