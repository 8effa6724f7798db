"""Attackers and victims are told from those who speak of them."""

import pytest
from event_marks import mention, span_of

from incidex.events.participants import accused_as_attackers, with_participants
from incidex.records import Span

ORG, PERSON = "Organization", "Person"


def corrected(text, trigger, *arguments, event_type="AttackDatabreach", publisher=None):
    made = mention(text, trigger, *arguments, event_type=event_type)
    (found,) = with_participants([made], [Span(0, len(text))], text, publisher=publisher)
    return [(one.role, one.span.of(text)) for one in found.arguments]


@pytest.mark.parametrize(
    ("text", "trigger", "argument"),
    [
        pytest.param(
            "The Harbour Agency, the Coast Bureau, and the Ministry of Roads do not recommend paying ransoms.",
            "paying ransoms",
            ("Victim", ORG, "The Harbour Agency"),
            id="adviser in a list",
        ),
        pytest.param(
            "Alder Police is investigating the breach.", "breach", ("Victim", ORG, "Alder Police"), id="police"
        ),
        pytest.param(
            "The Alder Post learned of the leak on Friday.", "leak", ("Victim", ORG, "The Alder Post"), id="newspaper"
        ),
        pytest.param(
            "The researcher reported the leak.", "leak", ("Victim", PERSON, "The researcher"), id="researcher"
        ),
        pytest.param(
            "Anouk Roe, the researcher who first reported the leak, disputed that.",
            "the leak",
            ("Attacker", PERSON, "Anouk Roe"),
            id="researcher in apposition",
        ),
        pytest.param(
            "Kestrel confirmed a demand for money.", "a demand", ("Attacker", PERSON, "Kestrel"), id="victim confirms"
        ),
        pytest.param(
            "Kestrel told the Alder Post that it had been robbed of data.",
            "robbed",
            ("Attacker", PERSON, "the Alder Post"),
            id="newspaper that is told",
        ),
        pytest.param(
            "The registry team was told of two packages, which stole private keys.",
            "stole",
            ("Attacker", ORG, "The registry team"),
            id="whoever is told",
        ),
        pytest.param(
            "PORT ALDER, March 15 (Northern Wire) - Kestrel Ferries was hit by a theft of data.",
            "a theft",
            ("Victim", ORG, "PORT ALDER"),
            id="dateline",
        ),
        pytest.param(
            "He will publish the files, two people with knowledge of the matter said.",
            "publish",
            ("Victim", PERSON, "people"),
            id="unnamed sources",
        ),
        pytest.param(
            "It came from a supplier of bandages.", "came from", ("Trusted-Entity", ORG, "bandages"), id="goods"
        ),
        pytest.param("A clerk lost the data.", "lost", ("Victim", PERSON, "A"), id="determiner"),
        pytest.param("Fixed on 2024-03-22.", "Fixed", ("CVE", "CVE", "2024-03-22"), id="date for a number"),
    ],
)
def test_is_no_argument(text, trigger, argument):
    assert corrected(text, trigger, argument) == []


@pytest.mark.parametrize(
    ("text", "trigger", "argument", "role"),
    [
        pytest.param("Police blame the gang Hollow Fen for the theft.", "theft", "Hollow Fen", "Attacker", id="gang"),
        pytest.param("A group, which stole files, is back.", "stole", "A group", "Attacker", id="which stole"),
        pytest.param("Data was stolen by Hollow Fen.", "was stolen", "Hollow Fen", "Attacker", id="by"),
        pytest.param("Acme was hacked on Friday.", "was hacked", "Acme", "Victim", id="passive"),
    ],
)
@pytest.mark.parametrize("given", ["Attacker", "Victim"])
def test_grammar_gives_the_role(text, trigger, argument, role, given):
    assert corrected(text, trigger, (given, ORG, argument)) == [(role, argument)]


@pytest.mark.parametrize(
    ("text", "trigger", "argument"),
    [
        ("The activity cited by Ostrel may have been the intruder, back to exfiltrate data.", "exfiltrate", "Ostrel"),
        ("The files stolen in the attack described by Ostrel are back.", "stolen", "Ostrel"),
        ("The intrusion first noticed by the Norwick Council led to stolen files.", "stolen", "the Norwick Council"),
        ("A breach disclosed by Ostrel in May let thieves steal data.", "steal", "Ostrel"),
        ("The hole found by Brim Labs was used to steal data.", "steal", "Brim Labs"),
        ("Brim Health breach leads to thefts", "breach", "Brim Health"),
        ("Brim Health breach leads to thefts", "breach", "Brim"),
        ("The Orvane Foods data leak cost millions.", "data leak", "Orvane Foods"),
    ],
)
def test_who_tells_of_an_attack_or_suffers_it_is_no_attacker(text, trigger, argument):
    assert corrected(text, trigger, ("Attacker", ORG, argument)) == []


@pytest.mark.parametrize(
    ("text", "trigger", "argument"),
    [
        ("The files posted by Hollow Fen were stolen in May.", "stolen", "Hollow Fen"),
        ("The breach by Hollow Fen cost millions.", "breach", "Hollow Fen"),
        ("The gang Hollow Fen breached Ostrel.", "breached", "The gang Hollow Fen"),
        ("The Hollow Fen gang's data theft cost millions.", "data theft", "The Hollow Fen gang"),
        ("The Hollow Fen attack cost millions.", "attack", "The Hollow Fen"),
    ],
)
def test_who_attacks_stays_attacker(text, trigger, argument):
    assert corrected(text, trigger, ("Attacker", ORG, argument)) == [("Attacker", argument)]


def test_a_noun_in_front_of_people_is_no_organisation():
    given = (("Victim", ORG, "ferry"), ("Victim", PERSON, "passengers"))
    assert corrected("Hackers stole data of ferry passengers.", "stole", *given) == [("Victim", "passengers")]


def test_the_name_that_an_attacker_goes_by_is_an_attacker():
    text = "The extortionist, who calls himself “saltmarsh”, had demanded 4 bitcoin."
    given = (("Attacker", PERSON, "The extortionist"), ("Victim", ORG, "saltmarsh”"))
    expected = [("Attacker", "The extortionist"), ("Attacker", "saltmarsh")]
    assert corrected(text, "had demanded", *given, event_type="AttackRansom") == expected


@pytest.mark.parametrize(
    ("text", "trigger", "argument"),
    [
        pytest.param("Kestrel said that its data was stolen.", "was stolen", ("Victim", ORG, "Kestrel"), id="says"),
        pytest.param("Kestrel warned customers of a breach.", "breach", ("Victim", ORG, "Kestrel"), id="warns"),
        pytest.param("The hackers said they stole it.", "stole", ("Attacker", PERSON, "The hackers"), id="hackers say"),
        pytest.param("Hackers attacked the newspaper.", "attacked", ("Victim", ORG, "the newspaper"), id="hit"),
    ],
)
def test_stays(text, trigger, argument):
    assert corrected(text, trigger, argument) == [(argument[0], argument[2])]


def test_another_mention_decides_whether_a_speaker_is_the_attacker():
    text = "Saltmarsh said it was easy to steal them. The records were taken by Saltmarsh."
    spans = [Span(0, 41), Span(42, len(text))]
    by = mention(text, "were taken")
    second = mention(text[42:], "were taken", ("Attacker", PERSON, "Saltmarsh"))
    moved = tuple(
        type(one)(Span(one.span.start + 42, one.span.end + 42), PERSON, "Attacker") for one in second.arguments
    )
    first = mention(text, "steal", ("Attacker", PERSON, "Saltmarsh"))
    both = with_participants([first, type(by)(by.trigger, by.event_type, arguments=moved)], spans, text)
    assert [len(one.arguments) for one in both] == [1, 1]


def test_a_number_gets_all_its_characters():
    text = "It does not protect against CVE-2024-99002."
    assert corrected(text, "protect", ("CVE", "CVE", "CVE"), event_type="PatchVulnerability") == [
        ("CVE", "CVE-2024-99002")
    ]


def test_the_publisher_is_no_attacker():
    assert corrected("Fen Weekly saw the leak.", "leak", ("Attacker", ORG, "Fen Weekly"), publisher="Fen Weekly") == []


def test_whom_a_claim_accuses_is_an_attacker():
    text = "Alder blamed Hollow Fen for the theft."
    made = mention(text, "theft", ("Victim", ORG, "Hollow Fen"))
    (found,) = accused_as_attackers([made], [span_of(text, "Hollow Fen")])
    assert [one.role for one in found.arguments] == ["Attacker"]
