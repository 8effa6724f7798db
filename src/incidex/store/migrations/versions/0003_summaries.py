"""Summaries of incidents, by which they are listed and chosen, in place of what each report says for itself."""

import zlib
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# Of `incidex.store.summaries.rows`: the summary waits until it is read.
_LATER = "later"


def upgrade() -> None:
    """Make both tables, with what is known of each incident without its dossier."""
    op.drop_table("facets")
    _make_summaries()
    _make_facets()
    _fill()


def _make_summaries() -> None:
    op.create_table(
        "summaries",
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sa.Column("last_seen", sa.Text(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.number"], name="summaries_incident_fk", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", name="summaries_pk"),
    )
    op.create_index("summaries_maker", "summaries", ["maker"])
    for order in ("last_seen", "changed_at", "reports"):
        op.create_index(f"summaries_{order}_incident", "summaries", [order, "incident"])


def _make_facets() -> None:
    op.create_table(
        "facets",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("forms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["summaries.incident"], name="facets_incident_fk", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "name", "incident", name="facets_pk"),
        sqlite_with_rowid=False,
    )
    op.create_index("facets_incident", "facets", ["incident"])


def _fill() -> None:
    connection = op.get_bind()
    incidents = sa.table("incidents", sa.column("number"), sa.column("changed_at"), sa.column("content"))
    summaries = sa.table(
        "summaries",
        *map(sa.column, ("incident", "maker", "title", "first_seen", "last_seen")),
        *map(sa.column, ("reports", "changed_at", "content")),
    )
    for row in connection.execute(sa.select(incidents)).all():
        if values := _values(row):
            connection.execute(summaries.insert().values(**values))


def _values(row: Any) -> dict[str, Any] | None:
    """Return the row of a summary; None for an incident that no document reports."""
    content = msgspec.msgpack.decode(zlib.decompress(row.content)) if row.content else {}
    if not content.get("types"):
        return None
    first, last = content["first_seen"] or "", content["last_seen"] or ""
    reports = len(content["documents"])
    summary = {
        **{name: content[name] for name in ("id", "title", "types", "first_seen", "last_seen")},
        "status": "reported",
        "reports": reports,
        "independent": reports,
        "changed_at": row.changed_at,
    }
    return {
        "incident": row.number,
        "maker": _LATER,
        "title": content["title"].casefold(),
        "first_seen": first,
        "last_seen": last,
        "reports": reports,
        "changed_at": row.changed_at,
        "content": zlib.compress(msgspec.msgpack.encode(summary), 3),
    }
