"""Writes an analysis as a task for Label Studio, with its findings as a prediction, and project configurations."""

import json
from collections.abc import Iterator
from itertools import count, pairwise
from typing import Any
from xml.sax.saxutils import quoteattr

from incidex.export.jsonl.values import rounded, words
from incidex.export.labelled import shown
from incidex.labels import SAME, scheme
from incidex.records import Analysis, Event, EventMention, Sentence, Span

# As far apart as five colours can be for people who see red and green alike (Okabe and Ito); grey for arguments.
_COLOURS = ("#0072B2", "#E69F00", "#D55E00", "#009E73", "#CC79A7")
_GREY = "#888888"

_VIEW = """\
<View>
  <Relations>
{relations}
  </Relations>
  <Labels name="sentence" toName="text" choice="multiple">
{sentence}
  </Labels>
  <Labels name="trigger" toName="text">
{trigger}
  </Labels>
  <Choices name="realis" toName="text" choice="single" perRegion="true" whenTagName="trigger">
{realis}
  </Choices>
  <Labels name="argument" toName="text">
{argument}
  </Labels>
  <Text name="text" value="$text" granularity="word"/>
</View>
"""


def to_label_studio(*analyses: Analysis, everything: bool = False) -> str:
    """
    Return one line of JSON in ASCII, with its line end: a list with a task for each analysis.

    `incidex.ingest.label_studio.read_tasks` reads the same labels and events back, once somebody has accepted them.
    With `everything`, the sentences of captions, links and notices are marked, too.
    """
    return json.dumps([task(analysis, everything=everything) for analysis in analyses]) + "\n"


def task(analysis: Analysis, *, everything: bool = False) -> dict[str, Any]:
    """Return the task as Python values: the text in `data`, all marks in one prediction."""
    document = analysis.document
    marks = _Marks(document.text)
    result = [
        *marks.sentences(shown(analysis, everything=everything)),
        *(part for event in analysis.events for part in marks.event(event)),
    ]
    about = {"id": document.id, "source": document.source, "title": document.title}
    about |= {"published_at": document.published_at, "publisher": document.publisher}
    known = {key: value for key, value in about.items() if value}
    return {
        "data": {"text": document.text, **known},
        "predictions": [{"model_version": analysis.model, "result": result}],
    }


def labelling_config() -> str:
    """Return the labelling configuration that a project needs for such tasks, as XML."""
    coloured = list(zip(scheme().names, _COLOURS, strict=True))
    return _VIEW.format(
        relations=_tags("Relation", [(name, "") for name in (SAME, *scheme().roles)]),
        sentence=_tags("Label", [*coloured, (scheme().none, _GREY)]),
        trigger=_tags("Label", coloured),
        realis=_tags("Choice", [(name, "") for name in scheme().realis]),
        argument=_tags("Label", [(name, _GREY) for name in scheme().entity_types]),
    )


def _tags(tag: str, values: list[tuple[str, str]]) -> str:
    shades = {value: f' background="{colour}"' if colour else "" for value, colour in values}
    return "\n".join(f"    <{tag} value={quoteattr(value)}{shade}/>" for value, shade in shades.items())


class _Marks:
    """The marks of one task, numbered: S1, S2 ... are sentences, E1, E2 ... triggers, T1, T2 ... arguments."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._triggers = (f"E{number}" for number in count(1))
        self._arguments: dict[tuple[Span, str], str] = {}

    def sentences(self, sentences: Iterator[Sentence]) -> Iterator[dict[str, Any]]:
        """Yield a mark for each sentence, with `O` where it has no label."""
        for number, sentence in enumerate(sentences, 1):
            labels = list(sentence.labels) or [scheme().none]
            yield self._mark(f"S{number}", "sentence", sentence.span, labels)

    def event(self, event: Event) -> Iterator[dict[str, Any]]:
        """Yield the marks of an event, and the relations between its mentions."""
        names = []
        for mention, name in zip(event.mentions, self._triggers, strict=False):
            names.append(name)
            yield from self._mention(mention, name)
        for earlier, later in pairwise(names):
            yield _relation(earlier, later, [SAME])

    def _mention(self, mention: EventMention, name: str) -> Iterator[dict[str, Any]]:
        yield {**self._mark(name, "trigger", mention.trigger, [mention.event_type]), "score": rounded(mention.score)}
        choice = {"id": name, "from_name": "realis", "to_name": "text", "type": "choices"}
        yield {**choice, "value": {**words(mention.trigger, self._text), "choices": [mention.realis.value]}}
        roles: dict[str, list[str]] = {}
        for argument in mention.arguments:
            key = (argument.span, argument.entity_type)
            if key not in self._arguments:
                self._arguments[key] = f"T{len(self._arguments) + 1}"
                mark = self._mark(self._arguments[key], "argument", argument.span, [argument.entity_type])
                yield {**mark, "score": rounded(argument.score)}
            roles.setdefault(self._arguments[key], []).append(argument.role)
        for argument_name, of_mention in roles.items():
            yield _relation(name, argument_name, of_mention)

    def _mark(self, name: str, control: str, span: Span, labels: list[str]) -> dict[str, Any]:
        mark = {"id": name, "from_name": control, "to_name": "text", "type": "labels"}
        return {**mark, "value": {**words(span, self._text), "labels": labels}}


def _relation(source: str, target: str, labels: list[str]) -> dict[str, Any]:
    return {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": labels}
