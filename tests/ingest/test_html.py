"""Of an HTML page the article is taken, with what the page says about it; hostile pages end in a message."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import takes_less

from incidex.errors import UnreadableSource
from incidex.ingest import read
from incidex.ingest.html import read_html
from incidex.ingest.load import Raw
from incidex.records import Document

PARAGRAPH = "<p>The company said on Friday that attackers had copied the records of its customers from a server.</p>"
LONG = "".join(PARAGRAPH.replace("Friday", day) for day in ("Monday", "Tuesday", "Friday", "Sunday"))


def page(body: str, *, head: str = "", charset: str = "utf-8") -> Document:
    html = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_html(Raw(html.encode(charset), "a.html"))


def test_a_news_page(samples: Path) -> None:
    document = read(samples / "news.html")
    assert document.text.split("\n\n") == [
        "Examplia Bank hit by ransomware",
        "The bank said on Friday that attackers had locked its servers and demanded a ransom of two million crowns.",
        "“We have told the police,” said its spokeswoman, Ann Example. “No customer has lost money.”",
        "What was stolen",
        "Names and addresses of 20,000 customers",
        "Copies of passports",
        "Researchers at Lantern Labs found that the attackers had used a weakness in Foo Server, fixed in April.",
        "Product | Fixed in",
        "Foo Server 2 | 2.1.7",
    ]
    assert (document.format, document.title, document.published_at, document.publisher, document.author) == (
        "html",
        "Examplia Bank hit by ransomware",
        "2021-03-05T16:36:00+01:00",
        "Example Times",
        "Jane Roe, John Doe",
    )
    assert (document.language, document.warnings) == ("en", ())
    assert [block.kind.value for block in document.blocks][:2] == ["title", "body"]


@pytest.mark.parametrize(
    ("head", "body", "first", "title"),
    [
        pytest.param("<title>Bank hit</title>", LONG, "Bank hit", "Bank hit", id="title not in the article"),
        pytest.param(
            "<title>Examplia Bank hit - Example Times</title>",
            f"<article><h1>Examplia Bank hit</h1>{LONG}</article>",
            "Examplia Bank hit",
            "Examplia Bank hit",
            id="the heading without the name of the site",
        ),
        pytest.param("", LONG, "The company said on Monday", None, id="no title"),
    ],
)
def test_the_title_stands_in_front_once(head: str, body: str, first: str, title: str | None) -> None:
    document = page(body, head=head)
    lines = document.text.split("\n\n")
    assert lines[0].startswith(first)
    assert sum(line.startswith(first) for line in lines) == 1
    assert document.title == title
    assert document.blocks[0].kind.value == ("title" if title else "body")


def test_a_short_page_is_taken_whole() -> None:
    document = page("<p>Foo Server 2.1 closes a weakness.</p>")
    assert document.text == "Foo Server 2.1 closes a weakness."


def test_where_no_article_is_recognised_all_text_is_taken() -> None:
    footer = "<p>We are an old company and proud of it.</p>" * 12
    document = page(f"<p>A short note about a breach.</p><footer>{footer}</footer>")
    assert document.text.count("\n\n") == 12
    assert document.warnings == ("No article was found on the page; all its visible text was used.",)


def test_remarks_of_libraries_reach_no_terminal() -> None:
    code = (
        "from incidex.ingest.html import read_html as r; from incidex.ingest.load import Raw; r(Raw(b'<p>Text.', 'a'))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_tables_that_lay_out_a_page_become_paragraphs() -> None:
    cells = "".join(f"<td>{text} went on for some time and was noticed late.</td>" for text in (LONG, LONG.upper()))
    document = page(f"<table><tr>{cells}</tr></table>")
    assert "|" not in document.text
    assert document.text.count("\n\n") >= 1


@pytest.mark.parametrize(
    ("declared", "charset", "warning"),
    [
        pytest.param("windows-1252", "cp1252", None, id="as declared"),
        pytest.param(
            "shift_jis", "cp1252", "declared as shift_jis but is not; it was read as windows-1252", id="wrongly"
        ),
        pytest.param(
            "utf-8", "cp1252", "declared as utf-8 but is not; it was read as windows-1252", id="wrongly UTF-8"
        ),
    ],
)
def test_the_declared_encoding_is_tried(declared: str, charset: str, warning: str | None) -> None:
    document = page(
        LONG + "<p>“Café”, said José – the £3m “naïve” idea of the firm’s “café” owner.</p>",
        head=f'<meta charset="{declared}">',
        charset=charset,
    )
    assert "“Café”, said José" in document.text
    assert [warning in found for found in document.warnings if warning] == ([True] if warning else [])
    assert bool(document.warnings) == bool(warning)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "<script>var text = 'words';</script><noscript>Please enable JavaScript</noscript>", id="only a script"
        ),
        pytest.param("", id="empty"),
        pytest.param("<img src='a.png'>", id="only a picture"),
        pytest.param("<!--" * 1000, id="only comments"),
    ],
)
def test_pages_without_text_are_refused(body: str) -> None:
    with pytest.raises(UnreadableSource, match="a.html is"):
        page(body)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param("<div>" * 5_000 + LONG, "on Sunday", id="deep"),
        pytest.param(f"<div title='{'a' * 5_000_000}'>{LONG}</div>", "on Sunday", id="huge attribute"),
        pytest.param(
            f"<div {' '.join(f'a{n}' for n in range(100_000))}>{LONG}</div>", "on Sunday", id="many attributes"
        ),
        pytest.param("<p>" + "word " * 1_000_000, "word word", id="huge paragraph"),
        pytest.param("<a b='" + LONG * 1000, None, id="unclosed quote"),
        pytest.param("<div>" * 100_001 + LONG, None, id="too many elements"),
        pytest.param(
            f"<script type='application/ld+json'>{'[' * 200_000}</script>{LONG}", "on Sunday", id="deep JSON-LD"
        ),
        pytest.param("<table><tr><td>a b c</td></tr></table>" * 12_000, "a b c", id="small tables"),
        pytest.param("<p>a b c</p>" * 20_000, "a b c", id="short paragraphs"),
        pytest.param("<dl><dt>a b<dd>c</dl>" * 8_000, "a b", id="short definitions"),
    ],
)
def test_hostile_pages_take_seconds(body: str, found: str | None) -> None:
    def read() -> None:
        if found is None:
            with pytest.raises(UnreadableSource):
                page(body)
        else:
            assert found in page(body).text

    assert takes_less(20, read)


PIECES = [
    *("<p>", "</p>", "<div>", "</div>", "<h1>", "<table>", "<td>", "<li>", "<br>", "<a href=x>", "</a>", "<svg>"),
    *("&amp;", "&#0;", "<", ">", "'", '"', "<!--", "-->", "<title>", "<x:y>", "<p @a=1>", "<script>", "</script>"),
    *("<meta charset=", "<![CDATA[", "<?php", "</html>"),
]


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=25))
def test_any_tags_are_read_or_refused(pieces: list[str]) -> None:
    try:
        document = page(" ".join(pieces))
    except UnreadableSource:
        return
    assert document.text.strip()
    assert all(block.span.of(document.text).strip() for block in document.blocks)
