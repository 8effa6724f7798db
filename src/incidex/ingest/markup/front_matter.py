"""Reads the front matter of a page: YAML between lines of `---`, TOML between lines of `+++`, at the very top."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from incidex.ingest.dates import published
from incidex.ingest.heads import Heads

# In characters. Front matter is read by parsers that are not made for hostile input of any size.
_LONGEST = 20_000
_FENCED = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<fields>.*?)(?:\r?\n|(?<=\n))(?P=fence)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_TITLES = ("title", "headline", "name")
_DATES = ("date", "published", "publishdate", "pubdate", "published_at", "date_published", "created", "posted")
_AUTHORS = ("author", "authors", "byline", "creator")
_PUBLISHERS = ("publisher", "site", "site_name", "sitename")
# "2025/09/24/malicious-packages", "2025-09-24-malicious-packages.md": how blogs name their posts.
_PATHS = ("path", "permalink", "url", "slug", "aliases")
_DATED = re.compile(r"(?:^|/)(\d{4})[/-](\d\d)[/-](\d\d)(?=[/-]|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The metadata in the front matter of a page, and where the page itself begins."""

    heads: Heads
    end: int


def read_front_matter(text: str) -> FrontMatter | None:
    """Return the front matter at the top of `text`; None if there is none, or it cannot be read."""
    start = len(text) - len(text.lstrip("\ufeff \r\n"))
    match = _FENCED.match(text, start, start + _LONGEST)
    fields = _fields(match["fields"], is_toml=match["fence"] == "+++") if match else None
    if match is None or fields is None:
        return None
    return FrontMatter(
        Heads(
            title=_first(fields, _TITLES),
            published_at=_date(fields),
            publisher=_first(fields, _PUBLISHERS),
            author=_first(fields, _AUTHORS),
        ),
        match.end(),
    )


def date_in_path(path: str) -> str | None:
    """Return the date in the name of a post, such as "2025-09-24-malicious-packages.md"; None if there is none."""
    match = _DATED.search(PurePath(path).as_posix())
    return published("-".join(match.groups())) if match else None


def _fields(written: str, *, is_toml: bool) -> dict[str, Any] | None:
    """Return the fields by lower-case name; those of sections ("[extra]", "params:") count where no other has it."""
    try:
        content = _parsed(written, is_toml=is_toml)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict):
        return None
    inner = [value for value in content.values() if isinstance(value, dict)]
    found: dict[str, Any] = {}
    for fields in (content, *inner):
        for name, value in fields.items():
            found.setdefault(str(name).lower(), value)
    return found


def _parsed(written: str, *, is_toml: bool) -> Any:
    if is_toml:
        import tomllib

        return tomllib.loads(written)
    import yaml

    # "&a [*a, *a]" can describe a list of any size in a few lines; page metadata refers to nothing.
    if re.search(r"(?m)(?:^|[\s\[,])[&*]\w", written):
        raise ValueError("anchors are not read")
    try:
        return yaml.safe_load(written)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _date(fields: Mapping[str, Any]) -> str | None:
    written = (str(fields[name]) for name in _DATES if fields.get(name))
    found = next((date for value in written if (date := published(value.removesuffix(" 00:00:00")))), None)
    paths = (value for name in _PATHS for value in _words(fields.get(name)))
    return found or next((date for path in paths if (date := date_in_path(path))), None)


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """Return the words of the first field that has some; several are joined with commas."""
    for name in names:
        if words := ", ".join(dict.fromkeys(_words(fields.get(name)))):
            return words
    return None


def _words(value: Any) -> Iterator[str]:
    """Yield the words in a field: a string, an object with a name, or a list of these."""
    if isinstance(value, str) and value.strip():
        yield " ".join(value.split())
    elif isinstance(value, list):
        for one in value[:20]:
            yield from _words(one if not isinstance(one, list) else None)
    elif isinstance(value, dict):
        yield from _words(next((value[name] for name in ("name", "title", "display_name") if name in value), None))
