"""
Writes a dossier as a page: the briefing of the terminal in full, with a timeline and a graph.

`dossier.html` beside this file is its frame; its style is `page.css` and `dossier.css`, with
the colours of `colours.css`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from incidex.export.dossier_words import (
    allegations,
    counts,
    date_in_words,
    day_of,
    development_in_words,
    differing_days,
    distinct_statements,
    named_values,
    numbers,
    places,
    repetitions,
    source_in_words,
    span_of_reports,
    speaker,
    status_in_words,
    verb,
)
from incidex.export.html.layout import row, section, to_page
from incidex.export.html.markup import Html, element, joined, text
from incidex.export.html.svg import draw_graph, draw_timeline
from incidex.records import Actor, Dossier, Evidence, Measure, Moment, Source, Statement, Value

# The most places of one value and rows of a table that are shown; the JSON has them all.
_MOST_PLACES, _MOST_ROWS = 12, 200


def to_html_dossier(dossier: Dossier, *, titles: Mapping[str, str] | None = None) -> str:
    """
    Return a page with all of `dossier`; of very many places of one value only the first.

    Args:
        dossier: The dossier.
        titles: The titles of related incidents, by id.
    """
    page = Sections(dossier, titles or {})
    return to_page(
        "dossier.html",
        ["colours.css", "page.css", "dossier.css"],
        name=text(dossier.title[:500]),
        types=joined((element("span", name, class_=name) for name in dossier.types), ", "),
        about=text(span_of_reports(dossier)),
        status=text(status_in_words(dossier)),
        evidence=joined(page.quotation(one) for one in dossier.status_evidence[:4]),
        sections=joined(page.sections(), "\n"),
        id=text(dossier.id),
    )


@dataclass(frozen=True, slots=True)
class Links:
    """
    Where parts of a dossier lead. A page that stands alone has no such places.

    Attributes:
        place: Returns the address of the words that say something.
        report: Returns the address of a report, by its id.
        incident: Returns the address of another incident, by its id.
    """

    place: Callable[[Evidence], str]
    report: Callable[[str], str]
    incident: Callable[[str], str]


class Sections:
    """Writes the sections of one dossier."""

    def __init__(self, dossier: Dossier, titles: Mapping[str, str], *, links: Links | None = None) -> None:
        """Take the dossier, the titles of other incidents, and where its parts lead."""
        self._dossier = dossier
        self._titles = titles
        self._links = links
        self._numbers = numbers(dossier)

    def sections(self) -> Iterator[Html]:
        """Yield each section, empty if there is nothing in it."""
        dossier = self._dossier
        yield self._timeline()
        yield self._actors()
        yield section("victims", "Victims", "Who was hit.", ("Who", "Where it is said"), self._values(dossier.victims))
        yield section(
            "figures",
            "Figures",
            "Different figures stand side by side; none is an average.",
            ("What", "Figures"),
            (self._measure(measure) for measure in dossier.measures[:_MOST_ROWS]),
        )
        for name, values in named_values(dossier):
            place = name.lower().replace(" ", "-")
            yield section(place, name, "As the reports name them.", (name, "Where it is said"), self._values(values))
        statements = (self._statement(one) for one in distinct_statements(dossier.statements)[:_MOST_ROWS])
        yield section("statements", "Statements", "Each statement once.", ("Who", "Says", "Words", "When"), statements)
        yield section(
            "sources",
            "Sources",
            "Numbers in brackets refer to these. Copies, and reports that only cite another, count together with it.",
            ("Report", "Title"),
            (self._source(source) for source in dossier.sources),
        )
        yield section(
            "reasons",
            "Why these reports were grouped",
            "What two of them have in common, for each step of the grouping.",
            ("Reasons",),
            (row([element("span", reason)]) for reason in dossier.reasons[:_MOST_ROWS]),
        )
        yield section(
            "mentioned",
            "Mentioned for comparison",
            "Who was hit in other incidents that the reports compare this one with; nothing above is from these.",
            ("Who", "Where it is said"),
            self._values(dossier.mentioned),
        )
        yield section(
            "related",
            "Possibly related incidents",
            "Other incidents, by the first characters of their ids.",
            ("Incident", "Title"),
            (self._related(id) for id in dossier.related),
        )

    def quotation(self, one: Evidence) -> Html:
        """Return a claim as a quotation with its claimant."""
        said = f"{speaker(one.claimant)} {verb(one.kind or '', one)}: "
        return element("blockquote", said, self._quoted(one.quote.strip('“”"'), one), " ", self._at([one]))

    def _related(self, id: str) -> Html:
        link = element("a", id[:8], href=self._links.incident(id)) if self._links else text(id[:8])
        return row([link], [element("span", self._titles.get(id, ""), dir="auto")])

    def _timeline(self) -> Html:
        dossier = self._dossier
        if not dossier.timeline:
            return Html()
        first = f"The dotted line is the first report, {date_in_words(dossier.first_seen)}."
        caption = f"{first} A bar is a time that is not known to the day."
        differing = (
            row([differing_days(days)], [element("ul", *(self._day(day) for day in days))])
            for days in dossier.differing_dates
        )
        dates = section("dates", "Dates that differ", "Side by side.", ("What", "Days"), differing)
        drawing = draw_timeline(dossier)
        figure = element("figure", drawing, element("figcaption", caption)) if drawing else Html()
        rows = (self._moment(moment) for moment in dossier.timeline[:_MOST_ROWS])
        table = section(
            "timeline", "Timeline", "Each time as precisely as it is reported.", ("When", "What", "Words"), rows
        )
        return joined([table, figure, dates], "\n")

    def _day(self, day: Moment) -> Html:
        return element("li", element("b", day.text), f" {counts(day.support)} ", self._places(day.evidence))

    def _moment(self, moment: Moment) -> Html:
        what = "statement" if moment.is_statement else moment.event_type or ""
        background = element("small", " background") if moment.is_background else Html()
        return row([moment.text, background], [what], [self._places(moment.evidence, in_full=True)])

    def _actors(self) -> Html:
        actors = self._dossier.actors
        if not actors:
            return Html()
        lines = "Solid lines accuse, broken lines deny, grey lines lead to the victims."
        caption = f"{lines} The table above says the same in words."
        figure = element("figure", draw_graph(self._dossier), element("figcaption", caption))
        rows = (self._actor(actor) for actor in actors[:_MOST_ROWS])
        head = section(
            "actors", "Alleged attackers", "These are allegations, not findings.", ("Who", "Who says so"), rows
        )
        return joined([head, figure], "\n")

    def _actor(self, actor: Actor) -> Html:
        said = [
            element(
                "li",
                f"{part} {speaker(one.claimant)}: ",
                self._places(one.evidence),
                element("small", f" {repetitions(one)}"),
            )
            for part, one in allegations(actor)
        ]
        if actor.named:
            said.append(element("li", "named in reports: ", self._places(actor.named.evidence)))
        disputed = element("small", " disputed", class_="differ") if actor.is_disputed else Html()
        return row([element("bdi", actor.name), disputed], [element("ul", *said)])

    def _values(self, values: Sequence[Value]) -> Iterator[Html]:
        for value in values[:_MOST_ROWS]:
            about = f" {value.note}. " if value.note else " "
            small = element("small", f"{about}{counts(value.support)}", title=value.support.reason)
            head = [element("bdi", value.text), small]
            yield row(head, [self._places(value.evidence)])

    def _measure(self, measure: Measure) -> Html:
        items = [
            element("li", element("b", value.text), f" {counts(value.support)} ", self._places(value.evidence))
            for value in measure.values[:_MOST_ROWS]
        ]
        items += [
            element("li", "of these ", element("b", value.text), " ", self._places(value.evidence))
            for value in measure.parts[:_MOST_ROWS]
        ]
        items += [
            element("li", f"Changed: {development_in_words(change)}. {change.reason}")
            for change in measure.developments[:_MOST_ROWS]
        ]
        differ = element("small", " reports differ", class_="differ") if measure.differ else Html()
        return row([measure.name, differ], [element("ul", *items)])

    def _statement(self, one: Statement) -> Html:
        said = verb(one.kind, one.evidence[0])
        return row(
            [element("bdi", speaker(one.claimant))],
            [said],
            [self._places(one.evidence), f" {repetitions(one)}"],
            [day_of(one)],
        )

    def _source(self, source: Source) -> Html:
        number = self._numbers[source.document]
        title: list[str] = [element("span", source.title, dir="auto")]
        if source.link:
            name = source.title or source.link
            title = [element("a", name, href=source.link, rel="noopener noreferrer", dir="auto")]
        if source.is_mention:
            title.append(element("small", " only mentions it"))
        if source.is_party:
            title.append(element("small", " published by a party to the incident"))
        if source.reason:
            other = self._numbers[source.counts_with]
            title.append(element("p", f"Counted together with [{other}]: {source.reason}"))
        words: Html | str = f"[{number}] {source_in_words(source)}"
        if self._links:
            words = element("a", words, href=self._links.report(source.document))
        return row([element("span", words, id=f"source-{number}")], title)

    def _places(self, evidence: Iterable[Evidence], *, in_full: bool = False) -> Html:
        """Return the words of each place with the number of its source, the same words once."""
        by_words: dict[tuple[str, str | None], list[Evidence]] = {}
        for one in evidence:
            words = (one.context if in_full else one.quote).strip('“”"')
            by_words.setdefault((words, one.claimant), []).append(one)
        shown = list(by_words.items())[:_MOST_PLACES]
        parts = [
            joined([self._quoted(words, found[0]), " ", self._by(claimant), self._at(found)])
            for (words, claimant), found in shown
        ]
        more = [text(f"and {len(by_words) - len(shown)} more")] if len(by_words) > len(shown) else []
        return joined(parts + more, "; ")

    def _quoted(self, words: str, one: Evidence) -> Html:
        quote = element("q", words, dir="auto", title=one.context)
        return element("a", quote, href=self._links.place(one)) if self._links else quote

    def _by(self, claimant: str | None) -> Html:
        return text(f"({claimant}) ") if claimant else Html()

    def _at(self, evidence: Iterable[Evidence]) -> Html:
        found = places(evidence, self._numbers)
        links = [element("a", f"[{number}]", href=f"#source-{number}") for number in found[:_MOST_PLACES]]
        return element("span", joined(links, " "), " …" if len(found) > _MOST_PLACES else "", class_="at")
