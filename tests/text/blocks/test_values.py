"""Data of a report (tables, fields, lists of victims and indicators) stays in the article, wherever it stands."""

import pytest

from incidex.records import BlockKind
from incidex.text.blocks.find import find_blocks

PROSE = "The loader called Fen was back in the mail of eleven clinics last week, the centre said on Monday."
HEAD = f"Fen loader returns to clinics\n\nBy Ann Lee\n3 March 2026\n\n{PROSE}\n\n"
FOOT = "\n\nShare this article\nSubscribe to our newsletter\n© 2026 Example Media"


def outside(text: str) -> list[str]:
    """Return the blocks that are not part of the article."""
    return [block.span.of(text) for block in find_blocks(text) if not block.kind.in_article]


def titles(text: str) -> list[str]:
    return [block.span.of(text) for block in find_blocks(text) if block.kind is BlockKind.TITLE]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            "Product: Marrow Desk\nVendor: Marrow Systems\nType: Path Traversal [CWE-35]\nSeverity: High", id="fields"
        ),
        pytest.param("Found by: Ann Lee\nPatched: no\nAttack from: the network", id="fields with unusual names"),
        pytest.param("| 3 May | Victim | Orvane Foods Limited |\n| 5 May | Victim | Tessaly University |", id="table"),
        pytest.param("3 May | Victim | Orvane Foods Limited\n5 May | Victim | Tessaly University", id="table, no edge"),
        pytest.param("- Orvane Foods and its shops\n- Tessaly University of the Coast", id="list"),
        pytest.param("3 May: Orvane Foods of the Coast\n5 May: Tessaly University of Norwick", id="timeline"),
        pytest.param(
            "\n".join(f"{name} and its many branches" for name in 2 * ("Orvane", "Reed", "Dunmore", "Averra", "Sable")),
            id="names one a line",
        ),
        pytest.param("28b41fbae3fec855c2f4779dde8d4e990d3e5ceede80a89bcf420a59459d8001", id="hash"),
        pytest.param("quill-mail[.]example is the server of the loader", id="defanged domain"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_data_above_the_first_paragraph_is_article(rows: str, gap: str) -> None:
    text = f"Quillon Labs Security Advisory\n\n{rows.replace(chr(10), gap)}\n\n{PROSE}"
    assert outside(text) == []
    assert titles(text) == ["Quillon Labs Security Advisory"]


@pytest.mark.parametrize(
    "listed",
    [
        "boss@fen-mail.example\nquill@fen-mail.example",
        "10\n20\n30",
        "fen-mail.example\nwww.reed-drop.example",
        "support/login\nshop",
        "invoice for March\ninvoice for May and June",
        "Jane Poe\nJohn Roe",
    ],
)
@pytest.mark.parametrize("heading", ["Indicators of compromise", "More indicators", "Network indicators:", "IOCs"])
def test_what_stands_under_an_indicator_heading_is_article(heading: str, listed: str) -> None:
    text = f"{HEAD}{heading}\n\n{listed}{FOOT}"
    assert set(outside(text)) == {"By Ann Lee", "3 March 2026", *FOOT.split("\n")[2:]}


def test_a_press_contact_below_the_indicators_is_none() -> None:
    text = f"{HEAD}Indicators\n\nfen@fen-mail.example\n\nContact\n\npress@quill.example{FOOT}"
    assert "press@quill.example" in outside(text)
    assert "fen@fen-mail.example" not in outside(text)


@pytest.mark.parametrize(
    "follows",
    [
        "Appendix 1: Servers",
        "Appendix A",
        "Annex B - the servers",
        "Indicators of compromise",
        "6. Network of the gang",
        "Timeline",
        "Recommendations",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_references_end_at_the_next_heading(follows: str, gap: str) -> None:
    lines = (
        "5. References",
        "[1] https://sable.example/fen",
        "[2] https://brim.example/a",
        follows,
        "reed.example",
    )
    found = outside(HEAD + gap.join(lines))
    assert set(lines[:3]) <= set(found)
    assert not {follows, "reed.example"} & set(found)


def test_numbered_references_do_not_end_at_the_number_of_their_heading() -> None:
    entries = "\n".join(f"{number}. A paper about Fen" for number in range(1, 8))
    assert len(outside(f"{HEAD}5. References\n{entries}")) == 2 + 8


def test_a_list_of_links_is_still_one() -> None:
    assert "More in security" in outside(f"{HEAD}More in security\nPort stands still for a third day")


def test_entries_of_a_timeline_are_not_joined() -> None:
    wrapped = "The works said that intruders had been seen in the network late\nlast week and that they had gone."
    entries = "2025-06-16: With no answer, Quillon Labs asks for an update\n2025-06-20: No answer for a month"
    text = f"Timeline\n\n{entries}\n3 July: Quillon Labs moves the date to the fourteenth of the month\n\n{wrapped}"
    assert len(find_blocks(text)) == 5
