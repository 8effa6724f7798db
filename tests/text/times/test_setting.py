"""What stands around a time, and how exactly publication is known."""

from datetime import date

import pytest

from incidex.records import Granularity, PartOfPeriod, TimeBasis
from incidex.text.times.setting import Setting, finer, whole

TEXT = "It will, she said, on\nFriday, be closed."


def setting(published: date | None = date(2024, 3, 14), exactness: Granularity = Granularity.DAY) -> Setting:
    start = TEXT.index("Friday")
    return Setting(TEXT, start, start + 6, published, exactness, None)


def test_words_around() -> None:
    assert setting().word_before() == "on"
    assert setting().before.endswith("said, on\n")
    assert setting().behind == ", be closed."
    assert setting().last(8) == "n\nFriday"


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
    assert setting(exactness=exactness).known(unit) is known
    assert not setting(None).known(unit)


def test_why_there_is_no_value() -> None:
    assert setting(None).unknown(Granularity.DAY).reason == "The day of publication is not known."
    assert setting(exactness=Granularity.YEAR).unknown(Granularity.DAY).reason.endswith("not known exactly enough.")


def test_finer() -> None:
    assert finer(Granularity.DAY, Granularity.MONTH)
    assert not finer(Granularity.MONTH, Granularity.MONTH)


def test_a_third_of_a_month() -> None:
    value = whole(date(2024, 2, 20), Granularity.MONTH, TimeBasis.ABSOLUTE, PartOfPeriod.LATE)
    assert value.period is not None
    assert (value.period.start.date(), value.period.end.date()) == (date(2024, 2, 21), date(2024, 3, 1))
    assert (value.part, value.has_clock) == (PartOfPeriod.LATE, False)
