"""What several tests of ingestion need: sample files, and a writer of small PDFs."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from paths import ROOT

# A printed line: left, baseline and size in points, and its words.
Printed = tuple[float, float, float, str]


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder with sample files."""
    return ROOT / "tests" / "cases" / "ingest"


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """Return `write_pdf`."""
    return write_pdf


def write_pdf(pages: Sequence[Sequence[Printed]], *, locked: bool = False) -> bytes:
    """Return a PDF with these lines on A4 pages; `locked` asks for a password that nobody knows."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        content = b"".join(map(_line, lines))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _file(objects, locked=locked)


def _line(line: Printed) -> bytes:
    left, bottom, size, words = line
    escaped = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (size, left, bottom, escaped)


def _file(objects: Sequence[bytes], *, locked: bool) -> bytes:
    file = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % start for start in starts)
    file += b"trailer << /Size %d /Root 1 0 R " % (len(objects) + 1)
    if locked:
        keys = (b"11" * 32, b"22" * 32)
        file += b"/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> " % keys
    return bytes(file + b">>\nstartxref\n%d\n%%%%EOF\n" % table)
