"""Applies edits of what a document is: its title, the date of publication and the publisher."""

from dataclasses import replace
from typing import Any

from incidex.records import Analysis, Document
from incidex.store.decisions.edits import Change, Target, Thing, Verdict

# The attribute of `Document`, in the order of its `corrected`.
ATTRIBUTES = {Thing.TITLE: "title", Thing.DATE: "published_at", Thing.PUBLISHER: "publisher"}


def edit_fact(analysis: Analysis, target: Target, change: Change, _: int | None) -> Analysis:
    """Return `analysis` of a document with another title, date or publisher."""
    return replace(analysis, document=with_fact(analysis.document, target, change))


def with_fact(document: Document, target: Target, change: Change) -> Document:
    """Return `document` with another title, date or publisher, or with what it has, confirmed."""
    name = ATTRIBUTES[target.thing]
    value = getattr(document, name) if change.value is None else change.value or None
    if change.verdict is Verdict.REJECTED:
        value = None
    corrected = tuple(each for each in ATTRIBUTES.values() if each == name or each in document.corrected)
    new: dict[str, Any] = {name: value, "corrected": corrected}
    return replace(document, **new)
