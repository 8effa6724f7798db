"""Migrations, on both databases: from nothing to the tables of today, and stores that cannot be used."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, inspect, select, text

from incidex.errors import InputError, StoreError
from incidex.store import open_store
from incidex.store.database import connect, reading, store_url, writing
from incidex.store.migrate import migrate, version
from incidex.store.schema import HEAD, metadata

# What the migrations make beyond tables: the index of words, with the tables that SQLite keeps it in.
_WORDS = ("search", "words", "texts_words")


@pytest.fixture
def engine(place: str) -> Iterator[Engine]:
    """Return an engine for a place where no store is yet."""
    engine = connect(store_url(place))
    yield engine
    engine.dispose()


def _is_compared(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    return not (name or "").startswith(_WORDS)


# The table of what incidents were chosen by, until summaries came.
_FACETS_BEFORE = """CREATE TABLE facets (
    kind TEXT, value TEXT, profile INTEGER REFERENCES profiles (number), PRIMARY KEY (kind, value, profile))"""


def _as_written_by(connection: Connection, number: str) -> None:
    """Give a store the tables of an older version."""
    for table in (
        "looked_through",
        "doubts",
        "holdings",
        "shared",
        "items",
        "feeds",
        "audit",
        "credentials",
        "accounts",
        "facets",
        "summaries",
    ):
        connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(_FACETS_BEFORE)
    for column in ("founded_on", "changed_at") if number == "0001" else ():
        connection.exec_driver_sql(f"ALTER TABLE incidents DROP COLUMN {column}")
    connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{number}'")


def _differences(connection: Connection) -> list[object]:
    options = {"include_object": _is_compared, "compare_type": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def test_the_migrations_make_the_tables_of_the_schema(engine: Engine) -> None:
    with reading(engine) as connection:
        assert version(connection) is None
        assert len(_differences(connection)) >= len(metadata.tables)
    migrate(engine)
    with reading(engine) as connection:
        assert version(connection) == HEAD
        assert _differences(connection) == []
        assert set(metadata.tables) <= set(inspect(connection).get_table_names())


def test_a_difference_is_noticed(engine: Engine) -> None:
    migrate(engine)
    with writing(engine) as connection:
        connection.exec_driver_sql("ALTER TABLE texts ADD COLUMN colour TEXT")
    with reading(engine) as connection:
        assert len(_differences(connection)) == 1


def test_the_newest_migration_is_the_one_that_the_schema_names() -> None:
    config = Config()
    config.set_main_option("script_location", "incidex.store:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_an_older_store_keeps_its_incidents_and_learns_when_they_change(
    place: str, engine: Engine, report: Any
) -> None:
    with open_store(place) as store:
        (incident,) = store.add(report("Thieves stole files.", victim="Thieves", published_at="2024-03-14")).incidents
    with writing(engine) as connection:
        _as_written_by(connection, "0001")

    with open_store(place) as store:
        members = store.members(incident.id)
        assert store.incident(incident.id) == incident
    assert (members.incident.id, members.founded_on) == (incident.id, None)
    assert members.changed_at > "2024"
    with reading(engine) as connection:
        assert _differences(connection) == []


@pytest.mark.parametrize("number", ["0001", "0002"])
def test_an_older_store_lists_its_incidents_as_their_dossiers_show_them(
    place: str, engine: Engine, report: Any, number: str
) -> None:
    ferry = report("Thieves stole files of Kestrel Ferries.", victim="Kestrel Ferries", published_at="2024-03-14")
    with open_store(place) as store:
        (incident,) = store.add(ferry).incidents
        store.add(report("The ferry sailed as usual.", source="b.txt"))
    with writing(engine) as connection:
        _as_written_by(connection, number)
    with open_store(place) as store:
        (summary,) = store.summaries().summaries
        assert (summary.id, summary.title) == (incident.id, "Data breach: Kestrel Ferries")
        assert summary.victims == ("Kestrel Ferries",)
        assert len(store.incidents(victim="kestrel")) == 1


def _earlier_versions() -> list[str]:
    config = Config()
    config.set_main_option("script_location", "incidex.store:migrations")
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    return sorted(script.revision for script in scripts if script.revision != HEAD)


def _put_back(place: str, older: str, revision: str) -> None:
    """Write what the store at `place` has into a new one as an earlier version made it, with the columns of then."""
    config = Config()
    config.set_main_option("script_location", "incidex.store:migrations")
    source, target = connect(store_url(place)), connect(store_url(older))
    with writing(target) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        tables = MetaData()
        tables.reflect(connection, only=lambda name, _: name in metadata.tables)
        with reading(source) as present:
            for table in (one for one in metadata.sorted_tables if one.name in tables.tables):
                then = tables.tables[table.name]
                if not set(then.columns.keys()) <= set(table.columns.keys()):
                    continue  # it held something else then, made from the rest
                for row in present.execute(select(table)).mappings():
                    connection.execute(
                        then.insert().values({name: row[name] for name in map(str, row) if name in then.columns})
                    )
    source.dispose()
    target.dispose()


@pytest.mark.parametrize("revision", _earlier_versions())
def test_a_store_of_each_earlier_version_is_updated_and_loses_nothing(
    revision: str, report: Any, tmp_path: Path
) -> None:
    place, older = str(tmp_path / "store.sqlite"), str(tmp_path / "older.sqlite")
    with open_store(place) as store:
        for n in range(3):
            store.add(report(f"Thieves stole files of Acme {n}.", victim=f"Acme {n}", published_at="2024-03-14"))
        store.ignore("Acme 0", author="jane")
    _put_back(place, older, revision)
    with open_store(place) as store, open_store(older) as updated:
        ids = store.document_ids()
        assert updated.document_ids() == ids
        assert [updated.analysis(id) for id in ids] == [store.analysis(id) for id in ids]
        assert list(updated.incidents()) == list(store.incidents())
        assert updated.decisions() == store.decisions()
        assert [hit.document for hit in updated.search("acme")] == [hit.document for hit in store.search("acme")]
        assert updated.add(report("Thieves stole files of Acme 9.", victim="Acme 9")).status == "added"
        assert updated.feeds.states() == ()
    engine = connect(store_url(older))
    with reading(engine) as connection:
        assert (version(connection), _differences(connection)) == (HEAD, [])
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alembic.op.execute", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        migrate(engine)
    with reading(engine) as connection:
        assert inspect(connection).get_table_names() == []


def test_a_store_of_a_newer_version_is_refused(place: str, engine: Engine) -> None:
    open_store(place).close()
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="written by a newer version of Incidex"):
        open_store(place)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("This is no database. " * 100, "utf-8")
    with pytest.raises(StoreError, match=r"notes\.txt is not a store, or is damaged"):
        open_store(str(file))
    assert file.read_text("utf-8").startswith("This is no database.")


def test_a_database_of_another_program_is_refused(place: str, engine: Engine) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE cats (name TEXT)")
    with pytest.raises(StoreError, match="has the tables of another program"):
        open_store(place)
    with reading(engine) as connection:
        assert inspect(connection).get_table_names() == ["cats"]


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be kept in mysql"):
        open_store("mysql://somebody@localhost/store")
