"""Printed lines become paragraphs: what belongs together is joined, what ends stays apart."""

import pytest
from timing import takes_less

from incidex.ingest.pdf_layout import Line, find_paragraphs

WIDTH = 5.0  # of a letter, in points


def printed(*lines: tuple[str, float], page: int = 1, left: float = 72, size: float = 12) -> list[Line]:
    """Return lines at these heights on a page."""
    return [
        Line(text, page, 842, left, left + WIDTH * len(text), bottom + size, bottom, size) for text, bottom in lines
    ]


def texts(lines: list[Line]) -> list[str]:
    return [paragraph.text for paragraph in find_paragraphs(lines)]


FULL = "The attackers came in through the door of a supplier and then"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([(FULL, 600), ("Examplia Bank was hit.", 586)], [f"{FULL} Examplia Bank was hit."], id="wrapped"),
        pytest.param([(FULL, 600), ("Next.", 560)], [FULL, "Next."], id="gap"),
        pytest.param([(FULL, 600), ("it went on.", 560)], [f"{FULL} it went on."], id="gap inside a sentence"),
        pytest.param([(FULL, 600), ("A short end", 586), (FULL, 572)], [f"{FULL} A short end", FULL], id="room"),
        pytest.param([("• One thing", 600), ("• Another", 586)], ["• One thing", "• Another"], id="bullets"),
        pytest.param([("1. One thing", 600), ("2. Another", 586)], ["1. One thing", "2. Another"], id="numbers"),
    ],
)  # fmt: skip
def test_paragraphs(lines: list[tuple[str, float]], expected: list[str]) -> None:
    assert texts(printed(*lines)) == expected


def test_an_indented_line_begins_a_paragraph() -> None:
    long = FULL + " left it."
    assert texts([*printed((long, 600)), *printed((long, 586), left=86)]) == [long, long]


def test_another_size_begins_a_paragraph() -> None:
    assert texts([*printed((FULL, 600), size=16), *printed((FULL, 580))]) == [FULL, FULL]


def test_a_sentence_goes_on_at_the_top_of_the_next_column_and_page() -> None:
    lines = printed((FULL, 100)) + printed(("left the bank without", 700), left=320) + printed(("a word.", 700), page=2)
    paragraphs = find_paragraphs(lines)
    assert [(paragraph.text, paragraph.page) for paragraph in paragraphs] == [
        (f"{FULL} left the bank without a word.", 1)
    ]


def test_a_sentence_goes_on_around_running_heads() -> None:
    foot = [printed((f"Lantern Labs | {page}", 40), page=page) for page in (1, 2)]
    lines = [*printed((FULL, 400)), *foot[0], *printed(("left the bank.", 700), page=2), *foot[1]]
    assert [(p.text, p.running) for p in find_paragraphs(lines)] == [
        (f"{FULL} left the bank.", False),
        ("Lantern Labs | 1", True),
        ("Lantern Labs | 2", True),
    ]


@pytest.mark.parametrize(
    ("first", "later", "running"),
    [
        pytest.param(("Lantern Labs", 40, 12), ("Lantern Labs", 40, 12), True, id="same line"),
        pytest.param(("Lantern Labs", 40, 24), ("Lantern Labs", 40, 12), False, id="title in larger type"),
        pytest.param(("Yes.", 400, 12), ("Yes.", 400, 12), False, id="in the middle of the page"),
        pytest.param(("Lantern Labs", 40, 12), ("Other words", 40, 12), False, id="other words"),
    ],
)
def test_running_heads(first: tuple[str, float, float], later: tuple[str, float, float], running: bool) -> None:
    pages = [printed(line[:2], page=page, size=line[2]) for page, line in enumerate([first, later], 1)]
    assert find_paragraphs([*pages[0], *pages[1]])[0].running is running


@pytest.mark.parametrize(
    ("printed_as", "expected"),
    [
        ("encryp\ufffeted files", "encrypted files"),
        ("encryp\x02ted files", "encrypted files"),
        ("en\u00adcrypted", "encrypted"),
        ("CVE\ufffe2021\ufffe1234", "CVE-2021-1234"),
        ("Anne\ufffeMarie", "Anne-Marie"),
        (
            "a state\ufffesponsored tool; state-sponsored means paid",
            "a state-sponsored tool; state-sponsored means paid",
        ),
        ("\ufffe\ufffe", "--"),
    ],
)
def test_divided_words(printed_as: str, expected: str) -> None:
    assert texts(printed((printed_as, 600))) == [expected]


def test_lines_without_a_place_are_joined_by_their_words() -> None:
    lines = [Line(text, 1, 842) for text in ("The attackers came in", "through a door.", "Nobody saw them.")]
    assert texts(lines) == ["The attackers came in through a door. Nobody saw them."]


def test_many_lines_take_little_time() -> None:
    lines = printed(*((f"{FULL} {n}", 600 - n % 500) for n in range(60_000)))
    assert find_paragraphs(lines)
    assert takes_less(10, lambda: find_paragraphs(lines))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["SHA-256", "9f2c" * 8, "8293" * 8], "SHA-256 " + "9f2c" * 8 + "8293" * 8, id="SHA-256"),
        pytest.param(["9f2c" * 8, "8293" * 8], "9f2c" * 8 + " " + "8293" * 8, id="two MD5"),
        pytest.param(["hash " + "9f2c" * 6, "8293" * 4 + "."], "hash " + "9f2c" * 6 + "8293" * 4 + ".", id="SHA-1"),
        pytest.param(["at 198.51.", "100[.]23 and"], "at 198.51.100[.]23 and", id="address"),
        pytest.param(["weakness CVE-2026-", "10102."], "weakness CVE-2026-10102.", id="CVE"),
        pytest.param(["the domain tarn\ufffe", "update[.]example"], "the domain tarn-update[.]example", id="domain"),
        pytest.param(["it was vul\ufffe", "nerable"], "it was vulnerable", id="word"),
        pytest.param(["version 1.2.", "3 of them"], "version 1.2. 3 of them", id="no address"),
    ],
)
def test_values_divided_at_the_end_of_a_line(lines: list[str], expected: str) -> None:
    found = find_paragraphs([Line(text, 1, 842) for text in lines])
    assert " ".join(paragraph.text for paragraph in found) == expected
