"""What a source is shows in its content first, then in what it is called."""

import pytest

from incidex.errors import UnreadableSource
from incidex.ingest.kind import kind_of
from incidex.ingest.load import Raw

MAIL = b"Received: from a.example\r\n by b.example\r\nFrom: a@b.example\r\nSubject: Hello\r\n\r\nText."
OWN = b'{"schema_version": 1, "text": "A", "blocks": []}\n'
RELEASE = b"From: Example Press\nDate: 5 March 2021\nSubject: A breach\n\nText."


@pytest.mark.parametrize(
    ("content", "source", "media_type", "expected"),
    [
        pytest.param(b"Just text.", "a.txt", "", "text", id="text"),
        pytest.param(b"Just text.", "-", "", "text", id="text on standard input"),
        pytest.param(b"Just text.", "a.unknown", "", "text", id="unknown ending"),
        pytest.param(b"%PDF-1.7 ...", "a.txt", "", "pdf", id="PDF called text"),
        pytest.param(b"junk\n%PDF-1.7 ...", "a.pdf", "", "pdf", id="PDF with junk before it"),
        pytest.param(b"The mark %PDF-1.7 begins a PDF.", "a.txt", "", "text", id="text about PDF"),
        pytest.param(b"\xef\xbb\xbf\n <!DOCTYPE html><p>", "-", "", "html", id="HTML on standard input"),
        pytest.param(
            b"<?xml version='1.0'?>\n<!-- x -->\n<html>", "a.txt", "text/plain", "html", id="XHTML called text"
        ),
        pytest.param("<html><p>".encode("utf-16"), "-", "", "html", id="HTML in UTF-16"),
        pytest.param(b"<p>A fragment", "a.htm", "", "html", id="HTML by its ending"),
        pytest.param(b"<p>A fragment", "https://a.example/x", "text/html", "html", id="HTML by what the server says"),
        pytest.param(b"<p> is the tag of a paragraph.", "a.txt", "", "text", id="text about HTML"),
        pytest.param(b"<htmlx>", "a.txt", "", "text", id="no HTML"),
        pytest.param(MAIL, "-", "", "email", id="mail"),
        pytest.param(b"Text.", "a.eml", "", "email", id="mail by its ending"),
        pytest.param(RELEASE, "a.txt", "", "text", id="press release with heads of its own"),
        pytest.param(b'{"content": "Text."}', "-", "", "casie", id="CASIE on standard input"),
        pytest.param(b"{" * 100_000, "-", "", "text", id="only braces"),
        pytest.param(b"PK\x03\x04 word/document.xml", "a.docx", "", "docx", id="Word file"),
        pytest.param(b"From a@b.example Mon Mar  2\n" + MAIL, "a.mbox", "", "email", id="mailbox"),
    ],
)
def test_kind(content: bytes, source: str, media_type: str, expected: str) -> None:
    assert kind_of(Raw(content, source, media_type)) == expected


@pytest.mark.parametrize(
    ("begins", "message"),
    [
        (b"PK\x03\x04", "Office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Office document"),
        (b"{\\rtf1", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_known_kinds_that_are_not_read_are_named(begins: bytes, message: str) -> None:
    with pytest.raises(UnreadableSource, match=message):
        kind_of(Raw(begins + b"...", "a.txt"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            b'{"schema_version": 1, "text": "A", "blocks": []}\n', "analysis that Incidex wrote", id="own JSON Lines"
        ),
        pytest.param(
            b'{"schema_version": 1, "text": "A", "blocks": []}\n{"a": 1}\n', "Incidex wrote", id="several lines"
        ),
        pytest.param(b'[{"schema_version": 1, "documents": []}]', "list of incidents", id="own incidents"),
        pytest.param(b"source,published_at,finding,type,role\n", "table that Incidex wrote", id="own CSV"),
        pytest.param(b'{"type": "bundle", "id": "bundle--1", "objects": []}', "incidex import", id="STIX"),
        pytest.param(b'{"Event": {"info": "A"}}', "incidex import", id="MISP"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1", "items": []}', "JSON feed", id="JSON feed"),
        pytest.param(b'{"a": 1}\n{"a": 2}\n', "JSON Lines, but not in CASIE format", id="other JSON Lines"),
        pytest.param(b'\xef\xbb\xbf{"a": 1}', "not in CASIE format", id="other JSON"),
        pytest.param(b'<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>', "feed", id="RSS"),
        pytest.param(b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "feed", id="Atom"),
        pytest.param(b"<?xml version='1.0'?><Report/>", "is XML", id="other XML"),
    ],
)
@pytest.mark.parametrize("source", ["a.txt", "-", "a.jsonl"])
def test_files_for_programs_are_named(content: bytes, message: str, source: str) -> None:
    with pytest.raises(UnreadableSource, match=message):
        kind_of(Raw(content, source))
