"""A report whose parts people edit in tests of the store."""

from incidex.records import (
    Analysis,
    Argument,
    Block,
    BlockKind,
    Claim,
    Claimant,
    ClaimKind,
    Document,
    Entity,
    EntityKind,
    Event,
    EventMention,
    Realis,
    Sentence,
    Span,
)

HEAD = "Kestrel Ferries robbed"
BODY = (
    "Thieves stole passport scans from Kestrel Ferries, the line said. Marlin denied the theft. "
    "A ransom was paid to Marlin by Marrow Bank."
)
FOOT = "More from Fen Weekly: thieves took a boat."
TEXT = f"{HEAD}\n\n{BODY}\n\n{FOOT}"


def at(words: str, text: str = TEXT, *, last: bool = False) -> Span:
    start = text.rindex(words) if last else text.index(words)
    return Span(start, start + len(words))


def named(name: str, kind: EntityKind, *mentions: Span) -> Entity:
    return Entity(name, kind, mentions)


def edited_report() -> Analysis:
    """Return what a model found in `TEXT`."""
    blocks = (
        Block(at(HEAD), BlockKind.TITLE),
        Block(at(BODY), BlockKind.BODY),
        Block(at(FOOT), BlockKind.BODY),
    )
    document = Document(TEXT, blocks, source="ferry.txt", title=HEAD, published_at="2024-03-14", publisher="Fen Weekly")
    sentences = (
        Sentence(at(HEAD), BlockKind.TITLE, ("AttackDatabreach",)),
        Sentence(at(BODY.split(" Marlin")[0]), labels=("AttackDatabreach",)),
        Sentence(at("Marlin denied the theft."), labels=("AttackPhishing",)),
        Sentence(at("A ransom was paid to Marlin by Marrow Bank.")),
        Sentence(at(FOOT), labels=("AttackDatabreach",)),
    )
    victim = Argument(at("Kestrel Ferries", last=True), "Organization", "Victim", 0.6)
    data = Argument(at("passport"), "Data", "Compromised-Data", 0.6)
    stole = EventMention(at("stole"), "AttackDatabreach", arguments=(data, victim), score=0.7)
    theft = EventMention(at("the theft"), "AttackDatabreach", Realis.ACTUAL, score=0.55)
    took = EventMention(at("took"), "AttackDatabreach", score=0.5)
    denial = at("Marlin denied the theft")
    line, marlin = Claimant(at("the line"), at("the line")), Claimant(at("Marlin"), at("Marlin"))
    claims = (
        Claim(ClaimKind.STATES, line, at("Thieves stole passport"), at("said"), False, at("stole")),
        Claim(ClaimKind.CONFIRMS, marlin, denial, at("denied"), False, at("the theft")),
    )
    entities = (
        named("Kestrel Ferries", EntityKind.ORGANISATION, at("Kestrel Ferries"), victim.span),
        named("Marlin", EntityKind.ORGANISATION, at("Marlin"), at("Marlin", last=True)),
    )
    return Analysis(
        document, sentences, "words-1", (Event((stole, theft)), Event((took,))), entities=entities, claims=claims
    )
