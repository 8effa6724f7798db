"""Measures every step from reading to the store and each format, for `benchmarks/hostile.py --growth`."""

import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from incidex import findings
from incidex.dossiers.build import document_dossier
from incidex.export.formats import FORMATS, Options, names, write_document, write_dossier
from incidex.ingest.load import Raw
from incidex.ingest.plain import from_text
from incidex.ingest.read import _READERS
from incidex.labels import scheme
from incidex.matching.profiles import profiles
from incidex.records import Analysis, Argument, Event, EventMention, Sentence, Span
from incidex.store import open_store
from incidex.text.sentences import document_sentences

_HEAD = "From: Jane Roe <jane@news.example>\r\nSubject: Kestrel hit\r\nMIME-Version: 1.0\r\n"
# Sources of each kind: what they consist of, and what makes a whole of it.
SOURCES: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "html: tables": ("html", "<table><tr><td>a b c</td></tr></table>", lambda body: f"<!doctype html><body>{body}"),
    "html: paragraphs": ("html", "<p>Acme Corp was hit.</p>", lambda body: f"<!doctype html><body>{body}"),
    "html: short paragraphs": ("html", "<p>a</p>", lambda body: f"<!doctype html><body>{body}"),
    "html: links": ("html", "<a href=a>b c</a>", lambda body: f"<!doctype html><body>{body}"),
    "html: list items": ("html", "<ul><li>a b</ul>", lambda body: f"<!doctype html><body>{body}"),
    "html: line breaks": ("html", "a b<br>", lambda body: f"<!doctype html><body>{body}"),
    "e-mail: lines": ("email", "It fell.\r\n", lambda body: f"{_HEAD}\r\n{body}"),
    "e-mail: one header": ("email", "=?utf-8?q?a?= ", lambda body: f"{_HEAD}X: {body}\r\n\r\nIt fell."),
    "e-mail: parameters": ("email", "a*0=b;", lambda body: f"{_HEAD}Content-Type: text/plain; {body}\r\n\r\nIt fell."),
    "Markdown: headings": ("markdown", "# Kestrel hit\n\n", str),
    "Markdown: list items": ("markdown", "- Kestrel\n", str),
    "Markdown: marks": ("markdown", "*a* **b** `c` [d](e) ", str),
    "Markdown: rows": ("markdown", "| a | b |\n", lambda body: f"| a | b |\n|---|---|\n{body}"),
    "AsciiDoc: list items": ("asciidoc", "* Kestrel\n", str),
    "AsciiDoc: marks": ("asciidoc", "*a* _b_ `c` link:d[e] ", str),
    "reStructuredText: headings": ("rst", "Kestrel\n=======\n\n", str),
    "reStructuredText: marks": ("rst", "*a* **b** ``c`` `d <e>`_ ", str),
    "Word: paragraphs": ("docx", "<w:p><w:r><w:t>It fell.</w:t></w:r></w:p>", str),
    "CASIE: text": ("casie", "It fell. ", lambda body: f'{{"content": "{body}", "cyberevent": {{"hopper": []}}}}'),
}


def steps(text: str) -> dict[str, float]:
    """Return the CPU seconds of each step for `text`, published in May 2017, with an event in each sentence."""
    seconds: dict[str, float] = {}
    with _clock("reading", seconds):
        document = replace(from_text(text), published_at="2017-05-06", source="a.txt")
    with _clock("sentences", seconds):
        sentences = tuple(document_sentences(document))
    events = tuple(_events(sentences, text))
    with _clock("findings", seconds):
        found = findings.findings(document, sentences, events)
    analysis = Analysis(sentences=sentences, model="none", **found)
    with _clock("profiles", seconds):
        profiles(analysis)
    with _clock("dossier", seconds):
        dossier = document_dossier(analysis)
    for name in names("dossier"):
        with _clock(f"show as {name}", seconds):
            write_dossier(name, dossier, Options())
    for name in names("document"):
        if not FORMATS[name].package:
            with _clock(name, seconds):
                write_document(name, analysis, Options())
    with TemporaryDirectory() as folder, open_store(str(Path(folder) / "a.sqlite")) as store, _clock("store", seconds):
        store.add(analysis)
    return seconds


def read_source(name: str, length: int) -> dict[str, float]:
    """Return the CPU seconds of reading the source `name`, made to be about `length` characters long."""
    kind, unit, whole = SOURCES[name]
    content = whole(unit * (length // len(unit))).encode()
    raw = Raw(_word_file(content) if kind == "docx" else content, f"/a.{kind}")
    seconds: dict[str, float] = {}
    with _clock("reading", seconds):
        _READERS[kind](raw)
    return seconds


@contextmanager
def _clock(name: str, seconds: dict[str, float]) -> Iterator[None]:
    started = time.process_time()
    yield
    seconds[name] = time.process_time() - started


def _events(sentences: Sequence[Sentence], text: str) -> Iterator[Event]:
    """Yield an event in each sentence: its first word is the trigger, its last two are the victim."""
    types = cycle(kind.name for kind in scheme().event_types if "Victim" in kind.roles)
    for sentence, event_type in zip(sentences, types, strict=False):
        start, end = sentence.span.start, sentence.span.end
        words = text[start : min(end, start + 200)].split(" ")
        victim = Span(max(start, end - len(" ".join(words[-2:]))), end)
        trigger = Span(start, start + max(1, len(words[0])))
        yield Event((EventMention(trigger, event_type, arguments=(Argument(victim, "Organization", "Victim"),)),))


def _word_file(body: bytes) -> bytes:
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", b"<w:document %s><w:body>%s</w:body></w:document>" % (space, body))
    return packed.getvalue()
