"""The event table of a page: one row for each event, and links to where its words stand."""

from dataclasses import replace
from typing import Any

from incidex.export.html.events import to_key, to_table
from incidex.labels import scheme
from incidex.records import Analysis, Event


def parsed(written: str) -> Any:
    from lxml import html

    return html.fragment_fromstring(written)


def table(analysis: Analysis) -> Any:
    return parsed(to_table(analysis))


def cells(row: Any) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row]


def test_a_row_for_each_event(analysis: Analysis) -> None:
    first, second = table(analysis).xpath(".//tbody/tr")
    assert (first.get("id"), second.get("id")) == ("event-1", "event-2")
    assert cells(second)[:2] == ["2 AttackRansom Other", "pay <b>saltmarsh</b> a ransom"]
    assert cells(first)[0] == "1 AttackDatabreach Actual, Other"


def test_mentions_that_differ_in_realis_say_so(analysis: Analysis) -> None:
    triggers = [entry.text_content() for entry in table(analysis).xpath(".//*[@id='event-1']//li")]
    assert triggers == ["loses Actual", "stole Actual", "theft Other"]


def test_mentions_that_differ_in_type_say_so(analysis: Analysis) -> None:
    breach, ransom = analysis.events
    mixed = Event((*breach.mentions[:2], *ransom.mentions))
    triggers = [entry.text_content() for entry in table(replace(analysis, events=(mixed,))).xpath(".//li")]
    assert triggers == [
        "loses AttackDatabreach, Actual",
        "stole AttackDatabreach, Actual",
        "pay <b>saltmarsh</b> a ransom AttackRansom, Other",
    ]


def test_arguments_stand_by_role(analysis: Analysis) -> None:
    pairs = [
        (entry.xpath(".//dt")[0].text_content(), entry.xpath(".//dd")[0].text_content())
        for entry in table(analysis).xpath(".//*[@id='event-1']//dl/div")
    ]
    assert pairs == [
        ("Compromised-Data", "5,000 names of passengers"),
        ("Victim", "Ferry line; Alder Ferries. They; Alder  Ferries"),
        ("Attacker", "Thieves"),
        ("Number-of-Data", "5,000"),
    ]


def test_it_is_a_table_for_a_screen_reader(analysis: Analysis) -> None:
    found = table(analysis)
    assert found.xpath(".//caption")
    assert [head.get("scope") for head in found.xpath(".//th")] == ["col"] * 3 + ["row"] * 2
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    for element in found.iter(*roles):
        assert element.get("role") == roles[element.tag]


def test_without_events_it_says_so(analysis: Analysis) -> None:
    assert to_table(replace(analysis, events=())) == "<p>No event was found.</p>"


def test_the_key_explains_the_labels_that_there_are(analysis: Analysis) -> None:
    key = parsed(to_key(analysis))
    assert [name.text for name in key.xpath(".//dt")] == ["AttackDatabreach", "AttackPhishing", "AttackRansom"]
    assert key.xpath(".//dd")[2].text == scheme().event_types[2].reports
    assert to_key(Analysis(analysis.document, (), "fake-1")) == ""
