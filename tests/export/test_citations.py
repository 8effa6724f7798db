"""Citations: each report once, with what is known of it, safe for TeX."""

import json
from dataclasses import replace

import dossier_case
import pytest

from incidex.export.citations import to_bibtex, to_csl
from incidex.records import Article, Dossier

ARTICLE = Article(
    "a1b2c3d4-0000",
    "Acme hit: 100% of R&D_data {gone}",
    "0" * 64,
    url="https://post.example/1?a={b}",
    publisher="The Härbour Post",
    author="Jane Roe",
    published_at="2024-05-07T10:00+00:00",
    language="en",
)


def cited(*articles: Article) -> Dossier:
    return replace(dossier_case.made(), articles=articles)


def test_csl_has_the_fields_that_readers_know() -> None:
    assert json.loads(to_csl(cited(ARTICLE))) == [
        {
            "id": "theharbourpost2024-a1b2c3d4",
            "type": "article-newspaper",
            "title": "Acme hit: 100% of R&D_data {gone}",
            "container-title": "The Härbour Post",
            "author": [{"literal": "Jane Roe"}],
            "issued": {"date-parts": [[2024, 5, 7]]},
            "URL": "https://post.example/1?a={b}",
            "language": "en",
        }
    ]


def test_bibtex_is_safe_for_tex() -> None:
    assert to_bibtex(cited(ARTICLE)).splitlines() == [
        "@article{theharbourpost2024-a1b2c3d4,",
        r"  title = {{Acme hit: 100\% of R\&D\_data \{gone\}}},",
        "  author = {{Jane Roe}},",
        "  journal = {The Härbour Post},",
        "  year = {2024},",
        "  month = may,",
        "  day = {7},",
        "  url = {https://post.example/1?a=%7Bb%7D},",
        "}",
    ]


@pytest.mark.parametrize("written", ["2024", "2024-05", None, "no date"])
def test_a_date_is_as_precise_as_it_is_known(written: str | None) -> None:
    (item,) = json.loads(to_csl(cited(replace(ARTICLE, published_at=written))))
    expected = {"2024": [[2024]], "2024-05": [[2024, 5]]}.get(written or "")
    assert item.get("issued", {}).get("date-parts") == expected


def test_several_reports_follow_one_another() -> None:
    other = replace(ARTICLE, id="ffffffff-0000", publisher=None, author=None, url=None, published_at=None)
    assert to_bibtex(cited(ARTICLE, other)).count("@article{") == 2
    assert "@article{report-ffffffff," in to_bibtex(cited(other))
