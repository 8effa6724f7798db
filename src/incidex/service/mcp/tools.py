"""The tools: each reads the store, or a text, and answers with quotations and their sources."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, Literal, ParamSpec

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from incidex.errors import IncidexError
from incidex.records import Analysis, Document, Filter, Order
from incidex.service.mcp.quoted import answer, part, sections
from incidex.store import Store

if TYPE_CHECKING:
    from incidex.pipeline import SentenceScorer

_Given = ParamSpec("_Given")
# In characters: some 8,000 words, which are analysed in a few seconds.
_LONGEST_TEXT = 50_000

Words = Annotated[str, Field(max_length=500)]
Id = Annotated[str, Field(min_length=1, max_length=64, description="The id, or its beginning if that is unambiguous.")]
Day = Annotated[str | None, Field(pattern=r"^\d{4}(-\d{2}){0,2}$", description="2024-03-14, 2024-03 or 2024.")]
Part = Annotated[str | None, Field(max_length=200, description="A part of the name, in any case.")]
Offset = Annotated[int, Field(ge=0, description="How many entries to pass over.")]
Limit = Annotated[int, Field(ge=1, le=50)]
Findings = Literal["sentences", "events", "claims", "indicators", "entities", "times", "quantities"]


class Tools:
    """Answers from a store, and from the model for texts that are given. Nothing is ever written."""

    def __init__(self, store: Store, encoder: "Callable[[], SentenceScorer]") -> None:
        """Use a store, and a function that opens the model when it is first needed."""
        self._store = store
        self._encoder = encoder

    def all(self) -> "Sequence[Callable[..., str]]":
        """Return the tools."""
        own = (self.search_reports, self.list_incidents, self.open_dossier, self.read_report, self.analyse_text)
        return tuple(_reporting(tool) for tool in own)

    def search_reports(
        self,
        words: Annotated[str, Field(min_length=1, max_length=500, description='Words, "a phrase", begin*, -without.')],
        limit: Limit = 10,
    ) -> str:
        """Find the reports in the store that have all the words, the best first, with the words in their context."""
        hits = self._store.search(words, limit=limit)
        says = f"{len(hits)} found." if hits else "No report in the store has these words."
        return answer(says, [asdict(hit) for hit in hits])

    def list_incidents(
        self,
        since: Day = None,
        until: Day = None,
        type: Part = None,
        victim: Part = None,
        actor: Part = None,
        country: Part = None,
        cve: Part = None,
        words: Part = None,
        order: Order = Order.DATE,
        limit: Limit = 20,
        cursor: Annotated[str | None, Field(max_length=400, description="What the answer before gave.")] = None,
    ) -> str:
        """List the incidents in the store that fulfil all conditions, with title, victims, actors, dates and status."""
        wanted = Filter(
            since=since, until=until, type=type, victim=victim, actor=actor, country=country, cve=cve, words=words
        )
        page = self._store.summaries(wanted, order=order, limit=limit, after=cursor)
        going_on = f" Go on with cursor {page.next}" if page.next else ""
        return answer(f"{len(page.summaries)} of {page.total} incidents.{going_on}", list(map(asdict, page.summaries)))

    def open_dossier(
        self,
        incident: Id,
        section: Annotated[str, Field(max_length=40, description="One list of the dossier, whole: timeline.")] = "",
        offset: Offset = 0,
        limit: Limit = 20,
    ) -> str:
        """
        Open the dossier of an incident: what all its reports say, with the sentence and the report behind each value.

        A value with status or certainty words is as sure as these say. Accusations are the claimants', not facts. Of
        long lists only the first entries are shown; name a section to read all of it.
        """
        from incidex.export.jsonl.incidents import to_json_dossier

        dossier = self._store.dossier(incident)
        content: dict[str, Any] = json.loads(to_json_dossier(dossier))
        known = tuple(sections(content))
        if section and section not in known:
            raise ToolError(f"A dossier has no section {section!r}. It has: {', '.join(known)}.")
        if not section:
            return answer(f"The dossier of incident {dossier.id}. Sections: {', '.join(known)}.", content)
        entries, says = part(content[section], offset=offset, limit=limit)
        sources = {each["document"]: each for each in content["sources"]}
        return answer(f"{section}: {says}", {section: entries, "from": _named_in(entries, sources)})

    def read_report(self, report: Id, findings: Findings = "sentences", offset: Offset = 0, limit: Limit = 20) -> str:
        """Read what was found in a report: sentences with labels, events, claims, indicators, names, times, figures."""
        from incidex.export.jsonl.analysis import to_dict

        analysis = self._store.analysis(report)
        entries, says = part(to_dict(analysis)[findings], offset=offset, limit=limit)
        return answer(f"{findings} of report {analysis.document.id}: {says}", _found(analysis, {findings: entries}))

    def analyse_text(self, text: Annotated[str, Field(min_length=1, max_length=_LONGEST_TEXT)]) -> str:
        """Analyse a text that is not in the store: labels, events, claims, indicators, names. Nothing is kept."""
        from incidex.export.jsonl.analysis import to_dict
        from incidex.ingest.plain import from_text
        from incidex.pipeline import analyse

        analysis = analyse(from_text(text), encoder=self._encoder())
        content = to_dict(analysis)
        chosen = {name: content[name] for name in ("sentences", "events", "claims", "indicators", "entities")}
        labelled = sum(bool(sentence.labels) for sentence in analysis.sentences)
        return answer(f"{labelled} of {len(analysis.sentences)} sentences report something.", _found(analysis, chosen))


def _found(analysis: Analysis, content: dict[str, Any]) -> dict[str, Any]:
    return {"report": _source(analysis.document), "model": analysis.model, **content}


def _source(document: Document) -> dict[str, Any]:
    names = ("id", "source", "title", "publisher", "published_at", "link")
    return {name: getattr(document, name) for name in names}


def _named_in(entries: Any, sources: dict[str, Any]) -> list[Any]:
    """Return the sources whose ids stand in `entries`."""
    text = json.dumps(entries)
    return [source for id, source in sources.items() if id in text]


def _reporting(tool: "Callable[_Given, str]") -> "Callable[_Given, str]":
    """Return `tool` with errors of Incidex as errors that the assistant is told in the same words."""

    @wraps(tool)
    def told(*given: _Given.args, **named: _Given.kwargs) -> str:
        try:
            return tool(*given, **named)
        except IncidexError as error:
            raise ToolError(str(error)) from error

    return told
