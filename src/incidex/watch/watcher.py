"""Looks at the feeds, folders and mailboxes that are due, and adds what is new. READ FIRST in this package."""

import random
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Event

from incidex.errors import FetchError, IncidexError, InputError, StoreError
from incidex.ingest.fetch import StatusError
from incidex.ingest.reader import Reader
from incidex.pipeline import SentenceScorer, analyse
from incidex.store import Store
from incidex.store.feeds import FeedState, SeenItem
from incidex.store.results import Status
from incidex.watch.copies import copy_of
from incidex.watch.keep import Rules, reason_to_leave_out
from incidex.watch.mail import poll_imap, poll_maildir, poll_mbox
from incidex.watch.places import Kind, Place
from incidex.watch.polite import Client
from incidex.watch.polls import Found, Got, Poll, poll_feed, poll_folder
from incidex.watch.timing import after_failure, after_success, moment_of, stamp

# So many feeds are fetched, and so many items read, at a time; the model works on one after the other.
_THREADS, _AHEAD = 4, 8
# An item whose page cannot be had is tried so often, and a day's worth of polls is not more than that.
_MOST_TRIES = 5
# Seconds between two looks at the clock while nothing is due.
_LOOK = 5.0


@dataclass(frozen=True, slots=True)
class Settings:
    """
    How sources are watched.

    Attributes:
        every: How often each is looked at, in minutes.
        pages: Whether the page of an item is fetched where a feed has a summary only.
        rules: Which reports are kept.
        allow_private: Whether mailboxes may be on private and loopback addresses; for feeds the client knows.
    """

    every: float = 60.0
    pages: bool = True
    rules: Rules = Rules()
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What came of looking at a place: an item, or the place itself.

    Attributes:
        state: The place as it is now.
        item: An item that was there; None if this is about the place.
        incidents: The incidents that the item reports, each with its id, its title and how many reports it has.
        new: How many items were new; None if this is about an item, or if the place is left alone for now.
    """

    state: FeedState
    item: SeenItem | None = None
    incidents: tuple[tuple[str, str, int], ...] = ()
    new: int | None = None


class Watcher:
    """Looks at places, adds what is new there to a store, and tells what it does."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        client: Client,
        *,
        encoder: Callable[[], SentenceScorer],
        tell: Callable[[Outcome], object],
        settings: Settings = Settings(),  # noqa: B008 - it is frozen
        stop: Event | None = None,
    ) -> None:
        """
        Make a watcher; it does nothing yet.

        Args:
            store: Where reports go, and what is known about feeds.
            reader: Reads documents in child processes.
            client: Fetches feeds and pages.
            encoder: Returns the model; called when it is first needed.
            tell: Called with each outcome, in the thread that called the watcher.
            settings: How to watch.
            stop: Ends the work before the next item once it is set.
        """
        self._store = store
        self._reader = reader
        self._client = client
        self._encoder = encoder
        self._tell = tell
        self._settings = settings
        self._stop = stop or Event()
        self._listed: dict[str, tuple[Place, ...]] = {}

    def look_once(self, places: Sequence[Place]) -> int:
        """
        Look at all places whose servers do not want to be left alone just now, and return how many failed.

        Raises:
            StoreError: The store cannot be used.
            BundleError: The model is damaged.
        """
        failed = 0
        waiting = deque(places)
        seen = {place.address for place in places}
        while waiting and not self._stop.is_set():
            batch = [place for place in waiting if self._is_open(place)]
            waiting.clear()
            for place, poll in self._polled(batch):
                failed += not self._handled(place, poll)
                further = [one for one in self._listed.get(place.address, ()) if one.address not in seen]
                seen.update(one.address for one in further)
                waiting.extend(further)
        return failed

    def stay(self, places: Sequence[Place]) -> None:
        """Look at places again and again, each when it is due, until `stop` is set. Raises as `look_once` does."""
        due = {place.address: self._first_due(place) for place in places}
        known = {place.address: place for place in places}
        while not self._stop.is_set():
            now = datetime.now(UTC)
            batch = [known[address] for address, when in due.items() if when <= now]
            for place, poll in self._polled(batch):
                self._handled(place, poll)
                state = self._store.feeds.state(place.address)
                due[place.address] = max(moment_of(state.not_before), datetime.now(UTC) + self._interval())
                for one in self._listed.get(place.address, ()):
                    known.setdefault(one.address, one)
                    due.setdefault(one.address, self._first_due(one))
            if not batch:
                self._stop.wait(_LOOK)

    def _interval(self) -> timedelta:
        # Feeds that began together must not stay together.
        return timedelta(minutes=self._settings.every * random.uniform(0.95, 1.05))

    def _first_due(self, place: Place) -> datetime:
        state = self._store.feeds.state(place.address)
        checked = moment_of(state.checked_at)
        return max(moment_of(state.not_before), checked + self._interval() if state.checked_at else checked)

    def _is_open(self, place: Place) -> bool:
        """Whether a place may be looked at now; if not, say so."""
        state = self._store.feeds.state(place.address)
        if moment_of(state.not_before) <= datetime.now(UTC):
            return True
        self._tell(Outcome(state))
        return False

    def _polled(self, places: Sequence[Place]) -> Iterator[tuple[Place, "Future[Poll]"]]:
        """Yield the places with what is there, as soon as it is known; some are looked at in advance."""
        remaining = iter(places)
        waiting: dict[Future[Poll], Place] = {}
        with _threads(_THREADS) as pool:
            while not self._stop.is_set():
                while len(waiting) < _AHEAD and (place := next(remaining, None)) is not None:
                    waiting[pool.submit(self._poll, place)] = place
                if not waiting:
                    return
                for done in wait(waiting, timeout=1.0, return_when=FIRST_COMPLETED).done:
                    yield waiting.pop(done), done

    def _poll(self, place: Place) -> Poll:
        """Return what is at a place now; this runs in another thread."""
        state = self._store.feeds.state(place.address)
        if place.kind is Kind.FEED:
            return poll_feed(state, self._reader, self._client, pages=self._settings.pages)
        if place.kind is Kind.FOLDER:
            return poll_folder(state, self._reader)
        if place.kind is Kind.MBOX:
            return poll_mbox(state, self._reader)
        if place.kind is Kind.MAILDIR:
            return poll_maildir(state, self._reader)
        return poll_imap(state, self._reader, allow_private=self._settings.allow_private)

    def _handled(self, place: Place, polled: "Future[Poll]") -> bool:
        """Add what is new at a place, and write down how it is; return whether it is well."""
        state, now = self._store.feeds.state(place.address), datetime.now(UTC)
        try:
            poll = polled.result()
        except Exception as error:  # noqa: BLE001 - one feed, whatever is in it, never ends the watch
            self._fail(state, error, now)
            return False
        if poll.listed:
            self._listed[place.address] = tuple(Place(Kind.FEED, address) for address in poll.listed)
        new, is_done = self._take_in(state, poll.found)
        if self._stop.is_set():
            return True  # the position stays as it was, so that the rest is found the next time
        state = replace(
            state,
            title=poll.title or state.title,
            checked_at=stamp(now),
            well_at=stamp(now),
            not_before=stamp(after_success(poll.headers, poll.minutes, now)),
            failures=0,
            error="",
            position=poll.position if poll.position and is_done else state.position,
            found_at=stamp(now) if new else state.found_at,
        )
        self._store.feeds.put_state(state)
        self._tell(Outcome(state, new=new))
        return True

    def _fail(self, state: FeedState, error: Exception, now: datetime) -> None:
        if isinstance(error, IncidexError) and not isinstance(error, InputError):
            raise error
        headers = error.headers if isinstance(error, StatusError) else {}
        failures = state.failures + 1
        state = replace(
            state,
            checked_at=stamp(now),
            not_before=stamp(after_failure(failures, headers, now)),
            failures=failures,
            error=_described(error),
        )
        self._store.feeds.put_state(state)
        self._tell(Outcome(state, new=0))

    def _take_in(self, state: FeedState, found: Sequence[Found]) -> tuple[int, bool]:
        """Read and add the items that are not known, and return how many are new, and whether all are done."""
        tries = self._store.feeds.tries(state.address, [one.mark for one in found])
        open_ones = list({one.mark: one for one in found if tries.get(one.mark, 1)}.values())
        new, is_done = 0, True
        remaining = iter(open_ones)
        reading: deque[tuple[Found, Future[Got]]] = deque()
        with _threads(_THREADS) as pool:
            while not self._stop.is_set():
                while len(reading) < _AHEAD and (one := next(remaining, None)) is not None:
                    reading.append((one, pool.submit(one.get)))
                if not reading:
                    break
                one, got = reading.popleft()
                item = self._settled(state, one, got, 1 + tries.get(one.mark, 0))
                if item is None:
                    break
                new += one.mark not in tries
                is_done = is_done and item.is_done
        return new, is_done

    def _settled(self, state: FeedState, one: Found, got: "Future[Got]", tries: int) -> SeenItem | None:
        """Add an item, or find out why not, and write that down; None if the program is ending."""
        item = SeenItem(state.address, one.mark, "", "failed", one.source, one.title, tries=tries)
        incidents: tuple[tuple[str, str, int], ...] = ()
        try:
            item, incidents = self._added(item, got.result())
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - one item, whatever is in it, never ends the watch
            if self._stop.is_set() and isinstance(error, FetchError):
                return None
            if isinstance(error, IncidexError) and not isinstance(error, InputError):
                raise
            is_lasting = isinstance(error, InputError) and not isinstance(error, FetchError)
            item = replace(item, reason=_described(error), is_done=is_lasting)
        item = replace(item, seen_at=stamp(datetime.now(UTC)), is_done=item.is_done or tries >= _MOST_TRIES)
        self._store.feeds.put_item(item)
        self._tell(Outcome(state, item, incidents))
        return item

    def _added(self, item: SeenItem, got: Got) -> tuple[SeenItem, tuple[tuple[str, str, int], ...]]:
        document = got.document
        item = replace(item, title=document.title or item.title, reason=got.reason, is_done=got.is_done)
        added = self._store.known(document) if self._store.knows(document) else None
        if added is None:
            analysis = analyse(document, encoder=self._encoder())
            if reason := reason_to_leave_out(analysis, self._settings.rules):
                return replace(item, outcome="left out", reason=reason), ()
            added = self._store.add(analysis)
        if added.status is Status.ADDED and (original := copy_of(self._store, added)):
            item = replace(item, reason=" ".join(filter(None, (item.reason, f"It is nearly the same as {original}."))))
        incidents = tuple((one.id, one.title, len(one.documents)) for one in added.incidents)
        ids = tuple(id for id, _, _ in incidents)
        return replace(item, outcome=added.status.value, document=added.document, incidents=ids), incidents


@contextmanager
def _threads(count: int) -> Iterator[ThreadPoolExecutor]:
    """Run threads that nobody waits for longer than what they have begun."""
    pool = ThreadPoolExecutor(count)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _described(error: Exception) -> str:
    """Return an error on one line."""
    if isinstance(error, IncidexError):
        return str(error).partition("\n")[0]
    return f"an internal error: {type(error).__name__}: {error}"[:500]
