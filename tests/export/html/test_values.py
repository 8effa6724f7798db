"""The tables of times and quantities: the words, and what they stand for."""

from typing import Any

from incidex.export.html.markup import Html
from incidex.export.html.values import to_quantities, to_times
from incidex.records import Analysis, Document
from incidex.text.blocks.find import find_blocks
from incidex.text.quantities import find_quantities
from incidex.text.times.find import find_times

TEXT = (
    "Thieves stole up to 9 GB from the clinic on Monday, it said on Tuesday. The 9 GB were sold since last month.\n\n"
    "On Monday it had 40 patients. For three weeks nobody saw it, until January. The 40 patients work on.\n"
)


def parsed(written: str) -> Any:
    from lxml import html

    return html.fromstring(f"<div>{written}</div>")


def analysis(published_at: str | None = "2024-03-14") -> Analysis:
    document = Document(TEXT, blocks=find_blocks(TEXT), published_at=published_at)
    return Analysis(document, (), "m", times=find_times(document), quantities=find_quantities(document))


def cells(section: Html) -> list[list[str]]:
    return [[" ".join(cell.text_content().split()) for cell in line] for line in parsed(section).iter("tr")][1:]


def test_times() -> None:
    counted = "day, counted from the day of publication"
    assert cells(to_times(analysis())) == [
        ["Monday 2 times", "2024-03-11", counted],
        ["Tuesday", "2024-03-12", counted],
        ["last month", "since 2024-02", "month, counted from the day of publication"],
        ["three weeks", "P3W", "duration"],
        ["January", "until 2024-01", "month, counted from the day of publication"],
    ]


def test_a_time_without_a_value_says_why() -> None:
    assert cells(to_times(analysis(None)))[0] == [
        "Monday 2 times",
        "unknown",
        "day. The date of publication is unknown.",
    ]


def test_quantities() -> None:
    assert cells(to_quantities(analysis())) == [
        ["up to 9 GB", "at most 9 GB", "data-volume"],
        ["9 GB", "9 GB", "data-volume"],
        ["40 patients 2 times", "40 patients", "people"],
    ]


def test_without_any_there_is_no_table() -> None:
    empty = Analysis(Document("It ran."), (), "m")
    assert (to_times(empty), to_quantities(empty)) == ("", "")
