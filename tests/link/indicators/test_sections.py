"""Headings, titles and sentences with a colon say what a list is about."""

import pytest

from incidex.ingest.plain import from_text
from incidex.link.indicators.sections import Sections
from incidex.records import Span

HEAD = "Kestrel in depth\n\nThe loader is sold in forums and has been seen in four countries since January.\n\n"


def sections(text: str) -> Sections:
    document = from_text(text)
    return Sections(document, document.blocks)


@pytest.mark.parametrize(
    ("above", "kind"),
    [
        pytest.param("Indicators of compromise\n\n", "indicators", id="a heading"),
        pytest.param("6 Indicators of compromise\n\n6.1 Files\n\n", "indicators", id="a heading below another"),
        pytest.param("The malware contacts these servers:\n\n", "indicators", id="a sentence"),
        pytest.param("The malware also contacts these legitimate sites:\n\n", "other", id="a sentence about others"),
        pytest.param("Victims listed as victims so far:\n\n", "victims", id="a sentence about victims"),
        pytest.param("Affected versions of the server:\n\n", "other", id="a sentence about versions"),
        pytest.param("", "other", id="nothing"),
    ],
)
def test_what_a_list_is_about(above: str, kind: str) -> None:
    text = f"{HEAD}{above}VALUE-1\n"
    found = sections(text)
    assert found.at(text.index("VALUE-1")).kind == kind


def test_a_paragraph_ends_the_list_of_a_sentence() -> None:
    text = f"{HEAD}The malware contacts these servers:\n\nVALUE-1\n\n{HEAD}VALUE-2\n"
    assert sections(text).at(text.rindex("VALUE-2")).kind == "other"


def test_the_short_line_above_a_list_is_its_label() -> None:
    text = f"{HEAD}JA3 fingerprints\n\ne7d705a3286e19ea42f587b344ee6865\n\nVALUE-1\n"
    assert sections(text).label_at(text.index("e7d7")) == "JA3 fingerprints"


@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("VALUE-1", True),
        ("- VALUE-1 (loader, first seen in May)", True),
        ("| domain | VALUE-1 | one of many sites that the loader has used for its orders since May |", True),
        ("The loader was sent from VALUE-1 to the staff of the ferry company in May and in June.", False),
        ("It fell back to VALUE-1 then.", False),
    ],
)
def test_an_entry_of_a_list_is_no_sentence(line: str, listed: bool) -> None:
    text = f"{HEAD}{line}\n"
    start = text.index("VALUE-1")
    assert sections(text).is_listed([Span(start, start + 7)]) is listed
