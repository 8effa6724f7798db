"""Word files, gzip, mailboxes, and attachments that only their content tells."""

import gzip
import zipfile
from base64 import encodebytes
from io import BytesIO
from pathlib import Path

import pytest

from incidex.errors import UnreadableSource
from incidex.ingest.expand import expand
from incidex.ingest.read import read

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FIRST = "The loader called Fen was back in the mail of eleven clinics last week, the centre said on Monday."
PHISH = (
    "From: Harbour Pay <pay@harbour-help.example>\nTo: a@b.example\nSubject: Your account\n"
    "Date: Tue, 03 Mar 2026 07:15:00 -0500\nMIME-Version: 1.0\nContent-Type: text/plain\n\nConfirm at hxxps://pay[.]example/now.\n"
)


def paragraph(words: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{words}</w:t></w:r></w:p>"


def word_file(body: str, *, doctype: str = "") -> bytes:
    styles = (
        f'<w:styles xmlns:w="{NAMESPACE}"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style></w:styles>'
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'{doctype}<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>'
        )
        archive.writestr("word/styles.xml", styles)
    return file.getvalue()


def written(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def test_word_file(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("Domain", "fen[.]example"))
    body = (
        paragraph("Fen returns to clinics", "Titel")
        + paragraph("By Ann Lee")
        + paragraph("3 March 2026")
        + paragraph(FIRST)
        + paragraph("Indicators", "berschrift1")
        + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    )
    document = read(written(tmp_path, "report.docx", word_file(body)))
    assert (document.format, document.title, document.author) == ("docx", "Fen returns to clinics", "Ann Lee")
    assert document.published_at == "2026-03-03"
    assert [(str(block.kind), block.level) for block in document.blocks][-3:] == [
        ("body", 0),
        ("heading", 1),
        ("body", 0),
    ]
    assert document.text.endswith("Domain | fen[.]example")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(word_file("")[:-40], "damaged Word file", id="cut off"),
        pytest.param(word_file("<w:p>"), "damaged Word file", id="broken XML"),
        pytest.param(word_file(""), "no text", id="no text"),
    ],
)
def test_broken_word_files(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableSource, match=message):
        read(written(tmp_path, "report.docx", content))


def test_entities_of_word_files_are_not_read(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY f "boom boom boom">]>'
    document = read(written(tmp_path, "a.docx", word_file(paragraph(FIRST + "&e;&f;"), doctype=doctype)))
    assert "boom" not in document.text


def test_gzip(tmp_path: Path) -> None:
    path = written(tmp_path, "report.md.gz", gzip.compress(f"# Fen returns\n\n## Who\n\n{FIRST}".encode()))
    document = read(path)
    assert (document.format, document.title) == ("markdown", "Fen returns")
    assert list(expand([str(tmp_path)])) == [str(path)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(gzip.compress(b"text" * 50)[:-12], "damaged", id="cut off"),
        pytest.param(gzip.compress(b"\0" * 257 + b"ustar" + b"\0" * 250), "tar", id="archive"),
        pytest.param(gzip.compress(b"a" * 50_000_001), "larger than 50 MB", id="bomb"),
    ],
)
def test_gzip_that_is_not_read(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableSource, match=message):
        read(written(tmp_path, "a.txt.gz", content))


def test_mailbox(tmp_path: Path) -> None:
    envelope = "From a@b.example Tue Mar  3 07:15:00 2026\n"
    assert read(written(tmp_path, "one.mbox", (envelope + PHISH).encode())).title == "Your account"
    with pytest.raises(UnreadableSource, match="several messages"):
        read(written(tmp_path, "two.mbox", f"{envelope}{PHISH}\n{envelope}{PHISH}".encode()))


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        pytest.param("message/rfc822; name=mail.eml", PHISH.encode(), "pay@harbour-help.example", id="encoded e-mail"),
        pytest.param("application/octet-stream; name=mail.eml", PHISH.encode(), "Date: Tue, 03 Mar 2026", id="e-mail"),
        pytest.param("text/csv; name=iocs.csv", b"domain,one[.]example\nip,two[.]a\n", "one[.]example", id="CSV"),
        pytest.param("application/octet-stream; name=a.txt", b"domain three[.]example", "three[.]example", id="text"),
        pytest.param("application/x-word; name=a.docx", word_file(paragraph(FIRST)), FIRST, id="Word file"),
    ],
)
def test_attachments_are_told_by_content(tmp_path: Path, kind: str, content: bytes, expected: str) -> None:
    mail = (
        "From: a@b.example\nSubject: Fwd\nDate: Wed, 04 Mar 2026 09:00:00 +0100\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=xx\n\n--xx\nContent-Type: text/plain\n\nSee below.\n"
        f"--xx\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n"
        f"{encodebytes(content).decode()}--xx--\n"
    )
    document = read(written(tmp_path, "mail.eml", mail.encode()))
    assert expected in document.text
    assert document.warnings == ()
