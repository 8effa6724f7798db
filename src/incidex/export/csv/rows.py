"""Turns each finding in an analysis, of whatever kind, into a row of a table."""

from bisect import bisect_right
from collections.abc import Iterator

from incidex.export.in_words import hedge_in_words, quantity_in_words, time_in_words
from incidex.export.jsonl.values import rounded
from incidex.export.labelled import shown
from incidex.labels import scheme
from incidex.records import Analysis, Claim, Entity, Event, Indicator, Link, Quantity, Span, TimeBasis, TimeExpression

# What people look for comes first, what programs join tables by comes last.
COLUMNS = (
    "source",
    "published_at",
    "finding",
    "type",
    "role",
    "words",
    "value",
    "begins",
    "ends",
    "low",
    "high",
    "unit",
    "approximate",
    "realis",
    "claimant",
    "quoted",
    "hedges",
    "links",
    "group",
    "score",
    "reason",
    "sentence",
    "start",
    "end",
    "document",
)

Cell = str | int | float
Finding = dict[str, Cell]

_BASES = {
    TimeBasis.ABSOLUTE: "said in full",
    TimeBasis.PUBLICATION: "counted from the day of publication",
    TimeBasis.TEXT: "counted from a time named before",
}

# A sentence is repeated for everything that was found in it: one of a megabyte would be written a thousand times.
_LONGEST_SENTENCE = 500


def findings(analysis: Analysis, *, everything: bool = False) -> Iterator[Finding]:
    """
    Yield a row for each finding: labels, events, names, indicators, times, quantities and claims, in this order.

    A row has only those of `COLUMNS` that apply. With `everything`, the labels of sentences outside the article are
    among them.
    """
    document = analysis.document
    identity: Finding = {
        "source": document.source,
        "published_at": document.published_at or "",
        "document": document.id,
    }
    sentences = _Sentences(analysis)
    for span, row in _found(analysis, everything=everything):
        place: Finding = {"words": span.of(document.text), "start": span.start, "end": span.end}
        place["sentence"] = sentences.at(span)
        yield {**identity, **place, **{column: cell for column, cell in row.items() if cell is not None}}


class _Sentences:
    """Finds the sentence in which a span begins."""

    def __init__(self, analysis: Analysis) -> None:
        self._text = analysis.document.text
        self._spans = [sentence.span for sentence in analysis.sentences]
        self._starts = [span.start for span in self._spans]

    def at(self, span: Span) -> str:
        """Return the words of that sentence, shortened if it is far too long; "" if there is none."""
        index = bisect_right(self._starts, span.start) - 1
        if index < 0 or self._spans[index].end <= span.start:
            return ""
        sentence = self._spans[index]
        words = self._text[sentence.start : min(sentence.end, sentence.start + _LONGEST_SENTENCE)]
        return words if len(words) == sentence.end - sentence.start else f"{words}…"


_Found = tuple[Span, dict[str, Cell | None]]


def _found(analysis: Analysis, *, everything: bool) -> Iterator[_Found]:
    """Yield the span of each finding and its columns; None for those that do not apply."""
    text = analysis.document.text
    yield from _labels(analysis, everything=everything)
    for number, event in enumerate(analysis.events, start=1):
        yield from _event(event, f"event-{number}")
    for number, entity in enumerate(analysis.entities, start=1):
        yield from _entity(entity, f"name-{number}")
    yield from (_indicator(indicator, text) for indicator in analysis.indicators)
    yield from map(_time, analysis.times)
    yield from map(_quantity, analysis.quantities)
    groups = {mention.trigger: f"event-{n}" for n, event in enumerate(analysis.events, 1) for mention in event.mentions}
    for claim in analysis.claims:
        yield _claim(claim, text, groups.get(claim.trigger) if claim.trigger else None)


def _labels(analysis: Analysis, *, everything: bool) -> Iterator[_Found]:
    for sentence in shown(analysis, everything=everything):
        scores = dict(zip(scheme().names, sentence.scores, strict=True)) if sentence.scores else {}
        for label in sentence.labels:
            score = rounded(scores[label]) if scores else None
            yield sentence.span, {"finding": "label", "type": label, "role": sentence.kind.value, "score": score}


def _event(event: Event, group: str) -> Iterator[_Found]:
    for mention in event.mentions:
        shared: dict[str, Cell | None] = {"realis": mention.realis.value, "group": group}
        score = rounded(mention.score)
        yield mention.trigger, {"finding": "event", "type": mention.event_type, "score": score, **shared}
        for argument in mention.arguments:
            row = {"finding": "argument", "type": argument.entity_type, "role": argument.role}
            yield argument.span, {**row, "value": argument.name or None, "score": rounded(argument.score), **shared}


def _entity(entity: Entity, group: str) -> Iterator[_Found]:
    row: dict[str, Cell | None] = {
        "finding": "name",
        "type": entity.kind.value if entity.kind else None,
        "value": entity.name,
        "links": "; ".join(map(_link, entity.candidates)),
        "reason": entity.candidates[0].why if entity.candidates else None,
        "group": group,
    }
    return ((span, row) for span in entity.mentions)


def _link(link: Link) -> str:
    return f"{link.name} ({link.source}, {link.id})"


def _indicator(indicator: Indicator, text: str) -> _Found:
    imitates = indicator.imitates
    return indicator.span, {
        "finding": "indicator",
        "type": indicator.kind.value,
        "role": indicator.role.value,
        "value": indicator.value,
        "reason": indicator.reason
        + (f"; imitates {imitates.organisation.of(text)} ({imitates.how})" if imitates else ""),
    }


def _time(time: TimeExpression) -> _Found:
    return time.span, {
        "finding": "time",
        "type": time.granularity.value,
        "role": time.bound.value if time.bound else "duration" if time.is_duration else None,
        "value": time_in_words(time),
        "begins": time.begins,
        "ends": time.ends,
        "approximate": time.approximate,
        "reason": time.reason or (_BASES[time.basis] if time.basis else None),
    }


def _quantity(quantity: Quantity) -> _Found:
    return quantity.span, {
        "finding": "quantity",
        "type": quantity.kind.value,
        "value": quantity_in_words(quantity),
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "approximate": quantity.approximate,
    }


def _claim(claim: Claim, text: str, group: str | None) -> _Found:
    about = claim.accused or claim.value
    return claim.words, {
        "finding": "claim",
        "type": claim.kind.value,
        "value": about.of(text) if about else None,
        "claimant": claim.claimant.name.of(text) if claim.claimant else None,
        "quoted": claim.quoted,
        "hedges": "; ".join(hedge_in_words(hedge, text) for hedge in claim.hedges),
        "group": group,
        "score": rounded(claim.score),
        "reason": claim.rule,
    }
