"""The head that all pages have: it allows the page's own style and nothing else, and says what the page is called."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from incidex.export.html.markup import text
from incidex.export.html.page import to_page

PARTS = {"types": "", "about": "", "status": "", "evidence": "", "sections": "", "id": "1"}


@pytest.mark.parametrize("styles", [["page.css"], ["page.css", "dossier.css"]])
def test_the_policy_allows_the_style_of_the_page_and_nothing_else(styles: list[str]) -> None:
    page = to_page("dossier.html", styles, name=text("A"), **PARTS)
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_page_is_whole_and_has_its_name() -> None:
    page = to_page("dossier.html", ["page.css"], name=text("A <b>"), **PARTS)
    assert page.startswith('<!doctype html>\n<html lang="en">\n<head>\n')
    assert page.endswith("</body>\n</html>\n")
    assert "<title>A &lt;b&gt;</title>" in page
    assert '<h1 dir="auto">A &lt;b&gt;</h1>' in page
