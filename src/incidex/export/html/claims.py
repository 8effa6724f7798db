"""Writes the claim table of a page: who says what, in which words, how surely. The words lead to their places."""

from incidex.export.html.article import link_to
from incidex.export.html.markup import Html, element
from incidex.export.html.table import row, section
from incidex.export.said import said_claim, said_hedge
from incidex.records import Analysis, Claim, Claimant, Span

_HEADS = ("Who", "Says", "Words")
_CAPTION = "Found by rules. Nobody is named where the report itself has to answer for it."


def to_claims(analysis: Analysis) -> Html:
    """Return a heading and a table of the claims in `analysis`; nothing if there are none."""
    numbers = {mention.trigger: number for number, event in enumerate(analysis.events, 1) for mention in event.mentions}
    rows = (_row(claim, numbers, analysis.document.text) for claim in analysis.claims)
    return section("claims", "Claims", _CAPTION, _HEADS, rows)


def _row(claim: Claim, numbers: dict[Span, int], text: str) -> Html:
    words = claim.words.of(text)
    quote = link_to(claim.words, words.strip('“”"') if claim.quoted else words)
    sure = element("small", "; ".join(said_hedge(hedge, text) for hedge in claim.hedges)) if claim.hedges else Html()
    told = [element("q" if claim.quoted else "span", quote, dir="auto"), " "]
    told += [element("small", f"({claim.cue.of(text)}) "), sure]
    return row(_who(claim.claimant, text), _what(claim, numbers, text), told)


def _who(claimant: Claimant | None, text: str) -> list[str]:
    if claimant is None:
        return [element("i", "nobody named")]
    known = [span.of(text) for span in (claimant.role, claimant.organisation) if span]
    name = (claimant.person or claimant.name).of(text)
    more = ", ".join(part for part in known if part not in name)
    return [link_to(claimant.name, name), element("small", f" {more}") if more else Html()]


def _what(claim: Claim, numbers: dict[Span, int], text: str) -> list[str]:
    """Return the kind of a claim, whom or what it names, and the event."""
    kind, named = said_claim(claim)
    parts: list[str] = [element("b", kind)]
    for span in named:
        parts += [" ", link_to(span, span.of(text))]
    if claim.trigger and claim.trigger in numbers:
        parts += [" ", link_to(claim.trigger, claim.trigger.of(text)), f" (event {numbers[claim.trigger]})"]
    return parts
