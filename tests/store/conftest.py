"""Stores to test with, in SQLite and in PostgreSQL, and reports to put into them."""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from incidex.ingest.plain import from_text
from incidex.records import Analysis, Argument, Document, Event, EventMention, Sentence, Span
from incidex.store import Store, open_store
from incidex.text.sentences import document_sentences

# Where a PostgreSQL server is: each test makes a schema of its own there, and takes it away.
SERVER = "INCIDEX_TEST_POSTGRES"

Report = Callable[..., Analysis]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return a place where no store is yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "store.sqlite")
        return
    server = os.environ.get(SERVER)
    if not server:
        pytest.skip(f"There is no PostgreSQL server: set {SERVER} to its URL to run this test.")
    schema = f"test_{uuid.uuid4().hex}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    own = make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
    yield own.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
    engine.dispose()


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """Return an empty store."""
    with open_store(place) as store:
        yield store


@pytest.fixture
def report() -> Report:
    """Return `make_report`."""
    return make_report


def make_report(
    text: str,
    *,
    source: str = "",
    victim: str = "",
    published_at: str | None = None,
    title: str | None = None,
    model: str = "words-1",
) -> Analysis:
    """Return what is found in `text`, where each "stole" is the trigger of a breach that hits `victim`."""
    read = from_text(text)
    document = Document(read.text, read.blocks, source=source, title=title, published_at=published_at)
    arguments = tuple(Argument(span, "Organization", "Victim") for span in _places(text, victim))
    mentions = (EventMention(span, "AttackDatabreach", arguments=arguments) for span in _places(text, "stole"))
    sentences = tuple(document_sentences(document)) or (Sentence(Span(0, len(text))),)
    return Analysis(document, sentences, model, events=tuple(Event((mention,)) for mention in mentions))


def _places(text: str, words: str) -> list[Span]:
    found: list[Span] = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return found
