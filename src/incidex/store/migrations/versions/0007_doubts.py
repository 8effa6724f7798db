"""What is unsure in each document."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make both tables. They are filled when somebody asks for the queue."""
    op.create_table(
        "doubts",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="doubts_document_fk"),
        sa.PrimaryKeyConstraint("document", "number", name="doubts_pk"),
    )
    op.create_index("doubts_kind_score_document_number", "doubts", ["kind", "score", "document", "number"])
    op.create_table(
        "looked_through",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="looked_through_document_fk"),
        sa.PrimaryKeyConstraint("document", name="looked_through_pk"),
    )
