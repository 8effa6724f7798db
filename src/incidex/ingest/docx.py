"""Reads Word files (.docx): paragraphs, headings, list items and rows of tables, title and author."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from incidex.errors import UnreadableSource
from incidex.ingest.decode import check_text
from incidex.ingest.heads import find_heads
from incidex.ingest.load import Raw
from incidex.records import Document
from incidex.text.blocks.find import find_blocks

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_STYLES = "word/styles.xml"
# In bytes, unpacked. A report with its styles has some hundred kilobytes; pictures are not unpacked.
_LARGEST_PART = 50_000_000
_HEADING = re.compile(r"heading\s?([1-9])", re.IGNORECASE)
_DAMAGED = "{} is a damaged Word file: {}.\nSave it again, or save it as PDF or plain text."


def is_docx(content: bytes) -> bool:
    """Return whether a ZIP archive is a Word file."""
    return content.startswith(b"PK\x03\x04") and _BODY.encode() in content


def read_docx(raw: Raw) -> Document:
    """
    Return the report in a Word file, a blank line between paragraphs; each row of a table is a line.

    Headers, footers, comments and deleted text are left out. The dates in its properties say when the file was made, so
    they are not used.

    Raises:
        UnreadableSource: It is damaged or protected, too large or has no text.
    """
    body, styles, properties = (_part(raw, name) for name in (_BODY, _STYLES, _PROPERTIES))
    if body is None:
        raise UnreadableSource(_DAMAGED.format(raw.name, f"it has no {_BODY}"))
    names = _style_names(styles)
    lines = [(line, level) for line, level in _lines(body, names) if line]
    text = "\n\n".join(line for line, _ in lines)
    check_text(text, name=raw.name)
    known = _known(properties)
    title = known.get("title") or next((line for line, level in lines if level == _TITLE), None)
    blocks = find_blocks(text, title=title, headings={line: level for line, level in lines if level > 0})
    heads = find_heads(text, blocks)
    return Document(
        text=text,
        blocks=blocks,
        source=raw.source,
        format="docx",
        title=heads.title or title,
        published_at=heads.published_at,
        publisher=heads.publisher,
        author=heads.author or known.get("creator"),
    )


# The level of a paragraph in the style "Title".
_TITLE = -1


def _part(raw: Raw, name: str) -> Any:
    """Return a part of the file as a tree; None if it is missing."""
    from lxml import etree

    # Entities could describe a text of any size, or name other files.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with zipfile.ZipFile(BytesIO(raw.content)) as archive:
            info = archive.getinfo(name)
            if info.file_size > _LARGEST_PART:
                raise UnreadableSource(f"{raw.name} is a Word file of extreme size.\nSave the report as plain text.")
            with archive.open(info) as part:
                content = part.read(_LARGEST_PART)
        return etree.fromstring(content, parser)
    except KeyError:
        return None
    except (zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableSource(_DAMAGED.format(raw.name, error)) from error


def _style_names(styles: Any) -> dict[str, str]:
    """Return the English name of each style by its id, which depends on the language of the program."""
    found = {}
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        name = style.find(f"{_W}name")
        if name is not None:
            found[style.get(f"{_W}styleId", "")] = name.get(f"{_W}val", "")
    return found


def _lines(body: Any, names: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the words of each paragraph and each row of a table in order, with the level of a heading."""
    for element in body.iter(f"{_W}p", f"{_W}tr"):
        if element.tag == f"{_W}tr":
            cells = (" ".join(map(_words, cell.iter(f"{_W}p"))) for cell in element.iterchildren(f"{_W}tc"))
            yield " | ".join(cell for cell in (" ".join(cell.split()) for cell in cells) if cell), 0
        elif next(element.iterancestors(f"{_W}tr"), None) is None:
            yield from ((" ".join(line.split()), _level(element, names)) for line in _words(element).split("\n"))


def _words(paragraph: Any) -> str:
    parts = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        else:
            parts.append({f"{_W}tab": "\t", f"{_W}br": "\n"}.get(element.tag, "-"))
    return "".join(parts)


def _level(paragraph: Any, names: dict[str, str]) -> int:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    identity = style.get(f"{_W}val", "") if style is not None else ""
    name = names.get(identity, identity)
    if name.lower() == "title":
        return _TITLE
    heading = _HEADING.match(name)
    return int(heading[1]) if heading else 0


def _known(properties: Any) -> dict[str, str]:
    """Return title and creator from the properties of the file."""
    found = {}
    for element in properties if properties is not None else ():
        name = str(element.tag).rpartition("}")[2]
        if words := " ".join((element.text or "").split()):
            found[name] = words
    return found
