"""A PDF gives its paragraphs with their pages; what cannot be read is refused with advice."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.errors import UnreadableSource
from incidex.ingest import pdf as module
from incidex.ingest import read
from incidex.ingest.load import Raw
from incidex.ingest.pdf import read_pdf
from incidex.records import Document

Line = tuple[float, float, float, str]
Writer = Callable[..., bytes]


def report_page(number: int) -> list[Line]:
    page: list[Line] = [(72, 805, 9, "Lantern Labs threat report"), (300, 40, 9, f"Page {number} of 3")]
    if number == 1:
        page += [(72, 750, 20, "Attack on Examplia Bank"), (72, 726, 20, "leaves customers locked out")]
        page += [(72, 690, 11, "By Jane Roe"), (72, 677, 11, "5 March 2021")]
    page += [
        (72, 640, 11, f"On day {number} the attackers came in through the door of a state-"),
        (72, 627, 11, "sponsored group, and they locked the files of the bank and encryp-"),
        (72, 614, 11, "ted its mail. They used CVE-"),
        (72, 601, 11, "2021-1234, a weakness of Foo Server that has been known since last week."),
        (72, 570, 11, f"Its customers waited {number} hours until the bank said"),
    ]
    return page


@pytest.fixture(scope="module")
def report(make_pdf: Writer) -> Document:
    pages = [report_page(number) for number in (1, 2, 3)]
    pages[1].insert(0, (72, 660, 11, "what had happened. It was a state-sponsored attack."))
    return read_pdf(Raw(make_pdf(pages), "report.pdf"))


def test_lines_become_paragraphs_with_their_pages(report: Document) -> None:
    first = [(block.kind.value, block.origin, block.span.of(report.text)) for block in report.blocks][:7]
    assert first == [
        ("boilerplate", "page 1", "Lantern Labs threat report"),
        ("boilerplate", "page 1", "Page 1 of 3"),
        ("title", "page 1", "Attack on Examplia Bank leaves customers locked out"),
        ("byline", "page 1", "By Jane Roe"),
        ("date", "page 1", "5 March 2021"),
        (
            "body",
            "page 1",
            "On day 1 the attackers came in through the door of a state-sponsored group, and they locked the files of "
            "the bank and encrypted its mail. They used CVE-2021-1234, a weakness of Foo Server that has been known "
            "since last week.",
        ),
        (
            "body",
            "page 1",
            "Its customers waited 1 hours until the bank said what had happened. It was a state-sponsored attack.",
        ),
    ]


def test_what_the_report_says_about_itself(report: Document) -> None:
    assert (report.format, report.title, report.published_at, report.author) == (
        "pdf",
        "Attack on Examplia Bank leaves customers locked out",
        "2021-03-05",
        "Jane Roe",
    )


def test_running_heads_are_marked_on_each_page(report: Document) -> None:
    heads = [block for block in report.blocks if block.reason == "comes back at the edge of the pages"]
    assert [block.origin for block in heads] == ["page 1", "page 1", "page 2", "page 2", "page 3", "page 3"]


def test_through_the_front_door(tmp_path: Path, make_pdf: Writer) -> None:
    (tmp_path / "a.bin").write_bytes(
        make_pdf([[(72, 700, 11, "The attackers copied the data of the bank on Friday.")]])
    )
    document = read(tmp_path / "a.bin")
    assert (document.text, document.language) == ("The attackers copied the data of the bank on Friday.", "en")


@pytest.mark.parametrize(
    ("pages", "locked", "message"),
    [
        pytest.param([[(72, 700, 11, "Text.")]], True, "a.pdf is protected by a password", id="password"),
        pytest.param([[], []], False, "a.pdf is a PDF without text", id="scan"),
        pytest.param(
            [[(72, 700, 11, "Text.")]] * 3, False, "a.pdf has 3 pages; Incidex reads at most 2", id="too long"
        ),
    ],
)
def test_what_cannot_be_read(
    pages: Sequence[Sequence[Line]], locked: bool, message: str, make_pdf: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_PAGES", 2)
    with pytest.raises(UnreadableSource, match=message):
        read_pdf(Raw(make_pdf(pages, locked=locked), "a.pdf"))


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.7\nbroken" * 100, b"%PDF-1.4\nxref\n0 9999999999\ntrailer <<>>"]
)
def test_broken_files_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"a\.pdf is a damaged PDF"):
        read_pdf(Raw(content, "a.pdf"))


@settings(deadline=None, max_examples=60)
@given(cut=st.integers(0, 900), junk=st.binary(max_size=30))
def test_any_damage_is_borne(make_pdf: Writer, cut: int, junk: bytes) -> None:
    whole = make_pdf([[(72, 700, 11, "The attackers copied the data.")]])
    try:
        document = read_pdf(Raw(whole[:cut] + junk + whole[cut + len(junk) :], "a.pdf"))
    except UnreadableSource:
        return
    assert document.text.strip()
