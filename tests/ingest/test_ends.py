"""A text of very many lines is read up to a limit, and a warning says where that is."""

import pytest

from incidex.ingest import from_text
from incidex.ingest.ends import with_end
from incidex.records import Block, BlockKind, Document, Span

LINE = "Thieves stole names.\n"


MOST = 300


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the limit so low that the tests are quick."""
    for module in ("incidex.ingest.ends", "incidex.ingest.markup.read", "incidex.text.blocks.find"):
        monkeypatch.setattr(f"{module}.MOST_BLOCKS", MOST)


def test_a_long_text_says_where_reading_ended() -> None:
    document = from_text(LINE * (MOST + 50))
    end = MOST * len(LINE) - 1
    tail = (LINE * 3).replace("\n", " ")[-41:-1]
    assert (len(document.blocks), document.blocks[-1].span.end) == (MOST, end)
    assert len(document.text) == (MOST + 50) * len(LINE)
    assert document.warnings == (
        f"Only its first 300 paragraphs and lines were read, as far as “{tail}” "
        f"(character {end:,} of {len(document.text):,}). Split it to read all of it.",
    )


def test_one_that_just_fits_says_nothing() -> None:
    document = from_text(LINE * MOST + "\n" * 1000)
    assert (len(document.blocks), document.warnings) == (MOST, ())


def test_lists_in_markdown_are_bounded_too() -> None:
    document = from_text("# Hack\n\n" + "- a\n" * (MOST + 100))
    assert document.format == "markdown"
    assert len(document.blocks) == MOST
    assert "Only its first 300 paragraphs" in document.warnings[0]


@pytest.mark.parametrize(("rest", "is_warned"), [("x" * 300, True), ("---\n" * 20, False), (" " * 300, False)])
def test_a_part_inside_that_was_left_out_counts(rest: str, is_warned: bool) -> None:
    lines = "a\n" * MOST
    text = f"{lines}{rest}\nend"
    blocks = [Block(Span(start, start + 1), BlockKind.BODY, origin="page 7") for start in range(0, len(lines), 2)]
    document = with_end(Document(text, (*blocks, Block(Span(len(text) - 3, len(text)), BlockKind.BODY))))
    assert bool(document.warnings) == is_warned
    assert all("of 904, page 7)" in warning for warning in document.warnings)
