"""Applies edits of names: what an entity is called, what it is, and what it is in a source of names."""

import re
from collections.abc import Iterable
from dataclasses import replace

from incidex.records import Analysis, Entity, EntityKind, Span
from incidex.store.decisions.edits import Change, Target, Verdict
from incidex.store.decisions.places import overlap


def edit_name(analysis: Analysis, target: Target, change: Change, number: int | None) -> Analysis:
    """Return `analysis` with one entity added, changed or removed, with all its mentions."""
    if target.span is None:
        return analysis
    entity = entity_at(analysis, target.span)
    if entity is None:
        return _with_new(analysis, target.span, change, number)
    if change.verdict is Verdict.REJECTED:
        return replace(analysis, entities=tuple(each for each in analysis.entities if each is not entity))
    new = _changed(entity, target.span, change, number)
    return _ordered(analysis, (new if each is entity else each for each in analysis.entities))


def entity_at(analysis: Analysis, span: Span) -> Entity | None:
    """Return the entity that is named at `span`; None if there is none."""
    found = [
        (overlap(mention, span), -number, entity)
        for number, entity in enumerate(analysis.entities)
        for mention in entity.mentions
        if mention.overlaps(span)
    ]
    return max(found, key=lambda each: each[:2])[2] if found else None


def _changed(entity: Entity, span: Span, change: Change, number: int | None) -> Entity:
    """Return the entity as it should be. Links that contradict its new kind are left out."""
    kind = EntityKind(change.kind) if change.kind else change.link.kind if change.link else entity.kind
    candidates = (change.link,) if change.link else entity.candidates
    if change.kind:
        candidates = tuple(link for link in candidates if link.kind is kind)
    mentions = entity.mentions
    if change.extent:
        resized = {change.extent if mention.overlaps(span) else mention for mention in mentions}
        mentions = tuple(sorted(resized))
    name = change.name or (change.link.name if change.link else entity.name)
    return replace(entity, name=name, kind=kind, mentions=mentions, candidates=candidates, decision=number)


def _with_new(analysis: Analysis, span: Span, change: Change, number: int | None) -> Analysis:
    if change.kind is None:
        return analysis
    span = change.extent or span
    words = span.of(analysis.document.text)
    links = (change.link,) if change.link else ()
    mentions = _occurrences(analysis, words) or (span,)
    new = Entity(change.name or words, EntityKind(change.kind), mentions, links, number)
    return _ordered(analysis, (*analysis.entities, new))


def _occurrences(analysis: Analysis, words: str) -> tuple[Span, ...]:
    """Return where `words` stand in the article, as whole words, outside other names."""
    taken = [mention for entity in analysis.entities for mention in entity.mentions]
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    found = (Span(*match.span()) for match in pattern.finditer(analysis.document.text))
    inside = [block.span for block in analysis.document.blocks if block.kind.in_article]
    return tuple(
        span
        for span in found
        if (not inside or any(block.covers(span) for block in inside)) and not any(map(span.overlaps, taken))
    )


def _ordered(analysis: Analysis, entities: Iterable[Entity]) -> Analysis:
    return replace(analysis, entities=tuple(sorted(entities, key=lambda entity: entity.mentions[0])))
