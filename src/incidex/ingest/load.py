"""Loads the bytes of a source: a file, a URL or standard input, up to a size limit."""

import re
import sys
from dataclasses import dataclass, replace
from os import stat
from os.path import isdir
from pathlib import Path
from stat import S_ISREG

from incidex.errors import FetchError, UnreadableSource
from incidex.ingest.expand import ENDINGS

# The maximum size of a source, in bytes. A year of a newspaper is larger; an article, report or newsletter is not.
LARGEST = 50_000_000

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


@dataclass(frozen=True, slots=True)
class Raw:
    """
    The undecoded bytes of a source.

    Attributes:
        content: The bytes, at most `LARGEST` of them from a file or standard input.
        source: The path or URL as given; "-" for standard input.
        media_type: The media type that the web server or e-mail declared, such as "text/html"; empty if none.
        charset: The encoding that the web server or e-mail declared, if any.
    """

    content: bytes
    source: str
    media_type: str = ""
    charset: str | None = None

    @property
    def name(self) -> str:
        """The name of the source for messages."""
        return "Standard input" if self.source == "-" else self.source

    @property
    def ending(self) -> str:
        """The extension of the file name in lower case, such as ".html", also of "a.html.gz"; empty for others."""
        is_file = self.source != "-" and _SCHEME.match(self.source) is None
        return Path(self.source.lower().removesuffix(".gz")).suffix if is_file else ""


def load(source: str, *, allow_private: bool = False) -> Raw:
    """
    Return the bytes of `source`.

    Args:
        source: A path, an http or https URL, or "-" for standard input.
        allow_private: Whether a URL may lead to a private or loopback address.

    Raises:
        UnreadableSource: The file is missing, cannot be opened, is a folder or is too large.
        FetchError: The URL could not or must not be fetched.
    """
    if source == "-":
        # Standard input may be closed: `<&-`.
        return checked(Raw(sys.stdin.buffer.read(LARGEST + 1) if sys.stdin else b"", source))
    if is_url(source):
        from incidex.ingest.fetch import fetch

        page = fetch(source, allow_private=allow_private)
        return Raw(page.content, source, page.media_type, page.charset)
    return checked(Raw(_file_content(source), source))


def checked(raw: Raw) -> Raw:
    """Return `raw`, unpacked if it is compressed with gzip. Raises UnreadableSource if it is empty or too large."""
    raw = _unpacked(raw)
    if len(raw.content) > LARGEST:
        raise UnreadableSource(
            f"{raw.name} is larger than {LARGEST // 1_000_000} MB, the most that Incidex reads at once.\n"
            "Split it into one file per article."
        )
    if not raw.content:
        raise UnreadableSource(f"{raw.name} is empty.\nCheck that it was saved completely.")
    return raw


def is_url(source: str) -> bool:
    """Return whether `source` is an http or https URL; raise FetchError for other schemes."""
    scheme = _SCHEME.match(source)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise FetchError(
            f"Incidex reads only http and https URLs, not {scheme[1].lower()}.\n"
            "Save the page to a file and use that instead."
        )
    return scheme is not None


def _file_content(path: str) -> bytes:
    if not path:
        raise UnreadableSource('The name of a source is empty.\nLook in the command for "" or an unset variable.')
    if isdir(path):  # unlike Path.is_dir, it takes names that are too long
        raise UnreadableSource(_about_folder(path))
    try:
        if not _is_readable(path):
            raise UnreadableSource(f"{path} is not a regular file.\nUse - to read from standard input.")
        with Path(path).open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise UnreadableSource(f"{path} does not exist.\nCheck the spelling and the current folder.") from error
    except (OSError, ValueError) as error:
        raise UnreadableSource(_not_opened(path, error)) from error


def _is_readable(path: str) -> bool:
    """Whether a path is a file, or a pipe of the shell as in `<(...)`: opening a named pipe may wait for ever."""
    return S_ISREG(stat(path).st_mode) or path.startswith(("/dev/", "/proc/"))


def _about_folder(path: str) -> str:
    """Explain what is wrong with a folder that `expand` found no files in."""
    try:
        next(Path(path).iterdir(), None)
    except OSError as error:
        return _not_opened(path, error)
    return (
        f"{path} is a folder without files that Incidex reads.\n"
        f"It reads {', '.join(ENDINGS)}; files with other extensions have to be named."
    )


def _not_opened(path: str, error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{path} cannot be opened: {reason}.\nCheck the name and your permission to read it."


def _unpacked(raw: Raw) -> Raw:
    """Return `raw` with its content unpacked if it is compressed with gzip, up to one byte more than is read."""
    if not raw.content.startswith(b"\x1f\x8b\x08"):
        return raw
    import gzip
    import zlib
    from io import BytesIO

    try:
        with gzip.GzipFile(fileobj=BytesIO(raw.content)) as file:
            content = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableSource(
            f"{raw.name} is compressed (gzip) and damaged: {error}.\nGet the file again, or unpack it with gunzip."
        ) from error
    if content[257:262] == b"ustar":
        raise UnreadableSource(f"{raw.name} is a compressed archive (tar).\nUnpack it and use the files in it.")
    return replace(raw, content=content)
