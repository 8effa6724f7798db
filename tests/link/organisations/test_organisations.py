"""Finds the organisations of an article, with all that it calls them."""

import json
import sys

import pytest
from paths import ROOT
from timing import takes_less

from incidex.ingest.plain import from_text
from incidex.link.names.find import find_names
from incidex.link.organisations import find_organisations
from incidex.records import Argument, Document, Entity, EntityKind, Event, EventMention, Sentence, Span
from incidex.text.sentences import document_sentences


def _find(text: str) -> dict[str, list[str]]:
    sentences = [Sentence(Span(start, end)) for start, end in _lines(text)]
    found = find_organisations(Document(text), sentences)
    assert all(entity.kind is EntityKind.ORGANISATION and not entity.candidates for entity in found)
    return {entity.name: [span.of(text) for span in entity.mentions] for entity in found}


def _lines(text: str) -> list[tuple[int, int]]:
    """One line is one sentence."""
    bounds, start = [], 0
    for line in text.splitlines(keepends=True):
        bounds.append((start, start + len(line.rstrip())))
        start += len(line)
    return bounds


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("The retailer Ostrel closed its tills.", {"Ostrel": ["Ostrel"]}, id="noun in front"),
        pytest.param("At Fenwright, a chain of chemists, all is well.", {"Fenwright": ["Fenwright"]}, id="apposition"),
        pytest.param("It hit Ordway Holdings.", {"Ordway Holdings": ["Ordway Holdings"]}, id="form"),
        pytest.param("The flaw is old, Ostrel said.", {"Ostrel": ["Ostrel"]}, id="verb of saying"),
        pytest.param("On Friday Ostrel said so.", {"Ostrel": ["Ostrel"]}, id="verb"),
        pytest.param("A researcher at Ostrel saw it.", {"Ostrel": ["Ostrel"]}, id="role"),
        pytest.param("It hit Ostrel Clinics.", {"Ostrel Clinics": ["Ostrel Clinics"]}, id="kind of company"),
        pytest.param(
            "It hit Ostrel Clinics.\nOstrel paid.\nIt is not part of Ostrel Energy.",
            {"Ostrel Clinics": ["Ostrel Clinics", "Ostrel"], "Ostrel Energy": ["Ostrel Energy"]},
            id="short form of the name before it",
        ),
        pytest.param("Mr Ostrel said so.", {}, id="title"),
        pytest.param("Jane Ostrel saw it.\nThen Ostrel said so.", {}, id="surname"),
        pytest.param("Officials in Norway said so.\nNorway said so.", {}, id="place"),
        pytest.param("Attackers used Windows Server.\nThen Windows said so.", {}, id="product"),
        pytest.param("HALLBERG — The firm Ostrel paid.", {"Ostrel": ["Ostrel"]}, id="dateline"),
        pytest.param("Carmaker Ostrel paid.", {"Ostrel": ["Ostrel"]}, id="noun that begins a sentence"),
        pytest.param("See the firm Ostrel.example for it.", {}, id="address"),
        pytest.param(
            "The Cybersecurity and Infrastructure Security Agency warned. CISA said so.",
            {
                "Cybersecurity and Infrastructure Security Agency": [
                    "Cybersecurity and Infrastructure Security Agency",
                    "CISA",
                ]
            },
            id="and inside",
        ),
        pytest.param(
            "The Federal Office for Rail Safety (BRS) warned.\nThe BRS said so.",
            {"Federal Office for Rail Safety": ["Federal Office for Rail Safety", "BRS", "BRS"]},
            id="initials from another language",
        ),
        pytest.param(
            "They got in through a Citrix gateway.\nThe company said so.",
            {"Citrix": ["Citrix"]},
            id="product of a maker",
        ),
    ],
)
def test_names(text: str, found: dict[str, list[str]]) -> None:
    assert _find(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Tools & Resources\nThe mill paid.", [], id="heading"),
        pytest.param("Threat Emulation Software\nThe mill paid.", [], id="heading with an ending of names"),
        pytest.param("Victims\nOrdway Ltd\nThe mill paid.", ["Ordway Ltd"], id="line with a legal form"),
        pytest.param("They used Remote Services and Lateral Movement.", [], id="techniques"),
        pytest.param("It took passwords from Password Stores, and Zero Trust failed.", [], id="methods"),
        pytest.param("The mill lost its Essential Services.", [], id="technical phrase"),
        pytest.param("Press Download & Upload to go on.", [], id="ampersand between plain words"),
        pytest.param("The server sent Mozilla/5.0 to them.", [], id="version behind a slash"),
        pytest.param("The keys are RSA 2048 now.", [], id="number of an algorithm"),
        pytest.param("It has an RSA public key.", [], id="key"),
        pytest.param("The CIA triad is old.", [], id="triad"),
        pytest.param("It is a PE32 executable (GUI) Intel 80386.", [], id="processor"),
        pytest.param("It runs on Windows 10 and Office 365.", [], id="product with a number"),
        pytest.param("It was read three Times in May.", [], id="name that needs an article"),
        pytest.param("The Times said so.", ["Times"], id="name with its article"),
        pytest.param("Obviously said too much, it paid.", [], id="adverb"),
        pytest.param("He told hackers from North Korea so.", [], id="place of two words"),
        pytest.param("They saw a DHL-themed letter.", [], id="compound"),
        pytest.param("Analyst Jan Roelof saw it.\nThen Roelof said so.", [], id="first name that is a month"),
        pytest.param("A researcher at Quillon 471 saw it.", ["Quillon 471"], id="number in a name"),
        pytest.param("On Friday Quillon 471 said so.", ["Quillon 471"], id="number in a name that speaks"),
        pytest.param("It was told to Unit 61 of Brim Networks.", ["Unit 61", "Brim Networks"], id="numbered unit"),
        pytest.param("Unit 61398 denied it.", ["Unit 61398"], id="numbered unit at the beginning"),
        pytest.param("In May 2017 Ostrel said so.", ["Ostrel"], id="year"),
        pytest.param("In 2013, the Online Rail Alliance logged it.", ["Online Rail Alliance"], id="behind the article"),
        pytest.param("Microsoft’s Harbour Crimes Unit shut it.", ["Microsoft", "Harbour Crimes Unit"], id="unit"),
        pytest.param("It was told to Ostrel chief security officer Jane Roe.", ["Ostrel"], id="officer"),
        pytest.param(
            "The grocer Vellum paid.\nStaff at Vellum Stores Eastgate waited.\nThen Vellum Stores sold bread.",
            ["Vellum Stores", "Vellum Stores Eastgate"],
            id="branch",
        ),
    ],
)
def test_which_names_are_those_of_organisations(text: str, found: list[str]) -> None:
    assert list(_find(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "It quotes another paper from the Centre for Rail and Harbour Studies (CRHS).",
            ["Centre for Rail and Harbour Studies"],
            id="initials in brackets spell out a name with and",
        ),
        pytest.param(
            "The agency and Ostrel Labs and Tolland Systems (TS) met.",
            ["Ostrel Labs", "Tolland Systems"],
            id="initials spell out the second name alone",
        ),
        pytest.param(
            "The US Grain and Cattle Commission warned.",
            ["US Grain and Cattle Commission"],
            id="and behind a country and one word",
        ),
        pytest.param(
            "It told the Freight and Ferries Committee.", ["Freight and Ferries Committee"], id="committee with and"
        ),
        pytest.param(
            "It told the Office of Harbour Safety.", ["Office of Harbour Safety"], id="first word is also a product"
        ),
        pytest.param("It told the Kubernetes Foundation.", ["Kubernetes Foundation"], id="foundation of a product"),
        pytest.param("It opened the Windows Server.", [], id="product with a plain ending"),
        pytest.param(
            "It told the Microsoft Harbour Response Team.",
            ["Microsoft Harbour Response Team"],
            id="unit of a known one",
        ),
        pytest.param("Solway Court's subscribers were told.", ["Solway Court"], id="what no person has"),
        pytest.param("It wrote to Solway Court customers.", ["Solway Court"], id="customers of two words"),
        pytest.param("Our Digital Ledger customers pay.", [], id="customers of a product in plain words"),
        pytest.param("Jane Roe's house was searched.", [], id="what a person has"),
        pytest.param("It joined the Harbour Task Force.", ["Harbour Task Force"], id="task force"),
        pytest.param("It tried Brute Force.", [], id="brute force"),
        pytest.param("It was heard by the Kestrel Crown Court.", ["Kestrel Crown Court"], id="court"),
        pytest.param("It told Neiman Marcus.", ["Neiman Marcus"], id="known name of two words"),
        pytest.param("Don't panic: we've closed it. We’ve told analysts.", [], id="contractions"),
        pytest.param("Effective analysts know it.", [], id="adjective that begins a sentence"),
        pytest.param("Disgruntled employees took it.", [], id="participle that begins a sentence"),
        pytest.param("He read it in The Star.", ["Star"], id="the inside a name"),
        pytest.param("1. The Loader loads it.", [], id="the behind a number"),
        pytest.param("He read The Art of War.", [], id="title of a book"),
        pytest.param("It told the SOC analysts.", [], id="abbreviation of the trade"),
        pytest.param("CVE-2020-1234 & CVE-2020-1235 are fixed.", [], id="numbers joined by and"),
        pytest.param("It hit Norway & Iceland.", [], id="countries joined by and"),
        pytest.param("Operation Pantile is old.\nThe Pantile campaign began in May.", [], id="campaign of attackers"),
    ],
)
def test_kinds_of_names(text: str, found: list[str]) -> None:
    assert list(_find(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Ordway Freight Holdings Inc. paid.\nThe company is slow.\nNow Ordway’s shares fell.",
            {"Ordway Freight Holdings Inc": ["Ordway Freight Holdings Inc", "The company", "Ordway"]},
            id="short form and description",
        ),
        pytest.param(
            "The Halden Department of Roads (HDR) paid.\nThen HDR stopped.\nNo data left the agency.",
            {"Halden Department of Roads": ["Halden Department of Roads", "HDR", "HDR", "the agency"]},
            id="initials in brackets",
        ),
        pytest.param(
            "Western Lantern Inc paid.\nThen WL said it was sorry.",
            {"Western Lantern Inc": ["Western Lantern Inc", "WL"]},
            id="initials that nothing introduces",
        ),
        pytest.param(
            "The firms were slow: the retailer Ostrel and the insurer Merrow.\nThe company said nothing.",
            {"Ostrel": ["Ostrel"], "Merrow": ["Merrow"]},
            id="two candidates",
        ),
        pytest.param("The retailer Ostrel paid.\nThe hospital did not.", {"Ostrel": ["Ostrel"]}, id="another kind"),
        pytest.param(
            "The retailer Ostrel paid.\nThe company that sold the lock did not.", {"Ostrel": ["Ostrel"]}, id="relative"
        ),
        pytest.param(
            "The firm, Tolland & Pryce, disputed this.", {"Tolland & Pryce": ["The firm", "Tolland & Pryce"]}, id="both"
        ),
        pytest.param(
            "Oslo-based Ostrel Inc paid.\nThe Oslo-based firm is slow.\nThe media company is not.",
            {"Ostrel Inc": ["Ostrel Inc", "The Oslo-based firm"]},
            id="descriptions with more words",
        ),
    ],
)
def test_one_organisation(text: str, found: dict[str, list[str]]) -> None:
    assert _find(text) == found


def test_a_party_its_campaign_and_its_candidate() -> None:
    text = (
        "Hackers entered the mailboxes of Aline Varnier’s campaign team.\n"
        "Ms Varnier’s Plein Vent! party confirmed it.\n"
        "Another party, the Northern Democratic Party, was hit as well.\n"
        "They used the names of Plein Vent to enter the campaign’s computers.\n"
        "A phishing campaign came before."
    )
    mentions = ["Aline Varnier’s campaign team", "Plein Vent!", "Plein Vent", "the campaign"]
    assert _find(text) == {"Plein Vent!": mentions, "Northern Democratic Party": ["Northern Democratic Party"]}


def test_headlines_are_searched_for_names_of_the_article() -> None:
    text = "Ostrel Pays Large Ransom To Unknown Hackers\nThe retailer Ostrel paid."
    assert _find(text) == {"Ostrel": ["Ostrel", "Ostrel"]}


def test_events_say_what_is_an_organisation() -> None:
    text = "Thieves robbed Ostrel in spring."
    span = Span(text.index("Ostrel"), text.index("Ostrel") + len("Ostrel"))
    sentences = [Sentence(Span(0, len(text)))]

    def names(argument: Argument) -> list[str]:
        event = Event((EventMention(Span(8, 14), "AttackDatabreach", arguments=(argument,)),))
        return [one.name for one in find_organisations(Document(text), sentences, events=(event,))]

    assert names(Argument(span, "Organization", "Victim")) == ["Ostrel"]
    assert names(Argument(span, "Organization", "Attacker")) == []
    assert names(Argument(span, "Person", "Victim")) == []


def test_what_names_an_actor_names_no_organisation() -> None:
    text = "The company Night Ledger Inc paid."
    start = text.index("Night")
    other = Entity("Night Ledger Inc", EntityKind.INTRUSION_SET, (Span(start, start + len("Night Ledger Inc")),))
    assert find_organisations(Document(text), [Sentence(Span(0, len(text)))], others=[other]) == ()


def test_spans_are_mentions_of_one_entity_only() -> None:
    for path in sorted((ROOT / "tests" / "cases" / "events").glob("*.json")):
        document = from_text(json.loads(path.read_text("utf-8"))["content"])
        sentences = document_sentences(document)
        names = find_names(document, sentences)
        spans = [
            span for one in (*names, *find_organisations(document, sentences, others=names)) for span in one.mentions
        ]
        assert len(set(spans)) == len(spans)
        ordered = sorted(spans)
        assert all(left.end <= right.start for left, right in zip(ordered, ordered[1:], strict=False)), path.stem


@pytest.mark.parametrize("part", ["tune", "held"])
def test_own_articles(part: str) -> None:
    """Nothing that is found in our own articles is wrong, and most of what is annotated is found."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        from organisations import measure
    finally:
        sys.path.pop(0)
    gold = json.loads((ROOT / "tests" / "cases" / "organisations.json").read_text("utf-8"))["articles"]
    counts = measure({name: one for name, one in gold.items() if name.startswith("own/")}, ROOT, part, "none")
    assert counts.articles == 11
    assert counts.right == counts.found
    assert counts.right_pairs >= 0.9 * counts.found_pairs
    assert counts.right >= 0.75 * counts.gold


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A" * 500_000, id="one token"),
        pytest.param("Ab " * 100_000, id="names"),
        pytest.param("Ab & " * 60_000, id="joined names"),
        pytest.param("Department of " * 40_000, id="of"),
        pytest.param("Ostrel, a " * 40_000, id="appositions"),
        pytest.param("the " * 100_000 + "company", id="determiners"),
        pytest.param("the company " * 40_000, id="descriptions"),
        pytest.param("’" * 500_000, id="quotes"),
        pytest.param("A-" * 300_000, id="hyphens"),
        pytest.param(" ".join(f"Ab{number} Inc said" for number in range(10_000)), id="many organisations"),
        pytest.param("\n".join(f"The firm Ab{number} paid. The company did." for number in range(4_000)), id="lines"),
    ],
)
def test_hostile_text_takes_seconds(text: str) -> None:
    sentences = [Sentence(Span(start, end)) for start, end in _lines(text)]
    assert takes_less(6, lambda: find_organisations(Document(text), sentences))
