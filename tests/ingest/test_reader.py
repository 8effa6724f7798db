"""Sources are read in child processes as they are here, and what goes wrong there is an error that says what to do."""

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from paths import ROOT

from incidex.errors import FetchError, UnreadableSource
from incidex.ingest import read
from incidex.ingest.reader import Reader
from incidex.workers.limits import Limits

Writer = Callable[..., bytes]

PAGE = (
    "<!doctype html><html><title>Ferry line hit</title><body><h1>Ferry line hit</h1>"
    "<p>Thieves stole the names of all passengers of Kestrel Ferries on Tuesday, it said.</p>{}</body></html>"
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(Limits(seconds=60, megabytes=500)) as reader:
        yield reader


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "examples").iterdir() if path.is_file()))
def test_it_reads_what_read_reads(reader: Reader, name: str) -> None:
    source = str(ROOT / "examples" / name)
    try:
        expected = read(source)
    except UnreadableSource as error:
        with pytest.raises(UnreadableSource, match=re.escape(str(error))):
            reader.read(source)
    else:
        assert reader.read(source) == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.md", "# Ferry line hit\n\nThieves stole *all* names.\n", id="Markdown"),
        pytest.param("a.txt", "Ferry line hit\n\nThieves stole all names.\n" * 10_000, id="a long text"),
        pytest.param("a.html", PAGE.format("<p>&#xD800;</p>"), id="a surrogate"),
        pytest.param("a.json", '{"content": "Thieves stole all names."}', id="CASIE"),
    ],
)
def test_other_kinds_are_the_same_as_well(reader: Reader, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert reader.read(str(tmp_path / name)) == read(tmp_path / name)


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems have no such names.")
def test_a_name_that_is_no_text_is_kept(reader: Reader, tmp_path: Path) -> None:
    source = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.html")
    Path(source).write_text(PAGE.format(""), "utf-8")
    assert reader.read(source).source == source


def test_errors_are_those_of_read(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nnothing else")
    for source in (str(tmp_path / "a.pdf"), str(tmp_path / "none.html"), "ftp://news.example/a"):
        with pytest.raises((UnreadableSource, FetchError)) as expected:
            read(source)
        with pytest.raises(type(expected.value), match=re.escape(str(expected.value))):
            reader.read(source)


def drawing_itself(times: int) -> bytes:
    """Return a PDF with a form that draws itself `times` times."""
    form = b"/F0 Do " * times
    resources = b"/Resources << /XObject << /F0 4 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R %s >>" % resources,
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] %s /Length %d >>\nstream\n%s\nendstream"
        % (resources, len(form), form),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF\n"


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems enforce no limit on memory.")
@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_pdf_that_draws_itself_is_refused_and_the_next_one_is_read(tmp_path: Path, times: int) -> None:
    hostile, page = tmp_path / "a.pdf", tmp_path / "b.html"
    hostile.write_bytes(drawing_itself(times))
    page.write_text(PAGE.format(""), "utf-8")
    with Reader(Limits(seconds=10, megabytes=300)) as reader:
        with pytest.raises(UnreadableSource, match=r"more than (300 MB of memory|10 seconds)|without text") as caught:
            reader.read(str(hostile))
        assert str(caught.value).startswith(str(hostile))
        assert reader.read(str(page)).title == "Ferry line hit"


def test_a_page_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(PAGE.format("<table><tr><td>a b c d</td></tr></table>" * 16_000), "utf-8")
    with Reader(Limits(seconds=1)) as reader, pytest.raises(UnreadableSource, match="took more than 1 seconds"):
        reader.read(str(page))


def test_pdfs_are_read_at_once(reader: Reader, tmp_path: Path, make_pdf: Writer) -> None:
    files = []
    for number in range(30):
        files.append(str(tmp_path / f"{number}.pdf"))
        Path(files[-1]).write_bytes(make_pdf([[(72, 700, 11, f"Thieves stole the names of {number} passengers.")]]))
    with ThreadPoolExecutor(4) as threads:
        texts = [document.text for document in threads.map(reader.read, files)]
    assert texts == [f"Thieves stole the names of {number} passengers." for number in range(30)]


def test_what_libraries_log_there_is_logged_here(
    reader: Reader, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = tmp_path / "a.html"
    page.write_text("<!doctype html><html><body><p>x</p></body></html>", "utf-8")
    with caplog.at_level(logging.WARNING):
        read(page)
        here = [(one.name, one.getMessage()) for one in caplog.records]
        caplog.clear()
        reader.read(str(page))
    assert [(one.name, one.getMessage()) for one in caplog.records] == here


@pytest.mark.parametrize("head", ["boundary*=b{0}", "boundary*0=b{0}", "\r\n boundary =b{0}"])
def test_parts_inside_each_other_are_refused(reader: Reader, tmp_path: Path, head: str) -> None:
    begin = "From: a@news.example\r\nSubject: Hack\r\nMIME-Version: 1.0\r\nMessage-ID: <1@x>\r\n"
    part = f"Content-Type: multipart/mixed; {head}\r\n\r\n--b{{0}}\r\n"
    mail = tmp_path / "a.eml"
    mail.write_text(begin + "".join(part.format(number) for number in range(3000)) + "\r\nHacked.\r\n", "latin-1")
    for one in (read, reader.read):
        with pytest.raises(UnreadableSource, match="inside each other|nested parts"):
            one(str(mail))


@pytest.mark.parametrize("charset", ["utf\xff-8", "x" * 3000, "hex", "rot13", "idna", "\x00"])
def test_a_header_in_an_encoding_that_does_not_exist_stays_as_it_is(tmp_path: Path, charset: str) -> None:
    mail = tmp_path / "a.eml"
    head = f"From: =?{charset}?q?Jane?= <jane@news.example>\r\nSubject: =?{charset}?b?QQ==?=\r\nMIME-Version: 1.0\r\n"
    mail.write_text(f"{head}\r\nThieves stole the names of all passengers.\r\n", "latin-1")
    assert "Thieves stole the names of all passengers." in read(mail).text
