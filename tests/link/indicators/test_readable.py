"""What is invisible in a value is left out when it is read, and its place in the document is kept."""

import pytest

from incidex.link.indicators.readable import readable
from incidex.records import Span


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        pytest.param("a\u00adb c", "ab c", id="soft hyphen"),
        pytest.param("a\u200b.b\ufeff", "a.b", id="zero-width space and byte order mark"),
        pytest.param(r"shop\[.\]example", "shop[.]example", id="brackets escaped in Markdown"),
        pytest.param(r"my\_file.exe", "my_file.exe", id="underscore escaped in Markdown"),
        pytest.param("C:\\\\_k\\_l.exe\u00ad", "C:\\\\_k\\_l.exe", id="no escape in a path"),
    ],
)
def test_signs_inside_values_are_left_out(text: str, clean: str) -> None:
    found = readable(f"x {text} y", Span(2, 2 + len(text)))
    assert found
    assert found.text == clean


def test_spans_lead_back_to_the_document() -> None:
    text = "It is a\u00adb\u200bc there"
    found = readable(text, Span(0, len(text)))
    assert found
    start = found.text.index("abc")
    assert found.span_in_document(Span(start, start + 3)).of(text) == "a\u00adb\u200bc"


def test_nearly_all_blocks_need_nothing() -> None:
    assert readable("plain text", Span(0, 10)) is None
