"""Which paragraphs a text has, what each of them is, that no word is lost, and how well whole pages are judged."""

import json
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripts import load
from timing import takes_less

from incidex.text.blocks.find import find_blocks

PROSE = "The water works of Brackwater said on Monday that its office network had been encrypted."
WRAPPED = "The works said that intruders had been seen in the network late\nlast week and that they had gone."
HEAD = f"Water works hit\nBy Ann Lee\n3 May 2026\n\n{PROSE}\n\n"
MORE_PROSE = "It serves eighty thousand households and has gone back to paper for the time being."


def kinds(text: str, *, title: str | None = None) -> list[str]:
    return [str(block.kind) for block in find_blocks(text, title=title)]


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    return load("benchmarks/block_kinds.py")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n\t\r\n ", [], id="only white space"),
        pytest.param(PROSE, ["body"], id="one sentence"),
        pytest.param("Subscribe to our newsletter", ["title"], id="one line alone is article, whatever its words"),
        pytest.param(f"{PROSE}\n\n{MORE_PROSE}", ["body", "body"], id="only paragraphs"),
        pytest.param(
            f"Town pays no ransom\n\n{PROSE}", ["title", "body"], id="a first line without full stop is the title"
        ),
        pytest.param(f"Was it ransomware?\n{PROSE}", ["title", "body"], id="a title may ask"),
        pytest.param(
            f"Town pays no ransom\n{PROSE}\nE-mail\nFacebook\nBilling",
            ["title", *["body"] * 4],
            id="names of sites in an article",
        ),
        pytest.param(
            f"Home\nNews\nWater works hit\n{PROSE}", [*["boilerplate"] * 2, "title", "body"], id="names of sections"
        ),
        pytest.param(
            f"{PROSE}\nWhat is known about the attack on Brackwater\n{MORE_PROSE}",
            ["body"] * 3,
            id="heading, no furniture",
        ),
    ],
)
def test_text_without_furniture_is_article(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Ann Lee", "byline"),
        ("By Ann Lee, Health Correspondent", "byline"),
        ("(Reporting by Ann Lee; Editing by Bo Ray)", "byline"),
        ("Posted by kestrel_77", "byline"),
        ("By exploiting the flaw, attackers could read mail.", "body"),
        ("By Friday most systems were back.", "body"),
        ("Saturday 06 May 2017 16:36 BST", "date"),
        ("Published: 14 February 2026 | 09:12 GMT", "date"),
        ("2026-03-03T10:15", "date"),
        ("2 hours ago", "date"),
        ("Veröffentlicht am 3. März 2026, 14:05 Uhr", "date"),
        ("Friday", "body"),
        ("3.2.2, 3.1.5, 3.0.9 and 2.7.19.", "body"),
        ("21 May 2026: first publication", "body"),
        ("Passengers wait (Photo: Kim Sol)", "caption"),
        ("Figure 3: The ransom note", "caption"),
        ("Figure 3 shows the ransom note.", "body"),
        ("Read more: Ferry strike enters third week", "related"),
        ("More than forty clinics were closed.", "body"),
        ("Related: Ferry strike enters third week", "related"),
        ("We use cookies to improve your experience.", "boilerplate"),
        ("Sign up for our newsletter", "boilerplate"),
        ("Sign up for credit monitoring before June.", "body"),
        ("Log in to your account and change the password.", "body"),
        ("Follow us on Facebook", "boilerplate"),
        ("Join lively conversations with other readers", "boilerplate"),
        ("Get a new password and look at the rules of your inbox.", "body"),
        ("Share Tweet Email Print", "boilerplate"),
        ("News   Harbour   Business   Sport   Weather   Travel", "boilerplate"),
        ("News\tHarbour\tSport\tWeather", "boilerplate"),
        ("Version   Fixed in   Severity", "body"),
        ("Log in to save this article for later", "boilerplate"),
        ("Comments (12)", "boilerplate"),
        ("Page 3 of 12", "boilerplate"),
        ("© 2026 Example Media. All rights reserved.", "boilerplate"),
        ("-----", "boilerplate"),
        ("- Facebook", "body"),
        ("- 3,100 clinic records", "body"),
    ],
)
def test_says_what_a_line_inside_an_article_is(line, kind):
    assert kinds(f"Brackwater works hit by ransomware\n\n{PROSE}\n\n{line}\n\n{MORE_PROSE}")[2] == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"Home\nNews\nLog in\n\nGang hits water works\n\nBut water is safe\n\nAnn Lee\n3 May 2026\n\n{PROSE}",
            ["boilerplate"] * 3 + ["title", "subtitle", "byline", "date", "body"],
            id="head of a newspaper page",
        ),
        pytest.param(
            f"3 May 2026\nWater works hit by ransomware\n{PROSE}",
            ["date", "title", "body"],
            id="date above the headline",
        ),
        pytest.param(
            f"Works hit by gang\nBy Ann Lee\nThe gate of the works\nThe gate of the works (Example Wire)\n{PROSE}",
            ["title", "byline", "caption", "caption", "body"],
            id="caption given twice",
        ),
        pytest.param(
            f"Water works hit\n\n{PROSE}\n\nMost read\nFerry strike enters week three\nPool to close\n\n© 2026 Example",
            ["title", "body", "related", "related", "related", "boilerplate"],
            id="list of links",
        ),
        pytest.param(
            f"Water works hit\n\n{PROSE}\n\n2 Comments\nAnn\n3 May 2026\nI live there and my tap runs.\nReply",
            ["title", "body", *["boilerplate"] * 5],
            id="comments of readers",
        ),
        pytest.param(
            f"Water works hit\n\n{PROSE}\n\nThe note said:\n\n{MORE_PROSE}\n\nThe mayor says:\n\n{PROSE[:-1]} twice.",
            ["title", *["body"] * 5],
            id="quotations are no comments",
        ),
        pytest.param(
            f"From: Ann <ann@example.com>\nSent: 3 May 2026\nSubject: Water works hit\n\n{PROSE}",
            ["boilerplate", "date", "title", "body"],
            id="header of a mail",
        ),
        pytest.param(
            f"Water works hit\n\n{PROSE}\n\nFrom: IT Helpdesk\nSubject: Your mailbox is full\n\n{MORE_PROSE}",
            ["title", *["body"] * 4],
            id="an article quotes the header of a phishing mail",
        ),
        pytest.param(
            f"{HEAD}Prime minister faces revolt over new airport in north\n\n{MORE_PROSE}",
            ["title", "byline", "date", "body", "related", "body"],
            id="link between two paragraphs",
        ),
        pytest.param(
            f"{HEAD}Eighty thousand households now wait for paper bills again\n\n{MORE_PROSE}",
            ["title", "byline", "date", "body", "body", "body"],
            id="heading that the paragraph takes up",
        ),
    ],
)
def test_says_by_its_place_what_a_line_is(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One line\nAnother line", ["One line", "Another line"], id="a line is a block"),
        pytest.param(
            f"{WRAPPED}\nNothing was taken.",
            [WRAPPED, "Nothing was taken."],
            id="wrapped paragraph",
        ),
        pytest.param(
            "- intruders were seen in the office network of the works\n  late last week\n- nothing was taken",
            ["- intruders were seen in the office network of the works\n  late last week", "- nothing was taken"],
            id="wrapped item of a list",
        ),
        pytest.param("> one\n> two", ["> one", "> two"], id="quoted lines"),
        pytest.param("a\x0cb", ["a", "b"], id="page break"),
        pytest.param("a\r\n\r\nb\rc\u2028d", ["a", "b", "c", "d"], id="every kind of line end"),
    ],
)
def test_splits_text_at(text, expected):
    assert [block.span.of(text) for block in find_blocks(text)] == expected


def test_a_known_title_is_the_title():
    text = f"Brackwater today\n“Nobody   pays”: works hit by ransomware\n{PROSE}"
    assert kinds(text, title='"Nobody pays": works hit by ransomware')[1] == "title"


def test_repeated_blocks_name_the_first():
    text = f"Works hit by ransomware\n\n{PROSE}\n\n{MORE_PROSE}\n\n{PROSE}"
    assert [block.repeats for block in find_blocks(text)] == [None, None, None, 1]


def test_the_headline_with_the_name_of_the_site_is_the_headline_again():
    text = f"Works hit by ransomware | Example Daily\nMenu\nWorks hit by ransomware\nBy Ann Lee\n{PROSE}"
    assert kinds(text) == ["title", "boilerplate", "title", "byline", "body"]


FURNITURE = [
    "Share",
    "By Ann Lee",
    "3 May 2026",
    "Most read",
    "Comments",
    "Reply",
    "--",
    "> quoted",
    "- item",
    "Contents",
    "12",
    PROSE,
]


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=30), st.sampled_from(FURNITURE))), st.sampled_from(["\n", "\n\n", "\r\n", " "])
)
def test_blocks_are_in_order_and_lose_no_character(parts, separator):
    text = separator.join(parts)
    spans = [block.span for block in find_blocks(text)]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


@settings(deadline=None)
@given(st.text())
def test_every_block_has_a_reason_and_repeats_an_earlier_one(text):
    for index, block in enumerate(find_blocks(text)):
        assert block.reason
        assert block.repeats is None or block.repeats < index


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("word " * 400_000, id="one line of 2 MB"),
        pytest.param("> " * 500_000, id="quotation marks of mail"),
        pytest.param("Contents\n" * 50_000, id="headings of contents"),
        pytest.param("Our four word line\n" * 50_000, id="no paragraph, one repeated line"),
        pytest.param(f"{PROSE}\n" + "Ann Lee\n3 May 2026\n" * 20_000, id="names and dates"),
        pytest.param("From: a\nSubject: b\n" * 25_000, id="mail headers"),
        pytest.param("\n".join(f"line {number} of many" for number in range(50_000)), id="numbered lines"),
    ],
)
def test_takes_linear_time(text):
    # A quadratic rule takes minutes on these; the limit leaves room for a slow machine.
    assert takes_less(15, lambda: find_blocks(text))


@pytest.mark.parametrize(
    ("group", "least_right", "least_article_or_not", "least_kept"),
    [("tuned", 0.99, 0.99, 1.0), ("held-out", 0.97, 0.98, 0.99), ("unseen", 0.95, 0.97, 0.99)],
)
def test_pages_are_judged_at_least_as_well_as_documented(
    benchmark, group, least_right, least_article_or_not, least_kept
):
    judged = benchmark.judge_pages(group)
    wrong = [f"{one.page}: {one.gold} taken for {one.found}: {one.words}" for one in judged if not one.right]
    assert benchmark.accuracy(judged) >= least_right, "\n".join(wrong)
    assert benchmark.article_accuracy(judged) >= least_article_or_not, "\n".join(wrong)
    assert benchmark.article_recall(judged) >= least_kept, "\n".join(wrong)


@pytest.mark.corpus
def test_the_scraped_newspaper_page_is_judged_without_a_fault(shared):
    text = (shared / "examples" / "independent-macron-raw.txt").read_text("utf-8")
    expected = ["title", "subtitle", "byline", "date", "caption", "caption", *["body"] * 17, "related", *["body"] * 17]
    blocks = find_blocks(text)
    assert [str(block.kind) for block in blocks] == [*expected, *["boilerplate"] * 4]
    assert [index for index, block in enumerate(blocks) if block.repeats is not None] == [5]
    assert blocks[5].repeats == 4


@pytest.mark.corpus
@pytest.mark.parametrize("notices", [False, True])
@pytest.mark.parametrize("separator", ["\n", "\n\n"])
def test_labelled_articles_stay_articles(benchmark, shared, separator, notices):
    lines, lost = benchmark.lost_lines(shared / "corpus" / "sentences" / "dev", separator=separator, notices=notices)
    assert len(lost) <= 0.005 * lines, lost


@pytest.mark.corpus
def test_a_text_of_one_line_is_one_block_of_the_article(shared):
    for file in sorted((shared / "corpus" / "casie" / "dev").glob("*.json")):
        content = json.loads(file.read_text("utf-8"))["content"]
        assert all(block.kind.in_article for block in find_blocks(content)), file.name
