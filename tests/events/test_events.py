"""Windows go in, events of the document come out."""

import numpy as np

from incidex.encoder.output import Decoding, in_document
from incidex.events import EventFinder
from incidex.records import Document, EventMention, Span

DECODING = Decoding(trigger=0.5, argument=0.5, same=0.5)
DOCUMENT = Document("x " * 60)
RANSOM = {"AttackRansom": 0.9}


def test_mentions_of_several_windows_are_one_event(window_output):
    finder = EventFinder(DECODING)
    take = finder.of_article([Span(0, 10), Span(20, 30)])
    take(window_output([0, 0], {0: RANSOM}, identity={0: (1, 0)}))
    take(window_output([1, 1], {1: RANSOM}, identity={1: (1, 0)}))
    (event,) = finder.events(DOCUMENT)
    assert event.event_type == "AttackRansom"
    assert [mention.trigger for mention in event.mentions] == [Span(0, 1), Span(22, 23)]


def test_events_are_ordered_by_their_first_trigger(window_output):
    finder = EventFinder(DECODING)
    take = finder.of_article([Span(0, 10)])
    take(window_output([0, 0, 0], {2: RANSOM, 0: {"AttackPhishing": 0.9}}))
    assert [event.event_type for event in finder.events(DOCUMENT)] == ["AttackPhishing", "AttackRansom"]


def test_given_triggers_replace_those_that_are_found(window_output):
    finder = EventFinder(DECODING, triggers=[EventMention(Span(2, 3), "AttackPhishing")])
    finder.of_article([Span(0, 10)])(window_output([0, 0], {0: RANSOM}, {0: {"Person": 0.9}}))
    (event,) = finder.events(DOCUMENT)
    (mention,) = event.mentions
    assert (mention.trigger, mention.event_type) == (Span(2, 3), "AttackPhishing")
    assert [argument.span for argument in mention.arguments] == [Span(0, 1)]


def test_no_window_no_event():
    assert EventFinder(DECODING).events(DOCUMENT) == ()


def test_positions_move_with_their_sentences_and_a_headline_beside_the_text_is_left_out(window_output):
    made = window_output([0, 0, 1, 1], links={(2, 3): 7.0})
    here = in_document(made, [None, Span(100, 110)])
    assert here.start.tolist() == [100, 102]
    assert here.end.tolist() == [101, 103]
    assert np.array_equal(here.links, [[0, 7], [0, 0]])
    assert len(here.triggers) == len(here.arguments) == len(here.roles) == len(here.realis) == len(here.identity) == 2
