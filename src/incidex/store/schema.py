"""The tables of the store. Each change needs a migration; a test compares the two."""

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

# The newest migration. A store that has it is opened without loading Alembic.
HEAD = "0007"

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
        "pk": "%(table_name)s_pk",
    }
)

# An article through all its revisions. The number is internal to this store.
documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),  # the newest
    Column("text_id", Text, nullable=False),  # `Document.id` of the newest revision
    UniqueConstraint("text_id"),
)

# Where an article was found: a path or URL, in the form of `documents.source_key`. An article with copies has several.
sources = Table(
    "sources",
    metadata,
    Column("source", Text, primary_key=True),
    Column("document", Integer, ForeignKey("documents.number"), nullable=False, index=True),
)

# The article as it was when it was added. Never changed.
revisions = Table(
    "revisions",
    metadata,
    Column("document", Integer, ForeignKey("documents.number"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("text_id", Text, nullable=False, index=True),
    Column("digest", Text, nullable=False),  # of the text, title, date, publisher and author
    Column("added_at", Text, nullable=False),  # UTC, ISO 8601
    Column("content", LargeBinary, nullable=False),  # a packed `Document`
)

# The analysis of a revision by the model and the rules. `reanalyse` replaces it.
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

# The text of the newest revisions for the search, which SQLite's index `search` and PostgreSQL's column `words` use.
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
    Column("founded_on", Text),  # the day of publication of its first report: never changed
    Column("changed_at", Text, nullable=False),  # UTC, ISO 8601: when it or its documents changed last
    Column("content", LargeBinary, nullable=False),  # a packed `Incident`
    UniqueConstraint("id"),
)

# The profiles of the newest revisions, and the incident that each belongs to.
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

# The keys by which candidates are found, ordered by day of publication ("" where there is none).
keys = Table(
    "keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("profile", Integer, ForeignKey("profiles.number"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# What the dossier of each reported incident says in a few words. `maker` says whether it is up to date.
summaries = Table(
    "summaries",
    metadata,
    Column("incident", Integer, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True),
    Column("maker", Text, nullable=False, index=True),  # the version of Incidex; see `summaries.rows`
    Column("title", Text, nullable=False),  # case-folded
    Column("first_seen", Text, nullable=False),  # "" where no report has a date
    Column("last_seen", Text, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("changed_at", Text, nullable=False),  # UTC, ISO 8601
    Column("content", LargeBinary, nullable=False),  # a packed `Summary`
    # 1 while `shared` has what the dossier says now.
    Column("is_shared", Integer, nullable=False, server_default="0"),
    # The orders in which incidents are listed.
    Index(None, "last_seen", "incident"),
    Index(None, "changed_at", "incident"),
    Index(None, "reports", "incident"),
    Index(None, "is_shared", "incident"),
)

# What incidents can be chosen by: a kind of `FacetKind`, and a value in folded form.
facets = Table(
    "facets",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("incident", Integer, ForeignKey("summaries.incident", ondelete="CASCADE"), primary_key=True, index=True),
    Column("shown", Text, nullable=False),
    Column("forms", Text, nullable=False),  # the name and other names, each between two signs "|"
    sqlite_with_rowid=False,
)

# The present profile for each former one, so that every id ever issued leads somewhere.
successors = Table(
    "successors",
    metadata,
    Column("id", Text, primary_key=True),
    Column("profile", Text, nullable=False, index=True),
)

# What people decided. A trigger prevents changes and deletions.
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

# The profiles and documents that each decision concerns.
subjects = Table(
    "subjects",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("decision", Integer, ForeignKey("decisions.number"), primary_key=True),
)

# Who may use the desk. Without any account it serves one person on one machine.
accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # a hash by argon2id, with its settings
    Column("made_at", Text, nullable=False),
)

# What programs and browsers show in place of a password, as the SHA-256 of it. A token has a label, a session has none.
credentials = Table(
    "credentials",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.name"), nullable=False, index=True),
    Column("label", Text),
    Column("made_at", Text, nullable=False),
    Column("used_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
)

# Who did what at the desk. A trigger prevents changes and deletions.
audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("address", Text, nullable=False),
)

# What is watched (feeds, folders, mailboxes), and how each was when it was last looked at.
feeds = Table(
    "feeds",
    metadata,
    Column("address", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),  # a packed `FeedState`
)

# What was found there: each item once, by its content, with what became of it.
items = Table(
    "items",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("feed", Text, ForeignKey("feeds.address"), nullable=False),
    Column("mark", Text, nullable=False),  # a hash of what the feed has of it
    Column("seen_at", Text, nullable=False, index=True),  # UTC, ISO 8601: when it was last read
    Column("outcome", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("is_done", Integer, nullable=False),  # 0: it is read again while the feed has it
    Column("content", LargeBinary, nullable=False),  # a packed `SeenItem`
    UniqueConstraint("feed", "mark"),
)

# What other programs poll: STIX objects in all their versions, in the order in which they were added.
shared = Table(
    "shared",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("object", Text, nullable=False, index=True),  # its id
    Column("kind", Text, nullable=False),  # its type
    Column("version", Text, nullable=False),
    Column("added_at", Text, nullable=False),  # UTC, ISO 8601, to the microsecond; later than those before
    Column("is_first", Integer, nullable=False),
    Column("is_last", Integer, nullable=False),
    Column("state", Text, nullable=False),  # "given", "hidden" until it is known whether it still holds, or "revoked"
    Column("digest", Text, nullable=False),  # of all but the version
    Column("content", LargeBinary, nullable=False),  # packed
    UniqueConstraint("added_at"),
)

# The incidents that an object belongs to; one without any is withdrawn.
holdings = Table(
    "holdings",
    metadata,
    Column("incident", Integer, primary_key=True),
    Column("object", Text, primary_key=True, index=True),
)

# What is unsure in the newest revisions, with people's corrections: the review queue. The score is in thousandths.
doubts = Table(
    "doubts",
    metadata,
    Column("document", Integer, ForeignKey("documents.number"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("score", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # a packed `Doubt`
    Index(None, "kind", "score", "document", "number"),
)

# The documents for which `doubts` is up to date.
looked_through = Table(
    "looked_through",
    metadata,
    Column("document", Integer, ForeignKey("documents.number"), primary_key=True),
)
