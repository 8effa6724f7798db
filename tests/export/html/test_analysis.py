"""The page: complete in itself, harmless whatever the article says, and usable without eyes, colours or a mouse."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from timing import takes_less

from incidex.export.html.analysis import to_html
from incidex.ingest.casie_events import read_annotated
from incidex.link.indicators import find_indicators
from incidex.records import Analysis, Argument, Document, Entity, Event, EventMention, Sentence, Span
from incidex.text.blocks.find import find_blocks
from incidex.text.quantities import find_quantities
from incidex.text.times.find import find_times

HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(1)>\"'&lt;${x}$digest\x1b[2J\u202egpj.exe\x00</style>"


def parsed(page: str) -> Any:
    from lxml import html

    return html.document_fromstring(page)


def skeleton(page: str) -> list[str]:
    """Return the elements of a page and their attributes, without any of its words."""
    return [f"{element.tag} {sorted(element.attrib)}" for element in parsed(page).xpath("//*")]


def test_says_what_the_document_is(analysis: Analysis) -> None:
    page = parsed(to_html(analysis))
    assert page.findtext(".//title") == "Ferry line loses passenger lists"
    header = " ".join(page.xpath(".//header")[0].text_content().split())
    for words in ("The Wire", "By Ann Lee", "2026-03-04, 09:30+01:00", "The text is short.", "2 events: 1 AttackData"):
        assert words in header
    (link,) = page.xpath(".//*[@class='about']//a")
    assert link.get("href") == link.text == "https://news.example/ferry?a=1&b=2"
    assert "fake-1" in page.xpath(".//footer")[0].text_content()


def test_the_headline_has_its_marks(analysis: Analysis) -> None:
    (headline,) = parsed(to_html(analysis)).xpath(".//h1")
    assert [mark.text for mark in headline.xpath(".//mark")] == ["Ferry line", "loses"]


def test_all_that_was_found_is_counted_and_leads_to_its_table() -> None:
    text = "On Monday Marsh Cat told the Alder Clinic that it took 9 GB of files. See CVE-2024-31497."
    document = Document(text, blocks=find_blocks(text), published_at="2024-03-14")
    found = Analysis(
        document,
        (Sentence(Span(0, len(text))),),
        "fake-1",
        entities=(Entity("Marsh Cat", None, (Span(10, 19),)),),
        indicators=find_indicators(document),
        times=find_times(document),
        quantities=find_quantities(document),
    )
    page = parsed(to_html(found))
    (summary,) = page.xpath("//*[@class='summary']")
    assert summary.text_content() == "No event was found. 1 name 1 indicator 1 time 1 quantity"
    assert summary.xpath(".//a/@href") == ["#names", "#indicators", "#times", "#quantities"]
    assert set(page.xpath("//h2/@id")) >= {"names", "indicators", "times", "quantities"}
    places = {link[1:] for link in page.xpath("//@href") if link.startswith("#at-")}
    assert {page.get_element_by_id(place).text for place in places} == {
        "Monday ",
        "Marsh Cat told the Alder Clinic that it took ",
        "9 GB of files. See CVE-2024-31497.",
    }


@pytest.mark.parametrize(
    ("document", "headline"),
    [
        pytest.param({"title": "Leak", "source": "a.txt"}, "Leak", id="title"),
        pytest.param({"source": "a.txt"}, "a.txt", id="source"),
        pytest.param({}, "Report without a title", id="neither"),
    ],
)
def test_a_headline_that_is_not_in_the_text(document: dict[str, Any], headline: str) -> None:
    page = parsed(to_html(Analysis(Document("It leaked.", **document), (), "fake-1")))
    assert page.findtext(".//h1") == page.findtext(".//title") == headline


def test_links_lead_somewhere_and_places_are_unique(analysis: Analysis) -> None:
    page = parsed(to_html(analysis))
    places = page.xpath("//@id")
    links = [link for link in page.xpath("//@href") if link.startswith("#")]
    assert len(places) == len(set(places))
    assert {link[1:] for link in links} <= set(places)
    assert {link for link in links if link.startswith("#event-")} == {"#event-1", "#event-2"}
    assert {link for link in links if link.startswith("#at-")} == {
        f"#at-{span.start}"
        for event in analysis.events
        for mention in event.mentions
        for span in (mention.trigger, *(argument.span for argument in mention.arguments))
    }


def test_descriptions_are_there(analysis: Analysis) -> None:
    page = parsed(to_html(analysis))
    for attribute in ("aria-describedby", "aria-labelledby"):
        assert set(page.xpath(f"//@{attribute}")) <= set(page.xpath("//@id"))
        assert page.xpath(f"//@{attribute}")


def test_has_landmarks_and_headings_in_order(analysis: Analysis) -> None:
    page = parsed(to_html(analysis))
    assert page.get("lang") == "en"
    for landmark in ("header", "main", "footer", "article[@aria-label]", "section[@aria-labelledby]"):
        assert len(page.xpath(f"//{landmark}")) == 1
    assert [heading.tag for heading in page.iter("h1", "h2", "h3", "h4")] == ["h1", "h2", "h2"]
    assert page.xpath(".//article")[0].get("lang") == "en"
    first = page.xpath(".//a")[0]
    assert (first.get("class"), first.get("href")) == ("skip", "#events")


def test_nothing_is_loaded_or_run(analysis: Analysis) -> None:
    page = to_html(analysis)
    loading = {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert loading.isdisjoint(element.tag for element in parsed(page).xpath("//*"))
    assert not parsed(page).xpath("//@src | //@style | //@*[starts-with(name(), 'on')]")


def test_the_security_policy_allows_this_style_and_nothing_else(analysis: Analysis) -> None:
    page = to_html(analysis)
    (policy,) = parsed(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_hostile_words_stay_words(analysis: Analysis) -> None:
    def page(words: str) -> str:
        document = Document(
            f"They stole {words} today.",
            title=words,
            publisher=words,
            author=words,
            published_at="2026",
            source=f"https://news.example/{words}",
            warnings=(words,),
        )
        end = 11 + len(words)
        mention = EventMention(Span(5, 10), "AttackDatabreach", arguments=(Argument(Span(11, end), "Data", "Victim"),))
        sentences = (Sentence(Span(0, len(document.text)), labels=("AttackDatabreach",)),)
        return to_html(Analysis(document, sentences, words, (Event((mention,)),)))

    assert skeleton(page(HOSTILE)) == skeleton(page("names"))
    shown = parsed(page(HOSTILE)).text_content()
    assert "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&lt;${x}$digest�[2J�gpj.exe�</style>" in shown


@pytest.mark.parametrize("source", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "HTTPS:x", "a"])
def test_only_pages_of_the_web_are_linked(source: str) -> None:
    page = parsed(to_html(Analysis(Document("It leaked.", source=source), (), "fake-1")))
    assert page.xpath(".//*[@class='about']//a") == []
    assert page.find_class("about")[0].text_content() == source


def test_names_of_labels_are_no_way_in() -> None:
    name = '"><script>alert(1)</script>'
    event = Event((EventMention(Span(3, 9), name, arguments=(Argument(Span(0, 2), name, name),)),))
    page = to_html(Analysis(Document("It leaked."), (Sentence(Span(0, 10), labels=(name,)),), "fake-1", (event,)))
    assert "<script" not in page


def test_says_so_when_there_is_no_event(analysis: Analysis) -> None:
    page = parsed(to_html(replace(analysis, events=())))
    assert page.find_class("summary")[0].text_content() == "No event was found."


@pytest.mark.corpus
def test_the_corpus_is_shown_word_for_word(shared: Path) -> None:
    files = sorted((shared / "corpus" / "casie" / "dev").glob("*.json"))
    assert files
    for file in files:
        annotated = read_annotated(file)
        page = parsed(to_html(Analysis(annotated.document, (), "gold", annotated.events)))
        places = page.xpath("//@id")
        assert len(places) == len(set(places)), file
        assert {link[1:] for link in page.xpath("//@href") if link.startswith("#")} <= set(places), file
        for aside in page.xpath("//article//*[@class='note'] | //h1//*[@class='note'] | //article//summary"):
            aside.drop_tree()
        # The headline stands apart where it is part of the text.
        article = "".join(page.xpath("//article")[0].text_content().split())
        headline = "".join(page.xpath("//h1")[0].text_content().split())
        words = "".join(annotated.document.text.split())
        assert words in (article, headline + article), file


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["<b>&\"'\u202e", "a", " \n", "Crooks <b>stole</b> names of passengers from the ferry line.\n"]
)
def test_ten_megabytes_take_seconds(unit: str) -> None:
    text = (unit * (10_000_000 // len(unit)))[:10_000_000]
    sentences = (Sentence(Span(0, len(text)), labels=("AttackRansom",)),)
    # Arguments that overlap their triggers and reach over many lines.
    mentions = tuple(
        EventMention(Span(at, at + 9), "AttackRansom", arguments=(Argument(Span(at + 5, at + 999), "Data", "Victim"),))
        for at in range(0, 9_000_000, 10_000)
    )
    analysis = Analysis(Document(text), sentences, "fake-1", (Event(mentions),))
    assert takes_less(30, lambda: to_html(analysis))
