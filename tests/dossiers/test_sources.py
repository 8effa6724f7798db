"""Which reports are sources of their own: copies count once, and so do reports that only cite another."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from incidex.dossiers.report import report
from incidex.dossiers.sources import in_order, outlets_cited, sources
from incidex.records import Analysis, Dossier

Article = Callable[..., Analysis]

POST = "Acme Foods said on Tuesday that thieves [breach:stole] its records. “We are sorry,” said Ann Lee."


def support_in_words(*analyses: Analysis) -> list[tuple[str | None, str | None, str]]:
    found = sources(in_order(report(analysis, ()) for analysis in analyses))
    names = {source.document: source.publisher for source in found}
    return [(source.publisher, names[source.counts_with], source.reason) for source in found]


def test_a_report_that_only_cites_another_counts_with_it(article: Article) -> None:
    echo = "Thieves [breach:stole] records of Acme Foods, the Harbour Post reported on Tuesday."
    post = article(POST, date="2024-05-07", publisher="The Harbour Post")
    found = support_in_words(post, article(echo, date="2024-05-08", publisher="Skerry Radio"))
    assert found[1][:2] == ("Skerry Radio", "The Harbour Post")
    assert found[1][2] == "It cites the report of The Harbour Post, and nobody else speaks in it."


def test_a_report_with_a_witness_of_its_own_is_a_source(article: Article) -> None:
    other = (
        "Thieves [breach:stole] records of Acme Foods, the Harbour Post reported.\n\n"
        "Bo Dahl said that the theft was discovered when the [breach:leak] was found."
    )
    post = article(POST, date="2024-05-07", publisher="The Harbour Post")
    assert support_in_words(post, article(other, date="2024-05-08", publisher="Skerry Radio"))[1][1] == "Skerry Radio"


def test_two_reports_that_cite_the_same_outlet_count_once(article: Article) -> None:
    written = "Thieves [breach:stole] records of {}, the Daily Herald reported on Tuesday, and more {}."
    one = article(written.format("Acme Foods", "will follow"), date="2024-05-07", publisher="Skerry Radio")
    other = article(written.format("Acme", "is to come"), date="2024-05-08", publisher="Alder Courier")
    found = support_in_words(one, other)
    assert found[1][:2] == ("Alder Courier", "Skerry Radio")
    assert "Daily Herald" in found[1][2]


def test_reports_that_cite_each_other_count_once(article: Article) -> None:
    one = article(
        "The Skerry Times reported that thieves [breach:stole] it.", date="2024-05-07", publisher="Alder Courier"
    )
    other = article(
        "The Alder Courier reported that thieves [breach:stole] it.", date="2024-05-07", publisher="Skerry Times"
    )
    assert len({root for _, root, _ in support_in_words(one, other)}) == 1


def test_the_agency_that_a_copy_credits_is_the_original(article: Article) -> None:
    words = " ".join(f"word{number} thing{number}" for number in range(40))
    wire = article(f"PORT (Northern Wire) - {words} [breach:stole].", publisher="Northern Wire")
    copy = article(f"PORT (Northern Wire) - {words} [breach:stole] it.", date="2024-05-01", publisher="Gazette")
    assert [(who, root) for who, root, _ in support_in_words(wire, copy)] == [
        ("Gazette", "Northern Wire"),
        ("Northern Wire",) * 2,
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("The Harbour Post reported that.", ("Harbour Post",), id="reported"),
        pytest.param("It was stolen, according to the Alder Courier.", ("Alder Courier",), id="according to"),
        pytest.param("She told the Daily Herald so.", ("Daily Herald",), id="told"),
        pytest.param("He told Reuters so.", ("Reuters",), id="agency"),
        pytest.param("Acme Foods reported a loss.", (), id="a company is no outlet"),
    ],
)
def test_outlets_are_known_by_their_names(article: Article, words: str, expected: tuple[str, ...]) -> None:
    assert outlets_cited(report(article(words), ())) == expected


def test_a_hundred_thousand_letters_take_no_time(article: Article) -> None:
    assert outlets_cited(report(article("The " + "Aa " * 30_000 + "reported."), ())) == ()


def test_reports_of_one_outlet_count_once(article: Article) -> None:
    one = article("Thieves [breach:stole] it.", date="2024-05-07", publisher="Harbour Post")
    two = article("The [breach:theft] is bad.", date="2024-05-08", publisher="The Harbour Post")
    found = support_in_words(one, two)
    assert found[1] == ("The Harbour Post", "Harbour Post", "Another report of The Harbour Post, which counts once.")


@pytest.mark.parametrize(
    ("publisher", "is_party"),
    [
        pytest.param("Saltmere Press Office", True, id="press office"),
        pytest.param("Saltmere", True, id="the victim"),
        pytest.param("www.saltmere.example", True, id="its site"),
        pytest.param("Saltmere Newsroom", True, id="newsroom"),
        pytest.param("Saltmere Gazette", False, id="a paper of the town"),
        pytest.param("Dorvale Press", False, id="a paper"),
    ],
)
def test_what_the_victim_publishes_is_the_statement_of_a_party(
    article: Article, dossier_of: Callable[..., Dossier], publisher: str, is_party: bool
) -> None:
    made = dossier_of(
        article("On 1 March data of [Victim:Saltmere] was [breach:copied].", date="2024-03-02", publisher=publisher),
        article("Thieves [breach:stole] data of the firm [Victim:Saltmere].", date="2024-03-04", publisher="Post"),
    )
    assert (made.sources[0].is_party, made.independent) == (is_party, 1 if is_party else 2)
    assert len(made.sources) == 2


def test_a_party_alone_is_a_source(article: Article, dossier_of: Callable[..., Dossier]) -> None:
    made = dossier_of(article("Data of [Victim:Saltmere] was [breach:copied].", publisher="Saltmere Press Office"))
    assert (made.sources[0].is_party, made.independent) == (True, 1)


@pytest.mark.parametrize(
    ("source", "link", "expected"),
    [
        pytest.param("https://me:secret@post.example/1", None, "https://post.example/1", id="read from the web"),
        pytest.param("reports/1.json", "http://post.example/2", "http://post.example/2", id="a file that gives it"),
        pytest.param("reports/1.json", None, None, id="a file"),
        pytest.param("reports/1.json", "javascript:alert(1)", None, id="no web address"),
    ],
)
def test_every_source_has_its_link(
    article: Article, dossier_of: Callable[..., Dossier], source: str, link: str | None, expected: str | None
) -> None:
    told = article("Thieves [breach:stole] it.")
    told = replace(told, document=replace(told.document, source=source, link=link))
    made = dossier_of(told)
    assert (made.sources[0].link, made.articles[0].url) == (expected, expected)
