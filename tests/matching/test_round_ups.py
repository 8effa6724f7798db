"""Round-ups: what is divided into items, and above all what is not."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest

from incidex.dossiers.build import dossier
from incidex.matching.merge import merge
from incidex.matching.profiles import headline, profiles
from incidex.matching.round_ups import items
from incidex.records import Analysis

Article = Callable[..., Analysis]

NEWSLETTER = """Good morning. This week a ferry line, a bank and a school network learned that passwords matter.

The ferry that lost its passengers

[Victim:Kestrel Ferries] said on Tuesday that thieves [breach:stole] the passport scans of 48,200 passengers from its \
booking system. The line, which is based in Port Alder, blamed a former partner.

A bank that phished itself

[Victim:Merrigold Bank] wanted to test its staff, and [phishing:sent fake invoices] to 16,000 customers. Its chief, \
Oda Brenner, apologised.

No blackboards

A gang [ransom:demanded] 12 bitcoin from [Victim:Lower Elbing Schools] after it had encrypted the servers.
Teachers in Elbing write with chalk again.

A reader that reads too much

[Product:Halcyon Reader] has [patch:closed] CVE-2024-90001, through which a page could read files.

A question from a reader

Petra from Linz asks whether she should change her passwords. Yes, Petra, you should."""

LIST = """[Victim:Fjord Cargo] was [ransom:hit by ransomware] on 3 May and paid 55,000 dollars.

In Norhaven, somebody [breach:stole] the files of patients from [Victim:Tessaly Hospital].

Clients of [Victim:Quorvex Insurance] got [phishing:letters that asked for their PIN].

Police officers of Grimsted say that [Victim:Marrow Bakery] was [breach:robbed of its recipes]."""

BACKGROUND = """Thieves [breach:stole] the passport scans of 48,200 passengers from [Victim:Kestrel Ferries].

The line said that its booking system in Port Alder had been open for a month.

It is not the first time. In March, [Victim:Tessaly Hospital] was [ransom:hit by ransomware].

In April, somebody [breach:robbed] [Victim:Marrow Bakery] of its recipes.

Kestrel Ferries has called the police, and [breach:the theft] is investigated."""

HEADED = """What happened

Thieves [breach:stole] the passport scans of 48,200 passengers from [Victim:Kestrel Ferries] in Port Alder.

What was taken

Names and passport numbers were in [breach:the stolen files], said Oda Brenner of Kestrel Ferries.

Who did it

A group called Grey Heron [ransom:demanded] 12 bitcoin from the ferry line on Friday."""

PATCHES = """[Product:Halcyon Reader] had a hole that [flaw:let attackers run programs], known as CVE-2024-90001.

A second one, CVE-2024-90002, [flaw:let them read] what stands in memory of [Product:Tabula Notes].

[Patch:]The third, CVE-2024-90003, was [patch:closed] in [Product:Brask Mail] as well.

The last, CVE-2024-90004, is [patch:fixed] in [Product:Orrery Cloud].""".replace("[Patch:]", "")


def _items(analysis: Analysis) -> list[str]:
    text = analysis.document.text
    return [
        " ".join(" ".join(s.span.of(text) for s in item.sentences).split())
        for item in items(analysis, headline(analysis))
    ]


def test_a_newsletter_has_its_headings_as_items(article: Article) -> None:
    analysis = article(NEWSLETTER, title="The Weekly Breach, issue 118")
    found = items(analysis, headline(analysis))
    assert [item.title for item in found] == [
        "The ferry that lost its passengers",
        "A bank that phished itself",
        "No blackboards: A gang demanded 12 bitcoin from Lower Elbing Schools after it had encrypted the servers.",
        "A reader that reads too much",
    ]
    texts = _items(analysis)
    assert texts[0].endswith("blamed a former partner.")
    assert texts[2].endswith("chalk again.")
    assert not any("Petra" in each or "Good morning" in each for each in texts)


def test_a_list_without_headings_has_its_paragraphs_as_items(article: Article) -> None:
    found = _items(article(LIST, title="Four attacks that you may have missed"))
    assert [each.split(" was ")[0].split(",")[0][:30] for each in found] == [
        "Fjord Cargo",
        "In Norhaven",
        "Clients of Quorvex Insurance g",
        "Police officers of Grimsted sa",
    ]


def test_a_list_has_its_entries_as_items(article: Article) -> None:
    text = "Attacks in May\n\n" + "\n".join(f"- {line}" for line in LIST.split("\n\n"))
    analysis = article(text, title="Attacks in May")
    found = items(analysis, headline(analysis))
    assert len(found) == 4
    assert found[0].title == "Fjord Cargo was hit by ransomware on 3 May and paid 55,000 dollars."


def test_a_catalogue_is_no_round_up(article: Article) -> None:
    entries = "\n".join(f"- Firm Xq{number}z was [breach:robbed]." for number in range(51))
    assert items(article(f"Attacks\n\n{entries}", title="Attacks in brief"), "Attacks in brief") == ()


def test_a_list_in_one_paragraph_has_its_sentences_as_items(article: Article) -> None:
    assert len(_items(article(" ".join(LIST.split()), title="Four attacks that you may have missed"))) == 4


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param("Thieves take passport scans of ferry passengers", BACKGROUND, id="background on other attacks"),
        pytest.param("What we know of the theft", HEADED, id="headings"),
        pytest.param("Weekly: what we know of the theft", HEADED, id="headings in a weekly paper"),
        pytest.param("Four weaknesses repaired", PATCHES, id="weaknesses that one release repairs"),
        pytest.param("Fjord Cargo, and others before it", LIST + "\n\nFjord Cargo is closed.", id="one comes again"),
        pytest.param("The bakery opens", "The bakery opens on Monday. Come.", id="no event"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_is_about_one_incident_is_not_divided(article: Article, title: str, text: str) -> None:
    analysis = article(text, title=title)
    assert items(analysis, headline(analysis)) == ()


FERRY = """[Victim:Kestrel Ferries] of Port Alder said that thieves [breach:stole] 48,200 passport scans. \
The scans of passengers lay in the booking system of Kestrel Ferries, and a former partner of the line is blamed. \
Passengers of Kestrel Ferries in Port Alder are told by letter."""
SCHOOLS = """All servers of [Victim:Lower Elbing Schools] were encrypted, and a gang [ransom:demanded] 12 bitcoin. \
Teachers of Lower Elbing Schools went back to chalk. The town of Elbing will not pay."""


@pytest.fixture
def reports(article: Article) -> tuple[Analysis, ...]:
    """Return a newsletter and two articles about incidents that are among its items."""
    return (
        article(NEWSLETTER, title="The Weekly Breach, issue 118", date="2024-05-10", publisher="Weekly Breach"),
        article(FERRY, title="Kestrel Ferries loses passport scans of passengers", date="2024-05-08", publisher="A"),
        article(SCHOOLS, title="Lower Elbing Schools held to ransom", date="2024-05-09", publisher="B"),
    )


def test_items_go_to_the_incidents_that_they_belong_to_in_any_order(reports: tuple[Analysis, ...]) -> None:
    letter, ferry, schools = (analysis.document.id for analysis in reports)
    for order in permutations(reports):
        found = {frozenset(incident.documents) for incident in merge(order)}
        assert found == {frozenset({letter, ferry}), frozenset({letter, schools}), frozenset({letter})}
        assert len(merge(order)) == 4


def test_an_item_keeps_its_id_whatever_becomes_of_others(reports: tuple[Analysis, ...]) -> None:
    letter = reports[0]
    before = {profile.id for profile in profiles(letter)}
    assert len(before) == 4
    fewer = [event for event in letter.events if event.event_type != "AttackPhishing"]
    after = {profile.id for profile in profiles(replace(letter, events=tuple(fewer)))}
    assert len(after) == 3
    assert after < before


def test_a_dossier_has_nothing_of_the_other_items(reports: tuple[Analysis, ...]) -> None:
    letter, ferry, _ = reports
    made = {profile.id: profile for analysis in reports for profile in profiles(analysis)}
    incident = next(i for i in merge(reports) if set(i.documents) == {letter.document.id, ferry.document.id})
    found = dossier(incident, (letter, ferry), [made[id] for id in incident.profiles])
    assert found.independent == 2
    assert [value.text for value in found.victims] == ["Kestrel Ferries"]
    assert {one.document for one in found.victims[0].evidence} == {letter.document.id, ferry.document.id}
    assert not any("Merrigold" in repr(part) or "bitcoin" in repr(part) for part in (found.statements, found.measures))
    assert {source.title for source in found.sources} == {
        "Kestrel Ferries loses passport scans of passengers",
        "The ferry that lost its passengers",
    }
