"""Checks the claim table of a page."""

from dataclasses import replace

from incidex.claims import find_claims
from incidex.export.html.analysis import to_html
from incidex.export.html.claims import to_claims
from incidex.export.jsonl.analysis import to_dict
from incidex.export.terminal.events import to_terminal_events
from incidex.records import Analysis, Document, Event, EventMention, Sentence, Span

TEXT = "Jane <Roe> of Acme said thieves probably stole the records."


def analysis() -> Analysis:
    start = TEXT.index("stole")
    events = (Event((EventMention(Span(start, start + 5), "AttackDatabreach", score=0.75),)),)
    sentences = (Sentence(Span(0, len(TEXT))),)
    document = Document(TEXT)
    return Analysis(document, sentences, "made-1", events, claims=find_claims(document, sentences, events))


def test_a_claim_says_who_and_how_surely_and_leads_to_its_place() -> None:
    table = to_claims(analysis())
    assert "<b>states</b>" in table
    assert f'href="#at-{TEXT.index("stole")}"' in table
    assert "“probably”: likelihood, likely (55–80 %)" in table
    assert "<Roe>" not in table


def test_without_claims_there_is_no_table() -> None:
    assert to_claims(replace(analysis(), claims=())) == ""


def test_the_page_and_the_terminal_show_claims() -> None:
    assert 'id="claims"' in to_html(analysis())
    assert "states “stole” (probably)" in to_terminal_events(analysis(), colour=False)


def test_json_has_the_band_and_the_model_s_score_apart() -> None:
    claim = to_dict(analysis())["claims"][0]
    assert claim["hedges"][0]["percent"] == [55, 80]
    assert (claim["score"], claim["kind"], claim["trigger"]["text"]) == (0.75, "states", "stole")
