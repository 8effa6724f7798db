"""A URL ends before the punctuation of its sentence, the next cell, and the next URL."""

import re

import pytest

from incidex.link.indicators.urls import url_end, without_tail

URL = re.compile(r"https?://[^\s<>\"`|]+")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        pytest.param("see http://a.example/b, then", "http://a.example/b", id="comma"),
        pytest.param("http://a.example/b_(1).", "http://a.example/b_(1)", id="brackets of its own"),
        pytest.param("(http://a.example/b)", "http://a.example/b", id="brackets around it"),
        pytest.param("url,http://a.example/b,C2,2026", "http://a.example/b", id="cell between commas"),
        pytest.param("url;http://a.example/b;C2;2026", "http://a.example/b", id="cell between semicolons"),
        pytest.param("http://a.example/b,C2,first seen in May", "http://a.example/b", id="first cell of a row"),
        pytest.param("http://a.example/0,1518,b,00.html", "http://a.example/0,1518,b,00.html", id="commas of its own"),
        pytest.param("[http://a.example/b](http://a.example/c)", "http://a.example/b", id="link in Markdown"),
        pytest.param("f('http://a.example/b','x')", "http://a.example/b", id="string in code"),
        pytest.param("http://a.example/it's/b", "http://a.example/it's/b", id="apostrophe in a word"),
        pytest.param("http://a.example/?c='x'.", "http://a.example/?c='x'", id="quotes of its own"),
        pytest.param("http://a.example/b/[read it].", "http://a.example/b/", id="text of a link in AsciiDoc"),
        pytest.param("http://a.example/b.pdf[here].", "http://a.example/b.pdf", id="text of one word"),
        pytest.param("http://a.example/b[the^]", "http://a.example/b", id="text with a mark"),
        pytest.param("http://a.example/b[0].", "http://a.example/b[0]", id="number in brackets"),
        pytest.param("http://a.example/b[c].exe", "http://a.example/b[c].exe", id="letters in a name"),
        pytest.param("http://a.example/?b[c]", "http://a.example/?b[c]", id="field of a query"),
        pytest.param("http://a.example/b[dot]exe", "http://a.example/b[dot]exe", id="dot in words"),
        pytest.param("http://a.example/b&quot;>", "http://a.example/b", id="quote of HTML"),
    ],
)
def test_it_ends_where_it_ends(text: str, url: str) -> None:
    match = URL.search(text)
    assert match
    assert text[match.start() : url_end(text, match)] == url


@pytest.mark.parametrize("tail", [".", "...", ")", "]", "'", "**", "[.]", "~~", "…", "?!"])
def test_what_follows_a_url_is_no_part_of_it(tail: str) -> None:
    assert without_tail(f"http://a.example/b{tail}") == "http://a.example/b"
