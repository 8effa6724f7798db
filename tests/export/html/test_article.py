"""The article of a page: its words stay as they are, and everything that was found is on them."""

from dataclasses import replace
from typing import Any

from incidex.export.html.article import to_article
from incidex.records import Analysis, Block, BlockKind, Document, Event, Sentence, Span


def parsed(analysis: Analysis, *, everything: bool = False) -> Any:
    from lxml import html

    article = to_article(analysis, everything=everything)
    return html.fragment_fromstring(f"<h1>{article.headline or ''}</h1>\n{article.body}", create_parent="div")


def words(element: Any) -> str:
    """Return the words of the article itself, without what stands beside them."""
    for aside in element.xpath("//*[@class='note' or @class='labels'] | //summary"):
        aside.drop_tree()
    return " ".join(element.text_content().split())


def test_the_words_stay_as_they_are(analysis: Analysis) -> None:
    assert words(parsed(analysis)) == " ".join(analysis.document.text.split())


def test_sentences_have_the_colour_of_their_surest_label_and_all_labels_in_words(analysis: Analysis) -> None:
    page = parsed(analysis)
    assert [element.get("class") for element in page.find_class("sentence")] == [
        "sentence AttackDatabreach",
        "sentence AttackDatabreach",
        "sentence AttackRansom",
    ]
    assert [element.text_content() for element in page.find_class("labels")] == [
        " AttackDatabreach",
        " AttackDatabreach",
        " AttackDatabreach, AttackRansom",
    ]


def test_marks_have_their_exact_words_and_looks(analysis: Analysis) -> None:
    marks = [(mark.text, mark.get("class")) for mark in parsed(analysis).xpath(".//mark")]
    assert marks == [
        ("Ferry line", "argument AttackDatabreach"),
        ("loses", "trigger AttackDatabreach"),
        ("Thieves", "argument AttackDatabreach"),
        ("stole", "trigger AttackDatabreach"),
        ("5,000", "argument several AttackDatabreach"),
        (" names of passengers", "argument AttackDatabreach"),
        ("Alder Ferries.", "argument AttackDatabreach"),
        (" ", "argument AttackDatabreach"),
        ("They", "argument AttackDatabreach"),
        ("Alder  Ferries", "argument AttackDatabreach"),
        ("theft", "trigger AttackDatabreach"),
        ("pay <b>", "trigger AttackRansom"),
        ("saltmarsh", "trigger argument AttackRansom"),
        ("</b> a ransom", "trigger AttackRansom"),
    ]


def test_a_mark_says_what_it_is(analysis: Analysis) -> None:
    notes = {
        mark.text: [" ".join(said.text_content().split()) for said in mark.find_class("said")]
        for mark in parsed(analysis).xpath(".//mark")
    }
    assert notes["stole"] == ["event 1 AttackDatabreach trigger, Actual, 88% sure"]
    assert notes["theft"] == ["event 1 AttackDatabreach trigger, Other"]
    assert notes["5,000"] == [
        "event 1 Number-of-Data Number, 50% sure",
        "event 1 Compromised-Data PII, 75% sure",
    ]
    assert notes["Alder  Ferries"] == ["event 1 Victim Organization", "event 2 Victim Organization"]


def test_a_mark_is_described_by_its_note_and_reached_by_keyboard_where_it_begins(analysis: Analysis) -> None:
    page = parsed(analysis)
    for mark in page.xpath(".//mark"):
        (note,) = mark.find_class("note")
        assert mark.get("aria-describedby") == note.get("id")
    silent = [mark.text for mark in page.xpath(".//mark") if mark.get("tabindex") != "0"]
    assert silent == [" names of passengers", " ", "They", "</b> a ransom"]


def test_each_trigger_and_argument_ends_once(analysis: Analysis) -> None:
    page = parsed(analysis)
    ends = [" ".join(said.text_content().split()[1:3]) for said in page.find_class("ends")]
    assert len(ends) == 12
    assert [mark.get("data-event") for mark in page.xpath(".//mark[@data-event]")] == ["1", "1", "1", "2"]


def test_the_headline_stands_apart(analysis: Analysis) -> None:
    article = to_article(analysis)
    assert article.headline is not None
    assert "Ferry line" in article.headline
    assert "Ferry line" not in article.body


def test_a_title_below_other_words_of_the_article_stays_there() -> None:
    document = Document("One.\nTwo", blocks=(Block(Span(0, 4), BlockKind.BODY), Block(Span(5, 8), BlockKind.TITLE)))
    article = to_article(Analysis(document, (), "fake-1"))
    assert article.headline is None
    assert article.body == '<p dir="auto">One.</p>\n<h2 class="title" dir="auto">Two</h2>\n'


def test_what_is_no_article_is_folded_away_without_labels(analysis: Analysis) -> None:
    (folded,) = parsed(analysis).xpath(".//details")
    assert folded.get("open") is None
    assert folded.xpath(".//summary")[0].text == "Not part of the article: byline"
    assert [entry.text_content() for entry in folded.xpath(".//p")] == ["By Ann Lee"]


def test_and_unfolded_with_labels_on_demand(analysis: Analysis) -> None:
    (folded,) = parsed(analysis, everything=True).xpath(".//details")
    assert folded.get("open") is not None
    assert [entry.text_content() for entry in folded.xpath(".//p")] == ["By Ann Lee AttackPhishing"]


def test_a_text_without_blocks_is_shown_line_by_line() -> None:
    text = "It leaked.\n\nIt was <u>fixed</u>."
    analysis = Analysis(Document(text), (Sentence(Span(0, 10), labels=("AttackDatabreach",)),), "fake-1")
    assert [entry.text_content() for entry in parsed(analysis).xpath(".//p")] == [
        "It leaked. AttackDatabreach",
        "It was <u>fixed</u>.",
    ]


def test_without_events_nothing_is_marked(analysis: Analysis) -> None:
    assert parsed(replace(analysis, events=())).xpath(".//mark") == []


def test_marks_at_both_edges_of_the_text(analysis: Analysis) -> None:
    whole = replace(analysis.events[0].mentions[0], trigger=Span(0, len(analysis.document.text)), arguments=())
    page = parsed(replace(analysis, events=(Event((whole,)),)))
    marked = " ".join(mark.text for mark in page.xpath(".//mark"))
    assert "".join(marked.split()) == "".join(analysis.document.text.split())
