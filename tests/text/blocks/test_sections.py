"""Sections of a document: the headings above a position, and what the section is about."""

import pytest

from incidex.ingest.plain import from_text
from incidex.records import Block, BlockKind, Document, Span
from incidex.text.blocks.sections import heading_of, kind_of_heading, outline, section_kind

REPORT = """Kestrel Group moves on

The group went for eleven clinics in the spring, and it used the same tools that it had used before.

5. Indicators of compromise

5.1 Samples

28b41fbae3fec855c2f4779dde8d4e990d3e5ceede80a89bcf420a59459d8001

5.2 C&C servers

198.51.100.139

6. References

https://news.example/clinics

Appendix A: Domains

quill-hotels.example
"""


@pytest.mark.parametrize(
    ("words", "heading", "kind"),
    [
        ("28b41f", "Indicators of compromise > Samples", "indicators"),
        ("198.51", "Indicators of compromise > C&C servers", "indicators"),
        ("news.example", "References", "references"),
        ("quill-hotels", "Appendix A: Domains", "indicators"),
    ],
)
def test_headings_of_plain_text(words: str, heading: str, kind: str) -> None:
    document = from_text(REPORT)
    position = REPORT.index(words)
    assert heading_of(document, position) == heading
    assert section_kind(document, position) == kind


def test_above_the_first_heading_there_is_no_section() -> None:
    document = from_text("The mayor spoke on Monday about the attack on the hall, and said little.\n\nNobody asked.")
    assert heading_of(document, 0) == ""
    assert section_kind(document, 0) is None


def test_marked_headings_have_levels_and_a_subsection_keeps_the_kind() -> None:
    text = "IOCs\nWindows\nevil.example\nTimeline\nMay"
    kinds = [BlockKind.HEADING, BlockKind.HEADING, BlockKind.BODY, BlockKind.HEADING, BlockKind.BODY]
    levels = [2, 3, 0, 2, 0]
    blocks, start = [], 0
    for line, kind, level in zip(text.split("\n"), kinds, levels, strict=True):
        blocks.append(Block(Span(start, start + len(line)), kind, level=level))
        start += len(line) + 1
    found = outline(Document(text, tuple(blocks)))
    assert found.heading_of(text.index("evil")) == "IOCs > Windows"
    assert found.kind_of(text.index("evil")) == "indicators"
    assert found.kind_of(text.index("May")) == "timeline"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("## Indicators of Compromise (IOCs)", "indicators"),
        ("Appendix B – SHA-256", "indicators"),
        ("Annex 2", "appendix"),
        ("7. Recommended actions", "mitigations"),
        ("Known victims", "victims"),
        ("Who was affected?", "victims"),
        ("Timeline of the attack", "timeline"),
        ("Revision history", "timeline"),
        ("Domains", "indicators"),
        ("Domains are cheap", None),
        ("Sources:", "references"),
        ("Sources close to the matter", None),
    ],
)
def test_kind_of_heading(heading: str, kind: str | None) -> None:
    assert kind_of_heading(heading) == kind


def test_a_line_of_prose_or_a_value_is_no_heading() -> None:
    text = "Report\n\nIndicators were shared with partners in May, the centre said in a note.\n\nhash | name\n\nx"
    assert outline(from_text(text)).sections == ()
