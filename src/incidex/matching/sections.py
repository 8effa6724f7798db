"""Divides an article into sections under headings, and these into paragraphs."""

from bisect import bisect_right
from collections.abc import Iterator

from incidex.records import Analysis, BlockKind, Sentence

Paragraph = tuple[Sentence, ...]

LONGEST_LINE = 200
# A heading has at most so many words, and the paragraph below it has at least so many.
_HEADING_WORDS, _PROSE_WORDS = 14, 8
_BULLETS = ("- ", "* ", "• ", "· ", "– ", "▪ ", "● ")
_NO_HEADING_END = (".", "!", "?", "…", ":", ";", ",", "”", '"')


def sections(analysis: Analysis) -> list[tuple[str, list[Paragraph]]]:
    """
    Return each heading with the paragraphs below it, of which the heading is the first.

    An entry of a list begins a section, too. What comes before all headings is the first section, with "" as heading.
    """
    text = analysis.document.text
    paragraphs = list(_paragraphs(analysis))
    found: list[tuple[str, list[Paragraph]]] = [("", [])]
    for number, paragraph in enumerate(paragraphs):
        below = paragraphs[number + 1] if number + 1 < len(paragraphs) else ()
        if _is_heading(paragraph, below, text):
            found.append((first_line(paragraph[0], text), []))
        found[-1][1].append(paragraph)
    return found


def first_line(sentence: Sentence, text: str) -> str:
    """Return the beginning of a sentence on one line, without the bullet of a list."""
    line = " ".join(sentence.span.of(text)[:LONGEST_LINE].split())
    return line[2:] if line.startswith(_BULLETS) else line


def _paragraphs(analysis: Analysis) -> Iterator[Paragraph]:
    """Yield the sentences of each paragraph of the article; where there is only one, each sentence by itself."""
    starts = [block.span.start for block in analysis.document.blocks]
    inside = [s for s in analysis.sentences if s.kind.in_article and s.kind is not BlockKind.TITLE]
    by_block: dict[int, list[Sentence]] = {}
    for sentence in inside:
        by_block.setdefault(bisect_right(starts, sentence.span.start), []).append(sentence)
    if len(by_block) < 2:
        yield from ((sentence,) for sentence in inside)
    else:
        yield from map(tuple, by_block.values())


def _is_heading(paragraph: Paragraph, below: Paragraph, text: str) -> bool:
    """Return whether a paragraph is an entry of a list, or a line of a few words above prose that is no sentence."""
    line = paragraph[0].span.of(text)
    if line.startswith(_BULLETS):
        return True
    if len(paragraph) != 1 or not below:
        return False
    is_short = len(line) <= LONGEST_LINE and len(line.split()) <= _HEADING_WORDS
    is_above_prose = len(below[0].span.of(text).split(maxsplit=_PROSE_WORDS)) >= _PROSE_WORDS
    return is_short and not line.endswith(_NO_HEADING_END) and is_above_prose
