"""Packs records into bytes and back: MessagePack, compressed. Fields added by a newer version get their defaults."""

import hashlib
import zlib
from dataclasses import replace
from typing import Any, TypeVar

from incidex.records import Analysis, Document

T = TypeVar("T")


class DamagedRecord(ValueError):
    """What the database holds is no record of the kind that it should be; see `unpack`."""


# The document is kept beside its analyses, so they do not repeat it.
_NONE = Document("")


def pack(record: Any) -> bytes:
    """Return a dataclass, or lists and mappings of plain values, as bytes."""
    import msgspec

    return zlib.compress(msgspec.msgpack.encode(record), 3)


def unpack(kind: type[T], content: bytes) -> T:
    """
    Return the record of type `kind` that `content` was packed from.

    Raises:
        DamagedRecord: `content` is damaged, or was written by a newer version and has values unknown to this one.
    """
    import msgspec

    try:
        return msgspec.msgpack.decode(zlib.decompress(content), type=kind)
    except (zlib.error, TypeError, ValueError, RecursionError) as error:
        raise DamagedRecord(f"{kind.__name__}: {error}") from error


def pack_analysis(analysis: Analysis) -> bytes:
    """Return `analysis` without its document as bytes."""
    return pack(replace(analysis, document=_NONE))


def unpack_analysis(document: Document, content: bytes) -> Analysis:
    """Return the analysis of `document` that was packed. Raises as `unpack` does."""
    return replace(unpack(Analysis, content), document=document)


def digest(document: Document) -> str:
    """Return a hash of a document as it was read: text, title, date, publisher and author."""
    import msgspec

    read = (document.text, document.title, document.published_at, document.publisher, document.author)
    return hashlib.sha256(msgspec.msgpack.encode(read)).hexdigest()
