"""What of an analysis belongs to one item of a round-up."""

from collections.abc import Callable

from incidex.matching.profiles import profiles, within
from incidex.records import Analysis, Span

TEXT = """The ferry that lost its passengers

[Victim:Kestrel Ferries] said on 3 May 2024 that thieves [breach:stole] records of 48,200 customers through \
CVE-2024-90001.

Nine million crowns

Oda Brenner, chief of police, said that APT28 [breach:stole] nine million crowns from [Victim:Marrow Bank] in Grimsted.

Recipes gone

Somebody [breach:stole] all recipes of [Victim:Quorvex Bakery] and put them on paste.example."""


def test_an_item_has_its_own_findings_alone(article: Callable[..., Analysis]) -> None:
    analysis = article(TEXT, title="News digest #118", date="2024-05-10")
    text = analysis.document.text
    ferry, bank, _ = (within(analysis, [profile]) for profile in profiles(analysis))
    assert [indicator.value for indicator in ferry.indicators] == ["CVE-2024-90001"]
    assert [time.span.of(text) for time in ferry.times] == ["3 May 2024"]
    assert (ferry.entities, bank.indicators) == ((), ())
    assert [entity.name for entity in bank.entities] == ["APT28"]
    assert len(analysis.events) == 3
    assert [event.mentions[0].arguments[0].span.of(text) for event in bank.events] == ["Marrow Bank"]
    inside = Span(text.index("Nine million"), text.index("Recipes gone"))
    assert bank.claims
    assert all(inside.covers(claim.words) for claim in bank.claims)
    assert all(inside.covers(sentence.span) for sentence in bank.sentences)


def test_what_is_not_divided_stays_whole(article: Callable[..., Analysis]) -> None:
    analysis = article("Thieves [breach:stole] files from [Victim:Fjord Cargo]. It closed.", title="Fjord Cargo hit")
    assert within(analysis, profiles(analysis)) is analysis
    assert within(analysis, ()) is analysis
