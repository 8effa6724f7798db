"""What is found beside events, and that labels alone do without it."""

import subprocess
import sys

import pytest

from incidex import findings as module
from incidex.findings import findings, first_part
from incidex.records import Argument, Block, BlockKind, Document, Event, EventMention, Realis, Sentence, Span

TEXT = "On 3 May 2017 the group Fancy Bear used evil[.]example[.]net against 40,000 people at Acme Foods Inc."


def test_everything_stands_in_its_place() -> None:
    found = findings(Document(TEXT), [Sentence(Span(0, len(TEXT)))], ())
    assert [time.begins for time in found["times"]] == ["2017-05-03"]
    assert [one.mentions[0].of(TEXT) for one in found["entities"]] == ["Fancy Bear", "Acme Foods Inc"]
    assert "40,000 people" in [one.span.of(TEXT) for one in found["quantities"]]
    assert found["claims"] == ()


def test_a_known_actor_is_accused_by_its_name_alone() -> None:
    text = "Foxglove linked the attack to Scattered Spider."
    event = Event((EventMention(Span(18, 28), "AttackDatabreach", Realis.ACTUAL),))
    (claim,) = findings(Document(text), [Sentence(Span(0, len(text)))], (event,))["claims"]
    assert claim.accused
    assert claim.accused.of(text) == "Scattered Spider"


def test_of_a_text_longer_than_any_article_the_beginning_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{TEXT} Nobody paid the $5 million."
    sentences = [Sentence(Span(0, len(TEXT))), Sentence(Span(len(TEXT) + 1, len(text)))]
    document = Document(text, (Block(Span(0, len(text)), BlockKind.BODY),))
    whole = findings(document, sentences, ())
    assert "$5 million" in [one.span.of(text) for one in whole["quantities"]]
    assert whole["document"] == document
    monkeypatch.setattr(module, "_MOST_SEARCHED", len(text) - 1)
    cut = findings(document, sentences, ())
    assert cut["document"].text == text
    assert f"only the first {len(TEXT)} were" in cut["document"].warnings[0]
    assert cut["indicators"] == whole["indicators"] != ()
    assert cut["quantities"] == whole["quantities"][:-1]
    assert findings(cut["document"], sentences, ())["document"] == cut["document"]


def test_labels_alone_do_not_load_it() -> None:
    code = "import sys, incidex; incidex.label('Thieves stole data.'); assert 'incidex.findings' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


REPORT = "Thieves hit Acme. It paid.\nThe theft cost a lot."
BLOCKS = (Block(Span(0, 26), BlockKind.BODY), Block(Span(27, len(REPORT)), BlockKind.BODY))
SENTENCES = (Sentence(Span(0, 17)), Sentence(Span(18, 26)), Sentence(Span(27, len(REPORT))))
FIRST = EventMention(Span(8, 11), "AttackDatabreach", arguments=(Argument(Span(12, 16), "Organization", "Victim"),))
SECOND = EventMention(Span(31, 36), "AttackDatabreach", arguments=(Argument(Span(12, 16), "Organization", "Victim"),))
PAID = EventMention(Span(21, 25), "AttackRansom", arguments=(Argument(Span(42, 47), "Money", "Price"),))


@pytest.mark.parametrize(
    ("most", "text", "blocks", "sentences"),
    [
        pytest.param(len(REPORT), REPORT, 2, 3, id="all"),
        pytest.param(len(REPORT) - 1, "Thieves hit Acme. It paid.", 1, 2, id="all but a sentence"),
        pytest.param(25, "Thieves hit Acme.", 1, 1, id="part of a block"),
        pytest.param(17, "Thieves hit Acme.", 1, 1, id="as long as a sentence"),
        pytest.param(16, "", 0, 0, id="less than a sentence"),
    ],
)
def test_the_text_ends_with_a_sentence(most: int, text: str, blocks: int, sentences: int) -> None:
    document, kept, _ = first_part(Document(REPORT, BLOCKS, title="Theft"), SENTENCES, (), limit=most)
    assert document.text == text
    assert document.title == "Theft"
    assert kept == SENTENCES[:sentences]
    assert len(document.blocks) == blocks
    assert all(block.span.end <= len(text) for block in document.blocks)


def test_events_keep_what_is_told_of_them_before() -> None:
    events = (Event((FIRST, SECOND)), Event((PAID,)))
    assert first_part(Document(REPORT), SENTENCES, events, limit=len(REPORT))[2] == events
    _, _, kept = first_part(Document(REPORT), SENTENCES, events, limit=30)
    assert kept == (Event((FIRST,)), Event((EventMention(PAID.trigger, "AttackRansom"),)))
    assert first_part(Document(REPORT), SENTENCES, events, limit=16)[2] == ()
