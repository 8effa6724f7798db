"""What may never stand in a dossier, on every article of the project and on denials drawn at random."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merging import reported
from paths import ROOT

from incidex.dossiers.build import document_dossier
from incidex.english import lexicon
from incidex.export.dossier_words import quotation, verb
from incidex.export.terminal.dossier import to_terminal_dossier
from incidex.ingest import from_text, read
from incidex.ingest.casie_events import read_annotated
from incidex.pipeline import analyse
from incidex.records import Analysis, ClaimKind, Dossier, Evidence, Span, Statement, Status

ARTICLES = [
    *sorted((ROOT / "tests" / "cases" / "events").glob("*.json")),
    *sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".txt", ".html", ".eml")),
]
NEGATION = re.compile(
    r"\b(?:not|no|nobody|none|nothing|never|neither|without|cannot|unaware|false|untrue)\b|n['’]t\b"
    r"|\b(?:den(?:y|ie)|dismiss|reject|disput|refut|rul(?:e|ing) out|ruled out|doubt|s[ck]eptic|refus|play)",
    re.IGNORECASE,
)


@cache
def dossier_at(name: str) -> tuple[Analysis, Dossier]:
    path = next(path for path in ARTICLES if path.name == name)
    document = read_annotated(path).document if path.suffix == ".json" else read(path)
    analysis = analyse(document)
    return analysis, document_dossier(analysis)


@pytest.fixture(params=[path.name for path in ARTICLES])
def made(request: pytest.FixtureRequest) -> tuple[Analysis, Dossier]:
    """Return the analysis and the dossier of an article of the project."""
    return dossier_at(request.param)


def statements(dossier: Dossier) -> list[tuple[Statement, Evidence]]:
    return [(one, evidence) for one in dossier.statements for evidence in one.evidence]


def test_every_denial_is_printed_with_its_negation(made: tuple[Analysis, Dossier]) -> None:
    for one, evidence in statements(made[1]):
        if one.kind == "denies":
            printed = f"{verb(one.kind, evidence)} {quotation(evidence, 160)}"
            assert NEGATION.search(printed), printed


def test_a_denial_is_a_sentence_that_denies(made: tuple[Analysis, Dossier]) -> None:
    for one, evidence in statements(made[1]):
        if one.kind == "denies":
            assert NEGATION.search(evidence.context), evidence.context


def test_every_actor_stands_in_a_sentence_that_accuses_them(made: tuple[Analysis, Dossier]) -> None:
    analysis, dossier = made
    accused = {claim.accused for claim in analysis.claims if claim.accused}
    attackers = {
        a.span for event in analysis.events for m in event.mentions for a in m.arguments if a.role == "Attacker"
    }
    for actor in dossier.actors:
        places = [evidence.span for one in (*actor.accused_by, *actor.claimed_by) for evidence in one.evidence]
        assert places or actor.named, actor.name
        for place in places:
            assert any(place.start <= span.start < place.end or span.overlaps(place) for span in accused), actor.name
        for evidence in actor.named.evidence if actor.named else ():
            assert evidence.span in attackers, actor.name


def test_nobody_is_an_actor_who_was_hit_or_looks_on(made: tuple[Analysis, Dossier]) -> None:
    dossier = made[1]
    actors = {actor.name for actor in dossier.actors}
    onlookers = lexicon.words("outsider", "bystander", "outlet") | {"chief", "executive", "ceo", "minister"}
    assert actors.isdisjoint(value.text for value in dossier.victims)
    assert actors.isdisjoint(source.publisher for source in dossier.sources)
    assert [name for name in actors if not onlookers.isdisjoint(name.lower().split())] == []


def test_every_victim_has_one_name(made: tuple[Analysis, Dossier]) -> None:
    names = [value.text.casefold() for value in made[1].victims]
    assert len(set(names)) == len(names)
    assert not [(one, other) for one in names for other in names if other.endswith(f" {one}")]


def test_the_status_rests_on_claims_about_the_event(made: tuple[Analysis, Dossier]) -> None:
    analysis, dossier = made
    triggers = {mention.trigger for event in analysis.events for mention in event.mentions}
    for one in dossier.status_evidence:
        claims = [claim for claim in analysis.claims if (claim.words, claim.kind.value) == (one.span, one.kind)]
        assert any(claim.trigger in triggers for claim in claims)
        assert any(claim.accused is None or claim.kind is ClaimKind.CLAIMS_RESPONSIBILITY for claim in claims)
    if dossier.status_evidence and dossier.status is not Status.SUSPECTED:
        assert any(
            (one.claimant or "").casefold() in dossier.status_reason.casefold() for one in dossier.status_evidence
        )


_WHO = st.sampled_from(("Kestrel Ferries", "Jane Roe", "The ferry firm", "Officials", "A spokesman"))
_DENYING = st.sampled_from(
    (
        "{} does not believe that {}.",
        "{} don't think that {}.",
        "{} denied that {}.",
        "{} rejected reports that {}.",
        "{} said that it is not true that {}.",
        "{} has found no evidence that {}.",
        "{} doubts that {}.",
        "{} has no reason to believe that {}.",
        "{} did not believe {}, but told everybody to be careful.",
    )
)
_WHAT = st.sampled_from(
    (
        "passwords of customers were [breach:compromised]",
        "thieves [breach:stole] the records",
        "any of the records were [breach:copied]",
    )
)
_PADDING = st.text("abcdefgh ", max_size=200).map(lambda words: " ".join(words.split()))


@settings(deadline=None)
@given(_WHO, _DENYING, _WHAT, _PADDING)
def test_who_does_not_believe_something_never_says_it(who: str, denying: str, what: str, padding: str) -> None:
    written = denying.format(who, f"{what} of the {padding} office" if padding else what)
    dossier = document_dossier(reported(f"Thieves [breach:robbed] [Victim:Acme Foods].\n\n{written}"))
    for one, evidence in statements(dossier):
        assert one.kind not in ("states", "confirms", "suspects"), written
        printed = f"{verb(one.kind, evidence)} {quotation(evidence, 160)}"
        assert one.kind != "denies" or NEGATION.search(printed), printed


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(40, 200))
def test_a_quotation_is_never_cut_before_its_negation(before: int, after: int, most: int) -> None:
    words = f"{'long ' * before}no data was stolen{' and so on' * after}"
    shown = quotation(Evidence("d1", Span(0, 1), words, Span(0, 1), words, "Acme", "denies"), most)
    assert "no data" in shown
    assert len(shown) <= most


def test_a_long_denial_keeps_its_negation_on_a_terminal() -> None:
    said = "on the many servers in the harbour office and in those of its partners abroad " * 3
    written = f"[Victim:Acme Foods] said that {said}nothing was [breach:stolen] by anybody."
    printed = " ".join(to_terminal_dossier(document_dossier(reported(written)), colour=False).split())
    assert "nothing was stolen" in printed


def test_a_denied_denial_is_no_statement() -> None:
    written = "[Victim:Acme Foods] denied that it had not [breach:lost] records."
    (found,) = [pair for pair in statements(document_dossier(reported(written))) if pair[0].kind == "denies"]
    assert verb("denies", found[1]) == "denies"


@pytest.mark.parametrize(
    "written",
    [
        "Lender Florrit admits breach\n\nHackers have stolen data of 40,000 customers of the lender Florrit, "
        "the company said on Friday.\nFlorrit says it does not believe that passwords of customers were compromised.",
        "Kestrel Ferries hit by hackers\n\nHackers stole data of Kestrel Ferries. Managers don't think any cards were "
        "copied. It has no reason to believe that passwords were stolen, Kestrel Ferries told the Harbour Post.",
    ],
)
def test_what_is_not_believed_is_printed_as_denied(written: str) -> None:
    printed = to_terminal_dossier(document_dossier(analyse(from_text(written))), colour=False)
    assert "says “passwords" not in printed
    assert "says “any cards" not in printed
    assert "denies" in printed or "deny" in printed
