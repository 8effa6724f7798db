"""Feeds of every kind: which text an item has, where it is from, and what is broken in feeds."""

import json

import pytest

from incidex.errors import UnreadableSource
from incidex.ingest.feeds.items import Feed, clean_link
from incidex.ingest.feeds.kinds import feed_kind, may_be_feed
from incidex.ingest.feeds.read import read_feed
from incidex.ingest.load import Raw
from incidex.ingest.reader import Reader

ARTICLE = (
    "<p>Kestrel Ferries said on Tuesday that thieves stole the names of its passengers.</p>"
    "<p>The company has told the police, and it is sorry for what happened to its customers.</p>"
)
PARAGRAPHS = (
    "Kestrel Ferries said on Tuesday that thieves stole the names of its passengers.",
    "The company has told the police, and it is sorry for what happened to its customers.",
)
PLACE = "https://wire.example/feed.xml"


def rss(*items: str, head: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content='
        '"http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Harbour &amp; Wire</title>{head}{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    ).encode()


def full(title: str = "Ferry line robbed", link: str = "https://wire.example/1") -> str:
    return f"<title>{title}</title><link>{link}</link><content:encoded><![CDATA[{ARTICLE}]]></content:encoded>"


def read(content: bytes, source: str = PLACE) -> Feed:
    return read_feed(Raw(content, source))


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour &amp; Wire</title><entry>
<title type="html">Ferry line &lt;b&gt;robbed&lt;/b&gt;</title><link href="/1"/><id>urn:x</id>
<updated>2026-03-10T08:30:00Z</updated><author><name>Jane Roe</name></author>
<content type="html">{ARTICLE.replace("<", "&lt;")}</content></entry></feed>""".encode()
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>Harbour &amp; Wire</title></channel><item rdf:about="https://wire.example/1">
<title>Ferry line robbed</title><link>https://wire.example/1</link><dc:date>2026-03-10T08:30Z</dc:date>
<dc:creator>Jane Roe</dc:creator><content:encoded><![CDATA[{ARTICLE}]]></content:encoded></item></rdf:RDF>""".encode()
RSS = rss(full() + "<pubDate>Tue, 10 Mar 2026 08:30:00 GMT</pubDate><dc:creator>Jane Roe</dc:creator>")
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour & Wire",
        "items": [
            {
                "id": 7,
                "url": "https://wire.example/1",
                "title": "Ferry line robbed",
                "content_html": ARTICLE,
                "date_published": "2026-03-10T08:30:00Z",
                "authors": [{"name": "Jane Roe"}],
            }
        ],
    }
).encode()


@pytest.mark.parametrize("content", [RSS, ATOM, RDF, JSON], ids=["rss", "atom", "rdf", "json"])
def test_an_item_is_an_article_with_its_metadata(content: bytes) -> None:
    (item,) = read(content).items
    document = item.document
    assert document.text == "\n\n".join(("Ferry line robbed", *PARAGRAPHS))
    assert (document.title, document.publisher, document.author) == ("Ferry line robbed", "Harbour & Wire", "Jane Roe")
    assert (document.published_at or "").startswith("2026-03-10T08:30")
    assert (document.source, item.link, item.is_whole) == ("https://wire.example/1", "https://wire.example/1", True)
    assert document.warnings == ()
    assert [block.kind.value for block in document.blocks] == ["title", "body", "body"]


@pytest.mark.parametrize(
    ("item", "is_whole", "end"),
    [
        pytest.param(full() + "<description>Thieves came.</description>", True, PARAGRAPHS[1], id="full text"),
        pytest.param(
            "<title>a</title><content:encoded><![CDATA[<img src='x'/>]]></content:encoded>"
            "<description>Thieves came.</description>",
            False,
            "Thieves came.",
            id="a banner instead of the text",
        ),
        pytest.param(f"<title>a</title><description>{'Thieves came. ' * 120}</description>", True, "came.", id="long"),
        pytest.param(
            f"<title>a</title><description>{'Thieves came. ' * 120} [...]</description>", False, "[...]", id="cut off"
        ),
        pytest.param(
            f"<title>a</title><description>{'Thieves came. ' * 120}&lt;a href='x'&gt;Continue reading the story"
            "&lt;/a&gt;</description>",
            False,
            "story",
            id="continue reading",
        ),
        pytest.param("<title>Thieves stole data</title>", False, "data", id="a headline alone"),
    ],
)
def test_the_best_text_is_taken_and_a_summary_is_known_as_one(item: str, is_whole: bool, end: str) -> None:
    (found,) = read(rss(item)).items
    assert found.is_whole is is_whole
    assert found.document.text.endswith(end)
    assert bool(found.document.warnings) is not is_whole


def test_what_has_no_text_is_counted() -> None:
    feed = read(rss("<description>&lt;img src='x'&gt;</description>", full(), head="<ttl>30</ttl>"))
    assert (len(feed.items), feed.empty, feed.minutes, feed.title) == (1, 1, 30.0, "Harbour & Wire")


@pytest.mark.parametrize(
    ("link", "base", "expected"),
    [
        ("/2026/a", PLACE, "https://wire.example/2026/a"),
        (" https://a.example/x?utm_source=rss&id=3 ", "", "https://a.example/x?id=3"),
        ("", PLACE, ""),
        ("/2026/a", "", ""),
        ("javascript:alert(1)", PLACE, ""),
        ("https://[", PLACE, ""),
    ],
)
def test_links_are_absolute_addresses_of_pages(link: str, base: str, expected: str) -> None:
    assert clean_link(link, base) == expected


def test_items_that_share_a_link_keep_apart() -> None:
    one, other = full("Ferry line robbed"), full("Bank robbed")
    with Reader() as reader:
        feed = reader.read_feed(Raw(rss(one, other, one, full("Third", "https://wire.example/3")), PLACE))
    sources = [item.document.source for item in feed.items]
    assert len(sources) == len(set(sources)) == 3
    assert sources[0].startswith(f"{PLACE}#item-")
    assert feed.items[0].document.link == "https://wire.example/1"
    assert sources[2] == "https://wire.example/3"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(RSS[: RSS.index(b"<pubDate>")], id="cut off"),
        pytest.param(RSS.replace(b"<title>Ferry", b"<title>&nbsp;&undefined; Ferry"), id="unknown entities"),
        pytest.param(b"\n\n" + RSS, id="blank lines in front"),
        pytest.param(RSS.replace(b"<channel>", b"<channel><title>\x0b</title>"), id="control characters"),
        pytest.param(RSS.decode().replace("UTF-8", "UTF-16").encode("utf-16"), id="utf-16"),
    ],
)
def test_broken_feeds_are_read(content: bytes) -> None:
    (item,) = read(content).items
    assert "thieves stole the names" in item.document.text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"<rss ", "a damaged feed", id="nothing"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1", "items": 7}', "a damaged feed", id="no items"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1", "items": [', "a damaged feed", id="no JSON"),
        pytest.param(b"<html></html>", "not a feed", id="a page"),
        pytest.param(b"<opml><body/></opml>", "without the address", id="an empty list"),
    ],
)
def test_what_is_no_feed_is_said(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        read(content)


def test_a_list_of_feeds() -> None:
    opml = b"""<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml version="2.0">
    <head><title>Mine</title></head><body><outline text="&x;"><outline xmlUrl="https://a.example/feed"/>
    <outline xmlUrl="https://a.example/feed"/><outline xmlUrl="file:///etc/passwd"/></outline></body></opml>"""
    feed = read(opml)
    assert (feed.title, feed.listed) == ("Mine", ("https://a.example/feed",))


def test_a_bomb_of_entities_harms_nobody() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "boom">{levels}]><rss version="2.0"><channel><title>'
    with Reader() as reader, pytest.raises(UnreadableSource):
        reader.read_feed(Raw(f"{bomb}&a11;</title></channel></rss>".encode(), PLACE))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (RSS, "xml"),
        (ATOM, "xml"),
        (RDF, "xml"),
        (JSON, "json"),
        (b"<!-- made by hand --><rss version='2.0'/>", "xml"),
        (b"\xef\xbb\xbf<opml/>", "opml"),
        (b"<?xml version='1.0'?><urlset/>", None),
        (b'{"content": "An article about https://jsonfeed.org"}', None),
        (b"Feeds are written as <rss> in XML.", None),
    ],
)
def test_feeds_are_told_by_how_they_begin(content: bytes, kind: str | None) -> None:
    assert feed_kind(Raw(content, "x")) == kind


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a/feed.xml", True),
        ("a/feed.rss.gz", True),
        ("a/feed.txt", False),
        ("https://a.example/feed/", True),
        ("https://a.example/news/rss.xml?x=1", True),
        ("https://a.example/feeds/security", True),
        ("https://a.example/2026/feeding-frenzy", False),
        ("https://feed.example/", False),
    ],
)
def test_addresses_that_look_like_feeds(source: str, expected: bool) -> None:
    assert may_be_feed(source) is expected
