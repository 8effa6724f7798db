"""Bytes become text in the right encoding, with a warning where that was a guess."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from incidex.errors import UnreadableSource
from incidex.ingest.casie import read_casie
from incidex.ingest.decode import check_text, decode, replace_surrogates, unescape
from incidex.ingest.html import read_html
from incidex.ingest.load import Raw

ENGLISH = "The company’s “secure” server was breached – attackers demanded £3m. Café owners weren’t affected. "
GERMAN = "Die Angreifer verschlüsselten die Server der Gemeinde und forderten ein Lösegeld von der Behörde. "
RUSSIAN = "Злоумышленники зашифровали серверы и потребовали выкуп. Компания сообщила об этом в пятницу. "
JAPANESE = "攻撃者はサーバーを暗号化し、身代金を要求した。会社は金曜日に発表した。"


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "warning"),
    [
        pytest.param(ENGLISH, "utf-8", None, None, id="UTF-8"),
        pytest.param(ENGLISH, "utf-8-sig", None, None, id="UTF-8 with mark"),
        pytest.param(ENGLISH, "utf-8-sig", "utf-16", None, id="the mark knows better than the declaration"),
        pytest.param(ENGLISH, "utf-16", None, None, id="UTF-16 with mark"),
        pytest.param(ENGLISH, "utf-32", None, None, id="UTF-32 with mark"),
        pytest.param(ENGLISH, "utf-16-le", None, None, id="UTF-16 without mark"),
        pytest.param(ENGLISH, "utf-16-be", None, None, id="UTF-16, other order, without mark"),
        pytest.param(JAPANESE, "shift_jis", "Shift_JIS", None, id="as declared"),
        pytest.param(ENGLISH, "cp1252", "iso-8859-1", None, id="Latin-1 as browsers read it"),
        pytest.param(ENGLISH, "cp1252", "US-ASCII", None, id="ASCII as browsers read it"),
        pytest.param("Plain ASCII.", "ascii", "latin-1", None, id="ASCII declared as Latin-1"),
        pytest.param(
            ENGLISH,
            "utf-8",
            "iso-8859-1",
            "declared as iso-8859-1 but is not; it was read as utf-8",
            id="wrongly Latin-1",
        ),
        pytest.param(
            ENGLISH, "cp1252", "UTF-8", "declared as UTF-8 but is not; it was read as windows-1252", id="wrongly UTF-8"
        ),
        pytest.param(ENGLISH, "cp1252", None, "read as windows-1252", id="windows-1252 undeclared"),
        pytest.param(GERMAN, "cp1252", None, "read as windows-1252", id="German undeclared"),
        pytest.param(RUSSIAN, "koi8-r", None, "read as koi8_r", id="Russian undeclared"),
        pytest.param(JAPANESE, "shift_jis", None, "read as cp932", id="Japanese undeclared"),
        pytest.param(ENGLISH, "utf-8", "x-unheard-of", None, id="unknown declaration"),
        pytest.param("A\\u0041", "utf-8", "unicode_escape", None, id="no encoding of pages"),
    ],
)
def test_decodes(text: str, encoding: str, declared: str | None, warning: str | None) -> None:
    decoded = decode((text * 5).encode(encoding), name="a.txt", declared=declared)
    assert decoded.text == text * 5
    assert [warning in found for found in decoded.warnings if warning] == ([True] if warning else [])
    assert bool(decoded.warnings) == bool(warning)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(
            ENGLISH.encode()[:-7] + "’".encode()[:2], ENGLISH[:-7] + "�", id="cut in the middle of a character"
        ),
        pytest.param(b"\xef\xbb\xbfA \xff B", "A � B", id="broken behind a mark"),
    ],
)
def test_broken_bytes_are_shown(content: bytes, text: str) -> None:
    decoded = decode(content, name="a.txt")
    assert decoded.text[:12] == text[:12]
    assert "�" in decoded.text
    assert decoded.warnings == ("Parts of the text are not valid utf-8; they are shown as �.",)


def test_nothing_but_the_mark_is_removed() -> None:
    text = "\ufeff  One\r\ntwo\tthree\v\f\x1b[1m\u200bfour \n\n"
    assert decode(b"\xef\xbb\xbf" + text.encode(), name="a.txt").text == text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b" \r\n\t", "a.bin contains only white space", id="blank"),
        pytest.param(b"\xef\xbb\xbf", "a.bin contains only white space", id="only a mark"),
        pytest.param(b"text\0with\0\0zeros \0\1\2", "a.bin is binary", id="NUL"),
        pytest.param(bytes(range(1, 256)) * 20, "a.bin is binary", id="control characters"),
        pytest.param("a\0b".encode("utf-16"), "a.bin is binary", id="NUL in UTF-16"),
    ],
)
def test_refuses(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableSource, match=message):
        decode(content, name="a.bin")


@settings(deadline=None, max_examples=300)
@given(
    content=st.binary(max_size=300),
    declared=st.sampled_from([None, "utf-8", "utf-16", "gb18030", "punycode", "rot13", "\0", "cp1252"]),
)
@example(content=b"+AAA-", declared="utf-7")
def test_any_bytes_are_decoded_or_refused(content: bytes, declared: str | None) -> None:
    try:
        text = decode(content, name="a.txt", declared=declared).text
    except UnreadableSource:
        return
    assert text.strip()
    assert "\0" not in text
    text.encode("utf-8")  # fails for half characters


def test_half_characters_are_replaced_one_for_one() -> None:
    assert replace_surrogates("a\ud800b\udc00c").text == "a�b�c"
    assert replace_surrogates("whole 🙂").warnings == ()


@pytest.mark.parametrize(("text", "message"), [("", "no text"), (" \n", "no text"), ("a\0b", "binary")])
def test_text_from_memory_is_checked(text: str, message: str) -> None:
    with pytest.raises(UnreadableSource, match=message):
        check_text(text, name="The text")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Fjord Cargo&amp;apos;s data", "Fjord Cargo's data", id="twice"),
        pytest.param("Fjord &amp;amp;amp; Cargo", "Fjord & Cargo", id="three times"),
        pytest.param("&#8220;Fjord&#x201D;&nbsp; hit", "“Fjord” hit", id="numbers and blanks"),
        pytest.param("R&notes &copy Q&A; a & b;", "R&notes &copy Q&A; a & b;", id="no references"),
        pytest.param("&#99999999; &bogus;", "&#99999999; &bogus;", id="unknown"),
        pytest.param("a&#10;b&#55296;", "a b\ufffd", id="no line feeds, no half characters"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_unescaped(line: str, expected: str) -> None:
    assert unescape(line) == expected


def test_it_takes_no_time() -> None:
    assert len(unescape("&" * 1_000_000)) == 1_000_000
    assert unescape("&amp;" * 200_000) == "&" * 200_000


def test_titles_are_read_without_references() -> None:
    record = {"content": "Thieves stole data.", "info": {"title": "Fjord Cargo&amp;apos;s data"}}
    raw = Raw(json.dumps(record).encode(), "a.json")
    assert read_casie(raw).title == "Fjord Cargo's data"
    head = '<meta property="og:title" content="Fjord Cargo&amp;amp;apos;s data">'
    page = f"<html><head>{head}</head><body><article><p>{'Thieves stole data. ' * 20}</p></article></body></html>"
    assert read_html(Raw(page.encode(), "a.html")).title == "Fjord Cargo's data"
