"""Writes the claim table of a page: who says what, in which words, how surely. The words link to their places."""

from incidex.export.html.article import link_to
from incidex.export.html.layout import row, section
from incidex.export.html.markup import Html, element
from incidex.export.in_words import claim_in_words, hedge_in_words
from incidex.records import Analysis, Claim, Claimant, Span

_HEADS = ("Who", "Says", "Words")
_CAPTION = "Found by rules. Unattributed claims are those of the report itself."


def to_claims(analysis: Analysis) -> Html:
    """Return a heading and a table of the claims in `analysis`; nothing if there are none."""
    numbers = {mention.trigger: number for number, event in enumerate(analysis.events, 1) for mention in event.mentions}
    rows = (_row(claim, numbers, analysis.document.text) for claim in analysis.claims)
    return section("claims", "Claims", _CAPTION, _HEADS, rows)


def _row(claim: Claim, numbers: dict[Span, int], text: str) -> Html:
    words = claim.words.of(text)
    quote = link_to(claim.words, words.strip('“”"') if claim.quoted else words)
    hedges = "; ".join(hedge_in_words(hedge, text) for hedge in claim.hedges)
    cells = [element("q" if claim.quoted else "span", quote, dir="auto"), " "]
    cells += [element("small", f"({claim.cue.of(text)}) "), element("small", hedges) if hedges else Html()]
    return row(_who(claim.claimant, text), _what(claim, numbers, text), cells)


def _who(claimant: Claimant | None, text: str) -> list[str]:
    if claimant is None:
        return [element("i", "unattributed")]
    known = [span.of(text) for span in (claimant.role, claimant.organisation) if span]
    name = (claimant.person or claimant.name).of(text)
    more = ", ".join(part for part in known if part not in name)
    return [link_to(claimant.name, name), element("small", f" {more}") if more else Html()]


def _what(claim: Claim, numbers: dict[Span, int], text: str) -> list[str]:
    """Return the kind of a claim, whom or what it names, and the event."""
    kind, named = claim_in_words(claim)
    parts: list[str] = [element("b", kind)]
    for span in named:
        parts += [" ", link_to(span, span.of(text))]
    if claim.trigger and claim.trigger in numbers:
        parts += [" ", link_to(claim.trigger, claim.trigger.of(text)), f" (event {numbers[claim.trigger]})"]
    return parts
