"""Checks the claims of the texts in `cases/claims.yaml`, the parts of a claim, and how long hostile texts take."""

import re
from typing import Any

import pytest
import yaml
from paths import ROOT
from timing import grows_less, takes_less

from incidex.claims import find_claims
from incidex.ingest.casie_events import read_annotated
from incidex.records import Argument, BlockKind, Claim, Document, Event, EventMention, Realis, Sentence, Span
from incidex.text.sentences import document_sentences, split_sentences

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "claims.yaml").read_text("utf-8"))
ALL = [
    pytest.param(case, id=f"{group}-{number}")
    for group, cases in CASES.items()
    for number, case in enumerate(cases, start=1)
]
ROLES = {"A": ("Person", "Attacker"), "N": ("Number", "Number-of-Data"), "T": ("Time", "Time")}
_MARK = re.compile(r"\[(?P<event>2 )?(?P<trigger>[^\]]+)\]|\{(?P<role>[ANT]) (?P<argument>[^}]+)\}")


def marked(text: str, realis: Realis = Realis.ACTUAL) -> tuple[str, tuple[Event, ...]]:
    """Return a text without its marks, and the events that they mark; arguments belong to the first."""
    plain, end = "", 0
    triggers: dict[str, Span] = {}
    arguments = []
    for match in _MARK.finditer(text):
        plain += text[end : match.start()]
        words = match["trigger"] or match["argument"]
        span = Span(len(plain), len(plain) + len(words))
        if match["trigger"]:
            triggers[match["event"] or "1"] = span
        else:
            arguments.append(Argument(span, *ROLES[match["role"]]))
        plain, end = plain + words, match.end()
    plain += text[end:]
    events = (
        Event((EventMention(span, "AttackDatabreach", realis, tuple(arguments if index == 0 else ()), 0.5),))
        for index, span in enumerate(triggers.values())
    )
    return plain, tuple(events)


def claims_of(text: str, realis: Realis = Realis.ACTUAL) -> tuple[str, tuple[Claim, ...]]:
    plain, events = marked(text, realis)
    document = Document(plain)
    return plain, find_claims(document, document_sentences(document), events, all_marked=True)


def written(claim: Claim, text: str) -> str:
    target = claim.accused or claim.value or claim.trigger
    who = claim.claimant.name.of(text) if claim.claimant else "-"
    return f"{claim.kind} | {who} | {target.of(text) if target else ''}"


def test_there_are_many_cases() -> None:
    assert len(ALL) >= 100
    texts: list[Any] = [case.values[0] for case in ALL]
    assert len({case["text"] for case in texts}) == len(ALL)


@pytest.mark.parametrize("case", ALL)
def test_case(case: dict[str, object]) -> None:
    text, claims = claims_of(str(case["text"]))
    assert sorted(written(claim, text) for claim in claims) == sorted(case["claims"])  # type: ignore[call-overload]
    assert all(claim.quoted is case.get("quoted", False) for claim in claims)


def only(text: str) -> tuple[str, Claim]:
    plain, claims = claims_of(text)
    assert len(claims) == 1
    return plain, claims[0]


def test_the_parts_of_a_claimant_are_told_apart() -> None:
    text, claim = only("Vito Kremm, director of research with cyber firm Flaxpoint, said thieves [stole] the records.")
    assert claim.claimant
    parts = (claim.claimant.person, claim.claimant.role, claim.claimant.organisation)
    assert [part.of(text) if part else None for part in parts] == ["Vito Kremm", "director of research", "Flaxpoint"]


@pytest.mark.parametrize(
    ("who", "person", "organisation"),
    [
        ("Marlowe & Finch", None, "Marlowe & Finch"),
        ("The Cybersecurity and Rail Security Agency", None, "Cybersecurity and Rail Security Agency"),
        ("The Federal Office for Rail Security (FRS)", None, "Federal Office for Rail Security"),
        ("Security firm Marlowe Finch", None, "Marlowe Finch"),
        ("The Port of Brandt", None, "Port of Brandt"),
        ("A spokesman for the Ministry of Health in Brandt", None, "Ministry of Health"),
        ("Police in Lower Penn", None, "Police"),
        ("Prime Minister Jane Roe", "Jane Roe", None),
        ("Kremm of Flaxpoint", "Kremm", "Flaxpoint"),
        ("A filing with the Penn Commission", None, None),
    ],
)
def test_the_whole_name_of_an_organisation_is_one(who: str, person: str | None, organisation: str | None) -> None:
    text, claim = only(f"{who} said thieves [stole] the records.")
    assert claim.claimant
    parts = (claim.claimant.person, claim.claimant.organisation)
    assert [part.of(text) if part else None for part in parts] == [person, organisation]


@pytest.mark.parametrize(
    "said",
    ["A previously unknown group [stole] the records, Acme said.", "In May thieves [stole] the records, Acme said."],
)
def test_a_month_and_an_adjective_are_no_hedges(said: str) -> None:
    assert only(said)[1].hedges == ()


def test_a_claim_says_which_words_it_rests_on() -> None:
    text, claim = only("On Monday the company said that thieves [stole] the records.")
    assert (claim.words.of(text), claim.cue.of(text), claim.rule) == ("thieves stole the records", "said", "X said")


def test_the_score_is_the_model_s() -> None:
    assert only("Acme said that thieves [stole] the records.")[1].score == 0.5


@pytest.mark.parametrize(
    ("words", "kind", "band"),
    [
        ("probably", "likelihood", "likely"),
        ("almost certainly", "likelihood", "almost certain"),
        ("may have", "modal", None),
        ("allegedly", "hearsay", None),
    ],
)
def test_hedges_have_the_band_of_the_directive_or_none(words: str, kind: str, band: str | None) -> None:
    text, claim = only(f"Acme said that thieves {words} [stole] the records.")
    assert [(hedge.span.of(text), hedge.kind, hedge.band) for hedge in claim.hedges] == [(words, kind, band)]


def test_an_event_that_is_generic_is_nobody_s_claim() -> None:
    assert claims_of("Acme said that thieves [steal] records.", Realis.GENERIC)[1] == ()


def test_captions_are_not_read() -> None:
    text, events = marked("Acme said that thieves [stole] the records.")
    caption = Sentence(Span(0, len(text)), BlockKind.CAPTION)
    assert find_claims(Document(text), (caption,), events) == ()


@pytest.mark.parametrize(
    "unit",
    ["a", "“", '"', "said, ", "(", "1", ".", "the ", "\n", "according to ", " was behind"],
    ids=[
        "token",
        "quotes",
        "straight",
        "said",
        "brackets",
        "digits",
        "dots",
        "articles",
        "lines",
        "according",
        "behind",
    ],
)
def test_hostile_text_takes_time_in_proportion(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    document = Document(text)
    sentences = [Sentence(span) for span in split_sentences(text)] or [Sentence(Span(0, len(text)))]
    mentions = (EventMention(Span(place, place + 1), "AttackRansom") for place in range(0, len(text) - 1, 500))
    events = (Event(tuple(mentions)),)
    assert takes_less(10, lambda: find_claims(document, sentences, events))


@pytest.mark.parametrize("unit", ["He said it. ", "“A hack,” he said. "], ids=["said", "quoted"])
def test_a_long_text_without_events_costs_little(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    sentences = [Sentence(Span(start, start + len(unit))) for start in range(0, len(text), len(unit))]
    assert find_claims(Document(text), sentences, ()) == ()
    assert takes_less(1.5, lambda: find_claims(Document(text), sentences, ()))


def test_time_grows_in_proportion_where_events_are_dense() -> None:
    def claims(length: int) -> tuple[Claim, ...]:
        text = "He said it. " * (length // 12)
        sentences = [Sentence(Span(start, start + 12)) for start in range(0, len(text), 12)]
        events = (Event(tuple(EventMention(Span(i, i + 3), "AttackRansom") for i in range(0, len(text), 480))),)
        return find_claims(Document(text), sentences, events)

    assert grows_less(20, lambda: claims(60_000), lambda: claims(480_000))


def test_who_speaks_is_known_from_before_a_long_way_without_events() -> None:
    text, claims = claims_of("Jane Roe has left. " + "It rained. " * 100 + "She said thieves [stole] the records.")
    assert [written(claim, text) for claim in claims] == ["states | Jane Roe | stole"]


def test_quotation_marks_without_an_end_hold_nothing() -> None:
    text, claims = claims_of('"Thieves [stole] the records, and that is all. ' + "It rained. " * 400)
    assert (text[:1], claims) == ('"', ())


def test_own_articles_are_read_without_a_claim_outside_the_text() -> None:
    for path in sorted((ROOT / "tests" / "cases" / "events").glob("*.json")):
        article = read_annotated(path)
        sentences = document_sentences(article.document)
        for claim in find_claims(article.document, sentences, article.events, all_marked=True):
            assert claim.words.end <= len(article.document.text)
            assert claim.trigger or claim.accused or claim.rule == "disclosed a breach"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        pytest.param("Kestrel said that no names were leaked.", "denies", id="denied"),
        pytest.param("Kestrel said that it was working to contain the attack.", "states", id="the attack"),
        pytest.param("Kestrel told the paper that names were leaked.", "states", id="was leaked"),
        pytest.param("Kestrel announced that it is the target of a large cyberattack.", "states", id="target of one"),
        pytest.param("Police believe that the harbour's breach was older.", "suspects", id="somebody's breach"),
        pytest.param("Kestrel said that attacks are a nuisance.", None, id="any attack"),
        pytest.param("Kestrel said that ferries are likely to be attacked.", None, id="may be attacked"),
        pytest.param("Kestrel said that it has a plan in case of an attack.", None, id="in case of one"),
        pytest.param("The attack surprised Kestrel.", None, id="nobody says it"),
    ],
)
def test_what_is_said_of_an_attack_that_no_event_was_found_of(said: str, kind: str | None) -> None:
    text = f"Thieves robbed it.\n\n{said}"
    document = Document(text)
    events = (Event((EventMention(Span(8, 14), "AttackDatabreach"),)),)
    sentences = document_sentences(document)
    found = [claim.kind.value for claim in find_claims(document, sentences, events) if claim.words.start > 18]
    assert found == ([kind] if kind else [])
    assert find_claims(document, sentences, ()) == ()
