"""Watching: each item once whatever feeds do, nothing lost, and every trouble said."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event
from types import ModuleType
from typing import Any

import pytest

from incidex.records import Document
from incidex.store import Store
from incidex.store.feeds import FeedState
from incidex.watch import timing
from incidex.watch.keep import Rules
from incidex.watch.places import place_of
from incidex.watch.polite import Client
from incidex.watch.watcher import Outcome, Watcher

FERRY = (
    "Kestrel Ferries said on Tuesday that thieves stole the names of its passengers. It has told the police of Port "
    "Alder about it, and is sorry for what happened to its customers on the ferries."
)
BANK = (
    "Marrow Bank said on Friday that a flaw in its web site let somebody read the letters of customers. The bank has "
    "mended it over night, and wrote to all of them, it said on Sunday in a statement."
)
WEATHER = (
    "The weather in Port Alder will be fine on Sunday, with some clouds in the afternoon and a wind from the west "
    "that will bring more of them. On Monday there will be rain, and on Tuesday there will be sun."
)


def documents(store: Store) -> tuple[Document, ...]:
    return store.documents(store.document_ids())


def titles(store: Store) -> set[str | None]:
    return {document.title for document in documents(store)}


def test_new_items_are_added_once(look: Any, store: Store, feed: Callable[..., Path]) -> None:
    ferry, bank = ("Ferry robbed", "https://w.example/1", FERRY), ("Bank read", "https://w.example/2", BANK)
    assert look(feed(ferry)) == 0
    assert look.outcomes == ["added"]
    assert look.told[-1].new == 1
    assert look.told[0].incidents[0][1:] == ("Ferry robbed", 1)
    look(feed(bank, ferry))
    assert look.outcomes == ["added"]
    look(feed(bank, ferry))
    assert (look.outcomes, look.told[-1].new) == ([], 0)
    assert [document.source for document in documents(store)] == ["https://w.example/1", "https://w.example/2"]


def test_an_article_that_changes_is_a_revision_and_one_in_two_feeds_is_known(
    look: Any, store: Store, feed: Callable[..., Path]
) -> None:
    look(feed(("Ferry robbed", "https://w.example/1", FERRY)))
    look(feed(("Ferry robbed", "https://w.example/1", FERRY + " More was stolen on Monday.")))
    assert look.outcomes == ["new revision"]
    look(feed(("Ferry robbed", "https://other.example/9", FERRY + " More was stolen on Monday."), name="b.xml"))
    assert look.outcomes == ["known already"]
    assert len(store.document_ids()) == 1


def test_agency_copy_in_another_feed_is_recognised(look: Any, feed: Callable[..., Path]) -> None:
    text = f"{FERRY} Its head, Jane Roe, said that it would pay for new passports, and that 400 customers were hit."
    look(feed(("Ferry robbed", "https://w.example/1", text)))
    look(feed(("Thieves on board", "https://v.example/7", f"{text} The Courier adds this."), name="b.xml"))
    assert [one.item.reason for one in look.told if one.item] == [
        "It is nearly the same as https://w.example/1.",
    ]


def test_rules_leave_out_what_reports_something_else(look: Any, store: Store, feed: Callable[..., Path]) -> None:
    items = [("Ferry robbed", "https://w.example/1", FERRY), ("Sun", "https://w.example/2", WEATHER)]
    look(feed(*items), rules=Rules(events=True))
    assert sorted(look.outcomes) == ["added", "left out"]
    look(feed(*items), rules=Rules(events=True))
    assert look.outcomes == []
    assert titles(store) == {"Ferry robbed"}
    (left,) = store.feeds.items(outcome="left out")
    assert (left.source, left.reason) == ("https://w.example/2", "it reports no event")


def test_a_feed_that_cannot_be_read_is_said_and_tried_again_later(look: Any, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text("<rss version='2.0'><channel><title>x</title><item><title>Thieves stole it", "utf-8")
    assert look(path) == 0
    path.write_text("<rss ><", "utf-8")
    assert look(path) == 1
    (state,) = store.feeds.states()
    assert (state.failures, bool(state.well_at)) == (1, True)
    assert "is a damaged feed" in state.error
    assert state.not_before > state.checked_at
    look(path)
    assert [(one.item, one.new) for one in look.told] == [(None, None)]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let feeds be tried again at once after errors."""
    monkeypatch.setattr(timing, "_FIRST_WAIT", timedelta())
    monkeypatch.setattr(timing, "LONGEST", timedelta())


def test_nothing_is_lost_on_a_site_that_does_everything_wrong(
    look: Any, store: Store, server: ModuleType, quick: None
) -> None:
    site = server.Site(drip=0.05)
    with server.serving(site) as address:
        feeds = [f"{address}{path}" for path in server.FEEDS]
        for _ in range(4):
            look(*feeds, total=1.5)
        assert site.most_at_once <= 2  # one of this site, and one that a client has cut off
        assert titles(store) >= site.delivered
        assert len(site.delivered) > 60
        # Ids that flip and vanish cost nothing.
        texts = [document.text for document in documents(store)]
        assert len(texts) == len(set(texts))
        wells = {state.address.removeprefix(address): not state.error for state in store.feeds.states()}
        assert {name for name, is_well in wells.items() if not is_well} >= {f"/{name}.xml" for name in server.BAD}
        assert all(agent.startswith("incidex/") for agent in site.agents)
    reasons = {state.address.removeprefix(address): state.error for state in store.feeds.states() if state.error}
    assert "larger than 15 MB" in reasons["/bomb.xml"]
    assert "redirects more than 5 times" in reasons["/loop.xml"]
    assert "not a feed" in reasons["/html.xml"]
    assert "took too long" in reasons["/slow.xml"]


def test_an_etag_is_kept_only_with_a_whole_feed(look: Any, store: Store, server: ModuleType, quick: None) -> None:
    site = server.Site()
    with server.serving(site) as address:
        for _ in range(4):
            look(f"{address}/half.xml")
    assert site.unchanged >= 1
    assert titles(store) >= site.delivered


def test_summaries_are_replaced_by_their_pages(look: Any, store: Store, server: ModuleType, quick: None) -> None:
    site = server.Site()
    with server.serving(site) as address:
        look(f"{address}/summaries.xml")
        assert look.outcomes.count("added") == 8
        second = [one for one in documents(store) if one.source.endswith(("/1", "/5"))]
        assert all("[...]" in document.text for document in second)
        look(f"{address}/summaries.xml")
        assert sorted(look.outcomes) == ["new revision", "new revision"]
        look(f"{address}/summaries.xml")
        assert look.outcomes == []
        assert site.requests["/robots.txt"] == 2  # one for each client that wants pages
    assert all("customers were told by letter" in document.text for document in documents(store))
    assert {document.publisher for document in documents(store)} == {"Wire"}
    assert {(document.published_at or "")[:10] for document in documents(store)} == {"2026-03-10"}


def test_pages_are_left_alone_where_nobody_wants_them(look: Any, store: Store, server: ModuleType, quick: None) -> None:
    site = server.Site()
    with server.serving(site) as address:
        look(f"{address}/summaries.xml", pages=False)
    assert not any(path.startswith("/page") for path in site.requests)
    assert len(store.document_ids()) == 8


def test_a_server_that_wants_to_be_left_alone_is(look: Any, store: Store, server: ModuleType) -> None:
    site = server.Site()
    with server.serving(site) as address:
        look(f"{address}/busy.xml", f"{address}/later.xml")
        look(f"{address}/busy.xml", f"{address}/later.xml")
        assert (site.requests["/busy.xml"], site.requests["/later.xml"]) == (1, 1)
    assert [one.new for one in look.told] == [None, None]


def test_a_list_of_feeds_is_watched(look: Any, store: Store, server: ModuleType, tmp_path: Path) -> None:
    with server.serving(server.Site()) as address:
        opml = tmp_path / "mine.opml"
        outlines = "".join(f'<outline xmlUrl="{address}/{name}.xml"/>' for name in ("flip", "type", "picture"))
        opml.write_text(f"<opml><body>{outlines}</body></opml>", "utf-8")
        assert look(opml) == 1
        assert len(store.document_ids()) == 12


def test_the_end_comes_between_two_items_and_nothing_is_lost(
    look: Any, store: Store, reader: Any, feed: Callable[..., Path]
) -> None:
    from word_encoder import WordEncoder

    path = feed(*((f"Ferry {n} robbed", f"https://w.example/{n}", f"{FERRY} That was ferry {n}.") for n in range(6)))
    stop, told = Event(), []

    def tell(outcome: Outcome) -> None:
        told.append(outcome)
        if len(told) == 2:
            stop.set()

    watcher = Watcher(store, reader, Client(stop=stop), encoder=lambda: WordEncoder(), tell=tell, stop=stop)
    watcher.stay([place_of(str(path))])
    assert len(told) == len(store.document_ids()) == 2
    assert store.feeds.state(str(path)).position is None
    look(path)
    assert look.outcomes == ["added"] * 4


def test_a_folder_brings_new_and_changed_files(look: Any, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY, "utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    look(folder)
    (folder / "bank.txt").write_text(BANK, "utf-8")
    (folder / "ferry.txt").write_text(f"{FERRY} More was stolen.", "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 no")
    look(folder)
    assert sorted(look.outcomes) == ["added", "failed", "new revision"]
    (failed,) = store.feeds.items(outcome="failed")
    assert (failed.is_done, "broken.pdf" in failed.reason) == (True, True)
    look(folder)
    assert look.outcomes == []


def test_states_are_kept_beside_each_other(store: Store) -> None:
    store.feeds.put_state(FeedState("b", failures=2, error="no"))
    store.feeds.put_state(FeedState("a", position={"x": "1"}))
    store.feeds.put_state(FeedState("b"))
    assert store.feeds.states() == (FeedState("a", position={"x": "1"}), FeedState("b"))
    assert store.feeds.state("c") == FeedState("c")
