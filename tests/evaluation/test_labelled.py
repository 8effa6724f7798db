"""Labelled files become examples; what cannot be compared is named with its file and line."""

import pytest

from incidex.errors import FormatError
from incidex.evaluation.labelled import pair, pair_files, parse_labelled
from incidex.records import Sentence

GOLD = "Ferry firm hit | AttackRansom\n\nIt has no label\nNor has this | \n | O\nCrooks  took names. | O\n"


def test_lines_without_label_are_context_but_not_examples() -> None:
    gold = parse_labelled(GOLD, source="a.txt")
    assert [sentence.span.of(GOLD) for sentence in gold.sentences] == [
        "Ferry firm hit",
        "It has no label",
        "Nor has this",
        "Crooks  took names.",
    ]
    assert gold.labels == (("AttackRansom",), None, None, ())
    assert gold.skipped == 3
    predicted = [Sentence(s.span, labels=("AttackPhishing",), scores=(0.5,) * 5) for s in gold.sentences]
    first, last = pair(gold, predicted)
    assert (first.source, first.line, first.text) == ("a.txt", 1, "Ferry firm hit")
    assert (first.gold, first.predicted, first.scores) == (("AttackRansom",), ("AttackPhishing",), (0.5,) * 5)
    assert (last.line, last.gold) == (6, ())


def test_the_model_does_not_see_the_gold() -> None:
    assert {sentence.labels for sentence in parse_labelled(GOLD, source="a.txt").sentences} == {()}


def test_an_unknown_label_is_named_with_file_and_line() -> None:
    with pytest.raises(FormatError, match=r"^a\.txt, line 2: 'AttackRansoms' is not a label"):
        parse_labelled("Fine. | O\nWrong. | AttackRansoms\n", source="a.txt")


def test_compares_files_line_by_line() -> None:
    predicted = "Ferry firm hit | O\nIt has no label | O\nNor has this\nCrooks took names. | AttackDatabreach\n"
    first, last = pair_files(parse_labelled(GOLD, source="a.txt"), parse_labelled(predicted, source="b.txt"))
    assert (first.gold, first.predicted) == (("AttackRansom",), ())
    assert (last.gold, last.predicted) == ((), ("AttackDatabreach",))


@pytest.mark.parametrize(
    ("predicted", "message"),
    [
        pytest.param("One. | O\n", r"b\.txt has 1 sentences, a\.txt has 2", id="too few"),
        pytest.param(
            "One. | O\nTow. | O\n", r"b\.txt, line 2: the sentence differs from that in a\.txt, line 3", id="other"
        ),
        pytest.param("One. | O\nTwo.\n", r"b\.txt, line 2: there is no label", id="no prediction"),
    ],
)
def test_files_that_do_not_match(predicted: str, message: str) -> None:
    gold = parse_labelled("One. | O\n\nTwo. | O\n", source="a.txt")
    with pytest.raises(FormatError, match=message):
        pair_files(gold, parse_labelled(predicted, source="b.txt"))
