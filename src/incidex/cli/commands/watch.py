"""`incidex watch`: keeps the store up to date from feeds, folders and mailboxes."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.documents import open_model, open_pool, open_reader
from incidex.cli.support.store import open_store
from incidex.cli.support.values import EXISTING_FILE, TEXT, event_types

if TYPE_CHECKING:
    from incidex.store import Store
    from incidex.watch.keep import Plan
    from incidex.watch.watcher import Outcome

_EVERY = 60
_MOST_SHOWN = 1_000


def _rules(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which reports are kept."""
    part = event_types(part=True)
    for option in (
        click.option("--keep-cve", "cves", multiple=True, type=TEXT, metavar="CVE", help="Keep reports on this CVE."),
        click.option(
            "--keep-country", "countries", multiple=True, type=TEXT, metavar="NAME", help="Keep reports on a country."
        ),
        click.option(
            "--keep-actor", "actors", multiple=True, type=TEXT, metavar="NAME", help="Keep reports with this actor."
        ),
        click.option(
            "--keep-victim", "victims", multiple=True, type=TEXT, metavar="NAME", help="Keep reports with this victim."
        ),
        click.option(
            "--keep-type", "types", multiple=True, type=part, metavar="TYPE", help="Keep reports of this event type."
        ),
        click.option("--keep-events", "events", is_flag=True, help="Keep only reports of an event."),
    ):
        command = option(command)
    return command


@click.command(short_help="Keep the store up to date from feeds, mail and folders.")
@click.argument("sources", metavar="[SOURCE...]", nargs=-1)
@click.option("--once", is_flag=True, help="Look once and end, as a scheduled job.")
@click.option(
    "--every",
    type=click.IntRange(1, 10_080),
    metavar="MINUTES",
    help=f"How often to look at each source.  [default: {_EVERY}]",
)
@click.option("--pages/--no-pages", default=True, show_default=True, help="Fetch the page where a feed has a summary.")
@click.option("--config", type=EXISTING_FILE, metavar="FILE", help="Read sources and rules from this file (TOML).")
@_rules
@click.option("--status", "wants_status", is_flag=True, help="Print how each source is, and end.")
@click.option("--log", "wants_log", is_flag=True, help="Print the last items and what became of them, and end.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, or a JSON object per line.",
)
@options.STORE
@options.MODEL
@options.with_reading
@options.with_console()
def watch(
    console: Console,
    sources: tuple[str, ...],
    *,
    wants_status: bool,
    wants_log: bool,
    log_format: str,
    store: str | None,
    config: Path | None,
    **wanted: Any,
) -> int:
    """
    Look at each SOURCE again and again, and add what is new to the store and its incidents.

    SOURCE is the address or file of a feed (RSS, Atom, JSON Feed) or of a list of feeds (OPML), a folder, a mailbox
    (mbox, Maildir) or an imaps://USER@HOST/FOLDER address with the password in INCIDEX_IMAP_PASSWORD. Each item gets a
    line. Without --once it stays, and ends between two items at Ctrl-C or SIGTERM; whatever it did not finish is found
    the next time. All --keep options together decide what is kept, and one of several of a kind is enough.

    Example: incidex watch --once https://news.example.com/feed.xml
    """
    as_json = log_format == "json"
    if wants_status and wants_log:
        raise click.UsageError("--status and --log exclude each other. Choose one.")
    if wants_status or wants_log:
        with open_store(store, console, create=False) as opened:
            _print_state(console, opened, log=wants_log, as_json=as_json, sources=sources)
        return 0
    plan = _plan(config, sources, wanted)
    with open_store(store, console) as opened:
        return watch_places(plan, opened, console=console, as_json=as_json, **wanted)


def watch_places(
    plan: "Plan",
    store: "Store",
    *,
    console: Console,
    as_json: bool,
    once: bool,
    pages: bool,
    model: Path | None,
    reading: options.Reading,
    pause: float = 1.0,
    **_: object,
) -> int:
    """Watch what `plan` says and return the exit code; `pause` is that between two pages of one host, in seconds."""
    from incidex.watch.places import place_of
    from incidex.watch.polite import Client
    from incidex.watch.watcher import Settings, Watcher

    places = tuple({place.address: place for place in map(place_of, plan.sources)}.values())
    settings = Settings(plan.every or _EVERY, pages, plan.rules, allow_private=reading.allow_private)
    tell = partial(_tell, console, as_json=as_json)
    with _stopped_by_signals() as stop, open_pool(reading) as pool:
        reader = open_reader(reading, pool)
        client = Client(allow_private=reading.allow_private, stop=stop, pause=pause)
        encoder = partial(open_model, model)
        watcher = Watcher(store, reader, client, encoder=encoder, tell=tell, settings=settings, stop=stop)
        if once:
            return 1 if watcher.look_once(places) else 0
        watcher.stay(places)
    return 0


def _plan(config: Path | None, sources: Sequence[str], wanted: dict[str, Any]) -> "Plan":
    """Return what the file of rules and the command line say together; the command line comes first."""
    from incidex.watch.keep import Plan, read_plan

    plan = read_plan(config) if config else Plan()
    names = ("events", "types", "victims", "actors", "countries", "cves")
    given = {name: value for name in names if (value := wanted.pop(name))}
    every = wanted.pop("every") or plan.every
    plan = Plan((*plan.sources, *sources), every, replace(plan.rules, **given) if given else plan.rules)
    if not plan.sources:
        raise click.UsageError("There is nothing to watch. Name a feed, folder or mailbox, or a file with --config.")
    return plan


def _tell(console: Console, outcome: "Outcome", *, as_json: bool) -> None:
    from incidex.export.jsonl.values import json_text
    from incidex.watch.report import to_line, to_record

    if as_json:
        console.write(json_text(to_record(outcome)).rstrip("\n") + "\n")
    elif outcome.item:
        console.write(f"{to_line(outcome)}\n")
    else:
        console.message("warning" if outcome.state.error else "note", to_line(outcome))


def _print_state(console: Console, store: "Store", *, log: bool, as_json: bool, sources: Sequence[str]) -> None:
    from incidex.export.jsonl.values import json_text
    from incidex.watch.places import place_of
    from incidex.watch.report import items_of, states_of, to_text_items, to_text_states

    addresses = [place_of(source).address for source in sources]
    if log:
        items = [
            one
            for one in store.feeds.items(limit=None if addresses else _MOST_SHOWN)
            if not addresses or one.feed in addresses
        ]
        found, text = items_of(items), to_text_items(items)
    else:
        found = [one for one in states_of(store) if not addresses or one["address"] in addresses]
        text = to_text_states(found)
    if as_json:
        console.write(json_text(found, indent=2))
    elif text:
        console.page(text)
    else:
        console.message("note", f"Nothing has been watched yet ({store.place}).\nBegin with: incidex watch FEED")


@contextmanager
def _stopped_by_signals() -> Iterator[Event]:
    """Set the event that is returned at the first Ctrl-C or SIGTERM; the second one ends the program as usual."""
    stop = Event()
    before: dict[int, Any] = {}

    def end(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, before[number])

    for wanted in (signal.SIGINT, signal.SIGTERM):
        try:
            before[wanted] = signal.signal(wanted, end)
        except ValueError:  # not the main thread, as in tests
            break
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
