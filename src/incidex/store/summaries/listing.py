"""Lists incidents by what their dossiers show: chosen, ordered, in parts, with counts for further choices."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select

from incidex.records import Choice, Facet, FacetKind, Filter, Order, Page, Summary
from incidex.store import schema, search
from incidex.store.decisions.ignored import folded
from incidex.store.pack import unpack
from incidex.store.summaries import cursors

_SUMMARIES, _FACETS = schema.summaries, schema.facets
_KEYS: dict[Order, ColumnElement[Any]] = {
    Order.DATE: _SUMMARIES.c.last_seen,
    Order.CHANGED: _SUMMARIES.c.changed_at,
    Order.SIZE: _SUMMARIES.c.reports,
}
_MOST_CHOICES = 20


def page(
    connection: Connection, wanted: Filter, *, order: Order, limit: int, after: str | None, with_facets: bool
) -> Page:
    """Return a part of the list of the incidents that are wanted; see `Store.summaries`."""
    condition = matching(connection, wanted)
    key = _KEYS[order]
    query = select(_SUMMARIES.c.content, _SUMMARIES.c.incident, key.label("key")).where(condition)
    if after is not None:
        last, number = cursors.read(after, order)
        query = query.where(or_(key < last, and_(key == last, _SUMMARIES.c.incident < number)))
    found = connection.execute(query.order_by(key.desc(), _SUMMARIES.c.incident.desc()).limit(limit + 1)).all()
    shown = found[:limit]
    count = select(func.count()).select_from(_SUMMARIES).where(condition)
    return Page(
        summaries=tuple(unpack(Summary, row.content) for row in shown),
        total=connection.execute(count).scalar_one(),
        next=cursors.written(order, shown[-1].key, shown[-1].incident) if len(found) > limit else None,
        facets=tuple(_facet(connection, wanted, kind) for kind in FacetKind) if with_facets else (),
    )


def in_order(connection: Connection, wanted: Filter, order: Order = Order.DATE) -> Select[Any]:
    """Return a query for the numbers of the incidents that are wanted, in order."""
    query = select(_SUMMARIES.c.incident).where(matching(connection, wanted))
    return query.order_by(_KEYS[order].desc(), _SUMMARIES.c.incident.desc())


def matching(connection: Connection, wanted: Filter) -> ColumnElement[bool]:
    """
    Return the condition that incidents fulfil which are wanted.

    Raises:
        InputError: `wanted.words` has no word.
    """
    conditions: list[ColumnElement[bool]] = [_SUMMARIES.c.incident.is_not(None)]
    if wanted.since:
        conditions.append(_SUMMARIES.c.last_seen >= wanted.since)
    if wanted.until:
        # "2017-05" includes all days of May.
        end = wanted.until + "-99-99"[len(wanted.until) - 4 :]
        conditions += [_SUMMARIES.c.first_seen <= end, _SUMMARIES.c.first_seen != ""]
    if wanted.changed_since:
        conditions.append(_SUMMARIES.c.changed_at >= wanted.changed_since)
    if wanted.words:
        conditions.append(_has_words(connection, wanted.words))
    chosen = ((kind, getattr(wanted, kind.value)) for kind in FacetKind)
    conditions += [_SUMMARIES.c.incident.in_(_with_term(kind, value)) for kind, value in chosen if value]
    return and_(*conditions)


def _with_term(kind: FacetKind, value: str) -> Select[Any]:
    """Return a query for the incidents that have a value of one kind."""
    query = select(_FACETS.c.incident).where(_FACETS.c.kind == kind.value)
    name = folded(value)
    if len(value) > 1 and value[0] == value[-1] == '"':
        return query.where(_FACETS.c.name == name)
    if kind is FacetKind.COUNTRY:
        # "us" is no part of "Russia".
        parts = [f"|{name}|"]
    elif kind is FacetKind.CVE:
        parts = [name]
    else:
        parts = name.split()
    if not name:
        return query.where(false())
    return query.where(*(_FACETS.c.forms.contains(part, autoescape=True) for part in parts))


def _has_words(connection: Connection, words: str) -> ColumnElement[bool]:
    terms = search.checked_terms(words)
    title = [_SUMMARIES.c.title.contains(term.rstrip("*").casefold(), autoescape=True) for _, term in terms]
    in_title = and_(*(each if is_wanted else ~each for (is_wanted, _), each in zip(terms, title, strict=True)))
    profiles = schema.profiles
    reported = select(profiles.c.incident).where(profiles.c.document.in_(search.documents_with(connection, terms)))
    return or_(in_title, _SUMMARIES.c.incident.in_(reported))


def _facet(connection: Connection, wanted: Filter, kind: FacetKind) -> Facet:
    """Return the most frequent values of a kind among the incidents that fulfil the other conditions."""
    others = replace(wanted, **{kind.value: None})
    count = func.count().label("number")
    query = select(func.min(_FACETS.c.shown).label("shown"), count).where(_FACETS.c.kind == kind.value)
    if others != Filter():
        chosen = select(_SUMMARIES.c.incident).where(matching(connection, others))
        query = query.where(_FACETS.c.incident.in_(chosen))
    query = query.group_by(_FACETS.c.name).order_by(count.desc(), _FACETS.c.name).limit(_MOST_CHOICES)
    return Facet(kind, tuple(Choice(row.shown, row.number) for row in connection.execute(query)))
