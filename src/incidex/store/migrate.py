"""Brings the tables of a store up to date with this version of Incidex."""

from sqlalchemy import Connection, Engine, inspect, text

from incidex.errors import StoreError
from incidex.store.database import no_store, place_of, reading, writing
from incidex.store.pack import DamagedRecord
from incidex.store.schema import HEAD


def migrate(engine: Engine, *, create: bool = True) -> None:
    """
    Create the tables of an empty store, or update those of an older version, in one transaction.

    Args:
        engine: From `connect`.
        create: Whether an empty database becomes a store.

    Raises:
        StoreError: The database is not a store, is empty and to stay so, or was written by a newer version of Incidex.
    """
    with reading(engine) as connection:
        found = version(connection)
    if found == HEAD:
        return
    if found is None and not create:
        raise no_store(place_of(engine))
    with writing(engine) as connection:
        # Another process may have been faster.
        if (found := version(connection)) != HEAD:
            _upgrade(connection, place_of(engine), found)


def version(connection: Connection) -> str | None:
    """Return the last migration of a store; None for an empty database, "" for one that is not a store."""
    names = inspect(connection).get_table_names()
    if "alembic_version" in names and "revisions" in names:
        versions = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        if len(versions) != 1:
            raise DamagedRecord(f"it states {len(versions)} versions")
        return str(versions[0])
    return "" if names else None


def _upgrade(connection: Connection, place: str, found: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "incidex.store:migrations")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found == "":
        raise StoreError(f"{place} has the tables of another program.\nChoose another place with --store.")
    if found is not None and found not in known:
        raise StoreError(
            f"{place} was written by a newer version of Incidex.\nUpdate Incidex, or choose another place with --store."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
