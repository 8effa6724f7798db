"""
Writes Markdown as a Word file (.docx): headings, paragraphs, lists, bold and italic words, links.

A Word file is a ZIP archive of XML (ECMA-376). The same text gives the same bytes.
"""

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from markdown_it.token import Token

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# ZIP has no earlier time. A real one would make each file another.
_NO_TIME = (1980, 1, 1, 0, 0, 0)

_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_NUMBERING = (
    f'{_HEAD}<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="•"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:pPr><w:spacing w:after="120"/></w:pPr></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for level, size in enumerate((36, 28, 24, 22, 22, 22), start=1)
    )
    + '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style></w:styles>'
)


def to_docx(markdown: str) -> bytes:
    """Return Markdown as a Word file. HTML in it stays text."""
    from markdown_it import MarkdownIt

    links: list[str] = []
    body = "".join(_paragraphs(MarkdownIt("commonmark", {"html": False}).parse(markdown), links))
    document = f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _links(links),
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _NUMBERING,
    }
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _paragraphs(tokens: "Sequence[Token]", links: list[str]) -> Iterator[str]:
    style, depth = "", 0
    for token in tokens:
        if token.type == "heading_open":
            style = f"Heading{token.tag[1:]}"
        elif token.type == "heading_close":
            style = ""
        elif token.type.endswith("list_open"):
            depth += 1
        elif token.type.endswith("list_close"):
            depth -= 1
        elif token.type == "inline":
            yield _paragraph(_runs(token.children or [], links), style or ("ListBullet" if depth else ""))
        elif token.type in ("code_block", "fence"):
            yield _paragraph([_run(line, ()) for line in token.content.splitlines()], "")


def _paragraph(runs: Sequence[str] | Iterator[str], style: str) -> str:
    how = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{how}{''.join(runs)}</w:p>"


def _runs(tokens: "Sequence[Token]", links: list[str]) -> Iterator[str]:
    marks: list[str] = []
    for token in tokens:
        if token.type in ("strong_open", "em_open"):
            marks.append("b" if token.type == "strong_open" else "i")
        elif token.type in ("strong_close", "em_close"):
            marks.pop()
        elif token.type == "link_open":
            links.append(str(token.attrGet("href") or ""))
            yield f'<w:hyperlink r:id="link{len(links)}">'
            marks.append('rStyle w:val="Hyperlink"')
        elif token.type == "link_close":
            marks.pop()
            yield "</w:hyperlink>"
        elif token.type in ("softbreak", "hardbreak"):
            yield _run(" ", marks)
        elif token.content:
            yield _run(token.content, marks)


def _run(words: str, marks: Sequence[str]) -> str:
    # A style comes before other marks, or Word finds the file damaged.
    ordered = sorted(dict.fromkeys(marks), key=lambda mark: not mark.startswith("rStyle"))
    how = f"<w:rPr>{''.join(f'<w:{mark}/>' for mark in ordered)}</w:rPr>" if ordered else ""
    return f'<w:r>{how}<w:t xml:space="preserve">{escape(_allowed(words))}</w:t></w:r>'


def _links(links: Sequence[str]) -> str:
    own = [("style", "styles", "styles.xml"), ("numbers", "numbering", "numbering.xml")]
    fixed = "".join(f'<Relationship Id="{id}" Type="{_R}/{kind}" Target="{target}"/>' for id, kind, target in own)
    listed = "".join(
        f'<Relationship Id="link{number}" Type="{_R}/hyperlink" Target={quoteattr(_allowed(link))} '
        'TargetMode="External"/>'
        for number, link in enumerate(links, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{fixed}{listed}</Relationships>'


def _allowed(words: str) -> str:
    """Return words without the characters that XML cannot hold."""
    return "".join(
        letter
        for letter in words
        if letter in "\t\n" or (" " <= letter <= "\ud7ff") or ("\ue000" <= letter <= "\ufffd") or letter > "\uffff"
    )
