"""Who makes a request, and whether they may: `reader`, `analyst` and `admin` are dependencies of handlers."""

import base64
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
    kind, token = _shown(request)
    account: Account | None = None
    if kind:
        account = accounts.holder(token, is_token=True) if token else None
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
        headers={"WWW-Authenticate": f'{"Basic" if _takes_passwords(request) else "Bearer"} realm="incidex"'},
    )


def _shown(request: Request) -> tuple[str, str]:
    """Return how a program shows who it is, and its token; empty if it does not, or in a way that is not known."""
    kind, _, shown = request.headers.get("authorization", "").partition(" ")
    shown = shown.strip()
    if kind.lower() == "basic" and _takes_passwords(request):
        try:
            return kind, base64.b64decode(shown, validate=True).decode("utf-8").partition(":")[2]
        except ValueError:
            return kind, ""
    return kind, shown if kind.lower() == "bearer" else ""


def _takes_passwords(request: Request) -> bool:
    """Return whether the token may be the password of a name, as programs that poll TAXII servers have it."""
    return request.url.path.startswith("/taxii2/")


def _article(role: Role) -> str:
    return "a" if role is Role.READER else "an"
