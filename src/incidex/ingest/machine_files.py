"""Tells files that programs write for programs from reports, and says which command takes them."""

import re
from typing import Any

from incidex.errors import UnreadableSource
from incidex.ingest.feeds.kinds import feed_kind
from incidex.ingest.load import Raw

_XML = re.compile(rb"\s*(?:<\?xml\b|<(?:rss|feed|rdf:RDF|svg|urlset|opml)\b)", re.IGNORECASE)
# The beginning of the tables that `incidex extract --format csv` writes.
_OWN_TABLE = b"source,published_at,finding,type,"
_IMPORT = "Give it to 'incidex import', which takes incidents and names from it."
_FEED_REMEDY = (
    "'incidex add', 'label' and 'extract' read its articles if its name ends in .xml, .rss, .atom, .rdf, .opml or "
    ".json;\n'incidex watch --once' reads it from any address."
)
_FEEDS = {
    "xml": "a feed (RSS or Atom), not a report",
    "json": "a JSON feed, not a report",
    "opml": "a list of feeds (OPML), not a report",
}
_TEXT = "Save the report in it as plain text, HTML or PDF and use that."


def reject_machine_file(raw: Raw, head: bytes) -> None:
    """
    Raise UnreadableSource if `raw` is JSON or XML of a known kind, or a table, that is not a report.

    Args:
        head: Its beginning without byte order mark and NULs.
    """
    kind = feed_kind(raw)
    if kind:
        _reject(raw, _FEEDS[kind], _FEED_REMEDY)
    if _XML.match(head):
        _reject(raw, "XML, not a report", _TEXT)
    if head.startswith(_OWN_TABLE):
        _reject(raw, "a table that Incidex wrote, not a report", "Give the reports that it was made from.")
    if head.startswith((b"{", b"[")):
        _reject_json(raw)


def _reject_json(raw: Raw) -> None:
    """Raise UnreadableSource for JSON or JSON Lines that is not CASIE's."""
    import json

    first, _, rest = raw.content.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    for content, is_line in ((raw.content, False), (first, True)):
        try:
            value: Any = json.loads(content)
        except (ValueError, RecursionError):
            continue
        if is_line and not rest.strip().startswith(b"{"):
            return
        if not is_line and isinstance(value, dict) and isinstance(value.get("content"), str):
            return
        if isinstance(value, dict | list):
            _reject(raw, *_what(value, is_line=is_line))


def _what(value: Any, *, is_line: bool) -> tuple[str, str]:
    """Return what a JSON value is, and what to do with it."""
    one = value[0] if isinstance(value, list) and value else value
    keys = set(one) if isinstance(one, dict) else set()
    if {"schema_version", "text", "blocks"} <= keys:
        return "an analysis that Incidex wrote, not a report", "Give the report that it was made from."
    if {"schema_version", "documents"} <= keys or {"schema_version", "sources"} <= keys:
        return (
            "a list of incidents that Incidex wrote, not a report",
            "'incidex add' takes the reports that they were made from.",
        )
    if keys >= {"type", "objects"} or (keys >= {"type", "id"} and "spec_version" in keys):
        return "a STIX bundle, not a report", _IMPORT
    if "Event" in keys or keys == {"response"}:
        return "a MISP event, not a report", _IMPORT
    if "jsonfeed" in str(one.get("version", "")) if isinstance(one, dict) else False:
        return _FEEDS["json"], _FEED_REMEDY
    form = "JSON Lines" if is_line else "JSON"
    return f'{form}, but not in CASIE format: it has no string "content"', _TEXT


def _reject(raw: Raw, what: str, remedy: str) -> None:
    raise UnreadableSource(f"{raw.name} is {what}.\n{remedy}")
