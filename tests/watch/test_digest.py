"""Digests: new incidents, what is new in known ones, each with its sources, in every format."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from word_encoder import WordEncoder

from incidex.export.digest import FORMATS, write_digest
from incidex.ingest.plain import from_text
from incidex.pipeline import analyse
from incidex.records.digests import Digest, DigestEntry, DigestLine, DigestSource
from incidex.store import Store, open_store
from incidex.watch.digest import digest

FIRST = (
    "Kestrel Ferries said on Tuesday that thieves stole the names of 400 passengers from CVE-2024-1111 systems. "
    "Kestrel Ferries is sorry for it, it said in Port Alder."
)
SECOND = (
    "Kestrel Ferries said on Friday that thieves stole the names of 900 passengers from CVE-2024-1111 systems. "
    "Kestrel Ferries has told the police in Port Alder."
)
LATER = "9999-01-01T00:00:00.000+00:00"
EVER = "2000-01-01T00:00:00.000+00:00"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store.sqlite")) as store:
        yield store


def add(store: Store, text: str, source: str, day: str) -> Any:
    from dataclasses import replace

    document = replace(from_text(f"Kestrel Ferries robbed\n\n{text}"), source=source, published_at=day)
    return store.add(analyse(document, encoder=WordEncoder()))


def test_an_incident_is_new_until_something_is_added_to_it(store: Store) -> None:
    first = add(store, FIRST, "https://w.example/1", "2024-03-12")
    (entry,) = digest(store, EVER, LATER).entries
    assert (entry.is_new, [one.link or one.source for one in entry.sources]) == (True, ["https://w.example/1"])
    assert any("400 passengers" in line.text for line in entry.lines)
    assert all(set(line.documents) <= {first.document} for line in entry.lines)
    since = store.news(EVER)[0].added[-1][1]

    second = add(store, SECOND, "https://w.example/2", "2024-03-15")
    assert [one.id for one in second.incidents] == [one.id for one in first.incidents]
    after = max(when for _, when in store.news(EVER)[0].added)
    assert after > since
    (entry,) = digest(store, after, LATER).entries
    assert not entry.is_new
    new = [line for line in entry.lines if not line.no_longer]
    assert any("900 passengers" in line.text and line.documents == (second.document,) for line in new)
    assert not any("400 passengers" in line.text for line in new)
    assert {one.document: one.is_new for one in entry.sources}[second.document]


def test_nothing_new_is_said(store: Store) -> None:
    add(store, FIRST, "https://w.example/1", "2024-03-12")
    empty = digest(store, LATER, LATER)
    assert empty.entries == ()
    assert write_digest("text", empty, place="x").startswith("Nothing new since 1 January 9999")
    assert ElementTree.fromstring(write_digest("atom", empty, place="x").encode()).tag.endswith("feed")


HOSTILE = "<script>alert(1)</script> & ]]> \x00\x0b\u202e “ours”"


@pytest.fixture
def made() -> Digest:
    source = DigestSource("d1", HOSTILE, HOSTILE, "2024-03-12T08:30", "/a b", 'https://w.example/1?a="b c"&d', True)
    older = DigestSource("d0", "Old", None, None, "/tmp/old.txt", None, False)
    lines = tuple(DigestLine("data", f"file {n} {HOSTILE}", documents=("d1", "d0")) for n in range(11))
    gone = DigestLine("people", "400 passengers", no_longer=True, documents=("d0",))
    new = DigestEntry("i1", HOSTILE, True, ("AttackRansom",), "reported", "2024-03-12", EVER, lines, (source,))
    known = DigestEntry("i2", "Known", False, ("AttackRansom",), "denied", None, EVER, (gone,), (older, source))
    return Digest(EVER, LATER, (new, known), left_out=3)


def test_text_names_the_sources_of_each_line(made: Digest) -> None:
    text = write_digest("text", made, place="x")
    assert "Since 1 January 2000, 00:00 UTC: 1 new incident and something new in 1 known one." in text
    assert "- People: 400 passengers [1]" in text
    assert "… and 3 more" in text
    assert "3 further incidents had new reports" in text
    assert "\x00" not in text
    assert "\u202e" not in text


def test_atom_is_valid(made: Digest) -> None:
    written = write_digest("atom", made, place="x")
    root = ElementTree.fromstring(written.encode())
    name = "{http://www.w3.org/2005/Atom}"
    for element in (root, *root.iter(f"{name}entry")):
        for needed in ("id", "title", "updated"):
            assert len(element.findall(name + needed)) == 1
    assert len(root.findall(f"{name}author/{name}name")) == 1
    ids = [one.text for one in root.iter(f"{name}id")]
    assert len(set(ids)) == len(ids) == 3
    assert all((one or "").startswith("urn:uuid:") for one in ids)
    assert all(link.get("href", "").isascii() and " " not in link.get("href", "") for link in root.iter(f"{name}link"))
    for entry in root.iter(f"{name}entry"):
        assert entry.find(f"{name}content") is not None  # needed where no link is rel="alternate"
    import feedparser

    parsed = feedparser.parse(written.encode())
    assert not parsed.bozo
    assert [len(one.content) for one in parsed.entries] == [1, 1]
    assert parsed.entries[1].title == "Known: 1 new report"


def test_pages_escape_what_reports_say(made: Digest) -> None:
    page = write_digest("html", made, place="x")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert 'href="https://w.example/1?a=&quot;b c&quot;&amp;d"' in page


def test_json_has_all(made: Digest) -> None:
    content = json.loads(write_digest("json", made, place="x"))
    assert (content["schema_version"], len(content["entries"][0]["lines"])) == (1, 11)
    assert content["entries"][1]["lines"][0]["no_longer"] is True


def test_every_format_is_offered() -> None:
    assert FORMATS == ("text", "html", "json", "atom")
