"""Writes the claim table of a page: who says what, in which words, how surely. The words lead to their places."""

from incidex.export.html_article import link_to
from incidex.export.markup import Html, element, joined
from incidex.export.said import said_hedge
from incidex.records import Analysis, Claim, Claimant, Span

_HEADS = ("Who", "Says", "Words")


def to_claims(analysis: Analysis) -> Html:
    """Return a heading and a table of the claims in `analysis`; nothing if there are none."""
    if not analysis.claims:
        return Html()
    heads = element("tr", *(element("th", head, scope="col", role="columnheader") for head in _HEADS), role="row")
    numbers = {mention.trigger: number for number, event in enumerate(analysis.events, 1) for mention in event.mentions}
    body = (_row(claim, numbers, analysis.document.text) for claim in analysis.claims)
    table = element(
        "table",
        element("caption", "Found by rules. Nobody is named where the report itself has to answer for it."),
        element("thead", heads, role="rowgroup"),
        "\n",
        element("tbody", joined(body, "\n"), role="rowgroup"),
        role="table",
    )
    return joined([element("h2", "Claims", id="claims"), table], "\n")


def _row(claim: Claim, numbers: dict[Span, int], text: str) -> Html:
    who = element("th", *_who(claim.claimant, text), scope="row", role="rowheader")
    words = claim.words.of(text)
    quote = element("q" if claim.quoted else "span", words.strip('“”"') if claim.quoted else words, dir="auto")
    sure = element("small", "; ".join(said_hedge(hedge, text) for hedge in claim.hedges)) if claim.hedges else Html()
    told = element("td", quote, " ", element("small", f"({claim.cue.of(text)}) "), sure, role="cell")
    return element("tr", who, element("td", *_what(claim, numbers, text), role="cell"), told, role="row")


def _who(claimant: Claimant | None, text: str) -> list[str]:
    if claimant is None:
        return [element("i", "nobody named")]
    known = [span.of(text) for span in (claimant.role, claimant.organisation) if span]
    name = (claimant.person or claimant.name).of(text)
    return [name, element("small", f" {', '.join(part for part in known if part not in name)}")]


def _what(claim: Claim, numbers: dict[Span, int], text: str) -> list[str]:
    """Return the kind of a claim, whom or what it names, and the event."""
    parts: list[str] = [element("b", claim.kind.value)]
    for span in (claim.accused, claim.value):
        if span:
            parts += [" ", element("span", span.of(text))]
    if claim.trigger and claim.trigger in numbers:
        parts += [" ", link_to(claim.trigger, claim.trigger.of(text)), f" (event {numbers[claim.trigger]})"]
    return parts
