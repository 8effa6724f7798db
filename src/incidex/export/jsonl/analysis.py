"""Writes an analysis as one line of JSON; `schema/document.json` describes it."""

from typing import Any

from incidex.export.jsonl.claims import claim_values
from incidex.export.jsonl.values import json_text, rounded, words
from incidex.export.labelled import shown
from incidex.labels import scheme
from incidex.records import (
    Analysis,
    Argument,
    Block,
    Entity,
    Event,
    EventMention,
    Indicator,
    Link,
    Quantity,
    Sentence,
    TimeExpression,
)

SCHEMA_VERSION = 1


def to_jsonl(analysis: Analysis, *, everything: bool = False) -> str:
    """
    Return one line of JSON with its line end: the document, its blocks, the article's sentences, events, indicators,
    names, times and quantities.

    With `everything`, the sentences of captions, links and notices are among them. All blocks are there in any case.
    """
    return json_text(to_dict(analysis, everything=everything))


def to_dict(analysis: Analysis, *, everything: bool = False) -> dict[str, Any]:
    """Return what `to_jsonl` writes, as Python values."""
    document = analysis.document
    return {
        "schema_version": SCHEMA_VERSION,
        "id": document.id,
        "source": document.source,
        "format": document.format,
        "title": document.title,
        "published_at": document.published_at,
        "publisher": document.publisher,
        "author": document.author,
        "language": document.language,
        "warnings": list(document.warnings),
        "link": document.link,
        "model": analysis.model,
        "text": document.text,
        "blocks": [_block(block) for block in document.blocks],
        "sentences": [_sentence(sentence, document.text) for sentence in shown(analysis, everything=everything)],
        "events": [_event(event, document.text) for event in analysis.events],
        "indicators": [_indicator(indicator, document.text) for indicator in analysis.indicators],
        "entities": [_entity(entity, document.text) for entity in analysis.entities],
        "times": [_time(time, document.text) for time in analysis.times],
        "quantities": [_quantity(quantity, document.text) for quantity in analysis.quantities],
        "claims": [claim_values(claim, document.text) for claim in analysis.claims],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "start": block.span.start,
        "end": block.span.end,
        "kind": block.kind.value,
        "reason": block.reason,
        "repeats": block.repeats,
        "origin": block.origin,
        "level": block.level,
        "markup": [{"start": span.start, "end": span.end} for span in block.markup],
    }


def _sentence(sentence: Sentence, text: str) -> dict[str, Any]:
    scores = zip(scheme().names, sentence.scores, strict=True) if sentence.scores else ()
    return {
        **words(sentence.span, text),
        "kind": sentence.kind.value,
        "labels": list(sentence.labels),
        "scores": {name: rounded(score) for name, score in scores},
    }


def _event(event: Event, text: str) -> dict[str, Any]:
    return {"event_type": event.event_type, "mentions": [_mention(mention, text) for mention in event.mentions]}


def _mention(mention: EventMention, text: str) -> dict[str, Any]:
    return {
        "trigger": words(mention.trigger, text),
        "event_type": mention.event_type,
        "realis": mention.realis.value,
        "score": rounded(mention.score),
        "arguments": [_argument(argument, text) for argument in mention.arguments],
    }


def _argument(argument: Argument, text: str) -> dict[str, Any]:
    return {
        **words(argument.span, text),
        "entity_type": argument.entity_type,
        "role": argument.role,
        "name": argument.name or None,
        "score": rounded(argument.score),
    }


def _indicator(indicator: Indicator, text: str) -> dict[str, Any]:
    imitates = indicator.imitates
    return {
        **words(indicator.span, text),
        "kind": indicator.kind.value,
        "value": indicator.value,
        "role": indicator.role.value,
        "reason": indicator.reason,
        "imitates": {**words(imitates.organisation, text), "how": imitates.how} if imitates else None,
    }


def _time(time: TimeExpression, text: str) -> dict[str, Any]:
    return {
        **words(time.span, text),
        "rule": time.rule,
        "granularity": time.granularity.value,
        "begins": time.begins,
        "ends": time.ends,
        "basis": time.basis,
        "part": time.part,
        "bound": time.bound,
        "is_duration": time.is_duration,
        "duration": time.duration,
        "approximate": time.approximate,
        "reason": time.reason,
    }


def _quantity(quantity: Quantity, text: str) -> dict[str, Any]:
    return {
        **words(quantity.span, text),
        "kind": quantity.kind.value,
        "unit": quantity.unit,
        "low": quantity.low,
        "high": quantity.high,
        "low_included": quantity.low_included,
        "high_included": quantity.high_included,
        "approximate": quantity.approximate,
    }


def _entity(entity: Entity, text: str) -> dict[str, Any]:
    return {
        "name": entity.name,
        "kind": entity.kind,
        "mentions": [words(span, text) for span in entity.mentions],
        "candidates": [_link(link) for link in entity.candidates],
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "source": link.source,
        "id": link.id,
        "name": link.name,
        "kind": link.kind.value,
        "alias": link.alias,
        "why": link.why,
    }
