"""Expands the sources that a user gives: walks folders and passes everything else on."""

from collections.abc import Callable, Iterable, Iterator
from os.path import isdir, islink, realpath, sep  # unlike Path.is_dir, isdir takes names that are too long
from pathlib import Path

# The file extensions that are read from a folder.
ENDINGS = (
    ".txt", ".text", ".md", ".markdown", ".mdown", ".mkd", ".mdx", ".adoc", ".asciidoc", ".rst", ".rest", ".html",
    ".htm", ".xhtml", ".pdf", ".docx", ".eml", ".mbox", ".json", ".rss", ".atom",
)  # fmt: skip


def expand(
    sources: Iterable[str],
    *,
    follow_links: bool = False,
    left_out: Callable[[str], None] | None = None,
    outside: Callable[[str], None] | None = None,
) -> Iterator[str]:
    """
    Yield each source, and for a folder its files in sorted order.

    Hidden files and folders are skipped, and so are links to what lies outside the folder: an unpacked archive must not
    bring in other files of the machine. A link to a folder is followed once. A folder that cannot be opened, or has no
    file to read, is itself yielded, so that `read` can report what is wrong.

    Args:
        sources: Paths, URLs, or "-" for standard input.
        follow_links: Whether to follow links to what lies outside the folder as well.
        left_out: Called with the path of each file skipped because of its extension.
        outside: Called with the path of each link skipped because it leads outside the folder.
    """
    for source in sources:
        if "://" not in source and isdir(source):
            yield from _files_or_itself(source, left_out or _ignore, None if follow_links else outside or _ignore)
        else:
            yield source


def _files_or_itself(
    folder: str, left_out: Callable[[str], None], outside: Callable[[str], None] | None
) -> Iterator[str]:
    found = False
    for path in _walk(Path(folder), left_out, outside):
        found = True
        yield str(path)
    if not found:
        yield folder


def _walk(folder: Path, left_out: Callable[[str], None], outside: Callable[[str], None] | None) -> Iterator[Path]:
    """
    Yield files in sorted order, without recursion as folders may be nested deeper than Python's stack.

    Without `outside`, all links are followed.
    """
    waiting = [folder]
    root = realpath(folder)
    seen: set[tuple[int, int]] = set()
    while waiting:
        path = waiting.pop()
        if outside and path != folder and islink(path) and not _is_within(root, realpath(path)):
            outside(str(path))
        elif isdir(path):
            waiting.extend(_entries(path, seen))
            if not _can_list(path):
                yield path
        elif path.name.lower().removesuffix(".gz").endswith(ENDINGS):
            yield path
        else:
            left_out(str(path))


def _is_within(root: str, path: str) -> bool:
    return path == root or path.startswith(root.rstrip(sep) + sep)


def _entries(folder: Path, seen: set[tuple[int, int]]) -> list[Path]:
    """Return the entries of `folder` in reverse order; none if it was visited before or cannot be opened."""
    try:
        state = folder.stat()
        entries = sorted(folder.iterdir(), reverse=True)
    except OSError:
        return []
    identity = (state.st_dev, state.st_ino)
    if identity in seen:
        return []
    seen.add(identity)
    return [entry for entry in entries if not entry.name.startswith(".")]


def _can_list(folder: Path) -> bool:
    try:
        next(folder.iterdir(), None)
    except OSError:
        return False
    return True


def _ignore(path: str) -> None:
    """Ignore a skipped file."""
