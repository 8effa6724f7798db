"""
Writes an analysis as a page to look at: the article with its events marked, and a table of them.

`page.html` beside this file is its frame, `page.css` its style, `colours.css` its colours.
"""

from collections import Counter
from collections.abc import Iterator

from incidex.export.html.article import to_article
from incidex.export.html.claims import to_claims
from incidex.export.html.events import to_key, to_table
from incidex.export.html.indicators import to_indicators
from incidex.export.html.layout import to_page
from incidex.export.html.markup import Html, element, joined, text
from incidex.export.html.names import to_names, to_organisations
from incidex.export.html.values import to_quantities, to_times
from incidex.labels import scheme
from incidex.records import Analysis, Document


def to_html(analysis: Analysis, *, everything: bool = False) -> str:
    """
    Return a page with all of `analysis`.

    With `everything`, captions, links and notices are unfolded and their sentences have labels, too.
    """
    document = analysis.document
    article = to_article(analysis, everything=everything)
    name = document.title or document.source or "Report without a title"
    return to_page(
        "page.html",
        ["colours.css", "page.css"],
        name=text(name),
        publisher=_line(document.publisher, "publisher"),
        headline=article.headline or text(name),
        about=joined(_about(document)),
        warnings=_warnings(document),
        summary=_summary(analysis),
        language=text(document.language or ""),
        article=article.body,
        table=to_table(analysis),
        claims=to_claims(analysis),
        names=joined([to_names(analysis), to_organisations(analysis)], "\n"),
        indicators=to_indicators(analysis),
        values=joined([to_times(analysis), to_quantities(analysis)], "\n"),
        key=to_key(analysis),
        model=text(analysis.model),
    )


def _line(words: str | None, class_: str) -> Html:
    return element("p", words, class_=class_) if words else Html()


def _about(document: Document) -> Iterator[Html]:
    """Yield the author, the date and the source."""
    if document.author:
        yield element("span", "By ", document.author)
    if document.published_at:
        yield element("time", document.published_at.replace("T", ", "), datetime=document.published_at)
    if document.source.startswith(("https://", "http://")):
        yield element("a", document.source, href=document.source, rel="noopener noreferrer")
    elif document.source:
        yield element("span", "standard input" if document.source == "-" else document.source)


def _warnings(document: Document) -> Html:
    if not document.warnings:
        return Html()
    return element("ul", *(element("li", warning) for warning in document.warnings), class_="warnings")


def _summary(analysis: Analysis) -> Html:
    """Return the number of events of each type and of other findings, with links to them."""
    counts = Counter(event.event_type for event in analysis.events)
    each = (element("span", f"{counts[name]} {name}", class_=name) for name in scheme().names if name in counts)
    events = joined([_number(len(analysis.events), "event"), ": ", joined(each, ", ")])
    organisations = sum(entity.kind == "organisation" for entity in analysis.entities)
    others = (
        (len(analysis.claims), "claim"),
        (len(analysis.entities) - organisations, "name"),
        (organisations, "organisation"),
        (len({(indicator.kind, indicator.value) for indicator in analysis.indicators}), "indicator"),
        (len(analysis.times), "time"),
        (len(analysis.quantities), "quantity"),
    )
    parts = [events] if counts else [text("No event was found.")]
    return joined(parts + [_number(number, what) for number, what in others if number], "; " if counts else " ")


def _number(number: int, what: str) -> Html:
    """Return "3 claims" as a link to the section about claims."""
    many = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return element("a", f"{number} {what if number == 1 else many}", href=f"#{many}")
