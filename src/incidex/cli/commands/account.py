"""`incidex account`: who may use the desk."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.values import TEXT
from incidex.errors import InputError

if TYPE_CHECKING:
    from incidex.store.accounts import Accounts

_ROLES = ("reader", "analyst", "admin")
_NAME = click.argument("name", metavar="NAME", type=TEXT)


@click.group(short_help="Say who may use the desk.")
def account() -> None:
    """Say who may use the desk ('incidex serve'), and as what: a reader, an analyst, who decides, or an admin."""


@account.command(short_help="Make an account.")
@_NAME
@click.option("--role", type=click.Choice(_ROLES), default="analyst", show_default=True, help="What it may do.")
@options.STORE
@options.with_console(output=False)
def add(console: Console, name: str, role: str, store: str | None) -> int:
    """
    Make an account. Asks for the password, twice, or reads it from standard input: one line.

    As soon as there is an account, everybody has to log in. The first one is an admin.

    Example: incidex account add mora --role admin
    """
    from incidex.store.accounts import Role

    def work(accounts: "Accounts") -> None:
        if not accounts.any() and role != "admin":
            raise InputError("The first account has to be an admin.\nGive it --role admin.")
        made = accounts.add(name, _password(), Role(role))
        console.message("made", f"the account {made.name} ({made.role})")

    return _with_accounts(console, store, work, create=True)


@account.command("list", short_help="List the accounts.")
@options.STORE
@options.JSON
@options.with_console()
def list_(console: Console, store: str | None, as_json: bool) -> int:
    """
    List the accounts with their roles and the labels of their tokens.

    Example: incidex account list
    """
    from incidex.export.jsonl.values import json_text

    def work(accounts: "Accounts") -> None:
        found = accounts.all()
        if as_json:
            console.write(json_text([asdict(one) for one in found], indent=2))
            return
        for one in found:
            tokens = f", tokens: {', '.join(one.tokens)}" if one.tokens else ""
            console.write(f"{one.name:20}  {one.role:8}  since {one.made_at[:10]}{tokens}\n")
        if not found:
            console.message("note", "There are no accounts: the desk serves one person on one machine.")

    return _with_accounts(console, store, work)


@account.command(short_help="Change a password or a role.")
@_NAME
@click.option("--role", type=click.Choice(_ROLES), help="What it may do from now on.")
@click.option("--password", "asks", is_flag=True, help="Ask for a new password, or read it from standard input.")
@options.STORE
@options.with_console(output=False)
def change(console: Console, name: str, role: str | None, asks: bool, store: str | None) -> int:
    """
    Change the role of an account, its password, or both. With a new password its browsers have to log in again.

    Example: incidex account change mora --role analyst
    """
    from incidex.store.accounts import Role

    if not role and not asks:
        raise click.UsageError("Give --role, --password, or both.")

    def work(accounts: "Accounts") -> None:
        chosen: Role | None = Role(role) if role else None
        accounts.change(name, role=chosen, password=_password() if asks else None)
        console.message("changed", f"the account {name}")

    return _with_accounts(console, store, work)


@account.command(short_help="Remove an account.")
@_NAME
@options.STORE
@options.with_console(output=False)
def remove(console: Console, name: str, store: str | None) -> int:
    """
    Remove an account with its tokens, at once. What it decided stays.

    Example: incidex account remove mora
    """

    def work(accounts: "Accounts") -> None:
        accounts.remove(name)
        console.message("removed", f"the account {name}")
        if not accounts.any():
            console.message("note", "There are no accounts any more: the desk serves one person on one machine.")

    return _with_accounts(console, store, work)


@account.command(short_help="Make a token for a program.")
@_NAME
@click.option("--label", type=TEXT, required=True, metavar="TEXT", help="What the token is for.")
@click.option("--days", type=click.IntRange(1, 3660), default=365, show_default=True, help="How long it is valid.")
@options.STORE
@options.with_console()
def token(console: Console, name: str, label: str, days: int, store: str | None) -> int:
    """
    Print a new token with which a program acts as the account. It is shown this once: only its hash is kept.

    Programs send it as the header "Authorization: Bearer TOKEN".

    Example: incidex account token mora --label "nightly import"
    """
    return _with_accounts(
        console, store, lambda accounts: console.write(f"{accounts.add_token(name, label=label, days=days)}\n")
    )


@account.command(short_help="Make a token worthless.")
@_NAME
@click.argument("label", metavar="LABEL", type=TEXT)
@options.STORE
@options.with_console(output=False)
def revoke(console: Console, name: str, label: str, store: str | None) -> int:
    """
    Revoke the token of an account that has this label, at once.

    Example: incidex account revoke mora "nightly import"
    """

    def work(accounts: "Accounts") -> None:
        accounts.revoke_token(name, label)
        console.message("revoked", f"the token {label!r} of {name}")

    return _with_accounts(console, store, work)


@account.command(short_help="Print who did what at the desk.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True, help="At most this many.")
@options.STORE
@options.JSON
@options.with_console()
def log(console: Console, limit: int, store: str | None, as_json: bool) -> int:
    """
    Print the audit log, the latest first: log-ins, changes of accounts, and every request that changed something.

    Example: incidex account log --limit 20
    """
    from incidex.export.jsonl.values import json_text
    from incidex.export.terminal.text import printable

    def work(accounts: "Accounts") -> None:
        found = accounts.entries(limit=limit)
        if as_json:
            console.write(json_text([asdict(one) for one in found], indent=2))
            return
        for one in found:
            place = f" from {one.address}" if one.address else ""
            console.write(printable(f"{one.at}  {one.who}{place}: {one.action} {one.detail}".rstrip()) + "\n")

    return _with_accounts(console, store, work)


def _with_accounts(
    console: Console, store: str | None, work: Callable[["Accounts"], Any], *, create: bool = False
) -> int:
    from incidex.cli.support.store import open_store

    with open_store(store, console, create=create) as opened:
        work(opened.accounts)
    return 0


def _password() -> str:
    """Ask for a password twice; where nobody can be asked, read it from standard input."""
    if sys.stdin and sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return (sys.stdin.readline() if sys.stdin else "").rstrip("\r\n")
