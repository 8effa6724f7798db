"""Outbreaks: what identifies one, and which reports it draws together."""

from collections import Counter
from collections.abc import Callable

import pytest

from incidex.matching.clusters import cluster
from incidex.matching.comparable import comparable
from incidex.matching.outbreaks import BONUS, focus_counts, outbreak_bonus
from incidex.matching.profiles import profiles
from incidex.records import Analysis, Profile

Analyse = Callable[..., Analysis]

OWN_STORY = {
    "Meridian Bank": "Tellers at Meridian Bank wrote cheques by hand, said Ada Lindqvist.",
    "Hollis Hospital": "Surgeons at Hollis Hospital sent patients to Farrow, said Per Odegaard.",
    "Brandt Rail": "Trains of Brandt Rail stood still near Oststadt, said Uwe Kessler.",
    "Quill Press": "Printers of Quill Press lost an edition, said Nora Whitlock.",
}


def report(analyse: Analyse, victim: str, story: str, day: int) -> Profile:
    text = f"The WannaCry worm [ransom:encrypted] the files of [Victim:{victim}]. WannaCry asks for bitcoin. {story}"
    return profiles(analyse(f"WannaCry hits {victim}", text, date=f"2017-05-{day:02}"))[0]


@pytest.mark.parametrize(
    ("few", "count", "expected"),
    [
        (Counter({"malware wannacry": 1000}), 4, BONUS),
        (Counter({"malware wannacry": 600}), 4, 0.6 * BONUS),
        (Counter({"malware wannacry": 400}), 4, 0.0),
        (Counter({"malware locky": 1000}), 4, 0.0),
        (Counter({"malware wannacry": 1000}), 3, 0.0),
    ],
)
def test_another_report_has_to_be_about_the_outbreak(few: Counter[str], count: int, expected: float) -> None:
    many = Counter({"malware wannacry": 1000 * count, "name hollis": 1000})
    assert outbreak_bonus(many, count, few, 1) == pytest.approx(expected)


def test_a_group_without_a_common_focus_gives_no_bonus() -> None:
    assert (
        outbreak_bonus(Counter({f"name {place}": 1000 for place in range(5)}), 5, Counter({"name 1": 1000}), 1) == 0.0
    )


def test_all_that_identifies_the_outbreak_counts() -> None:
    many = Counter({"malware samsam": 4000, "name atlanta": 4000})
    assert outbreak_bonus(many, 4, Counter({"malware samsam": 1000}), 1) == 0.0
    assert outbreak_bonus(many, 4, Counter({"malware samsam": 1000, "name atlanta": 1000}), 1) == BONUS


def test_malware_of_the_headline_is_fully_in_focus(analyse: Analyse) -> None:
    own = focus_counts(comparable(report(analyse, "Meridian Bank", OWN_STORY["Meridian Bank"], 13)))
    assert own["malware wannacry"] == 1000
    assert all(0 <= weight <= 1000 for weight in own.values())


def test_reports_of_an_outbreak_with_other_victims_are_one_incident(analyse: Analyse) -> None:
    first = [report(analyse, victim, story, 13) for victim, story in OWN_STORY.items()]
    assert len(cluster(first)) == 1
    later = profiles(
        analyse(
            "WannaCry gang empties its purses",
            "Whoever [ransom:extorted] money with WannaCry moved the bitcoin, said Ilse Maurer of Chainsight. "
            "WannaCry earned them little.",
            date="2017-05-17",
        )
    )[0]
    assert len(cluster([first[0], later])) == 2
    assert len(cluster([*first, later])) == 1
