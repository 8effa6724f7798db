"""Tells feeds and lists of feeds from other XML and JSON, by how they begin."""

import gzip
import re
import zlib
from pathlib import Path

from incidex.ingest.load import Raw

# How many bytes of a file say what it is.
_HEAD = 8192
_XML = re.compile(rb"\s*(?:<\?xml\b|<!--|<!doctype\s+(?:rss|opml|rdf)|<(?:rss|feed|rdf:RDF|opml)\b)", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w{1,20}:)?(?P<name>rss|feed|rdf|opml)[\s/>]", re.IGNORECASE)
_JSON_FEED = re.compile(rb'\{[^{}]{0,4000}"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
# Addresses that most likely lead to a feed.
_ADDRESS = re.compile(
    r"https?://[^?#]*(?:\.(?:xml|rss|atom|rdf|opml)|/(?:feeds?|rss|atom)(?:/[\w-]{1,40})?(?:\.json)?/?)(?:[?#].*)?",
    re.IGNORECASE,
)
_ENDINGS = (".xml", ".rss", ".atom", ".rdf", ".opml", ".json")


def feed_kind(raw: Raw) -> str | None:
    """Return "xml" for RSS, Atom and RDF, "json" for a JSON Feed, "opml" for a list of feeds, None for all else."""
    # Without its NULs, ASCII text in UTF-16 matches the same patterns.
    head = raw.content[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if _JSON_FEED.match(head):
        return "json"
    root = _ROOT.search(head) if _XML.match(head) else None
    if root is None:
        return None
    return "opml" if root["name"].lower() == b"opml" else "xml"


def is_feed_file(path: str) -> bool:
    """Return whether a file begins as a feed does; False if it cannot be opened, which whoever reads it will say."""
    try:
        if not Path(path).is_file():
            return False
        with gzip.open(path) if path.lower().endswith(".gz") else Path(path).open("rb") as file:
            return feed_kind(Raw(file.read(_HEAD), path)) is not None
    except (OSError, EOFError, ValueError, zlib.error):
        return False


def may_be_feed(source: str) -> bool:
    """Return whether a path or URL looks as if a feed were there, so that it is worth opening to see."""
    if "://" in source:
        return _ADDRESS.fullmatch(source) is not None
    return source.lower().removesuffix(".gz").endswith(_ENDINGS)
