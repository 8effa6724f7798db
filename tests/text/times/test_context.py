"""What stands around a time, and how exactly publication is known."""

from datetime import date

import pytest

from incidex.records import Granularity, PartOfPeriod, TimeBasis
from incidex.text.times.context import Context, finer, looks_ahead, whole

TEXT = "It will, she said, on\nFriday, be closed."


def context(published: date | None = date(2024, 3, 14), exactness: Granularity = Granularity.DAY) -> Context:
    start = TEXT.index("Friday")
    return Context(TEXT, start, start + 6, published, exactness, None)


def test_words_around() -> None:
    assert context().word_before() == "on"
    assert context().before.endswith("said, on\n")
    assert context().behind == ", be closed."
    assert context().last(8) == "n\nFriday"


@pytest.mark.parametrize(
    ("exactness", "unit", "known"),
    [
        (Granularity.DAY, Granularity.DAY, True),
        (Granularity.MONTH, Granularity.DAY, False),
        (Granularity.MONTH, Granularity.MONTH, True),
        (Granularity.YEAR, Granularity.MONTH, False),
        (Granularity.YEAR, Granularity.YEAR, True),
    ],
)
def test_publication_is_known_as_exactly_as_it_was_said(exactness: Granularity, unit: Granularity, known: bool) -> None:
    assert context(exactness=exactness).known(unit) is known
    assert not context(None).known(unit)


def test_why_there_is_no_value() -> None:
    assert context(None).unknown(Granularity.DAY).reason == "The date of publication is unknown."
    assert context(exactness=Granularity.YEAR).unknown(Granularity.DAY).reason.endswith("not known precisely enough.")


def test_finer() -> None:
    assert finer(Granularity.DAY, Granularity.MONTH)
    assert not finer(Granularity.MONTH, Granularity.MONTH)


def test_a_third_of_a_month() -> None:
    value = whole(date(2024, 2, 20), Granularity.MONTH, TimeBasis.ABSOLUTE, PartOfPeriod.LATE)
    assert value.period is not None
    assert (value.period.start.date(), value.period.end.date()) == (date(2024, 2, 21), date(2024, 3, 1))
    assert (value.part, value.has_clock) == (PartOfPeriod.LATE, False)


@pytest.mark.parametrize(
    ("marked", "ahead"),
    [
        ("It will ship on [Friday].", True),
        ("It said that it will ship on [Friday].", True),
        ("It will be patched on [Friday].", True),
        ("It is available to all who registered on [Friday].", False),
        ("It may have leaked on [Friday].", False),
        ("[Friday] brought rain.", False),
        ("On [Friday], it plans to vote.", True),
        ("It was gone. On [Friday], it will be back.", True),
        ("They gave the town until [Friday].", True),
        ("It ordered agencies to patch the flaw by [Friday].", True),
        ("Agencies were told to patch the flaw by the end of [Friday].", True),
        ("It had ordered agencies to patch the flaw by [Friday].", False),
        ("It ordered the patch on [Friday].", False),
        ("The flaw was ordered by [Friday].", False),
        ("The town, rich until [Friday]", None),
    ],
)
def test_looks_ahead(marked: str, ahead: bool | None) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    assert looks_ahead(marked.replace("[", "").replace("]", ""), start, end) is ahead
