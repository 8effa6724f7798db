"""Reads CASIE's JSON files: the article in `content`, its title and date in `info`."""

import json
from typing import Any
from urllib.parse import urlsplit

from incidex.errors import UnreadableSource
from incidex.ingest.dates import published
from incidex.ingest.decode import check_text, decode, unescaped, without_half_characters
from incidex.ingest.load import Raw
from incidex.records import Document
from incidex.text.blocks.find import find_blocks


def read_casie(raw: Raw) -> Document:
    """
    Return the article in `raw`; its text is `content` unchanged, so that annotation offsets hold.

    The title is not part of the text. The publisher is the site that `info.link` leads to. Annotations are not read:
    `incidex.ingest.casie_events.read_annotated` does that.

    Raises:
        UnreadableSource: It is no JSON, or has no text called "content".
    """
    decoded = decode(raw.content, name=raw.name, declared=raw.charset)
    try:
        content = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(
            f"{raw.name} is not valid JSON: {error}.\n"
            "Check that it was saved completely, or rename it if it is plain text."
        ) from error
    return casie_document(casie_record(content, name=raw.name), raw, warnings=decoded.warnings)


def casie_record(content: Any, *, name: str) -> dict[str, Any]:
    """
    Return `content`, values that were read from JSON: it is an object with a text called "content"; all else is
    unchecked.

    Raises:
        UnreadableSource: It is something else.
    """
    if not isinstance(content, dict) or not isinstance(content.get("content"), str):
        raise UnreadableSource(
            f'{name} is JSON, but not in CASIE form: it has no text called "content".\n'
            "Give an object with that key, or save the article as plain text."
        )
    return content


def casie_document(record: dict[str, Any], raw: Raw, *, warnings: tuple[str, ...]) -> Document:
    """Return the article of a `record` that was read from `raw`; see `read_casie`."""
    text = without_half_characters(record["content"])
    check_text(text.text, name=raw.name)
    info = record["info"] if isinstance(record.get("info"), dict) else {}
    title = unescaped(_words(info, "title") or "") or None
    return Document(
        text=text.text,
        blocks=find_blocks(text.text, title=title),
        source=raw.source,
        format="casie",
        title=title,
        published_at=published(_words(info, "date") or ""),
        publisher=_site(_words(info, "link") or ""),
        warnings=warnings + text.warnings,
    )


def _words(info: dict[str, Any], key: str) -> str | None:
    value = info.get(key)
    return (" ".join(without_half_characters(value).text.split()) or None) if isinstance(value, str) else None


def _site(link: str) -> str | None:
    """Return the host of a link without "www."."""
    try:
        host = urlsplit(link).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
