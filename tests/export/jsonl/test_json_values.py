"""Values that several forms have in common."""

import json

from incidex.export.jsonl.values import rounded, words
from incidex.records import Span


def test_words_have_their_place_in_code_points() -> None:
    assert words(Span(2, 5), "😀 ink 😀") == {"start": 2, "end": 5, "text": "ink"}


def test_a_score_has_four_digits_and_is_a_plain_number_for_json() -> None:
    assert [rounded(score) for score in (0.123456, 0.99995, 1)] == [0.1235, 1.0, 1.0]
    assert json.dumps(rounded(1)) == "1.0"
