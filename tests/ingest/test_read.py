"""Whatever a source holds, the front door gives a document or says what is wrong."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from incidex.errors import IncidexError, UnreadableSource
from incidex.ingest import read

BEGINNINGS = [
    b"",
    b"%PDF-1.4\n",
    b"<html><p>",
    b"From: a\nMIME-Version: 1.0\n",
    b'{"content": "',
    b"\xff\xfe",
    b"\xef\xbb\xbf",
]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("scraped.txt", "text"), ("news.html", "html"), ("alert.eml", "email"), ("article.json", "casie")],
)
def test_each_kind_from_a_file_and_from_standard_input(
    name: str, kind: str, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_file = read(str(samples / name))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO((samples / name).read_bytes())))
    from_input = read("-")
    assert (from_file.format, from_input.format) == (kind, kind)
    assert (from_file.source, from_input.source) == (str(samples / name), "-")
    assert (from_file.text, from_file.blocks, from_file.id) == (from_input.text, from_input.blocks, from_input.id)


@pytest.mark.parametrize("name", ["scraped.txt", "news.html", "alert.eml", "article.json"])
def test_blocks_are_in_order_and_cover_every_word(name: str, samples: Path) -> None:
    document = read(samples / name)
    ends = [0, *(block.span.end for block in document.blocks)]
    assert all(end <= block.span.start for end, block in zip(ends, document.blocks, strict=False))
    covered = "".join(block.span.of(document.text) for block in document.blocks)
    assert "".join(covered.split()) == "".join(document.text.split())


def test_text_that_is_not_english_is_read_with_a_warning(tmp_path: Path) -> None:
    text = "Die Angreifer verschlüsselten die Server der Gemeinde und forderten ein Lösegeld, sagte die Behörde."
    (tmp_path / "a.txt").write_bytes(text.encode("utf-16"))
    document = read(tmp_path / "a.txt")
    assert (document.text, document.language) == (text, "de")
    assert "German; the model knows only English" in document.warnings[-1]


def test_a_word_file_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04rest")
    with pytest.raises(UnreadableSource, match="save it as PDF or plain text"):
        read(tmp_path / "a.docx")


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(
    beginning=st.sampled_from(BEGINNINGS),
    rest=st.binary(max_size=200),
    ending=st.sampled_from([".txt", ".html", ".pdf", ".eml", ".json"]),
)
@example(beginning=b"", rest=b"\x1b", ending=".html")
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, beginning: bytes, rest: bytes, ending: str
) -> None:
    file = tmp_path_factory.getbasetemp() / f"random{ending}"
    file.write_bytes(beginning + rest)
    message = ""
    try:
        document = read(file)
    except IncidexError as error:
        message = str(error)
    if message:
        assert str(file) in message.partition("\n")[0]  # what is wrong with which file
        assert message.partition("\n")[2]  # what to do
    else:
        assert document.text.encode().strip()
