"""What is watched and what was found there: the state of each feed, folder and mailbox, and a log of its items."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, insert, select, update

from incidex.store import schema
from incidex.store.database import chunks, reading, writing
from incidex.store.pack import pack, unpack

_FEEDS, _ITEMS = schema.feeds, schema.items


@dataclass(frozen=True, slots=True)
class FeedState:
    """
    How something that is watched was when it was last looked at. Times are UTC, ISO 8601; "" where there is none.

    Attributes:
        address: Its URL or path.
        title: Its name.
        checked_at: When it was last looked at.
        well_at: When it was last read without an error.
        not_before: Until when it is to be left alone: its server says so, or it failed.
        failures: How often it has failed since it was well.
        error: Why it last failed; empty while it is well.
        position: Where reading goes on: the `ETag` and the like of a feed, the place in a mailbox.
        found_at: When it last had something new.
    """

    address: str
    title: str = ""
    checked_at: str = ""
    well_at: str = ""
    not_before: str = ""
    failures: int = 0
    error: str = ""
    position: dict[str, str] | None = None
    found_at: str = ""


@dataclass(frozen=True, slots=True)
class SeenItem:
    """
    An item and what became of it.

    Attributes:
        feed: The address of the feed, folder or mailbox.
        mark: A hash of what the feed has of it: ids of items repeat, change and vanish.
        seen_at: When it was last read: UTC, ISO 8601.
        outcome: "added", "known already", "new revision", "left out" or "failed".
        source: Its address or path.
        title: Its headline.
        reason: Why it was left out or failed, or what there is to know about it.
        document: The id of its document; empty if there is none.
        incidents: The ids of the incidents that it reports.
        tries: How often it was read.
        is_done: Whether it need not be read again.
    """

    feed: str
    mark: str
    seen_at: str
    outcome: str
    source: str = ""
    title: str = ""
    reason: str = ""
    document: str = ""
    incidents: tuple[str, ...] = ()
    tries: int = 1
    is_done: bool = True


class Feeds:
    """The tables of what is watched, in the database of a store. Each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        """Use the database of a store; see `Store.feeds`."""
        self._engine = engine

    def states(self) -> tuple[FeedState, ...]:
        """Return the state of all that was ever watched, by address."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(_FEEDS.c.content).order_by(_FEEDS.c.address)).scalars()
            return tuple(unpack(FeedState, content) for content in rows)

    def state(self, address: str) -> FeedState:
        """Return the state of a feed; one without times if it was never watched."""
        with reading(self._engine) as connection:
            content = connection.execute(select(_FEEDS.c.content).where(_FEEDS.c.address == address)).scalar()
            return FeedState(address) if content is None else unpack(FeedState, content)

    def put_state(self, state: FeedState) -> None:
        """Write the state of a feed."""
        with writing(self._engine) as connection:
            _put_state(connection, state)

    def tries(self, feed: str, marks: Iterable[str]) -> dict[str, int]:
        """Return which of these items are known, with how often each that is to be read again was; 0 if it is done."""
        query = select(_ITEMS.c.mark, _ITEMS.c.tries, _ITEMS.c.is_done).where(_ITEMS.c.feed == feed)
        found: dict[str, int] = {}
        with reading(self._engine) as connection:
            for some in chunks(marks):
                rows = connection.execute(query.where(_ITEMS.c.mark.in_(some)))
                found.update((row.mark, 0 if row.is_done else row.tries) for row in rows)
        return found

    def put_item(self, item: SeenItem) -> None:
        """Write what became of an item; it takes the place of what was written about it earlier."""
        row = {
            "seen_at": item.seen_at,
            "outcome": item.outcome,
            "tries": item.tries,
            "is_done": int(item.is_done),
            "content": pack(item),
        }
        with writing(self._engine) as connection:
            if connection.execute(select(_FEEDS.c.address).where(_FEEDS.c.address == item.feed)).first() is None:
                _put_state(connection, FeedState(item.feed))
            same = (_ITEMS.c.feed == item.feed) & (_ITEMS.c.mark == item.mark)
            if not connection.execute(update(_ITEMS).where(same).values(row)).rowcount:
                connection.execute(insert(_ITEMS).values(row | {"feed": item.feed, "mark": item.mark}))

    def items(
        self, *, limit: int | None = 100, feed: str | None = None, outcome: str | None = None, since: str | None = None
    ) -> tuple[SeenItem, ...]:
        """
        Return the items that were read last, the latest first.

        Args:
            limit: The greatest number of items; None for all.
            feed: Only those of this feed.
            outcome: Only those with this outcome.
            since: Only those read at this time (UTC, ISO 8601) or later.
        """
        query = select(_ITEMS.c.content).order_by(_ITEMS.c.seen_at.desc(), _ITEMS.c.number.desc())
        for column, value in ((_ITEMS.c.feed, feed), (_ITEMS.c.outcome, outcome)):
            query = query.where(column == value) if value else query
        query = query.where(_ITEMS.c.seen_at >= since) if since else query
        with reading(self._engine) as connection:
            return tuple(unpack(SeenItem, content) for content in connection.execute(query.limit(limit)).scalars())

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many items each feed had, by what became of them."""
        query = select(_ITEMS.c.feed, _ITEMS.c.outcome, func.count()).group_by(_ITEMS.c.feed, _ITEMS.c.outcome)
        found: dict[str, dict[str, int]] = {}
        with reading(self._engine) as connection:
            for feed, outcome, count in connection.execute(query):
                found.setdefault(feed, {})[outcome] = count
        return found


def _put_state(connection: Connection, state: FeedState) -> None:
    row = {"content": pack(state)}
    if not connection.execute(update(_FEEDS).where(_FEEDS.c.address == state.address).values(row)).rowcount:
        connection.execute(insert(_FEEDS).values(row | {"address": state.address}))
