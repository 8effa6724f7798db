"""The event report: Markdown in which the words of an article are nothing but words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidex.export.misp.report import escaped


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("a <b>bold</b> claim", "a \\<b\\>bold\\</b\\> claim"),
        ("@[tag](tlp:clear)", "\\@\\[tag\\]\\(tlp:clear\\)"),
        ("![x](http://a.example)", "\\!\\[x\\]\\(http://a.example\\)"),
        ("two\n# lines", "two \\# lines"),
    ],
)
def test_words_are_nothing_but_words(words: str, written: str) -> None:
    assert escaped(words) == written


@given(st.text(st.sampled_from("\\`*_{}[]()<>#!|@~& \na")))
def test_escaping_can_be_undone_by_reading(words: str) -> None:
    written = escaped(words)
    assert "\n" not in written
    plain = "".join(written[i] for i in range(len(written)) if not _escapes(written, i))
    assert plain == " ".join(words.split())


def _escapes(written: str, index: int) -> bool:
    """Return whether there is a backslash at `index` that escapes what follows: one with an even number before it."""
    before = len(written[:index]) - len(written[:index].rstrip("\\"))
    return written[index] == "\\" and before % 2 == 0
