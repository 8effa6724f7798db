"""Analyses with a stand-in for the encoder, to see what it is asked and what becomes of its answer."""

from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest

from incidex.encoder.output import Decoding
from incidex.errors import InputError
from incidex.ingest import from_text
from incidex.labels import scheme
from incidex.pipeline import analyse, label
from incidex.records import Block, BlockKind, Document, EventMention, Sentence, Span


class Remembering:
    """An encoder that scores by the first event type's initial word and keeps what it was asked."""

    name = "remembering-1"
    thresholds = (0.5,) * len(scheme().names)

    def __init__(self):
        self.asked = []

    decoding = Decoding(trigger=0.5, argument=0.5, same=0.0)

    def count_within(self, texts, most):
        return len(texts)

    def scores(self, texts, *, each=None):
        self.asked.append(list(texts))
        scores = np.zeros((len(texts), len(self.thresholds)), np.float32)
        scores[:, 2] = [0.5 if "ransom" in text else 0.49 for text in texts]
        return scores


class Counting(Remembering):
    """An encoder that takes a word for a token."""

    def count_within(self, texts, most):
        return sum(total <= most for total in accumulate(len(text.split()) + 1 for text in texts))


TEXT = "Title\nThey paid a ransom. All is well.\nShare this ransom story"


@pytest.fixture
def document():
    spans = [Span(0, 5), Span(6, 38), Span(39, len(TEXT))]
    kinds = [BlockKind.TITLE, BlockKind.BODY, BlockKind.BOILERPLATE]
    return Document(TEXT, tuple(Block(span, kind) for span, kind in zip(spans, kinds, strict=True)))


def test_a_label_is_given_from_the_threshold_on(document):
    analysis = analyse(document, encoder=Remembering())
    assert [(s.span.of(TEXT), s.labels) for s in analysis.sentences[:3]] == [
        ("Title", ()),
        ("They paid a ransom.", ("AttackRansom",)),
        ("All is well.", ()),
    ]
    assert analysis.model == "remembering-1"


def test_what_stands_around_the_article_is_no_context_of_it(document):
    encoder = Remembering()
    analyse(document, encoder=encoder)
    assert encoder.asked == [["Title", "They paid a ransom.", "All is well."], ["Share this ransom story"]]


def test_a_headline_beside_the_text_is_context_but_no_sentence():
    encoder = Remembering()
    document = Document("It works.", (Block(Span(0, 9), BlockKind.BODY),), title="Headline")
    assert len(analyse(document, encoder=encoder).sentences) == 1
    assert encoder.asked[0] == ["Headline", "It works."]


def test_given_sentences_are_used_as_they_stand(document):
    given = (Sentence(Span(6, 30)), Sentence(Span(30, 38)))
    assert [s.span for s in analyse(document, sentences=given, encoder=Remembering()).sentences] == [
        Span(6, 30),
        Span(30, 38),
    ]


def test_label_gives_pairs_of_sentence_and_labels():
    pairs = label("Hackers demand a ransom from clinic\n\nThe clinic in Nordhafen was hit by ransomware on Monday.\n")
    assert pairs[1] == ("The clinic in Nordhafen was hit by ransomware on Monday.", ("AttackRansom",))


NEWS = """Ransomware halts ferries of Nordhafen

Hackers encrypted the booking system of Kestrel Ferries on Tuesday and demanded 30 bitcoin, the company said.
The attack began with a phishing e-mail that pretended to come from the port authority.
Kestrel refused to pay the ransom."""


def test_events_stand_where_the_document_says():
    analysis = analyse(NEWS)
    mentions = [mention for event in analysis.events for mention in event.mentions]
    assert "AttackRansom" in {mention.event_type for mention in mentions}
    words = {argument.span.of(NEWS) for mention in mentions for argument in mention.arguments}
    assert any("30 bitcoin" in word for word in words)
    for mention in mentions:
        assert any(s.span.start <= mention.trigger.start < s.span.end for s in analysis.sentences)
        licensed = scheme().event_type(mention.event_type).roles
        assert all(argument.entity_type in licensed[argument.role] for argument in mention.arguments)


def test_labels_are_the_same_with_and_without_events():
    with_events, without = analyse(NEWS), analyse(NEWS, events=False)
    assert with_events.sentences == without.sentences
    assert without.events == ()


def test_given_triggers_are_the_triggers():
    trigger = Span(NEWS.index("encrypted"), NEWS.index("encrypted") + len("encrypted"))
    analysis = analyse(NEWS, triggers=[EventMention(trigger, "AttackRansom")])
    assert [(m.trigger, m.event_type) for event in analysis.events for m in event.mentions] == [
        (trigger, "AttackRansom")
    ]


def test_times_and_quantities_come_with_events():
    document = Document("It was hit last month and paid $5,000.", published_at="2017-05-06")
    analysis = analyse(document)
    assert [(time.begins, time.ends) for time in analysis.times] == [("2017-04-01", "2017-05-01")]
    assert [quantity.low for quantity in analysis.quantities] == [5000]
    labels = analyse(document, events=False)
    assert (labels.times, labels.quantities) == ((), ())


@pytest.mark.parametrize(
    "place", ["report.html", "reports/ferry-leak.txt", "C:\\reports\\ferry.pdf", "https://news.example/a"]
)
def test_a_path_is_not_taken_for_an_article(place):
    with pytest.raises(InputError, match=r"Read it first: incidex\.read"):
        label(place)
    with pytest.raises(InputError, match="is a file or a page"):
        analyse(Path(place))  # type: ignore[arg-type]


def test_what_is_no_article_is_named():
    with pytest.raises(TypeError, match="not NoneType"):
        analyse(None)  # type: ignore[arg-type]


def test_a_short_text_is_an_article():
    assert label("Hacked.")[0][0] == "Hacked."
    assert label(from_text(NEWS)) == label(NEWS)


def test_what_it_prints_in_a_shell_is_one_line():
    document = Document(NEWS, title="Clinic", publisher="Courier")
    assert repr(document) == f"<Document 'Clinic', 'Courier': {len(NEWS)} characters>"
    assert repr(analyse(document)).startswith("<Analysis of <Document 'Clinic', 'Courier'")
    assert len(repr(analyse(document))) < 200


@pytest.mark.parametrize(
    ("most", "labelled"),
    [
        pytest.param(7, ["The port fell on Monday."], id="the next one is too long"),
        pytest.param(12, ["The port fell on Monday.", "They paid a ransom."], id="several"),
        pytest.param(1, ["The port fell on Monday."], id="the first one always"),
    ],
)
def test_a_text_of_too_many_tokens_is_labelled_up_to_there(most, labelled):
    text = "The port fell on Monday. They paid a ransom. All of it was well again by Friday."
    analysis = analyse(text, encoder=Counting(), most_tokens=most)
    assert [one.span.of(text) for one in analysis.sentences] == labelled
    (warning,) = analysis.document.warnings
    end = analysis.sentences[-1].span.end
    assert warning == (
        f"Only its first {len(labelled)} sentences were labelled, up to character {end} of {len(text)}. "
        "Split it to label all of it, or allow it more time with --timeout."
    )
    assert analysis.document.text == text


def test_sentences_that_are_given_are_all_labelled():
    text = "They paid. They paid. They paid."
    given = [Sentence(Span(0, 10)), Sentence(Span(11, 21)), Sentence(Span(22, 32))]
    analysis = analyse(text, sentences=given, encoder=Counting(), most_tokens=3)
    assert (len(analysis.sentences), analysis.document.warnings) == (3, ())


def test_tokens_are_not_counted_where_there_cannot_be_too_many(document):
    class Careless(Remembering):
        def count_within(self, texts, most):
            raise AssertionError("it was counted")

    assert len(analyse(document, encoder=Careless(), most_tokens=len(TEXT) + 4).sentences) == 4


def test_lines_of_nothing_but_indicators_are_not_scored_and_have_no_label():
    text = "They want a ransom.\n\nIndicators\n\nkestrel-login.example\n192.0.2.7\n" + "\n".join(
        f"SHA-256: {number:064x}" for number in range(10**60, 10**60 + 300)
    )
    encoder = Remembering()
    analysis = analyse(from_text(text), encoder=encoder)
    assert encoder.asked[0] == ["They want a ransom.", "Indicators"]
    assert len(analysis.sentences) == 304
    assert {sentence.labels for sentence in analysis.sentences[2:]} == {()}
    assert {max(sentence.scores) for sentence in analysis.sentences[2:]} == {0.0}
