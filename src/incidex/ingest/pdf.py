"""Reads PDF: the text of each page in the order of pdfium, as paragraphs with their page."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from statistics import median
from threading import Lock
from typing import Any

from incidex.errors import UnreadableSource
from incidex.ingest.heads import find_heads
from incidex.ingest.load import Raw
from incidex.ingest.pdf_layout import Line, Paragraph, find_paragraphs
from incidex.records import Block, BlockKind, Document
from incidex.text.blocks.find import find_blocks

# The maximum number of pages. pdfium reads some hundred pages a second.
_MOST_PAGES = 3_000
_PASSWORD_ERROR = 4
# A headline is at least this much larger than the text.
_HEADLINE = 1.25
# pdfium is not thread-safe.
_ONE_AT_A_TIME = Lock()


def read_pdf(raw: Raw) -> Document:
    """
    Return the report in `raw`; the origin of a block is the page where it begins, such as "page 3".

    Hyphenated words are joined, wrapped lines become paragraphs, and running heads are marked as boilerplate. Columns
    are read in the order of the file, usually one by one. Of several threads, one at a time reads.

    Raises:
        UnreadableSource: The file is damaged, needs a password, has no text (a scan), or too many pages.
    """
    with _ONE_AT_A_TIME:
        lines = _lines(raw)
    paragraphs = find_paragraphs(lines)
    if not paragraphs:
        raise UnreadableSource(
            f"{raw.name} is a PDF without text; it is probably a scan.\n"
            "Run it through text recognition first, for example with ocrmypdf."
        )
    text = "\n\n".join(paragraph.text for paragraph in paragraphs)
    title = _headline(lines)
    blocks = _with_origin(find_blocks(text, title=title), paragraphs)
    heads = find_heads(text, blocks)
    return Document(
        text=text,
        blocks=blocks,
        source=raw.source,
        format="pdf",
        title=title or heads.title,
        published_at=heads.published_at,
        publisher=heads.publisher,
        author=heads.author,
    )


def _lines(raw: Raw) -> list[Line]:
    """Return the printed lines of all pages."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        pdf = PdfDocument(raw.content)
    except PdfiumError as error:
        raise UnreadableSource(_not_opened(raw.name, error)) from error
    try:
        if len(pdf) > _MOST_PAGES:
            raise UnreadableSource(
                f"{raw.name} has {len(pdf)} pages; Incidex reads at most {_MOST_PAGES} per file.\nSplit it into parts."
            )
        return [line for number in range(len(pdf)) for line in _page_lines(pdf, number, raw.name)]
    finally:
        pdf.close()


def _page_lines(pdf: Any, number: int, name: str) -> list[Line]:
    from pypdfium2 import PdfiumError

    try:
        page = pdf[number]
        text_page = page.get_textpage()
        return list(_printed(page, text_page, number + 1))
    except PdfiumError as error:
        raise UnreadableSource(
            f"Page {number + 1} of {name} is damaged.\nOpen it in a PDF viewer, print it to a new file, and use that."
        ) from error


def _printed(page: Any, text_page: Any, number: int) -> Iterator[Line]:
    text = text_page.get_text_range()
    height = page.get_height()
    # Characters outside the basic plane shift the indices; lines of such a page have no position.
    placed = len(text) == text_page.count_chars() and height > 0
    start = 0
    for part in text.split("\r\n"):
        words = part.strip()
        if words:
            first = start + part.index(words[0])
            line = Line(words, number, height)
            yield _placed(line, text_page, first) if placed else line
        start += len(part) + 2


def _placed(line: Line, text_page: Any, first: int) -> Line:
    """Return `line` with the positions of its first and last character, and its type size."""
    count = len(line.text)
    boxes = [text_page.get_charbox(first + index, loose=True) for index in (0, count - 1)]
    # A bullet or a command in another font may begin the line, so the size is that of three letters across it.
    letters = [index for index, letter in enumerate(line.text) if letter.isalnum()] or [0]
    asked = [letters[len(letters) * part // 4] for part in (1, 2, 3)]
    heights = [top - low for _, low, _, top in (text_page.get_charbox(first + index, loose=True) for index in asked)]
    size = median(heights)
    if size <= 0:
        return line
    return replace(line, left=boxes[0][0], right=boxes[1][2], top=boxes[0][3], bottom=boxes[1][1], size=size)


def _not_opened(name: str, error: Any) -> str:
    if error.err_code == _PASSWORD_ERROR:
        return f"{name} is protected by a password.\nSave it without one (print it to a new PDF) and use that."
    return f"{name} is a damaged PDF: it cannot be opened.\nDownload it again, or print it to a new PDF."


def _headline(lines: Sequence[Line]) -> str | None:
    """Return the text in the largest type on the first page, if it is larger than the body text."""
    sizes = [line.size for line in lines if line.size > 0]
    first = [line for line in lines if line.page == 1 and line.size > 0 and any(map(str.isalpha, line.text))]
    if not first:
        return None
    largest = max(line.size for line in first)
    if largest < _HEADLINE * median(sizes):
        return None
    title = " ".join(
        paragraph.text for paragraph in find_paragraphs([line for line in first if line.size > 0.95 * largest])
    )
    return title if len(title) <= 300 else None


def _with_origin(blocks: Sequence[Block], paragraphs: Sequence[Paragraph]) -> tuple[Block, ...]:
    """Return `blocks` with their page as origin, running heads as boilerplate."""
    starts = list(accumulate((len(paragraph.text) + 2 for paragraph in paragraphs[:-1]), initial=0))
    placed = []
    for block in blocks:
        paragraph = paragraphs[bisect_right(starts, block.span.start) - 1]
        found = replace(block, origin=f"page {paragraph.page}")
        if paragraph.running:
            found = replace(found, kind=BlockKind.BOILERPLATE, reason="comes back at the edge of the pages")
        placed.append(found)
    return tuple(placed)
