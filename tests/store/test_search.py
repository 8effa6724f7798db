"""Full-text search, on both databases: which words find what, and what the snippets show."""

from typing import Any

import pytest

from incidex.errors import InputError
from incidex.records import Analysis, Block, BlockKind, Document, Span
from incidex.store import Store

FERRY = "Kestrel Ferries said that thieves stole the names of its passengers.\n\nIts ships sailed as usual."
BANK = "Marrow Bank has patched CVE-2024-99001 on its web site. No names were taken, they said."


def with_notice(text: str, notice: str) -> Document:
    whole = f"{text}\n\n{notice}"
    begins = len(text) + 2
    blocks = (Block(Span(0, len(text)), BlockKind.BODY), Block(Span(begins, len(whole)), BlockKind.BOILERPLATE))
    return Document(whole, blocks)


@pytest.fixture
def filled(store: Store, report: Any) -> Store:
    store.add(report(FERRY, source="ferry.txt", title="Passengers warned"))
    store.add(report(BANK, source="bank.txt"))
    return store


@pytest.mark.parametrize(
    ("words", "sources"),
    [
        pytest.param("ferries", ["ferry.txt"], id="a word"),
        pytest.param("KESTREL sailing", ["ferry.txt"], id="all words, in any form"),
        pytest.param("kestrel patched", [], id="not all words"),
        pytest.param("warned", ["ferry.txt"], id="title"),
        pytest.param('"web site"', ["bank.txt"], id="phrase"),
        pytest.param('"site web"', [], id="phrase in another order"),
        pytest.param('"web site', ["bank.txt"], id="phrase without an end"),
        pytest.param("CVE-2024-99001", ["bank.txt"], id="CVE"),
        pytest.param("names -ferries", ["bank.txt"], id="without a word"),
        pytest.param("patched) OR (NEAR", [], id="syntax of the database"),
        pytest.param("patched. * (", ["bank.txt"], id="signs"),
        pytest.param("title:ferries", [], id="name of a column"),
        pytest.param("passen*", ["ferry.txt"], id="beginning of a word"),
        pytest.param("Kest* thie*", ["ferry.txt"], id="two beginnings"),
        pytest.param("patchi*", ["bank.txt"], id="beginning beyond the stem"),
        pytest.param("names -pass*", ["bank.txt"], id="without words that begin so"),
        pytest.param("zebr*", [], id="beginning of no word"),
        pytest.param("* names -ferries", ["bank.txt"], id="star without a beginning"),
    ],
)
def test_words_find(filled: Store, words: str, sources: list[str]) -> None:
    assert [hit.source for hit in filled.search(words)] == sources


def test_snippets_show_what_was_found(filled: Store) -> None:
    (hit,) = filled.search("thieves names")
    assert {mark.of(hit.snippet) for mark in hit.marks} == {"thieves", "names"}
    assert "Kestrel Ferries said that thieves stole the names" in hit.snippet
    assert hit.title == "Passengers warned"


def test_the_best_come_first_and_no_more_than_wanted(store: Store, report: Any) -> None:
    texts = [f"Ship number {number} sailed. {'Ferry! ' * number}Nobody was aboard." for number in range(1, 5)]
    for text in texts:
        store.add(report(text, title="A ferry" if text is texts[0] else None))
    assert [hit.document for hit in store.search("ferry", limit=1)] == [report(texts[0]).document.id]
    assert len(store.search("ferry", limit=3)) == 3


def test_notices_around_the_article_are_not_searched(store: Store) -> None:
    store.add(Analysis(with_notice("A ferry sank.", "Subscribe to our newsletter."), (), "words-1"))
    assert len(store.search("ferry")) == 1
    assert store.search("newsletter") == ()


def test_too_many_words_are_refused(store: Store) -> None:
    with pytest.raises(InputError, match="at most 100 words"):
        store.search("a " * 101)


def test_signs_that_a_database_refuses_do_no_harm(store: Store) -> None:
    store.add(Analysis(Document("The ferry\0 sank \x02here\x03."), (), "words-1"))
    (hit,) = store.search("sank")
    assert [mark.of(hit.snippet) for mark in hit.marks] == ["sank"]


def test_a_huge_text_is_found_by_its_beginning(store: Store, report: Any) -> None:
    words = " ".join(f"w{number}" for number in range(300_000))
    store.add(Analysis(with_notice(f"Ferry sank. {words}", "Read on."), (), "words-1"))
    assert len(store.search("ferry")) == 1
