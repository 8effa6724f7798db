"""Spans are found where the tags say so, and end where they should."""

import pytest

from incidex.events.spans import find_spans, token_spans
from incidex.records import EventMention, Span

RANSOM, PHISHING = "AttackRansom", "AttackPhishing"
ON = "+AttackRansom"


def found(window_output, worth=0.5):
    return [
        (span.first, span.last, span.type) for span in find_spans(window_output, window_output.triggers, worth=worth)
    ]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({1: {RANSOM: 0.9}}, [(1, 1, 2)], id="one token"),
        pytest.param({1: {RANSOM: 0.9}, 2: {ON: 0.8}}, [(1, 2, 2)], id="two tokens"),
        pytest.param({1: {RANSOM: 0.9}, 2: {RANSOM: 0.8}}, [(1, 1, 2), (2, 2, 2)], id="one right behind another"),
        pytest.param({1: {RANSOM: 0.2, ON: 0.1}, 2: {ON: 0.9}}, [(1, 2, 2)], id="a weak beginning comes in"),
        pytest.param({1: {ON: 0.9}}, [], id="nothing goes on that cannot have begun"),
        pytest.param({0: {RANSOM: 0.9}, 2: {RANSOM: 0.9}}, [(0, 0, 2), (2, 2, 2)], id="a gap divides"),
        pytest.param({1: {RANSOM: 0.9}, 2: {RANSOM: 0.5, ON: 0.4}}, [(1, 2, 2)], id="hardly begins again: goes on"),
        pytest.param({2: {RANSOM: 0.9}, 3: {RANSOM: 0.5, ON: 0.4}}, [(2, 2, 2), (3, 3, 2)], id="sentences end"),
        pytest.param({5: {RANSOM: 0.9}}, [(5, 5, 2)], id="last token"),
        pytest.param({1: {RANSOM: 0.3, PHISHING: 0.4}}, [(1, 1, 1)], id="together inside, and the likelier type"),
        pytest.param({1: {PHISHING: 0.6}, 2: {ON: 0.9}}, [(1, 2, 2)], id="the type is that of all tokens"),
    ],
)
def test_finds(window_output, tags, expected):
    assert found(window_output([0, 0, 0, 1, 1, 1], triggers=tags)) == expected


def test_a_lower_bar_finds_more(window_output):
    made = window_output([0, 0], triggers={1: {RANSOM: 0.3}})
    assert found(made) == []
    assert found(made, worth=0.3) == [(1, 1, 2)]


def test_words_are_inside_as_a_whole_as_their_first_token_says(window_output):
    tags = {0: {RANSOM: 0.9}, 1: {RANSOM: 0.9}, 3: {ON: 0.9}}
    assert found(window_output([0] * 4, triggers=tags, continues=[1, 3])) == [(0, 1, 2)]


def test_the_score_is_the_mean_of_its_tokens(window_output):
    made = window_output([0, 0], triggers={0: {RANSOM: 0.9}, 1: {RANSOM: 0.1, ON: 0.6}})
    (span,) = find_spans(made, made.triggers, worth=0.5)
    assert span.score == pytest.approx(0.8)
    assert span.span == Span(0, 3)


def test_no_token_has_no_span(window_output):
    assert found(window_output([])) == []


def test_given_triggers_keep_their_spans_and_those_elsewhere_are_left_out(window_output):
    given = [EventMention(Span(1, 3), "AttackRansom"), EventMention(Span(90, 95), "AttackRansom")]
    (span,) = token_spans(window_output([0, 0, 0]), given)
    assert (span.first, span.last, span.type, span.span) == (1, 1, 2, Span(1, 3))
