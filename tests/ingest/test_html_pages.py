"""Whole pages: headings that are links, hidden text, consent, pages that need scripts, lists in tables, dates."""

import pytest

from incidex.ingest.html import read_html
from incidex.ingest.load import Raw
from incidex.records import BlockKind, Document
from incidex.text.blocks.sections import heading_of

FIRST = "Kelda Freight said on Tuesday that hackers had broken into its booking system and stolen 42,000 records."
SECOND = "The haulier said that the intruders had come in through a flaw in the mail gateway, fixed in January."
THIRD = "The gang asked for money, the police said, but the firm did not pay and has told its drivers by letter."
STORY = f"<h1>Kelda Freight robbed</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(body: str, head: str = "") -> Document:
    html = f"<!doctype html><html><head><title>Kelda Freight robbed</title>{head}</head><body>{body}</body></html>"
    return read_html(Raw(html.encode(), "page.html"))


def article(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind.in_article]


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        'style="display: none"',
        'style="visibility:hidden"',
        'style="position:absolute; left:-9999px"',
        'style="position:fixed;top:-2000px"',
        'style="text-indent:-9999px"',
        'style="font-size:0"',
        'style="font-size: 0px"',
        'style="opacity:0"',
        'style="color:#fff"',
        'style="color:white;background-color:white"',
        'style="color:#123456;background:#123456"',
        'style="color:transparent"',
        'style="height:0;overflow:hidden"',
        'style="clip:rect(0,0,0,0)"',
        'class="visually-hidden"',
        'class="x sr-only"',
    ],
)
def test_hidden_text_is_left_out(attributes: str) -> None:
    document = page(f"<article>{STORY}<div {attributes}><p>The server is hidden.example.</p></div></article>")
    assert "hidden.example" not in document.text
    assert THIRD in document.text


@pytest.mark.parametrize(
    "attributes",
    [
        'style="font-size:0.9em"',
        'style="opacity:0.8"',
        'style="color:#fff;background:#000"',
        'style="left:-10px"',
        'class="hidden-costs"',
    ],
)
def test_styles_that_hide_nothing(attributes: str) -> None:
    assert (
        "shown.example"
        in page(f"<article>{STORY}<p {attributes}>The server is shown.example, it says.</p></article>").text
    )


def test_headings_that_are_links_are_put_back_with_their_level() -> None:
    sections = "".join(
        f'<h3><a href="#f{number}">CVE-2026-1000{number}: Links load when dragged</a></h3><p>{text}</p>'
        "<h4>References</h4><ul><li><a href='https://bugs.example/1'>Bug 1</a></li></ul>"
        for number, text in enumerate((FIRST, SECOND))
    )
    document = page(f"<main><article><h1>Kelda Freight robbed</h1>{sections}</article></main>")
    found = [(block.level, block.span.of(document.text)) for block in document.blocks if block.level > 1]
    assert (3, "CVE-2026-10000: Links load when dragged") in found
    assert (3, "CVE-2026-10001: Links load when dragged") in found
    assert SECOND in article(document)
    assert heading_of(document, document.text.index(SECOND)).endswith("CVE-2026-10001: Links load when dragged")


@pytest.mark.parametrize(
    "other",
    [
        '<div class="side"><h3><a href="/x">Another firm robbed</a></h3><p>Teaser of it.</p></div>',
        '<footer><h3><a href="/x">Another firm robbed</a></h3></footer>',
        '<nav><h2><a href="/x">Another firm robbed</a></h2></nav>',
    ],
)
def test_headings_of_other_articles_are_not_put_back(other: str) -> None:
    assert "Another firm" not in page(f"<article>{STORY}</article>{other}").text


CONSENT = (
    "We and our 814 partners store and access information on your device, such as cookies, to show you adverts and to "
    "measure them. With your consent we and our partners may use exact location data and identify you by scanning. "
    "You may click to agree. Some processing of your personal data may not need your consent, but you can object to it."
)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f'<div id="consent"><p>{CONSENT}</p></div><aside>{STORY}</aside>', id="named window, aside"),
        pytest.param(f'<div id="w7"><p>{CONSENT}</p></div><div><aside>{STORY}</aside></div>', id="aside"),
        pytest.param(f"<div><p>{CONSENT}</p></div><noscript>{STORY}</noscript>", id="noscript"),
        pytest.param(f"<div><ul>{'<li>Dec</li>' * 30}</ul></div><noscript>{STORY}</noscript>", id="archive, noscript"),
        pytest.param(f"<div><h3>Labels</h3></div><template>{STORY}</template>", id="template"),
        pytest.param(f"<noscript>{STORY}</noscript>", id="nothing else"),
    ],
)
def test_the_article_is_found_behind_consent_and_scripts(body: str) -> None:
    found = article(page(body))
    assert {FIRST, SECOND, THIRD} <= set(found)
    assert CONSENT not in found


def test_a_page_of_menus_is_read_with_a_warning() -> None:
    document = page("<div>" + "".join(f"<ul><li>{month}</li></ul>" for month in ("Dec", "Nov", "Oct") * 20) + "</div>")
    assert any("No article" in warning for warning in document.warnings)


def test_a_linked_paragraph_is_not_glued_to_the_headline() -> None:
    linked = "".join(f'<div><p><a href="/x"><strong>{text}</strong></a></p></div>' for text in (SECOND, THIRD))
    assert article(page(f"<article><h1>Kelda Freight robbed</h1><p>{FIRST}</p>{linked}</article>")) == [
        "Kelda Freight robbed",
        FIRST,
        SECOND,
        THIRD,
    ]


def test_lists_in_cells_are_kept() -> None:
    table = "<table><tr><td>Domains</td><td><ul><li>one[.]example</li><li>two[.]example</li></ul></td></tr></table>"
    assert "Domains | one[.]example two[.]example" in article(page(f"<article>{STORY}{table}</article>"))


UPDATE = "2026-05-20"


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        pytest.param(f'<meta property="article:modified_time" content="{UPDATE}">', "", None, id="meta"),
        pytest.param(f'<meta property="og:updated_time" content="{UPDATE}">', "", None, id="og"),
        pytest.param(f'<meta name="last-modified" content="{UPDATE}">', "", None, id="last-modified"),
        pytest.param("", f'<time class="updated" datetime="{UPDATE}">20 May</time>', None, id="class"),
        pytest.param("", f'<time itemprop="dateModified" datetime="{UPDATE}">20 May</time>', None, id="itemprop"),
        pytest.param("", "<p>Last updated 20 May 2026</p>", None, id="in words"),
        pytest.param("", "<p>Updated: 20 May 2026 | Published: 12 Feb 2026</p>", "2026-02-12", id="both in a line"),
        pytest.param(
            f'<meta property="article:modified_time" content="{UPDATE}">',
            "<p>Posted 12 February 2026</p>",
            "2026-02-12",
        ),
        pytest.param(
            '<script type="application/ld+json">{"@type": "Article","datePublished":"2026-02-12","a":[1,],}</script>',
            "",
            "2026-02-12",
            id="comma too many",
        ),
    ],
)
def test_the_date_of_an_update_is_none(head: str, body: str, expected: str | None) -> None:
    assert (
        page(f"<article><h1>Kelda Freight robbed</h1>{body}<p>{FIRST}</p><p>{SECOND}</p></article>", head).published_at
        == expected
    )


def test_headings_are_blocks_of_their_own_kind() -> None:
    document = page(f"<article><h1>Kelda Freight robbed</h1><p>{FIRST}</p><h2>How</h2><p>{SECOND}</p></article>")
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.TITLE, BlockKind.BODY, BlockKind.HEADING, BlockKind.BODY]
