"""Accounts of the desk, what they log in with, and a log of who did what."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SQLITE = tuple(
    f"""CREATE TRIGGER audit_{verb.lower()} BEFORE {verb} ON audit BEGIN
        SELECT RAISE(ABORT, 'The audit log is appended to, never changed.');
    END"""
    for verb in ("UPDATE", "DELETE")
)
_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION refuse_change_of_audit() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION 'The audit log is appended to, never changed.'; END
    $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON audit
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit()""",
)


def upgrade() -> None:
    """Make the three tables, and keep the audit log from being changed."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="accounts_pk"),
    )
    op.create_table(
        "credentials",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], name="credentials_account_fk"),
        sa.PrimaryKeyConstraint("hash", name="credentials_pk"),
    )
    op.create_index("credentials_account", "credentials", ["account"])
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="audit_pk"),
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
