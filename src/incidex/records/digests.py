"""The records of a digest: what reports that were added since a time say about incidents, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DigestSource:
    """
    A report that a digest refers to.

    Attributes:
        document: The id of the document.
        title: Its headline.
        publisher: As in `Source`.
        published_at: As in `Document`.
        source: The path or URL as it was given.
        link: Its address on the web; None if none is known.
        is_new: Whether it was added, or revised, in the time of the digest.
    """

    document: str
    title: str
    publisher: str | None
    published_at: str | None
    source: str
    link: str | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class DigestLine:
    """
    One thing that is new.

    Attributes:
        field: What it is about: "victims", "people", "status".
        text: It, in words.
        no_longer: Whether it is what no longer holds.
        documents: The ids of the documents that say so; none where it follows from all of them.
    """

    field: str
    text: str
    no_longer: bool = False
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """
    An incident in a digest.

    Attributes:
        incident: Its id.
        title: What happened, in a line.
        is_new: Whether no report of it is older than the time of the digest.
        types: Its event types.
        status: How well established it is, in words, with the reason.
        first_seen: ISO 8601 date of its first report.
        changed_at: When the latest of the new reports was added: UTC, ISO 8601.
        lines: What is new.
        sources: The reports that `lines` refer to, and all new ones.
    """

    incident: str
    title: str
    is_new: bool
    types: tuple[str, ...]
    status: str
    first_seen: str | None
    changed_at: str
    lines: tuple[DigestLine, ...]
    sources: tuple[DigestSource, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """
    What is new since a time.

    Attributes:
        since: When it begins: UTC, ISO 8601.
        until: When it was made.
        entries: The incidents: first the new ones, then those with something new, the latest first.
        left_out: How many further incidents had new reports, beyond the most that are worked out.
        waiting: How many reports were added that report no incident.
    """

    since: str
    until: str
    entries: tuple[DigestEntry, ...]
    left_out: int = 0
    waiting: int = 0
