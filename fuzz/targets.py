"""
What is fuzzed: a target for each reader, each decoder of files and records of our own kinds, and all exporters.

A target takes any bytes. It may raise what a caller is promised (`IncidexError`); anything else is a finding. So is a
document with spans outside its text, or with text that UTF-8 cannot encode.
"""

import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from drawn import whole
from exchange_case import told
from hypothesis import HealthCheck, given, settings

from incidex.errors import IncidexError
from incidex.export.formats import FORMATS, Options, names, write_document
from incidex.findings import findings
from incidex.ingest.load import Raw
from incidex.records import Analysis, Document, Incident, Profile
from incidex.text.sentences import document_sentences

ROOT = Path(__file__).resolve().parents[1]
_DOCX_BODY = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Target:
    """
    One function that is fuzzed.

    Attributes:
        name: What it is called on the command line; its own seeds lie in `fuzz/seeds/NAME`.
        run: Takes the bytes.
        seeds: Files of the checkout to begin with, as patterns.
        more: Returns further inputs to begin with.
        is_json: Whether values of JSON are to be changed, too, and not bytes alone.
        longest: The greatest number of bytes in an input.
    """

    name: str
    run: Callable[[bytes], object]
    seeds: Sequence[str] = ()
    more: Callable[[], Iterable[bytes]] = tuple
    is_json: bool = False
    longest: int = 20_000

    def inputs(self) -> list[bytes]:
        """Return the inputs to begin with."""
        files = sorted(file for pattern in (f"fuzz/seeds/{self.name}/*", *self.seeds) for file in ROOT.glob(pattern))
        return [*(file.read_bytes() for file in files), *self.more()]


def _reader(kind: str, content: bytes) -> None:
    """Read a source of one kind."""
    from incidex.ingest.read import _READERS

    _check(_READERS[kind](Raw(content, f"/a.{kind}")))


def _source(content: bytes) -> None:
    """Read a source whose kind is found out, by its content or by the ending that its first byte chooses."""
    from incidex.ingest.kind import kind_of
    from incidex.ingest.language import with_language
    from incidex.ingest.read import _READERS

    endings = ("txt", "html", "eml", "md", "json", "pdf", "docx", "adoc", "rst", "")
    raw = Raw(content[1:], f"/a.{endings[content[0] % len(endings)]}") if content else Raw(content, "-")
    _check(with_language(_READERS[kind_of(raw)](raw)))


def _docx(content: bytes) -> None:
    """Read a Word file, or one with `content` as its body: changed bytes in an archive only break its checksums."""
    if not content.startswith(b"PK"):
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(_DOCX_BODY, content)
        content = packed.getvalue()
    _reader("docx", content)


def _decode(content: bytes) -> None:
    """Decode text in an encoding that the first line declares."""
    from incidex.ingest.decode import decode

    declared, _, rest = content.partition(b"\n")
    decode(rest, name="a", declared=declared.decode("latin-1") or None).text.encode()


def _import(content: bytes) -> None:
    """Read corrections, names and incidents as `incidex import` does."""
    from incidex.ingest.annotated import read_json
    from incidex.ingest.casie_events import annotated
    from incidex.ingest.label_studio import is_export, tasks_of
    from incidex.ingest.threat_feeds.misp import is_event, read_events
    from incidex.ingest.threat_feeds.stix import is_bundle, read_bundle

    raw = Raw(content, "/a.json")
    value, warnings = read_json(raw)
    if isinstance(value, dict) and "content" in value:
        _check(annotated(value, raw, warnings=warnings).document)
    elif is_export(value):
        for one in tasks_of(value, name="a").annotated:
            _check(one.document)
    elif is_bundle(value):
        _feed(read_bundle(value, name="a"), "stix")
    elif is_event(value):
        for found in read_events(value, name="a"):
            _feed(found, "misp")


def _feed(found: Any, form: str) -> None:
    from incidex.ingest.threat_feeds.incidents import compose_document, events_of

    for entry in found.names:
        "".join((entry.id, entry.name, *entry.aliases)).encode()
    for incident in found.incidents:
        if not incident.missing:
            document = compose_document(incident, found.producer, form)
            _check(document)
            events_of(incident, document, incident.types or ("AttackDatabreach",))


def _names(content: bytes) -> None:
    """Read a file of names, as we write it and as others publish it."""
    from incidex.link.names.knowledge import read_knowledge, written
    from incidex.link.names.upstream import read_source

    with TemporaryDirectory() as folder:
        file = Path(folder) / "names.json"
        file.write_bytes(content)
        with suppress(IncidexError):
            read_source(file)
        read_knowledge.cache_clear()
        written(read_knowledge(file)).encode()


def _bundle(content: bytes) -> None:
    """Open a bundle with this bundle.json, whose sums are made to fit."""
    from incidex.encoder.bundle import FILES, open_bundle, sha256

    with TemporaryDirectory() as place:
        folder = Path(place)
        for name in FILES:
            (folder / name).write_bytes(b"x")
        with suppress(ValueError, RecursionError):
            value = json.loads(content)
            if isinstance(value, dict):
                value["files"] = {name: sha256(folder / name) for name in FILES}
                content = json.dumps(value).encode()
        (folder / "bundle.json").write_bytes(content)
        open_bundle(folder)


def _labelled(content: bytes) -> None:
    from incidex.evaluation.labelled import parse_labelled

    parse_labelled(content.decode(errors="replace"), source="a")


def _jsonl(content: bytes) -> None:
    """Read a line that we may have written, and write it again in all formats."""
    from incidex.ingest.jsonl import from_line

    _export(from_line(content.decode(errors="replace")))


def _store(content: bytes) -> None:
    """Unpack records from a database. The sums of compressed bytes would refuse all changes, so they are made here."""
    from incidex.store.pack import DamagedRecord, unpack

    for kind in (Document, Analysis, Profile, Incident):
        with suppress(DamagedRecord):
            unpack(kind, zlib.compress(content, 1))


def _findings(content: bytes) -> None:
    """Find everything in a text that needs no model, and write it in all formats."""
    from incidex.ingest.plain import from_text

    document = from_text(content.decode(errors="replace"))
    sentences = document_sentences(document)
    rest = findings(document, sentences, ())
    _export(Analysis(sentences=sentences, model="none", **rest))


@settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(whole())
def _exporters(analysis: Analysis) -> None:
    _export(analysis)


def _export(analysis: Analysis) -> None:
    """Write an analysis in every format; what is JSON has to be JSON, and nothing is to stay out of UTF-8."""
    for name in names("document"):
        if FORMATS[name].package:
            continue
        content = write_document(name, analysis, Options()).content
        for text in content.values() if not isinstance(content, str | bytes) else (content,):
            written = text.encode() if isinstance(text, str) else text
            if FORMATS[name].ending.endswith(".json"):
                json.loads(written)


def _check(document: Document) -> None:
    assert document.text.strip(), "a document without text"
    for block in document.blocks:
        assert block.span.end <= len(document.text), f"a block ends at {block.span.end} of {len(document.text)}"
    for text in (document.text, document.title, document.author, document.publisher, *document.warnings):
        (text or "").encode()


def _of_kind(kind: str, *seeds: str) -> Target:
    return Target(kind, lambda content: _reader(kind, content), seeds, is_json=kind == "casie")


@cache
def _told_in(form: str) -> bytes:
    content = write_document(form, told(), Options()).content
    return content.encode() if isinstance(content, str) else b""


def _records() -> Iterable[bytes]:
    import msgspec

    yield msgspec.msgpack.encode(told())
    yield msgspec.msgpack.encode(told().document)


TARGETS = {
    target.name: target
    for target in (
        _of_kind("text", "examples/*.txt", "tests/cases/ingest/*.txt"),
        _of_kind("html", "examples/*.html", "tests/cases/ingest/*.html"),
        _of_kind("email", "examples/*.eml", "tests/cases/ingest/*.eml"),
        _of_kind("pdf"),
        _of_kind("markdown", "docs/how-to/*.md"),
        _of_kind("asciidoc"),
        _of_kind("rst"),
        _of_kind("casie", "tests/cases/ingest/*.json"),
        Target("docx", _docx),
        Target("source", _source, more=lambda: (b"\0" + one for one in TARGETS["email"].inputs())),
        Target(
            "decode", _decode, more=lambda: (b"utf-8\nStolen \xc2\xab\xff", b"utf-16\n" + "Gestohlen".encode("utf-16"))
        ),
        Target(
            "import",
            _import,
            ("tests/cases/import/*.json", "tests/cases/ingest/*.json"),
            more=lambda: map(_told_in, ("stix", "misp", "label-studio", "casie")),
            is_json=True,
        ),
        Target("names", _names, is_json=True),
        Target("bundle", _bundle, is_json=True),
        Target("labelled", _labelled),
        Target("jsonl", _jsonl, more=lambda: [_told_in("jsonl")], is_json=True),
        Target("store", _store, more=_records),
        Target("findings", _findings, ("examples/*.txt",), longest=3_000),
        Target("exporters", _exporters.hypothesis.fuzz_one_input, longest=4_000),
    )
}
