"""Numbers in digits and words are read, exactly where they are whole."""

import pytest

from incidex.text.numbers import number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,700", 1700),
        ("17 000", 17_000),
        ("2.5 million", 2_500_000),
        ("1.1m", 1_100_000),
        ("200k", 200_000),
        ("twenty-two", 22),
        ("one hundred", 100),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("half a million", 500_000),
        ("a", 1),
        ("3.5", 3.5),
        ("several", None),
        ("10 apples", None),
        ("", None),
    ],
)
def test_number(written: str, value: float | None) -> None:
    assert number(written) == value
