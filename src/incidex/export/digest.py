"""Writes digests: as text for mail, as a web page, as JSON, and as an Atom feed. Each line names its sources."""

import textwrap
import uuid
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from incidex.export.dossier_words import date_in_words, plural
from incidex.export.html.layout import to_page
from incidex.export.html.markup import Html, element, joined, text
from incidex.export.jsonl.values import json_text
from incidex.export.terminal.text import BOLD, paint, printable
from incidex.records.digests import Digest, DigestEntry, DigestLine, DigestSource
from incidex.records.document import NAMESPACE

DIGEST_VERSION = 1
FORMATS = ("text", "html", "json", "atom")

# Of one kind of thing, so many lines; the JSON has them all. A line is cut at so many characters.
_MOST_LINES, _LONGEST = 8, 300
# Each of these has a line of its own; those of other kinds, which are short, stand on one line.
_LONG_ONES = ("statements", "timeline", "status")
_WIDTH = 110


def write_digest(format: str, digest: Digest, *, place: str, colour: bool = False) -> str:
    """
    Return a digest in a format: "text", "html", "json" or "atom".

    Args:
        format: The format.
        digest: The digest.
        place: The name of the store, which tells its Atom feed from those of other stores.
        colour: Whether headings in text are bold.
    """
    if format == "html":
        return _to_html(digest)
    if format == "json":
        return _to_json(digest)
    if format == "atom":
        return _to_atom(digest, place)
    return _to_text(digest, colour=colour)


def _to_json(digest: Digest) -> str:
    import msgspec

    return json_text({"schema_version": DIGEST_VERSION, **msgspec.to_builtins(digest)}, indent=2)


def _to_text(digest: Digest, *, colour: bool) -> str:
    lines = [_heading(digest), ""]
    for is_new, group in groupby(digest.entries, key=lambda one: one.is_new):
        lines += [_bold("New incidents" if is_new else "New in known incidents", colour), ""]
        for entry in group:
            lines += [*_text_of(entry, colour), ""]
    return "".join(f"{line}\n" for line in (*lines[:-1], *_left_out(digest)))


def _text_of(entry: DigestEntry, colour: bool) -> Iterator[str]:
    numbers = _numbers(entry)
    yield _bold(printable(f"{entry.title}  ({entry.incident[:8]})"), colour)
    yield printable(f"  {_about(entry)}")
    for name, lines, more in _fields(entry.lines):
        mark = "-" if lines[0].no_longer else "+"
        words = "; ".join(f"{_short(line.text)}{_references(line, numbers)}" for line in lines)
        yield from textwrap.wrap(
            printable(f"{mark} {name}: {words}{_more(more)}"),
            _WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    for one in entry.sources:
        yield printable(f"  [{numbers[one.document]}] {_source_in_words(one)}: {one.link or one.source}")


def _to_html(digest: Digest) -> str:
    parts: list[Html] = []
    for is_new, group in groupby(digest.entries, key=lambda one: one.is_new):
        parts.append(element("h2", "New incidents" if is_new else "New in known incidents"))
        parts += [element("section", _html_of(entry)) for entry in group]
    return to_page(
        "digest.html",
        ["page.css"],
        name=text(_heading(digest).rstrip(".")),
        sections=joined((*parts, *(element("p", line) for line in _left_out(digest))), "\n"),
    )


def _html_of(entry: DigestEntry) -> Html:
    numbers = _numbers(entry)
    items = [
        element("li", element("b", f"{name}: "), joined((_cited(line, numbers) for line in lines), "; "), _more(more))
        for name, lines, more in _fields(entry.lines)
    ]
    sources = [
        element("li", element("a", _source_in_words(one), href=one.link) if one.link else _source_in_words(one))
        for one in entry.sources
    ]
    return joined(
        (
            element("h3", entry.title[:500]),
            element("p", _about(entry)),
            *([element("ul", joined(items, "\n"))] if items else ()),
            element("ol", joined(sources, "\n")),
        ),
        "\n",
    )


def _to_atom(digest: Digest, place: str) -> str:
    """Return an Atom feed (RFC 4287). An incident with something new is a new entry: readers pass over changed ones."""
    entries = "".join(map(_atom_of, digest.entries))
    updated = max((entry.changed_at for entry in digest.entries), default=digest.until)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>Incidents</title>\n<id>{uuid.uuid5(NAMESPACE, f'digest {place}').urn}</id>\n"
        f"<updated>{updated}</updated>\n<author><name>Incidex</name></author>\n"
        f"<generator>Incidex</generator>\n{entries}</feed>\n"
    )


def _atom_of(entry: DigestEntry) -> str:
    new = " ".join(sorted(one.document for one in entry.sources if one.is_new))
    id = uuid.uuid5(NAMESPACE, f"digest {entry.incident} {new}").urn
    links = "".join(
        f'<link rel="related" href={quoteattr(_ascii(one.link))} title={quoteattr(_xml(one.title or one.link))}/>\n'
        for one in entry.sources
        if one.link
    )
    title = entry.title if entry.is_new else f"{entry.title}: {plural(_new_reports(entry), 'new report')}"
    categories = "".join(f"<category term={quoteattr(_xml(name))}/>\n" for name in entry.types)
    return (
        f"<entry>\n<title>{escape(_xml(title))}</title>\n<id>{id}</id>\n<updated>{entry.changed_at}</updated>\n"
        f'{links}{categories}<content type="html">{escape(_xml(_html_of(entry)))}</content>\n</entry>\n'
    )


def _heading(digest: Digest) -> str:
    new = sum(entry.is_new for entry in digest.entries)
    known = len(digest.entries) - new
    if not digest.entries:
        return f"Nothing new since {_time(digest.since)}."
    found = [plural(new, "new incident")] if new else []
    found += [f"something new in {plural(known, 'known one' if new else 'known incident')}"] if known else []
    return f"Since {_time(digest.since)}: {' and '.join(found)}."


def _about(entry: DigestEntry) -> str:
    types = ", ".join(entry.types)
    seen = f"first reported {date_in_words(entry.first_seen)}; " if entry.first_seen else ""
    reports = f"{plural(_new_reports(entry), 'report')}" if entry.is_new else plural(_new_reports(entry), "new report")
    return f"{types}; {seen}{reports}; {entry.status}"


def _new_reports(entry: DigestEntry) -> int:
    return sum(one.is_new for one in entry.sources)


def _fields(lines: Iterable[DigestLine]) -> Iterator[tuple[str, list[DigestLine], int]]:
    """Yield each field with its first lines, or a part of these, and how many more it has."""
    for (field, _), group in groupby(lines, key=lambda one: (one.field, one.no_longer)):
        own, name = list(group), field[:1].upper() + field[1:]
        more = len(own[_MOST_LINES:])
        if field not in _LONG_ONES:
            yield name, own[:_MOST_LINES], more
            continue
        *before, last = own[:_MOST_LINES]
        yield from ((name, [line], 0) for line in before)
        yield name, [last], more


def _more(count: int) -> str:
    return f"; … and {count} more" if count else ""


def _left_out(digest: Digest) -> tuple[str, ...]:
    if not digest.left_out:
        return ()
    return (f"{plural(digest.left_out, 'further incident')} had new reports: choose a later time with --since.",)


def _cited(line: DigestLine, numbers: Mapping[str, int]) -> Html:
    words = (element("del", _short(line.text)), " no longer") if line.no_longer else (_short(line.text),)
    return joined((*words, _references(line, numbers)))


def _references(line: DigestLine, numbers: Mapping[str, int]) -> str:
    cited = sorted({numbers[id] for id in line.documents if id in numbers})
    return f" [{', '.join(map(str, cited))}]" if cited else ""


def _numbers(entry: DigestEntry) -> dict[str, int]:
    return {one.document: number for number, one in enumerate(entry.sources, 1)}


def _source_in_words(one: DigestSource) -> str:
    day = f", {date_in_words(one.published_at[:10])}" if one.published_at else ""
    return f"{one.publisher or 'unknown publisher'}{day}: {_short(one.title or one.source)}"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _time(stamp: str) -> str:
    return f"{date_in_words(stamp[:10])}, {stamp[11:16]} UTC"


def _bold(words: str, colour: bool) -> str:
    return paint(words, BOLD) if colour else words


def _xml(words: str) -> str:
    """Return words without characters that XML does not allow."""
    return "".join(one for one in words if one in "\t\n\r" or (one >= " " and one not in "\ufffe\uffff"))


def _ascii(link: str) -> str:
    """Return an address as an IRI reference: no blanks or quotation marks."""
    from urllib.parse import quote

    return quote(link, safe="%/:?#[]@!$&'()*+,;=~-._")
