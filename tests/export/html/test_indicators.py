"""Checks the indicator table of the page."""

from incidex.export.html.indicators import to_indicators
from incidex.link.indicators import find_indicators
from incidex.records import Analysis, Block, BlockKind, Document, Span

TEXT = "The staff of Riverton fell for riverton-login[.]com. So riverton-login[.]com goes. It checks google.com first."


def analysis(text: str) -> Analysis:
    document = Document(text, (Block(Span(0, len(text)), BlockKind.BODY),))
    return Analysis(document, (), "none", indicators=find_indicators(document))


def test_each_value_has_one_row_and_means_of_attack_come_first() -> None:
    page = to_indicators(analysis(TEXT))
    assert page.count("<tr") == 3
    assert page.index("riverton-login.com") < page.index("google.com")
    assert "2 times" in page
    assert "imitates Riverton (affix)" in page


def test_no_value_is_a_link() -> None:
    assert "<a" not in to_indicators(analysis(TEXT))


def test_nothing_is_written_without_indicators() -> None:
    assert to_indicators(analysis("All is well.")) == ""
