"""CASIE's files give their content unchanged, with title, date and site beside it."""

import json
from pathlib import Path

import pytest

from incidex.errors import UnreadableSource
from incidex.ingest import read
from incidex.ingest.casie import read_casie
from incidex.ingest.load import Raw


def test_an_article(samples: Path) -> None:
    document = read(samples / "article.json")
    assert document.text == json.loads((samples / "article.json").read_text("utf-8"))["content"]
    assert (document.format, document.title, document.published_at, document.publisher, document.language) == (
        "casie",
        "Examplia Bank hit by ransomware",
        "2021-03-05",
        "news.example",
        "en",
    )


@pytest.mark.parametrize(
    "info",
    [
        pytest.param({}, id="empty"),
        pytest.param(None, id="null"),
        pytest.param("x", id="text"),
        pytest.param({"title": " ", "date": 2017, "link": "http://["}, id="unusable values"),
    ],
)
def test_info_may_be_anything(info: object) -> None:
    document = read_casie(Raw(json.dumps({"content": "Text.", "info": info}).encode(), "a.json"))
    assert (document.text, document.title, document.published_at, document.publisher) == ("Text.", None, None, None)


def test_half_characters_are_replaced_and_offsets_kept() -> None:
    document = read_casie(Raw(b'{"content": "a\\ud800b"}', "a.json"))
    assert document.text == "a\ufffdb"
    assert document.warnings == ("The text contains broken characters; they are shown as \ufffd.",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"{", "not valid JSON", id="cut off"),
        pytest.param(b"[" * 100_000, "not valid JSON", id="too deep"),
        pytest.param(b"[]", "not in CASIE form", id="a list"),
        pytest.param(b'{"text": "x"}', "not in CASIE form", id="other keys"),
        pytest.param(b'{"content": " "}', "contains no text", id="blank"),
        pytest.param(b'{"content": "a\\u0000b"}', "is binary", id="NUL"),
    ],
)
def test_refuses(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableSource, match=message):
        read_casie(Raw(content, "a.json"))


@pytest.mark.corpus
def test_every_file_of_the_corpus_is_read_unchanged(shared: Path) -> None:
    files = sorted((shared / "corpus" / "casie").glob("*/*.json"))[::10]
    documents = [read(file) for file in files]
    assert [document.text for document in documents] == [json.loads(file.read_bytes())["content"] for file in files]
    assert {document.language for document in documents} == {"en"}
    assert all(document.published_at and not document.warnings for document in documents)
