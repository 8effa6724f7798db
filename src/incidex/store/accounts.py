"""The accounts of the desk in the database: names, roles, passwords, tokens, sessions, and the audit log."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from incidex.errors import InputError, UnknownId
from incidex.store import schema
from incidex.store.database import reading, writing
from incidex.store.documents import now
from incidex.store.passwords import hashed_password, is_right

_ACCOUNTS, _CREDENTIALS, _AUDIT = schema.accounts, schema.credentials, schema.audit

_NAME = re.compile(r"[\w.@+-]{1,64}")
_LABEL = re.compile(r"[\w .@+-]{1,64}")
# A session ends so long after it began, or after its last use: a shift, and a long lunch.
SESSION_HOURS, IDLE_HOURS = 12, 2
# How much later a use has to be to be written down, in seconds: reading a page should not write each time.
_USE_NOTED = 300
# What tokens of programs begin with, so that tools which look for leaked secrets find them.
TOKEN_PREFIX = "incidex_"


class Role(StrEnum):
    """What an account may do: each role may do what those before it may, too."""

    READER = "reader"
    ANALYST = "analyst"
    ADMIN = "admin"

    def includes(self, other: "Role") -> bool:
        """Return whether this role may do what `other` may."""
        order = tuple(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Account:
    """
    An account.

    Attributes:
        name: How the person or program is called; the author of its decisions.
        role: What it may do.
        made_at: UTC, ISO 8601.
        tokens: The labels of its tokens that are still valid.
    """

    name: str
    role: Role
    made_at: str
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """
    An entry of the audit log.

    Attributes:
        number: Counts from 1.
        at: UTC, ISO 8601.
        who: The name of the account; of a log-in that failed, the name that was given.
        action: What was done: "log in", "POST".
        detail: More about it: "failed", the path of a request and its status.
        address: Where the request came from; empty for the command line.
    """

    number: int
    at: str
    who: str
    action: str
    detail: str
    address: str


class Accounts:
    """The accounts in a store. Each method is one transaction; all raise `StoreError` if the database fails."""

    def __init__(self, engine: Engine) -> None:
        """Use the database of a store."""
        self._engine = engine

    def any(self) -> bool:
        """Return whether there is an account, so that people have to log in."""
        with reading(self._engine) as connection:
            return connection.execute(select(_ACCOUNTS.c.name).limit(1)).first() is not None

    def all(self) -> tuple[Account, ...]:
        """Return all accounts by name."""
        with reading(self._engine) as connection:
            labels: dict[str, list[str]] = {}
            valid = select(_CREDENTIALS.c.account, _CREDENTIALS.c.label)
            valid = valid.where(_CREDENTIALS.c.label.is_not(None), _CREDENTIALS.c.ends_at > now())
            for row in connection.execute(valid.order_by(_CREDENTIALS.c.label)):
                labels.setdefault(row.account, []).append(row.label)
            rows = connection.execute(select(_ACCOUNTS).order_by(_ACCOUNTS.c.name))
            return tuple(
                Account(row.name, Role(row.role), row.made_at, tuple(labels.get(row.name, ()))) for row in rows
            )

    def add(self, name: str, password: str, role: Role) -> Account:
        """
        Make an account.

        Raises:
            InputError: The name is taken or not usable, or the password is too short, too long or easily guessed.
        """
        if not _NAME.fullmatch(name):
            raise InputError(
                f"{name!r} cannot be the name of an account.\nUse letters, digits and . _ - @ +, at most 64."
            )
        hashed = hashed_password(name, password)
        with self._changing("make account", f"{name} ({role})") as connection:
            if _role(connection, name) is not None:
                raise InputError(
                    f"There is an account {name!r} already.\nChange it with: incidex account change {name}"
                )
            made = Account(name, role, now())
            values = {"name": name, "role": role.value, "password": hashed, "made_at": made.made_at}
            connection.execute(insert(_ACCOUNTS).values(values))
            return made

    def change(
        self, name: str, *, password: str | None = None, role: Role | None = None, by: str = "command line"
    ) -> None:
        """Give an account another password, another role, or both; with a new password its sessions end."""
        hashed = hashed_password(name, password) if password is not None else None
        what = " and ".join([*(["password"] if hashed else []), *([f"role {role}"] if role else [])])
        with self._changing("change account", f"{name}: {what}", by) as connection:
            _demand(connection, name)
            chosen = _ACCOUNTS.c.name == name
            if role:
                _keep_an_admin(connection, name, role)
                connection.execute(update(_ACCOUNTS).where(chosen).values(role=role.value))
            if hashed:
                connection.execute(update(_ACCOUNTS).where(chosen).values(password=hashed))
                ended = _CREDENTIALS.c.account == name, _CREDENTIALS.c.label.is_(None)
                connection.execute(delete(_CREDENTIALS).where(*ended))

    def remove(self, name: str) -> None:
        """Remove an account with its tokens and sessions. Its decisions and the log stay."""
        with self._changing("remove account", name) as connection:
            _demand(connection, name)
            _keep_an_admin(connection, name, None)
            connection.execute(delete(_CREDENTIALS).where(_CREDENTIALS.c.account == name))
            connection.execute(delete(_ACCOUNTS).where(_ACCOUNTS.c.name == name))

    def add_token(self, name: str, *, label: str, days: int) -> str:
        """
        Return a new token for a program that acts as the account; it is not kept, only its hash.

        Raises:
            InputError: There is no such account, or it has a token with this label.
        """
        if not _LABEL.fullmatch(label):
            raise InputError(f"{label!r} cannot be the label of a token.\nUse letters, digits, spaces and . _ - @ +.")
        token = TOKEN_PREFIX + secrets.token_urlsafe(32)
        with self._changing("make token", f"{name}: {label}, {days} days") as connection:
            _demand(connection, name)
            mine = _CREDENTIALS.c.account == name, _CREDENTIALS.c.label == label
            connection.execute(delete(_CREDENTIALS).where(*mine, _CREDENTIALS.c.ends_at <= now()))
            if connection.execute(select(_CREDENTIALS.c.hash).where(*mine)).first():
                raise InputError(
                    f"{name} has a token {label!r} already.\n"
                    f"Choose another label, or revoke it first: incidex account revoke {name} {label!r}"
                )
            _put_credential(connection, token, name, label=label, lasts=timedelta(days=days))
        return token

    def revoke_token(self, name: str, label: str) -> None:
        """Make a token worthless. Raises InputError if there is no such token."""
        with self._changing("revoke token", f"{name}: {label}") as connection:
            mine = _CREDENTIALS.c.account == name, _CREDENTIALS.c.label == label
            if not connection.execute(delete(_CREDENTIALS).where(*mine)).rowcount:
                raise UnknownId(f"{name} has no token {label!r}.\nList them with: incidex account list")

    def log_in(self, name: str, password: str, *, before: str = "") -> tuple[str, Account] | None:
        """
        Return a new session with its account if the password is right, else None, in the same time.

        Args:
            name: The name of the account.
            password: As it was typed.
            before: The session before, which ends.
        """
        row = self._with_password(name, password)
        if row is None:
            return None
        session = secrets.token_urlsafe(32)
        with writing(self._engine) as connection:
            late = _CREDENTIALS.c.label.is_(None), _CREDENTIALS.c.ends_at <= now()
            connection.execute(delete(_CREDENTIALS).where(*late))
            connection.execute(delete(_CREDENTIALS).where(_CREDENTIALS.c.hash == _digest(before)))
            _put_credential(connection, session, row.name, label=None, lasts=timedelta(hours=SESSION_HOURS))
        return session, Account(row.name, Role(row.role), row.made_at)

    def has_password(self, name: str, password: str) -> bool:
        """Return whether this is the password of the account."""
        return self._with_password(name, password) is not None

    def log_out(self, session: str) -> None:
        """End a session."""
        with writing(self._engine) as connection:
            connection.execute(delete(_CREDENTIALS).where(_CREDENTIALS.c.hash == _digest(session)))

    def holder(self, credential: str, *, is_token: bool) -> Account | None:
        """Return the account that a token or the session of a browser belongs to, if it is valid now."""
        joined = _CREDENTIALS.join(_ACCOUNTS, _ACCOUNTS.c.name == _CREDENTIALS.c.account)
        query = select(_ACCOUNTS, _CREDENTIALS.c.used_at).select_from(joined)
        query = query.where(_CREDENTIALS.c.hash == _digest(credential), _CREDENTIALS.c.ends_at > now())
        label = _CREDENTIALS.c.label
        query = query.where(label.is_not(None) if is_token else label.is_(None))
        if not is_token:
            query = query.where(_CREDENTIALS.c.used_at > _ago(timedelta(hours=IDLE_HOURS)))
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        if row.used_at < _ago(timedelta(seconds=_USE_NOTED)):
            with writing(self._engine) as connection:
                used = update(_CREDENTIALS).where(_CREDENTIALS.c.hash == _digest(credential))
                connection.execute(used.values(used_at=now()))
        return Account(row.name, Role(row.role), row.made_at)

    def note(self, who: str, action: str, detail: str = "", *, address: str = "") -> None:
        """Append an entry to the audit log."""
        with writing(self._engine) as connection:
            _note(connection, who, action, detail, address)

    def entries(self, *, limit: int = 1000, before: int | None = None) -> tuple[Entry, ...]:
        """Return the latest entries of the audit log, the latest first; those before the number `before`, if given."""
        query = select(_AUDIT).order_by(_AUDIT.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(_AUDIT.c.number < before)
        with reading(self._engine) as connection:
            return tuple(Entry(**row._mapping) for row in connection.execute(query))

    def _with_password(self, name: str, password: str) -> Any:
        """Return the row of the account if the password is right, else None, in the same time."""
        with reading(self._engine) as connection:
            row = connection.execute(select(_ACCOUNTS).where(_ACCOUNTS.c.name == name)).first()
        return row if is_right(row.password if row else None, password) else None

    @contextmanager
    def _changing(self, action: str, detail: str, by: str = "command line") -> Iterator[Connection]:
        """Begin a change of accounts, which is noted if it succeeds."""
        with writing(self._engine) as connection:
            yield connection
            _note(connection, by, action, detail, "")


def _note(connection: Connection, who: str, action: str, detail: str, address: str) -> None:
    values = {"at": now(), "who": who[:100], "action": action, "detail": detail[:500], "address": address}
    connection.execute(insert(_AUDIT).values(values))


def _put_credential(connection: Connection, secret: str, account: str, *, label: str | None, lasts: timedelta) -> None:
    ends = (datetime.now(UTC) + lasts).isoformat(timespec="milliseconds")
    row = {"hash": _digest(secret), "account": account, "label": label, "made_at": now(), "used_at": now()}
    connection.execute(insert(_CREDENTIALS).values(row | {"ends_at": ends}))


def _role(connection: Connection, name: str) -> str | None:
    return connection.execute(select(_ACCOUNTS.c.role).where(_ACCOUNTS.c.name == name)).scalar()


def _demand(connection: Connection, name: str) -> None:
    if _role(connection, name) is None:
        raise UnknownId(f"There is no account {name!r}.\nList them with: incidex account list")


def _keep_an_admin(connection: Connection, name: str, role: Role | None) -> None:
    """Raise InputError if there would be accounts, but no admin, once `name` has this role or is gone."""
    others = select(_ACCOUNTS.c.role).where(_ACCOUNTS.c.name != name)
    roles = connection.execute(others).scalars().all()
    if role is not Role.ADMIN and roles and Role.ADMIN not in roles and _role(connection, name) == Role.ADMIN:
        raise InputError(f"{name} is the only admin.\nMake another account an admin first.")


def _digest(secret: str) -> str:
    # These secrets are 256 random bits: nobody guesses them, so that a fast hash is enough.
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _ago(time: timedelta) -> str:
    return (datetime.now(UTC) - time).isoformat(timespec="milliseconds")
