"""
The records that flow through the pipeline: frozen dataclasses, without behaviour of their own.

All positions are `Span`s into `Document.text`: zero-based, half-open, counted in Unicode code points, so that
`document.text[span.start:span.end]` is always the exact words.
"""

from incidex.records.claims import Claim, Claimant, ClaimKind, Hedge
from incidex.records.document import NAMESPACE, Analysis, Block, BlockKind, Document, Sentence
from incidex.records.dossiers import (
    Actor,
    Certainty,
    Development,
    Dossier,
    Evidence,
    Measure,
    Moment,
    Source,
    Statement,
    Status,
    Support,
    Value,
)
from incidex.records.entities import Entity, EntityKind, Entry, Link
from incidex.records.events import Argument, Event, EventMention, Realis
from incidex.records.exchange import Article, Attack, Fix, NamedEntity, Observable, Party, ReportedClaim, Technique
from incidex.records.incidents import Incident, Incidents, Period, Profile, Related, Weighted
from incidex.records.span import Span
from incidex.records.summaries import Choice, Facet, FacetKind, Filter, Order, Page, Summary
from incidex.records.values import (
    Granularity,
    Imitation,
    Indicator,
    IndicatorKind,
    IndicatorRole,
    PartOfPeriod,
    Quantity,
    QuantityKind,
    TimeBasis,
    TimeBound,
    TimeExpression,
)

__all__ = [
    "Actor",
    "Analysis",
    "Argument",
    "Article",
    "Attack",
    "Block",
    "BlockKind",
    "Certainty",
    "Choice",
    "Claim",
    "ClaimKind",
    "Claimant",
    "Development",
    "Document",
    "Dossier",
    "Entity",
    "EntityKind",
    "Entry",
    "Event",
    "EventMention",
    "Evidence",
    "Facet",
    "FacetKind",
    "Filter",
    "Fix",
    "Granularity",
    "Hedge",
    "Imitation",
    "Incident",
    "Incidents",
    "Indicator",
    "IndicatorKind",
    "IndicatorRole",
    "Link",
    "Measure",
    "Moment",
    "NAMESPACE",
    "NamedEntity",
    "Observable",
    "Order",
    "Page",
    "PartOfPeriod",
    "Party",
    "Period",
    "Profile",
    "Quantity",
    "QuantityKind",
    "Realis",
    "Related",
    "ReportedClaim",
    "Sentence",
    "Source",
    "Span",
    "Statement",
    "Status",
    "Summary",
    "Support",
    "Technique",
    "TimeBasis",
    "TimeBound",
    "TimeExpression",
    "Value",
    "Weighted",
]
