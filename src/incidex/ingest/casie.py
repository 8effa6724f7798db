"""Reads CASIE's JSON files: the article in `content`, its title and date in `info`."""

import json
from typing import Any
from urllib.parse import urlsplit

from incidex.errors import UnreadableSource
from incidex.ingest.dates import dated_by_address, published
from incidex.ingest.decode import check_text, decode, replace_surrogates, unescape
from incidex.ingest.load import Raw
from incidex.records import Document
from incidex.text.blocks.find import find_blocks


def read_casie(raw: Raw) -> Document:
    """
    Return the article in `raw`; its text is `content` unchanged, so that annotation offsets stay valid.

    The title is not part of the text. The link is `info.link`, and the publisher its host. Annotations are not read;
    see `incidex.ingest.casie_events.read_annotated`.

    Raises:
        UnreadableSource: It is not JSON, or has no string "content".
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
    Return `content`, a JSON value, after checking that it is an object with a string "content".

    Raises:
        UnreadableSource: It is something else.
    """
    if not isinstance(content, dict) or not isinstance(content.get("content"), str):
        raise UnreadableSource(
            f'{name} is JSON, but not in CASIE format: it has no string "content".\n'
            "Add that key, or save the article as plain text."
        )
    return content


def casie_document(record: dict[str, Any], raw: Raw, *, warnings: tuple[str, ...]) -> Document:
    """Return the article in `record`, the content of `raw`; see `read_casie`."""
    text = replace_surrogates(record["content"])
    check_text(text.text, name=raw.name)
    info = record["info"] if isinstance(record.get("info"), dict) else {}
    title = unescape(_words(info, "title") or "") or None
    link = _words(info, "link") or ""
    return Document(
        text=text.text,
        blocks=find_blocks(text.text, title=title),
        source=raw.source,
        format="casie",
        title=title,
        published_at=dated_by_address(published(_words(info, "date") or ""), link),
        publisher=_site(link),
        warnings=warnings + text.warnings,
        link=_words(info, "link"),
    )


def _words(info: dict[str, Any], key: str) -> str | None:
    value = info.get(key)
    return (" ".join(replace_surrogates(value).text.split()) or None) if isinstance(value, str) else None


def _site(link: str) -> str | None:
    """Return the host of a link without "www."."""
    try:
        host = urlsplit(link).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
