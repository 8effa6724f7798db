"""What is shared with other programs."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make both tables, and note that no incident is shared yet."""
    op.create_table(
        "shared",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("is_first", sa.Integer(), nullable=False),
        sa.Column("is_last", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="shared_pk"),
        sa.UniqueConstraint("added_at", name="shared_added_at"),
    )
    op.create_index("shared_object", "shared", ["object"])
    op.create_table(
        "holdings",
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("incident", "object", name="holdings_pk"),
    )
    op.create_index("holdings_object", "holdings", ["object"])
    with op.batch_alter_table("summaries") as table:
        table.add_column(sa.Column("is_shared", sa.Integer(), nullable=False, server_default="0"))
        table.create_index("summaries_is_shared_incident", ["is_shared", "incident"])
