"""What of a document belongs to an incident, and the evidence that places in it give."""

from collections.abc import Callable

import pytest

from incidex.dossiers.report import is_dateline, report
from incidex.records import Analysis, Profile, Span

TEXT = "PORT ALDER, March 15 (Northern Wire) - Thieves [breach:stole] it.\n\nOther thieves [breach:robbed] a bank."


def test_only_sentences_of_the_profile_count(article: Callable[..., Analysis]) -> None:
    analysis = article(TEXT)
    first = analysis.sentences[0].span
    profile = Profile("p", analysis.document.id, "", None, None, (), (first,), ())
    assert [mention.trigger.of(analysis.document.text) for mention in report(analysis, [profile]).mentions] == ["stole"]
    assert len(report(analysis, ()).mentions) == 2


def test_a_dateline_is_known(article: Callable[..., Analysis]) -> None:
    made = report(article(TEXT), ())
    text = made.document.text
    march, bank = (Span(text.index(words), text.index(words) + len(words)) for words in ("March 15", "bank"))
    assert (is_dateline(march, made), is_dateline(bank, made)) == (True, False)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("COLUMBUS, Ohio - Thieves [breach:stole] it.", True),
        ("COLUMBUS, New Mexico (Northern Wire) — Thieves [breach:stole] it.", True),
        ("COLUMBUS, Ohio, Sept. 5 – Thieves [breach:stole] it.", True),
        ("COLUMBUS Ferries - thieves [breach:stole] from it.", False),
        ("COLUMBUS, Ohio, thieves [breach:stole] it - all of it.", False),
    ],
)
def test_a_dateline_may_say_the_state(article: Callable[..., Analysis], line: str, is_one: bool) -> None:
    assert is_dateline(Span(0, len("COLUMBUS")), report(article(line), ())) is is_one


def test_evidence_of_a_long_sentence_is_cut_around_the_quote(article: Callable[..., Analysis]) -> None:
    made = report(article(f"{'word ' * 3000}[breach:stole] it{' and more' * 3000}."), ())
    evidence = made.evidence(made.mentions[0].trigger)
    assert evidence.quote == "stole"
    assert "stole" in evidence.context
    assert len(evidence.context) <= 602
