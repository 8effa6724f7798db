"""What can be watched: feeds, lists of feeds, folders and mailboxes, told apart by their names and contents."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from incidex.errors import InputError
from incidex.ingest.feeds.kinds import is_feed_file


class Kind(StrEnum):
    """What a place is."""

    FEED = "feed"
    """A URL, or the file of a feed or of a list of feeds."""
    FOLDER = "folder"
    MBOX = "mailbox file"
    MAILDIR = "mail folder"
    IMAP = "mailbox"


@dataclass(frozen=True, slots=True)
class Place:
    """
    Something that is watched.

    Attributes:
        kind: What it is.
        address: Its URL, without a password, or its absolute path.
    """

    kind: Kind
    address: str


def place_of(source: str) -> Place:
    """
    Return what `source` is.

    Raises:
        InputError: It is nothing that can be watched.
    """
    scheme, divider, rest = source.partition("://")
    if divider:
        return _of_url(source, scheme.lower(), rest)
    path = Path(source).expanduser().absolute()
    if path.is_dir():
        is_mail = all((path / name).is_dir() for name in ("cur", "new"))
        return Place(Kind.MAILDIR if is_mail else Kind.FOLDER, str(path))
    if not path.exists():
        raise InputError(f"{source} does not exist.\nWatch the address of a feed, a folder or a mailbox.")
    if is_feed_file(str(path)):
        return Place(Kind.FEED, str(path))
    if _is_mbox(path):
        return Place(Kind.MBOX, str(path))
    raise InputError(
        f"{source} is not a feed, a list of feeds (OPML), a folder or a mailbox.\nA report is added with 'incidex add'."
    )


def _of_url(source: str, scheme: str, rest: str) -> Place:
    if scheme in ("http", "https") and rest.strip("/"):
        return Place(Kind.FEED, source)
    if scheme in ("imaps", "imap") and rest.strip("/"):
        if ":" in rest.partition("/")[0].rpartition("@")[0]:
            raise InputError(
                "The URL of a mailbox must not contain a password, which others would see.\n"
                "Put it into the environment as INCIDEX_IMAP_PASSWORD."
            )
        return Place(Kind.IMAP, source)
    raise InputError(f"{source} cannot be watched.\nWatch http, https and imaps addresses, folders and mailboxes.")


def _is_mbox(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(5) == b"From " or (path.suffix == ".mbox" and not path.stat().st_size)
    except OSError:
        return False
