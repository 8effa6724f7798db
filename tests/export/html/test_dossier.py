"""The page of a dossier: everything escaped, nothing loaded, drawings with words for those who cannot see them."""

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from incidex.export.html.dossier import to_html_dossier
from incidex.records import Dossier

HOSTILE = "<script>alert(1)</script> \" onload='x' \u202egpj.exe مرحبا بالعالم"
VOID = {"meta", "br", "img", "link", "hr", "input"}


class Tree(HTMLParser):
    """Checks that elements end in the order in which they begin, and gathers their names."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(page: str) -> Tree:
    tree = Tree()
    tree.feed(page)
    assert tree.open == []
    return tree


def test_the_page_has_all_parts_and_is_whole(made: Dossier) -> None:
    page = to_html_dossier(made)
    tree = parsed(page)
    for place in ("timeline", "actors", "victims", "figures", "statements", "sources"):
        assert f'id="{place}"' in page
    assert {"svg", "table", "blockquote"} <= tree.names
    assert "script" not in tree.names
    assert "style" not in tree.attributes


def test_links_lead_to_sources_of_the_page(made: Dossier) -> None:
    page = to_html_dossier(made)
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r' href="#([^"]+)"', page)) <= ids


def test_nothing_is_loaded(made: Dossier) -> None:
    page = to_html_dossier(made)
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|xlink:href)=|url\((?!#)|@import", page)


def test_drawings_say_in_words_what_they_show(made: Dossier) -> None:
    labels = re.findall(r'<svg [^>]*aria-label="([^"]+)"', to_html_dossier(made))
    assert labels[0].startswith("Timeline of")
    assert "Night Ledger: denied by Night Ledger" in labels[1]


@pytest.mark.parametrize("words", [HOSTILE, "Ж" * 5000, "名" * 5000], ids=["markup", "one long word", "wide letters"])
def test_hostile_words_stay_words(hostile: Callable[[str], Dossier], words: str) -> None:
    page = to_html_dossier(hostile(words))
    assert "script" not in parsed(page).names
    assert "onload" not in parsed(page).attributes
    assert "\u202e" not in page
    assert len(page) < 300_000


def test_it_says_why_reports_are_together_and_which_incidents_may_belong_to_it(made: Dossier) -> None:
    related = replace(made, reasons=("same victim: acme & co",), related=("9d0c61aa-0000",))
    page = to_html_dossier(related, titles={"9d0c61aa-0000": "<b>Zeta</b> robbed"})
    assert "same victim: acme &amp; co" in page
    assert "9d0c61aa" in page
    assert "&lt;b&gt;Zeta&lt;/b&gt; robbed" in page


def test_an_address_that_is_no_page_is_no_link(hostile: Callable[..., Dossier]) -> None:
    assert "javascript:" not in re.findall(
        r'href="([^"]+)"', to_html_dossier(hostile("x", source="javascript:alert(1)"))
    )
