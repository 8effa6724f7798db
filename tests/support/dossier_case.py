"""A dossier made by hand: three reports, one of them a copy, with something in each field that people read."""

from dataclasses import replace

from incidex.records import Actor, Dossier, Evidence, Measure, Moment, Source, Span, Statement, Support, Value
from incidex.records import Status as DossierStatus


def evidence(document: str, quote: str, claimant: str | None = None, kind: str | None = None) -> Evidence:
    place = Span(0, len(quote))
    return Evidence(document, place, quote, place, f"{quote}, it is said.", claimant, kind, ("likely",) if kind else ())


def made() -> Dossier:
    """Return a dossier of three reports, one of them a copy, with something in each field."""
    blames: tuple[Evidence, ...] = (evidence("a", "Night Ledger did it", "Jane Roe", "attributed-to"),)
    blames += (evidence("b", "it was Night Ledger", "Jane Roe", "attributed-to"),)
    denies = (evidence("b", "it was behind the theft", "Night Ledger", "denies"),)
    accused = Statement(
        "Jane Roe", "attributed-to", "Night Ledger", "Night Ledger", Support(2, 2, ("Jane Roe",)), blames
    )
    denied = Statement(
        "Night Ledger", "denies", "Night Ledger", "Night Ledger", Support(1, 1, ("Night Ledger",)), denies
    )
    figures = tuple(
        Value(words, "number", Support(1, 1, ("Acme",)), (evidence(document, words, "Acme"),))
        for document, words in (("a", "9,000 customers"), ("b", "12,000 customers"))
    )
    times = (
        ("2024-04-01", "2024-05-01", "month", "April 2024 (month)"),
        ("2024-05-03", "2024-05-04", "day", "3 May 2024 (day)"),
    )
    timeline = tuple(
        Moment(begins, ends, unit, words, "AttackDatabreach", False, False, Support(1, 1), (evidence("a", words),))
        for begins, ends, unit, words in times
    )
    victim = Value("Acme Foods", "Organization", Support(3, 2), (evidence("a", "Acme"), evidence("b", "Acme Foods")))
    sources = (
        Source(
            "a", "https://post.example/1", "Acme hit", "Harbour Post", "2024-05-07", "a", link="https://post.example/1"
        ),
        Source("b", "times.txt", "More hit", None, "2024-05", "b", is_mention=True),
        Source("c", "copy.txt", "Acme hit", "Gazette", None, "a", "A copy of Harbour Post: 93% of the shorter text."),
    )
    return Dossier(
        id="35e8efc0-e01d-51f1-ae67-ee4945c8c69b",
        title="Data breach: Acme Foods",
        types=("AttackDatabreach",),
        status=DossierStatus.DISPUTED,
        status_reason="Acme says so; Night Ledger denies it.",
        status_evidence=denies,
        first_seen="2024-05-07",
        last_seen="2024-05-10",
        sources=sources,
        independent=2,
        timeline=timeline,
        victims=(victim,),
        actors=(Actor("Night Ledger", None, (accused,), (), (denied,)),),
        data=(victim,),
        measures=(Measure("people", figures, differ=True),),
        tools=(replace(victim, text="HarrowLock", note="also written Harrow"),),
        indicators=(replace(victim, text="evil.example"),),
        statements=(accused, denied, replace(accused, kind="states", accused=None)),
    )


def blank(**fields: object) -> Dossier:
    """Return a dossier with nothing but `fields`."""
    empty = Dossier("x", "", (), DossierStatus.REPORTED, "", (), None, None, (), 0)
    return replace(empty, **fields)  # type: ignore[arg-type]
