"""Says how watching goes: each thing that happens, the state of each feed, and the log of items, as text or JSON."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from incidex.export.terminal.text import printable
from incidex.store import Store
from incidex.store.feeds import FeedState, SeenItem
from incidex.watch.timing import moment_of
from incidex.watch.watcher import Outcome

_SHORT_ID, _LONGEST = 8, 100


def to_line(outcome: Outcome) -> str:
    """Return an outcome as one line of text."""
    item, state = outcome.item, outcome.state
    if item is None:
        return printable(_about_place(outcome))
    line = f"{item.outcome:13}  {item.source or state.address}"
    line += "".join(
        f"  ->  {id[:_SHORT_ID]}  {_short(title)} ({_reports(count)})" for id, title, count in outcome.incidents
    )
    return printable(" ".join(f"{line}{f': {item.reason}' if item.reason else ''}".splitlines()))


def to_record(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as plain values for a line of JSON: a structured log."""
    item, state = outcome.item, outcome.state
    if item is not None:
        level = "warning" if item.outcome == "failed" else "info"
        incidents = [{"id": id, "title": title, "documents": count} for id, title, count in outcome.incidents]
        record = {**asdict(item), "incidents": incidents}
        record.pop("seen_at")
        return {"time": item.seen_at, "level": level, "event": "item", **record}
    event = "feed failed" if state.error else "feed left alone" if outcome.new is None else "feed read"
    return {
        "time": _now(),
        "level": "warning" if state.error else "info",
        "event": event,
        "feed": state.address,
        "new": outcome.new or 0,
        "error": state.error,
        "failures": state.failures,
        "well_at": state.well_at or None,
        "not_before": state.not_before or None,
    }


def states_of(store: Store) -> list[dict[str, Any]]:
    """Return the state of each feed as plain values, with `items`: how many there were, by what became of them."""
    counts = store.feeds.counts()
    return [_state(one, counts.get(one.address, {})) for one in store.feeds.states()]


def to_text_states(states: Iterable[Mapping[str, Any]]) -> str:
    """Return the states from `states_of` as text, those in trouble first."""
    ordered = sorted(states, key=lambda one: (one["is_well"], one["address"]))
    return "\n".join(printable(line) for state in ordered for line in _lines_of(state)) + "\n" if ordered else ""


def items_of(items: Iterable[SeenItem]) -> list[dict[str, Any]]:
    """Return items of the log as plain values."""
    return [{**asdict(one), "incidents": list(one.incidents)} for one in items]


def to_text_items(items: Iterable[SeenItem]) -> str:
    """Return items of the log as lines of text: when, what became of it, its source, and why."""
    return "".join(f"{printable(' '.join(_line_of(one).splitlines()))}\n" for one in items)


def _about_place(outcome: Outcome) -> str:
    state = outcome.state
    name = f"{state.address}"
    if state.error:
        well = f"it was last well on {_when(state.well_at)}" if state.well_at else "it has never been well"
        return f"{name}: {state.error} ({_times(state.failures)}; {well}; next try after {_when(state.not_before)})"
    if outcome.new is None:
        return f"{name} is left alone until {_when(state.not_before)}, as its server wants."
    return f"{name}: {outcome.new} new" if outcome.new else f"{name}: nothing new"


def _state(state: FeedState, items: Mapping[str, int]) -> dict[str, Any]:
    return {
        "address": state.address,
        "title": state.title,
        "is_well": not state.error,
        "error": state.error,
        "failures": state.failures,
        "checked_at": state.checked_at or None,
        "well_at": state.well_at or None,
        "found_at": state.found_at or None,
        "not_before": state.not_before or None,
        "items": dict(sorted(items.items())),
    }


def _lines_of(state: Mapping[str, Any]) -> Iterator[str]:
    yield f"{state['address']}" + (f"  ({_short(state['title'])})" if state["title"] else "")
    if state["error"]:
        yield f"  FAILS     {state['error']} ({_times(state['failures'])}; next try after {_when(state['not_before'])})"
    yield f"  last well {_when(state['well_at'])}; last looked at {_when(state['checked_at'])}"
    if state["items"]:
        yield "  items     " + ", ".join(f"{count} {outcome}" for outcome, count in state["items"].items())


def _line_of(item: SeenItem) -> str:
    title = f"  {_short(item.title)}" if item.title else ""
    return f"{_when(item.seen_at)}  {item.outcome:13}  {item.source}{title}" + (
        f": {item.reason}" if item.reason else ""
    )


def _when(stamp: str | None) -> str:
    """Return a time of the store in words, in UTC: "2026-12-01 05:30"."""
    return moment_of(stamp).strftime("%Y-%m-%d %H:%M") + " UTC" if stamp else "never"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"


def _reports(count: int) -> str:
    return f"{count} {'document' if count == 1 else 'documents'}"


def _times(failures: int) -> str:
    return "once" if failures == 1 else f"{failures} times in a row"
