"""The tables of the store. What changes here needs a migration, and a test compares the two."""

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

# The newest migration. A store that is there already is opened without Alembic.
HEAD = "0002"

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
        "pk": "%(table_name)s_pk",
    }
)

# An article through all its revisions. The number counts within this store and is shown to nobody.
documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),  # the newest
    Column("text_id", Text, nullable=False),  # `Document.id` of the newest revision
    UniqueConstraint("text_id"),
)

# Where an article is found: a path or URL, in the form of `documents.source_key`. Copies have several.
sources = Table(
    "sources",
    metadata,
    Column("source", Text, primary_key=True),
    Column("document", Integer, ForeignKey("documents.number"), nullable=False, index=True),
)

# What an article said when it was added. Never changed.
revisions = Table(
    "revisions",
    metadata,
    Column("document", Integer, ForeignKey("documents.number"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("text_id", Text, nullable=False, index=True),
    Column("digest", Text, nullable=False),  # of all that was read, also title and date
    Column("added_at", Text, nullable=False),  # UTC, ISO 8601
    Column("content", LargeBinary, nullable=False),  # a packed `Document`
)

# What the model and the rules made of a revision. `reanalyse` replaces it.
analyses = Table(
    "analyses",
    metadata,
    Column("document", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("maker", Text, nullable=False, index=True),  # the model bundle and the version of Incidex
    Column("made_at", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),  # a packed `Analysis` without its document
    ForeignKeyConstraint(["document", "revision"], ["revisions.document", "revisions.revision"]),
)

# The words of the newest revisions, for the search. SQLite's index `search` and PostgreSQL's column `words` rest on it.
texts = Table(
    "texts",
    metadata,
    Column("document", Integer, ForeignKey("documents.number"), primary_key=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
)

# Incidents as they are now, numbered in the order in which they were founded. The id is that of a profile.
incidents = Table(
    "incidents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("first_seen", Text, index=True),
    Column("last_seen", Text, index=True),
    Column("founded_on", Text),  # the day of publication of the report that founded it: never changed
    Column("changed_at", Text, nullable=False),  # UTC, ISO 8601: when it or what its documents say changed last
    Column("content", LargeBinary, nullable=False),  # a packed `Incident`
    UniqueConstraint("id"),
)

# Happenings that the newest revisions tell of, and the incident that each belongs to.
profiles = Table(
    "profiles",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("document", Integer, ForeignKey("documents.number"), nullable=False, index=True),
    Column("incident", Integer, ForeignKey("incidents.number"), nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),  # a packed `Profile`
    UniqueConstraint("id"),
)

# By which keys profiles are found that may belong together, ordered by day of publication ("" where there is none).
keys = Table(
    "keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("profile", Integer, ForeignKey("profiles.number"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# What incidents can be asked for by: "type", "actor" or "victim", and a value in lower case.
facets = Table(
    "facets",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("profile", Integer, ForeignKey("profiles.number"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# Which profile stands in the place of one that is no longer there, so that each id ever issued leads somewhere.
successors = Table(
    "successors",
    metadata,
    Column("id", Text, primary_key=True),
    Column("profile", Text, nullable=False, index=True),
)

# What people decided. A trigger refuses to change or delete it.
decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("made_at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("kind", Text, nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("undoes", Integer, ForeignKey("decisions.number"), index=True),
)

# Which profiles and documents a decision concerns, to find it by them.
subjects = Table(
    "subjects",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("decision", Integer, ForeignKey("decisions.number"), primary_key=True),
)
