"""Reads and analyses one document of a bulk run; this runs in a child process, which keeps the model."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incidex.batch.records import Item, Wanted
from incidex.errors import FormatError
from incidex.ingest.decode import replace_surrogates

if TYPE_CHECKING:
    from incidex.encoder.session import Encoder
    from incidex.records import Document

# What answers in a child process.
ANSWER = f"{__name__}:answer"

# The names that a field of a record may have, in the order in which they are looked for.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body"),
    "html": ("html",),
    "source": ("source", "url", "link", "id"),
    "title": ("title", "headline"),
    "published_at": ("published_at", "published", "date"),
    "publisher": ("publisher", "site"),
    "author": ("author",),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A document, and what is wanted of it."""

    item: Item
    wanted: Wanted


def to_request(item: Item, wanted: Wanted) -> bytes:
    """Return what `answer` takes."""
    from msgspec.msgpack import encode

    return encode(Request(item, wanted))


def answer(request: bytes) -> bytes:
    """Return the line of JSON of a document, as `incidex extract --format jsonl` prints it. Raises IncidexError."""
    from msgspec.msgpack import decode

    asked = decode(request, type=Request)
    from incidex.export.jsonl.analysis import to_jsonl
    from incidex.pipeline import analyse

    encoder = _encoder(asked.wanted.model)
    analysis = analyse(document_of(asked.item, asked.wanted.fields), encoder=encoder)
    return to_jsonl(analysis, everything=asked.wanted.everything).encode("utf-8", "backslashreplace")


def document_of(item: Item, fields: Mapping[str, str]) -> "Document":
    """
    Return the document in an item.

    Args:
        item: A file, a page or a record.
        fields: The names of fields of records where they are not the usual ones.

    Raises:
        UnreadableSource: There is no text in it that can be read.
        FormatError: A record has no text, or a field that is not one.
    """
    if not item.is_record:
        return _read(item.content, item.source, item.media_type, item.charset)
    record = _record(item)
    given = {name: _field(record, name, fields, item.place) for name in FIELDS}
    source = given.pop("source") or item.place
    text, page = given.pop("text"), given.pop("html")
    if text is None and page is None:
        raise FormatError(
            f"{item.place} has no field {fields.get('text', 'text')!r} with a text.\n"
            "Name the field that has it with --field text=NAME."
        )
    if text is None:
        document = _read((page or "").encode("utf-8", "surrogatepass"), source, "text/html", "utf-8")
    else:
        from incidex.ingest.plain import from_text

        document = from_text(text, source=source)
    about: dict[str, Any] = {name: value for name, value in given.items() if value}
    if "published_at" in about:
        about |= _dated(document, about["published_at"])
    return replace(document, **about)


def _read(content: bytes, source: str, media_type: str, charset: str | None) -> "Document":
    from incidex.ingest.ends import with_end
    from incidex.ingest.language import with_language
    from incidex.ingest.load import Raw, checked
    from incidex.ingest.read import read_raw

    return with_language(with_end(read_raw(checked(Raw(content, source, media_type, charset)))))


def _record(item: Item) -> dict[str, Any]:
    try:
        record = json.loads(item.content.decode("utf-8-sig", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{item.place} is not valid JSON: {error}.\nMend this line, or leave it out.") from error
    if not isinstance(record, dict):
        raise FormatError(f"{item.place} is not a JSON object with a field for the text.\nMend this line.")
    return record


def _field(record: dict[str, Any], name: str, fields: Mapping[str, str], place: str) -> str | None:
    """Return the value of a field of a record; None if it is missing."""
    names = (fields[name],) if name in fields else FIELDS[name]
    value = next((record[one] for one in names if record.get(one) is not None), None)
    if value is None or isinstance(value, str):
        return value and replace_surrogates(value).text
    if name == "source" and isinstance(value, int):
        return str(value)
    if name in ("text", "html", "source"):
        raise FormatError(f"{place}: the field for the {name} is no text but {type(value).__name__}.\nMend it.")
    return None


def _dated(document: "Document", written: str) -> dict[str, Any]:
    """Return the fields of the document that a date of publication changes."""
    from incidex.ingest.dates import published

    found = published(written)
    if found:
        return {"published_at": found}
    warning = f"Its date of publication, “{written[:60]}”, could not be read."
    return {"published_at": document.published_at, "warnings": (*document.warnings, warning)}


@cache
def _encoder(folder: str | None) -> "Encoder":
    """Return the model, for one core: there is a process for each."""
    from incidex.encoder.bundle import open_bundle
    from incidex.encoder.session import Encoder

    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    return Encoder(open_bundle(Path(folder) if folder else None), threads=1)
