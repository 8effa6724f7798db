"""An analysis made by hand that has everything that other tools are told of."""

from incidex.records import (
    Analysis,
    Argument,
    Claim,
    Claimant,
    ClaimKind,
    Document,
    Entity,
    EntityKind,
    Event,
    EventMention,
    Granularity,
    Hedge,
    Imitation,
    Indicator,
    IndicatorKind,
    IndicatorRole,
    Link,
    Realis,
    Sentence,
    Span,
    TimeBasis,
    TimeExpression,
)

TEXT = (
    "Thieves rob Alder Ferries. "
    "Grey Heron stole 5,000 names from Alder Ferries on 2 March 2026, very likely with CoinVault, Osterby said. "
    "Grey Heron denies that it did it. "
    "Alder Ferries denies that names were taken. "
    "The letters led to hxxp://a1der.example/pay and came from @heron; see news.example and www.example. "
    "A patch for CVE-2026-99001 closes the hole. Sofa was named too."
)


def span(words: str, nth: int = 0) -> Span:
    """Return where `words` stand in TEXT for the first time, or another one."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def _link(source: str, number: str, name: str, kind: EntityKind) -> Link:
    return Link(source, number, name, kind, name, "the name is no ordinary word")


def _theft() -> Event:
    arguments = (
        Argument(span("Grey Heron"), "Organization", "Attacker"),
        Argument(span("Alder Ferries", 1), "Organization", "Victim"),
        Argument(span("2 March 2026"), "Time", "Time"),
        Argument(span("CoinVault"), "Malware", "Tool"),
    )
    return Event(
        (
            EventMention(span("rob"), "AttackDatabreach"),
            EventMention(span("stole"), "AttackDatabreach", Realis.ACTUAL, arguments),
            EventMention(span("were taken"), "AttackDatabreach", Realis.OTHER),
        )
    )


def _patch() -> Event:
    arguments = (Argument(span("A patch"), "Patch", "Patch"), Argument(span("CVE-2026-99001"), "CVE", "CVE"))
    return Event((EventMention(span("closes"), "PatchVulnerability", Realis.ACTUAL, arguments),))


def _claims() -> tuple[Claim, ...]:
    osterby, heron, alder = (
        Claimant(place, place) for place in (span("Osterby"), span("Grey Heron", 1), span("Alder Ferries", 2))
    )
    said = Span(span("Grey Heron").start, span(", Osterby").start)
    hedge = Hedge(span("very likely"), "likelihood", "very likely")
    theft, accused = span("stole"), span("Grey Heron")
    return (
        Claim(ClaimKind.ATTRIBUTED_TO, osterby, said, span("said"), False, theft, accused, hedges=(hedge,)),
        Claim(
            ClaimKind.DENIES,
            heron,
            span("it did it"),
            span("denies"),
            False,
            None,
            Span(span("it did it").start, span("it did it").start + 2),
        ),
        Claim(ClaimKind.DENIES, alder, span("names were taken"), span("denies", 1), False, span("were taken")),
    )


def _indicators() -> tuple[Indicator, ...]:
    imitated = Imitation(span("Alder Ferries"), "homoglyph")
    lure = "http://a1der.example/pay"
    bad, cited, plain = IndicatorRole.INDICATOR, IndicatorRole.REFERENCE, IndicatorRole.BENIGN
    return (
        Indicator(span("hxxp://a1der.example/pay"), IndicatorKind.URL, lure, bad, "defanged", imitated),
        Indicator(span("@heron"), IndicatorKind.HANDLE, "@heron", bad, "an account of the attackers"),
        Indicator(span("news.example"), IndicatorKind.DOMAIN, "news.example", cited, "cited"),
        Indicator(span("www.example"), IndicatorKind.DOMAIN, "www.example", plain, "known"),
        Indicator(span("CVE-2026-99001"), IndicatorKind.CVE, "CVE-2026-99001", cited, "a number"),
    )


def told() -> Analysis:
    """Return the analysis."""
    heron = (_link("MISP galaxy: Threat Actor 349", "u-1", "Grey Heron", EntityKind.INTRUSION_SET),)
    vault = (_link("MISP galaxy: Ransomware 172", "u-2", "Coin Vault", EntityKind.MALWARE),)
    sofa = (
        _link("MITRE ATT&CK 18.1", "G1", "Sofa", EntityKind.INTRUSION_SET),
        _link("MITRE ATT&CK 18.1", "S1", "Sofa", EntityKind.MALWARE),
    )
    ends = [
        place + 1 for place, letter in enumerate(TEXT) if letter == "." and TEXT[place + 1 : place + 2] in (" ", "")
    ]
    starts = [0, *(end + 1 for end in ends[:-1])]
    theft = ("AttackDatabreach",)
    sentences = [Sentence(Span(*ends_of)) for ends_of in zip(starts, ends, strict=True)]
    return Analysis(
        Document(
            TEXT,
            source="https://ann:secret@wire.example/a?b=1",
            title="Thieves rob Alder Ferries",
            published_at="2026-03-04T09:30+01:00",
            publisher="The Wire",
            author="Ann Lee",
            language="en",
        ),
        (Sentence(sentences[0].span, labels=theft), Sentence(sentences[1].span, labels=theft), *sentences[2:]),
        "fake-1",
        (_theft(), _patch()),
        indicators=_indicators(),
        entities=(
            Entity("Grey Heron", EntityKind.INTRUSION_SET, (span("Grey Heron"), span("Grey Heron", 1)), heron),
            Entity("CoinVault", EntityKind.MALWARE, (span("CoinVault"),), vault),
            Entity("Sofa", None, (span("Sofa"),), sofa),
        ),
        times=(
            TimeExpression(
                span("2 March 2026"), "date", Granularity.DAY, "2026-03-02", "2026-03-03", TimeBasis.ABSOLUTE
            ),
        ),
        claims=_claims(),
    )
