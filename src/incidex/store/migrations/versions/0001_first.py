"""The first tables: documents with revisions, analyses, search, profiles, incidents, decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# The longest body that PostgreSQL indexes, in characters: its vectors hold a megabyte.
_LONGEST = 200_000

_SQLITE = (
    """CREATE VIRTUAL TABLE search USING fts5(
        title, body, content='texts', content_rowid='document', tokenize='porter unicode61')""",
    """CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
        INSERT INTO search(rowid, title, body) VALUES (new.document, new.title, new.body);
    END""",
    """CREATE TRIGGER texts_changed AFTER UPDATE ON texts BEGIN
        INSERT INTO search(search, rowid, title, body) VALUES ('delete', old.document, old.title, old.body);
        INSERT INTO search(rowid, title, body) VALUES (new.document, new.title, new.body);
    END""",
    *(
        f"""CREATE TRIGGER decisions_{verb.lower()} BEFORE {verb} ON decisions BEGIN
            SELECT RAISE(ABORT, 'Decisions are appended, never changed.');
        END"""
        for verb in ("UPDATE", "DELETE")
    ),
)

_POSTGRESQL = (
    f"""ALTER TABLE texts ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', left(title, {_LONGEST})), 'A') ||
        to_tsvector('english', left(body, {_LONGEST}))) STORED""",
    "CREATE INDEX texts_words ON texts USING gin (words)",
    """CREATE FUNCTION refuse_change() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION 'Decisions are appended, never changed.'; END
    $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER decisions_kept BEFORE UPDATE OR DELETE ON decisions
        FOR EACH ROW EXECUTE FUNCTION refuse_change()""",
)


def upgrade() -> None:
    """Make all tables, then what is particular to the database: the index of words, and triggers."""
    for make in (_documents, _incidents, _keys, _decisions):
        make()
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        op.execute(statement)


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="documents_pk"),
        sa.UniqueConstraint("text_id", name="documents_text_id"),
    )
    op.create_table(
        "sources",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="sources_document_fk"),
        sa.PrimaryKeyConstraint("source", name="sources_pk"),
    )
    op.create_index("sources_document", "sources", ["document"])
    op.create_table(
        "revisions",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="revisions_document_fk"),
        sa.PrimaryKeyConstraint("document", "revision", name="revisions_pk"),
    )
    op.create_index("revisions_text_id", "revisions", ["text_id"])
    op.create_table(
        "analyses",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document", "revision"], ["revisions.document", "revisions.revision"], name="analyses_document_revision_fk"
        ),
        sa.PrimaryKeyConstraint("document", "revision", name="analyses_pk"),
    )
    op.create_index("analyses_maker", "analyses", ["maker"])
    op.create_table(
        "texts",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="texts_document_fk"),
        sa.PrimaryKeyConstraint("document", name="texts_pk"),
    )


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Text(), nullable=True),
        sa.Column("last_seen", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="incidents_pk"),
        sa.UniqueConstraint("id", name="incidents_id"),
    )
    op.create_index("incidents_first_seen", "incidents", ["first_seen"])
    op.create_index("incidents_last_seen", "incidents", ["last_seen"])
    op.create_table(
        "profiles",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="profiles_document_fk"),
        sa.ForeignKeyConstraint(["incident"], ["incidents.number"], name="profiles_incident_fk"),
        sa.PrimaryKeyConstraint("number", name="profiles_pk"),
        sa.UniqueConstraint("id", name="profiles_id"),
    )
    op.create_index("profiles_document", "profiles", ["document"])
    op.create_index("profiles_incident", "profiles", ["incident"])
    op.create_table(
        "successors",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="successors_pk"),
    )
    op.create_index("successors_profile", "successors", ["profile"])


def _keys() -> None:
    op.create_table(
        "keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("profile", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["profile"], ["profiles.number"], name="keys_profile_fk"),
        sa.PrimaryKeyConstraint("key", "day", "profile", name="keys_pk"),
        sqlite_with_rowid=False,
    )
    op.create_index("keys_profile", "keys", ["profile"])
    op.create_table(
        "facets",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("profile", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["profile"], ["profiles.number"], name="facets_profile_fk"),
        sa.PrimaryKeyConstraint("kind", "value", "profile", name="facets_pk"),
        sqlite_with_rowid=False,
    )
    op.create_index("facets_profile", "facets", ["profile"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["decisions.number"], name="decisions_undoes_fk"),
        sa.PrimaryKeyConstraint("number", name="decisions_pk"),
    )
    op.create_index("decisions_kind", "decisions", ["kind"])
    op.create_index("decisions_undoes", "decisions", ["undoes"])
    op.create_table(
        "subjects",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decision"], ["decisions.number"], name="subjects_decision_fk"),
        sa.PrimaryKeyConstraint("subject", "decision", name="subjects_pk"),
    )
