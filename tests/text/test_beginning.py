"""What is left of a document, its sentences and its events when only the beginning of its text is searched."""

import pytest

from incidex.records import Argument, Block, BlockKind, Document, Event, EventMention, Sentence, Span
from incidex.text.beginning import beginning

TEXT = "Thieves hit Acme. It paid.\nThe theft cost a lot."
BLOCKS = (Block(Span(0, 26), BlockKind.BODY), Block(Span(27, len(TEXT)), BlockKind.BODY))
SENTENCES = (Sentence(Span(0, 17)), Sentence(Span(18, 26)), Sentence(Span(27, len(TEXT))))
FIRST = EventMention(Span(8, 11), "AttackDatabreach", arguments=(Argument(Span(12, 16), "Organization", "Victim"),))
SECOND = EventMention(Span(31, 36), "AttackDatabreach", arguments=(Argument(Span(12, 16), "Organization", "Victim"),))
PAID = EventMention(Span(21, 25), "AttackRansom", arguments=(Argument(Span(42, 47), "Money", "Price"),))


@pytest.mark.parametrize(
    ("most", "text", "blocks", "sentences"),
    [
        pytest.param(len(TEXT), TEXT, 2, 3, id="all"),
        pytest.param(len(TEXT) - 1, "Thieves hit Acme. It paid.", 1, 2, id="all but a sentence"),
        pytest.param(25, "Thieves hit Acme.", 1, 1, id="part of a block"),
        pytest.param(17, "Thieves hit Acme.", 1, 1, id="as long as a sentence"),
        pytest.param(16, "", 0, 0, id="less than a sentence"),
    ],
)
def test_the_text_ends_with_a_sentence(most: int, text: str, blocks: int, sentences: int) -> None:
    document, kept, _ = beginning(Document(TEXT, BLOCKS, title="Theft"), SENTENCES, (), most=most)
    assert document.text == text
    assert document.title == "Theft"
    assert kept == SENTENCES[:sentences]
    assert len(document.blocks) == blocks
    assert all(block.span.end <= len(text) for block in document.blocks)


def test_events_keep_what_is_told_of_them_before() -> None:
    events = (Event((FIRST, SECOND)), Event((PAID,)))
    assert beginning(Document(TEXT), SENTENCES, events, most=len(TEXT))[2] == events
    _, _, kept = beginning(Document(TEXT), SENTENCES, events, most=30)
    assert kept == (Event((FIRST,)), Event((EventMention(PAID.trigger, "AttackRansom"),)))
    assert beginning(Document(TEXT), SENTENCES, events, most=16)[2] == ()
