"""Files, pages and records become documents; fields are found by their names, and wrong ones are named."""

import json
from typing import Any

import pytest

from incidex.batch.answer import document_of
from incidex.batch.records import Item
from incidex.errors import FormatError, IncidexError, UnreadableSource

TEXT = "Hackers stole the passenger list of Kestrel Ferries."


def record(**fields: Any) -> Item:
    return Item("in.jsonl, line 7", content=json.dumps(fields).encode(), is_record=True)


def test_a_record_has_what_its_fields_say() -> None:
    fields = {"title": "Theft", "published_at": "6 May 2026", "publisher": "Northern Wire", "author": "Jo Roe"}
    document = document_of(record(text=TEXT, url="https://news.example/1", **fields), {})
    assert (document.text, document.source, document.title) == (TEXT, "https://news.example/1", "Theft")
    assert (document.published_at, document.publisher, document.author) == ("2026-05-06", "Northern Wire", "Jo Roe")
    assert document.language == "en"


def test_without_a_source_it_is_the_place_in_the_file() -> None:
    assert document_of(record(text=TEXT), {}).source == "in.jsonl, line 7"
    assert document_of(record(text=TEXT, id=12), {}).source == "12"


def test_fields_may_have_other_names() -> None:
    document = document_of(record(story=TEXT, text="no", head="Theft"), {"text": "story", "title": "head"})
    assert (document.text, document.title) == (TEXT, "Theft")


def test_a_page_is_read_as_one() -> None:
    page = f"<html><title>Theft</title><body><article><h1>Theft</h1><p>{TEXT} {TEXT}</p></article></body></html>"
    of_record = document_of(record(html=page, url="https://news.example/1"), {})
    of_archive = document_of(
        Item("a.warc, record 3", "https://news.example/1", page.encode(), media_type="text/html"), {}
    )
    assert of_record.format == of_archive.format == "html"
    assert of_record.text == of_archive.text
    assert TEXT in of_record.text


def test_a_date_that_cannot_be_read_is_a_warning() -> None:
    document = document_of(record(text=TEXT, date="soon"), {})
    assert document.published_at is None
    assert "“soon”" in document.warnings[-1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"{", "line 7 is not valid JSON", id="no JSON"),
        pytest.param(b"[" * 100_000, "line 7 is not valid JSON", id="too deep"),
        pytest.param(b"\xff{}", "line 7 is not valid JSON", id="no UTF-8"),
        pytest.param(b'"text"', "not a JSON object", id="no object"),
        pytest.param(b'{"story": "x"}', "no field 'text'.*\n.*--field text=NAME", id="no text"),
        pytest.param(b'{"text": null}', "no field 'text'", id="null"),
        pytest.param(b'{"text": 7}', "is no text but int", id="a number"),
        pytest.param(b'{"text": "x", "url": ["a"]}', "the source is no text but list", id="source"),
    ],
)
def test_a_wrong_record_is_named_with_its_place(content: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        document_of(Item("in.jsonl, line 7", content=content, is_record=True), {})


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01\x02"])
def test_a_record_without_words_cannot_be_read(text: str) -> None:
    with pytest.raises(UnreadableSource, match="line 7"):
        document_of(record(text=text), {})


def test_lone_surrogates_in_a_record_hurt_nothing() -> None:
    content = b'{"text": "' + TEXT.encode() + b' \\ud800", "title": "\\udfff", "id": "\\ud800"}'
    document = document_of(Item("in.jsonl, line 7", content=content, is_record=True), {})
    json.dumps([document.text, document.title, document.source], ensure_ascii=False).encode("utf-8", "strict")


def test_an_empty_page_says_where_it_stands() -> None:
    with pytest.raises(IncidexError, match=r"https://news\.example/1 is empty"):
        document_of(Item("a.warc, record 3", "https://news.example/1", b"", media_type="text/html"), {})
