"""Plain text stays as it is; its lines are marked, and what they say is found."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import takes_less

from incidex.errors import UnreadableSource
from incidex.ingest import from_text, read
from incidex.records import BlockKind


def test_a_scraped_page(samples: Path) -> None:
    document = read(samples / "scraped.txt")
    assert document.text == (samples / "scraped.txt").read_text("utf-8")
    assert (document.format, document.title, document.published_at, document.author, document.language) == (
        "text",
        "Examplia Bank hit by ransomware",
        "2021-03-05T16:36+00:00",
        "Jane Roe",
        "en",
    )
    assert [block.kind.value for block in document.blocks] == [
        *("title", "subtitle", "byline", "date", "body", "body", "boilerplate")
    ]  # fmt: skip


def test_text_from_memory_stays_as_it_is() -> None:
    text = "\ufeff A headline\r\n\r\n  The attackers stole the data.\t\n"
    document = from_text(text, source="memory")
    assert (document.text, document.source, document.format) == (text, "memory", "text")


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_blocks_cover_every_word_of_any_text(text: str) -> None:
    try:
        document = from_text(text)
    except UnreadableSource:
        assert not text.strip() or any(ord(character) < 32 or character == "\x7f" for character in text)
        return
    assert len(document.text) == len(text)
    covered = "".join(block.span.of(document.text) for block in document.blocks)
    assert "".join(covered.split()) == "".join(document.text.split())


def test_a_line_of_ten_megabytes_is_read_in_seconds() -> None:
    def read() -> None:
        document = from_text("The attackers stole the data of the bank and said so. " * 190_000)
        assert [block.kind for block in document.blocks] == [BlockKind.BODY]

    assert takes_less(10, read)


@pytest.mark.parametrize("text", ["", " \n ", "a\0b"])
def test_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(UnreadableSource):
        from_text(text)
