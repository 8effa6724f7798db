"""Writes the event table of a page: one row for each event."""

from incidex.export.csv.columns import Row, rows
from incidex.export.html.article import link_to
from incidex.export.html.layout import table
from incidex.export.html.markup import Html, element, joined
from incidex.labels import scheme
from incidex.records import Analysis, Argument

_HEADS = ("Event", "Triggers", "Arguments")


def to_table(analysis: Analysis) -> Html:
    """Return a table of the events in `analysis`, or a sentence if there are none."""
    if not analysis.events:
        return element("p", "No event was found.")
    text = analysis.document.text
    caption = "In the order of the article. The words link to their places in it."
    return table(caption, _HEADS, joined((_row(row, text) for row in rows(analysis)), "\n"))


def to_key(analysis: Analysis) -> Html:
    """Return the meanings of the labels in `analysis`."""
    used = {label for sentence in analysis.sentences for label in sentence.labels}
    used |= {mention.event_type for event in analysis.events for mention in event.mentions}
    lines = [
        joined([element("dt", entry.name, class_=entry.name), element("dd", entry.reports)])
        for entry in scheme().event_types
        if entry.name in used
    ]
    return element("dl", joined(lines, "\n"), class_="key") if lines else Html()


def _row(row: Row, text: str) -> Html:
    event = row.event
    head = element(
        "th",
        element("span", str(row.number), class_="number"),
        " ",
        element("span", event.event_type, class_="type"),
        " ",
        element("span", ", ".join(row.realis), class_="realis"),
        scope="row",
        role="rowheader",
    )
    triggers = element("td", _triggers(row, text), role="cell")
    arguments = element("td", _arguments(row, text), role="cell")
    return element("tr", head, triggers, arguments, id=f"event-{row.number}", class_=event.event_type, role="row")


def _triggers(row: Row, text: str) -> Html:
    """Return a list of links; if the mentions differ in type or realis, each is followed by its own."""
    same_type = len({mention.event_type for mention in row.event.mentions}) == 1
    items = []
    for mention in row.event.mentions:
        own = ([] if same_type else [mention.event_type]) + ([str(mention.realis)] if len(row.realis) > 1 else [])
        words = link_to(mention.trigger, mention.trigger.of(text))
        items.append(element("li", words, element("small", f" {', '.join(own)}") if own else Html()))
    return element("ul", *items)


def _arguments(row: Row, text: str) -> Html:
    if not row.roles:
        return Html()
    return element("dl", *(_role(role, fillers, text) for role, fillers in row.roles))


def _role(role: str, fillers: tuple[Argument, ...], text: str) -> Html:
    places = joined((_filler(filler, text) for filler in fillers), "; ")
    return element("div", element("dt", role), element("dd", places))


def _filler(argument: Argument, text: str) -> Html:
    """Return the words of an argument as a link; behind its name if they stand for one."""
    words = link_to(argument.span, argument.span.of(text))
    return joined([argument.name, element("small", " (", words, ")")]) if argument.name else words
