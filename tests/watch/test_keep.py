"""Rules by what a report says, and files of rules."""

from dataclasses import replace
from pathlib import Path

import pytest

from incidex.errors import InputError
from incidex.ingest.plain import from_text
from incidex.pipeline import analyse
from incidex.records import Analysis
from incidex.watch.keep import Plan, Rules, read_plan, reason_to_leave_out

FERRY = (
    "Norhaven ferry line robbed\n\nFancy Bear stole the personal data of 400 passengers of Kestrel Ferries, it "
    "said on Tuesday. It blamed a flaw, CVE-2024-1111. The hackers, Fancy Bear, attacked Kestrel Ferries in Norhaven.\n"
)
WEATHER = "Fine weather\n\nThe weather in Norhaven will be fine on Sunday, said the forecasters of Port Alder.\n"


@pytest.fixture(scope="module")
def ferry() -> Analysis:
    return analyse(replace(from_text(FERRY), published_at="2024-03-12"))


@pytest.fixture(scope="module")
def weather() -> Analysis:
    return analyse(replace(from_text(WEATHER), published_at="2024-03-12"))


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        pytest.param(Rules(), "", id="no rule"),
        pytest.param(Rules(events=True), "", id="an event"),
        pytest.param(Rules(types=("breach",)), "", id="part of a type"),
        pytest.param(Rules(types=("ransom", "breach")), "", id="one of two"),
        pytest.param(Rules(types=("ransom",)), "it reports no ransom", id="another type"),
        pytest.param(Rules(victims=("kestrel",)), "", id="part of a victim"),
        pytest.param(Rules(victims=("Marrow Bank",)), "its victim is not Marrow Bank", id="another victim"),
        pytest.param(Rules(actors=("fancy bear",)), "", id="an actor"),
        pytest.param(Rules(actors=("APT28",)), "", id="an actor under another name"),
        pytest.param(Rules(actors=("Lazarus",)), "its actor is not Lazarus", id="another actor"),
        pytest.param(Rules(countries=("norhaven",)), "", id="a country"),
        pytest.param(Rules(countries=("Norh",)), "it is not about Norh", id="part of a word"),
        pytest.param(Rules(cves=("CVE-2024-1111",)), "", id="a CVE number"),
        pytest.param(Rules(cves=("cve-2024",)), "", id="the beginning of one"),
        pytest.param(Rules(cves=("CVE-2023-1",)), "it does not name CVE-2023-1", id="another one"),
        pytest.param(Rules(types=("breach",), victims=("Marrow",)), "its victim is not Marrow", id="all have to fit"),
    ],
)
def test_what_is_kept(ferry: Analysis, rules: Rules, reason: str) -> None:
    assert reason_to_leave_out(ferry, rules) == reason


@pytest.mark.parametrize("rules", [Rules(events=True), Rules(countries=("Norhaven",)), Rules(types=("breach",))])
def test_a_report_of_no_event_fits_no_rule(weather: Analysis, rules: Rules) -> None:
    assert reason_to_leave_out(weather, rules) == "it reports no event"
    assert reason_to_leave_out(weather, Rules()) == ""


def test_a_file_of_rules(tmp_path: Path) -> None:
    file = tmp_path / "watch.toml"
    file.write_text(
        'sources = ["https://w.example/feed", "mail"]\nevery = 30\n[keep]\nevents = true\ntypes = ["ransom"]\n', "utf-8"
    )
    assert read_plan(file) == Plan(
        ("https://w.example/feed", str(tmp_path / "mail")), 30, Rules(events=True, types=("ransom",))
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("sources = 7", "sources has to be a list of texts"),
        ("sources = [7]", "sources has to be a list of texts"),
        ("every = true", "every has to be a number"),
        ("every = 0", "every is a number of minutes from 1 to 10080, not 0"),
        ("feeds = []", "unknown setting feeds.\nThere are sources, every, keep"),
        ("keep = 7", "keep has to be a table"),
        ("[keep]\nevents = 1", "keep.events has to be true or false"),
        ("[keep]\nkinds = []", "unknown setting keep.kinds"),
        ('[keep]\ntypes = ["burglary"]', "'burglary' is not an event type"),
        ("sources = [", "is not TOML"),
    ],
)
def test_what_is_wrong_in_a_file_of_rules_is_said(content: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "watch.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError) as raised:
        read_plan(file)
    assert reason in str(raised.value)
