"""Who makes a request, and whether they may: `reader`, `analyst` and `admin` are dependencies of handlers."""

import getpass
import os
from dataclasses import dataclass

from fastapi import Request

from incidex.service.desk import desk_of
from incidex.service.problems import FORBIDDEN, NOT_LOGGED_IN, Refusal
from incidex.service.sessions import session_of
from incidex.store.accounts import Account, Role

__all__ = ["Person", "Role", "admin", "analyst", "reader"]


@dataclass(frozen=True, slots=True)
class Person:
    """
    Who makes a request: a person, or a program with a token of an account.

    Attributes:
        name: The author of their decisions.
        role: What they may do.
        has_account: Whether they logged in; without accounts there is one person, who need not.
    """

    name: str
    role: Role
    has_account: bool = False


def reader(request: Request) -> Person:
    """Return who makes the request. Everybody with an account may read."""
    return _person(request, Role.READER)


def analyst(request: Request) -> Person:
    """Return who makes the request, who may add reports and decide."""
    return _person(request, Role.ANALYST)


def admin(request: Request) -> Person:
    """Return who makes the request, who may see the accounts and the audit log."""
    return _person(request, Role.ADMIN)


def own_name() -> str:
    """Return the name under which decisions are kept where nobody logs in, as on the command line."""
    try:
        return os.environ.get("INCIDEX_AUTHOR") or getpass.getuser()
    except (KeyError, OSError):
        # A process may run as a user without a name.
        return "unknown"


def _person(request: Request, least: Role) -> Person:
    person: Person | None = getattr(request.state, "person", None)
    if person is None:
        person = request.state.person = _identified(request)
    if not person.role.includes(least):
        raise Refusal(
            FORBIDDEN,
            403,
            f"{person.name} is {_article(person.role)} {person.role}, and this needs {_article(least)} {least}.\n"
            f"Whoever runs the desk can change that: incidex account change {person.name} --role {least}",
        )
    return person


def _identified(request: Request) -> Person:
    """Return who makes the request. Raises Refusal if that is not known, and has to be."""
    accounts = desk_of(request).store.accounts
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    account: Account | None = None
    if kind:
        account = accounts.holder(token.strip(), is_token=True) if kind.lower() == "bearer" else None
    elif session := session_of(request):
        account = accounts.holder(session, is_token=False)
    if account:
        return Person(account.name, account.role, has_account=True)
    if not kind and not accounts.any() and not request.app.state.needs_accounts:
        return Person(own_name(), Role.ADMIN)
    raise Refusal(
        NOT_LOGGED_IN,
        401,
        "You are not logged in, or not any more.\n"
        "Log in; a program sends a token (incidex account token NAME) as the header 'Authorization: Bearer TOKEN'.",
        headers={"WWW-Authenticate": 'Bearer realm="incidex"'},
    )


def _article(role: Role) -> str:
    return "a" if role is Role.READER else "an"
