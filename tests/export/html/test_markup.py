"""HTML elements: whatever they are given, it stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidex.export.html.markup import Html, element, joined, text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("<b>&amp;", "&lt;b&gt;&amp;amp;", id="markup"),
        pytest.param("\"a\" 'b'", "&quot;a&quot; &#x27;b&#x27;", id="quotation marks"),
        pytest.param("a\r\nb\x0cc", "a \nb c", id="white space"),
        pytest.param("a\x00\x1b[2J\x7f\x9b", "a��[2J��", id="control characters"),
        pytest.param("\u202egpj.exe\u2066", "�gpj.exe�", id="writing direction"),
        pytest.param("שלום\u200f Zoë “so”", "שלום\u200f Zoë “so”", id="ordinary text stays"),
    ],
)
def test_text_is_harmless(words: str, expected: str) -> None:
    assert text(words) == expected


def test_an_element_escapes_all_but_html() -> None:
    written = element("p", "1 < 2", element("b", "&"), class_="a b", title='"><script>')
    assert written == '<p class="a b" title="&quot;&gt;&lt;script&gt;">1 &lt; 2<b>&amp;</b></p>'


def test_attributes() -> None:
    assert element("p", aria_label="x", data_event="", open=True, hidden=False) == '<p aria-label="x" open></p>'


def test_what_stands_between_is_text() -> None:
    assert joined(["<", Html("<br>"), "b"], " & ") == "&lt; &amp; <br> &amp; b"


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_makes_another_element_or_attribute(words: str, value: str) -> None:
    from lxml import html

    (parsed,) = html.fragments_fromstring(element("p", words, title=value))
    assert (parsed.tag, list(parsed), [*parsed.attrib] in ([], ["title"])) == ("p", [], True)
