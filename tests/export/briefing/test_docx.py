"""The Word file: read back it has the same words, and it is the same file every time."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import dossier_case
import pytest

from incidex.export.briefing.docx import to_docx
from incidex.export.briefing.markdown import to_markdown
from incidex.ingest.docx import is_docx, read_docx
from incidex.ingest.load import Raw


def text_of(content: bytes) -> str:
    return read_docx(Raw(content, source="made.docx")).text


def test_it_is_read_back_as_a_report() -> None:
    content = to_docx(to_markdown(dossier_case.made()))
    assert is_docx(content)
    text = text_of(content)
    assert text.startswith("Data breach: Acme Foods\n\nDisputed: Acme says so")
    assert "Night Ledger denies “it was behind the theft” [2]" in text


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        pytest.param("# Head\n\nWords *and* **more**", "Head\n\nWords and more", id="marks"),
        pytest.param("- one\n- two", "one\n\ntwo", id="a list"),
        pytest.param("See [it](<https://a.example/?a=1&b=2>).", "See it.", id="a link"),
        pytest.param("a & b < c \x0b", "a & b < c", id="what XML cannot hold"),
    ],
)
def test_markdown_becomes_paragraphs(markdown: str, expected: str) -> None:
    assert text_of(to_docx(markdown)) == expected


def test_the_same_text_gives_the_same_file_of_well_formed_parts() -> None:
    markdown = to_markdown(dossier_case.made())
    content = to_docx(markdown)
    assert content == to_docx(markdown)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))


def test_links_lead_out_of_the_file() -> None:
    with zipfile.ZipFile(BytesIO(to_docx("[it](https://a.example/?a=1&b=2)"))) as archive:
        links = archive.read("word/_rels/document.xml.rels").decode()
    assert 'Target="https://a.example/?a=1&amp;b=2" TargetMode="External"' in links
