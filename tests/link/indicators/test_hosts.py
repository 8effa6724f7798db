"""Hosts, addresses and files, read where a pattern found them: what they stand for, and what is none."""

import pytest

from incidex.link.indicators.finder import find_forms
from incidex.records import Span


def forms(text: str) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.value, one.host) for one in find_forms(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See (https://Shop.example.com/A_(b)).", ("url", "https://shop.example.com/A_(b)", "shop.example.com")),
        ("See hxxp://shop[.]com/x, then", ("url", "http://shop.com/x", "shop.com")),
        ("at http://[2001:db8::1]:80/x", ("url", "http://[2001:db8::1]:80/x", "2001:db8::1")),
        ("at http://localhost:9000/x.", ("url", "http://localhost:9000/x", "localhost")),
        ("to ANN@Shop.com.", ("email", "ann@shop.com", "shop.com")),
        ("the page shop.com/x?y=1.", ("url", "shop.com/x?y=1", "shop.com")),
        ("the site shop.com.The next", ("domain", "shop.com", "shop.com")),
        ("the address 192.0.2.7 was", ("ipv4", "192.0.2.7", "192.0.2.7")),
        ("from 192.0.2[.]7 on", ("ipv4", "192.0.2.7", "192.0.2.7")),
        ("It drops run.exe there", ("file-name", "run.exe", "")),
        ("the file 3.5.zip was", ("file-name", "3.5.zip", "")),
    ],
)
def test_what_it_stands_for(text: str, expected: tuple[str, str, str]) -> None:
    assert forms(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("http://not a host", id="a scheme alone"),
        pytest.param("http://[zz::1]/x", id="no IPv6"),
        pytest.param("object.method() is called", id="a call"),
        pytest.param("It ended.Then it began", id="a blank is missing"),
        pytest.param("e.g.doc is no file", id="letters with stops"),
        pytest.param("ann@-shop.com", id="a label that begins with a hyphen"),
        pytest.param("the address 300.0.2.7 was", id="no byte"),
    ],
)
def test_what_is_none(text: str) -> None:
    assert forms(text) == []


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        pytest.param("Version 10.2.0.7 was released", [], id="a word about versions"),
        pytest.param("They saw 10.2.0.7 there", [False], id="no word"),
        pytest.param("The server 10.2.0.7 answered", [True], id="a word about addresses"),
    ],
)
def test_words_near_four_numbers_decide(text: str, certain: list[bool]) -> None:
    assert [one.certain for one in find_forms(text, Span(0, len(text)))] == certain
